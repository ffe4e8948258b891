"""Who told whom, for programs that draw and analyse graphs: DOT and GraphML."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING

from accordant.exchange.dot_out import label, quoted
from accordant.exchange.xml_text import sayable

if TYPE_CHECKING:
    from accordant.evidence.network import NetworkResult, Step

_SHAPES = {"source": "box", "outlet": "ellipse", "report": "note"}


def dot(result: NetworkResult) -> bytes:
    """The network in the DOT language of Graphviz, from left to right.

    Unnamed sources have two frames and say so; the width of a line is that of the number of claims.
    """
    return ("\n".join(_document(result)) + "\n").encode()


def _document(result: NetworkResult) -> Iterator[str]:
    yield f"digraph {quoted(result.title)} {{"
    yield f"  graph [label={label(result.finding)}, charset={quoted('UTF-8')}, rankdir={quoted('LR')}];"
    ids = {n.id: f"n{k}" for k, n in enumerate(result.nodes, 1)}
    for n in result.nodes:
        frames = ", peripheries=2" if n.unnamed else ""
        drawn = f"label={label(n.words)}, shape={quoted(_SHAPES[n.kind])}{frames}"
        yield f"  {ids[n.id]} [{drawn}, id={quoted(n.id)}, kind={quoted(n.kind)}];"
    for s in result.steps:
        style = "dotted" if s.suspected else "dashed" if s.how in ("retold in", "credited in") else "solid"
        width = f"{1 + len(s.claims) ** 0.5 / 2:.2f}" if s.claims else "1"
        parts = f"label={label(_said(s))}, style={quoted(style)}, penwidth={width}"
        yield f"  {ids[s.start]} -> {ids[s.end]} [{parts}, claims={quoted(' '.join(s.claims))}];"
    yield "}"


def _said(step: Step) -> str:
    count = f" ({len(step.claims)})" if step.claims else ""
    return f"{step.how}{count}{', suspected' if step.suspected else ''}"


def graphml(result: NetworkResult) -> bytes:
    """The network as GraphML; ids of nodes are those of the case."""
    import networkx as nx

    made: nx.MultiDiGraph[str] = nx.MultiDiGraph(title=sayable(result.title), finding=sayable(result.finding))
    for n in result.nodes:
        made.add_node(
            sayable(n.id),
            label=sayable(n.label),
            kind=n.kind,
            unnamed="yes" if n.unnamed else "no",
            people=n.people or 0,
            side=sayable(n.side or ""),
            claims=len(n.claims),
        )
    for k, s in enumerate(result.steps, 1):
        made.add_edge(
            sayable(s.start),
            sayable(s.end),
            key=f"e{k}",
            how=s.how,
            claims=len(s.claims),
            which=sayable(" ".join(s.claims)),
            suspected="yes" if s.suspected else "no",
        )
    out = BytesIO()
    nx.write_graphml_xml(made, out)
    return out.getvalue()
