"""The state graph in the DOT language of Graphviz.

Every word is written as a double-quoted string, in which a quotation mark and a backslash stand after a
backslash and everything else stands for itself. In labels Graphviz reads ``&…;`` as a character of HTML, so
an ampersand is written as ``&amp;`` there, and lines end in ``\\n``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from accordant.exchange.formats import Exported
from accordant.exchange.state_graph import Attribute, Edge, Node, StateGraph, state_graph
from accordant.exchange.xml_text import sayable

if TYPE_CHECKING:
    from accordant.case.objects import Case
    from accordant.opened import OpenCase


def exported(opened: OpenCase) -> Exported:
    """A case as a ``.dot`` file.

    Raises
    ------
    CaseError
        If it has too many states or moves.
    """
    graph = state_graph(opened, "Graphviz", ".dot")
    text = "\n".join(_document(graph)) + "\n"
    return Exported({"": text.encode()}, graph.problems, graph.names, graph.told)


def quoted(text: str) -> str:
    r"""A string of the DOT language.

    Examples
    --------
    >>> print(quoted('a "b" \\ c'))
    "a \"b\" \\ c"
    """
    return '"' + sayable(text).replace("\\", "\\\\").replace('"', '\\"') + '"'


def label(*lines: str) -> str:
    r"""Lines of text as a label.

    Examples
    --------
    >>> print(label("s1: R&D", 'the "first"'))
    "s1: R&amp;D\nthe \"first\""
    """
    plain = (" ".join(line.split()).replace("&", "&amp;") for line in lines if line.strip())
    return '"' + r"\n".join(quoted(line)[1:-1] for line in plain) + '"'


def _document(graph: StateGraph) -> Iterator[str]:
    yield f"digraph {quoted(graph.case.title)} {{"
    yield f"  graph [label={label(graph.case.title)}, charset={quoted('UTF-8')}];"
    yield f"  node [shape={quoted('box')}];"
    for node in graph.nodes:
        drawn = {"label": _node_label(graph.case, node), **_marks(node)}
        yield f"  {node.id} [{_list(drawn, node.attributes)}];"
    for edge in graph.edges:
        yield f"  {edge.start} -> {edge.end} [{_list(_drawn(graph.case, edge), edge.attributes)}];"
    yield "}"


def _marks(node: Node) -> dict[str, str]:
    """The status quo is drawn with bold lines, no deal with double ones."""
    bold = {"style": quoted("bold")} if node.status_quo else {}
    return {**bold, "peripheries": "2"} if node.no_deal else bold


def _node_label(case: Case, node: Node) -> str:
    marked = [word for word, is_so in (("status quo", node.status_quo), ("no deal", node.no_deal)) if is_so]
    head = f"{node.name} ({', '.join(marked)})" if marked else node.name
    values = (f"{case.issues[issue].name or issue}: {value}" for issue, value in node.values.items())
    ranks = ", ".join(f"{case.party_name(party)} {rank}" for party, rank in node.ranks.items())
    holds = ", ".join(
        concept if verdict == "yes" else f"{concept} ({verdict})"
        for concept, verdict in node.holds.items()
        if verdict != "no"
    )
    return label(head, *values, f"ranks: {ranks}" if ranks else "", f"holds: {holds}" if holds else "")


def _drawn(case: Case, edge: Edge) -> dict[str, str]:
    """Moves that all movers prefer are drawn full, others dashed, unknown ones dotted."""
    style = {"yes": "solid", "no": "dashed", "unknown": "dotted"}[edge.better]
    return {"label": label(" + ".join(case.party_name(p) for p in edge.movers)), "style": quoted(style)}


def _list(drawn: Mapping[str, str], attributes: Mapping[str, Attribute]) -> str:
    rest = (f"{quoted(name)}={_value(value)}" for name, value in attributes.items())
    return ", ".join((*(f"{name}={value}" for name, value in drawn.items()), *rest))


def _value(value: Attribute) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return quoted(value) if isinstance(value, str) else str(value)
