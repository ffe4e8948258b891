"""The state graph as GraphML, with NetworkX."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from accordant.exchange.formats import Exported
from accordant.exchange.state_graph import Attribute, StateGraph, state_graph
from accordant.exchange.xml_text import sayable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from accordant.opened import OpenCase


def exported(opened: OpenCase) -> Exported:
    """A case as a ``.graphml`` file.

    Raises
    ------
    CaseError
        If it has too many states or moves.
    """
    graph = state_graph(opened, "GraphML", ".graphml")
    return Exported({"": document(graph)}, graph.problems, graph.names, graph.told)


def document(graph: StateGraph) -> bytes:
    """The file: a directed graph in which every node and every edge has a name of its own."""
    import networkx as nx

    made: nx.MultiDiGraph[str] = nx.MultiDiGraph(title=sayable(graph.case.title))
    for node in graph.nodes:
        made.add_node(node.id, **_written({**node.attributes, "label": node.name}))
    for edge in graph.edges:
        # the key is the id of the edge in the file, where ids are unique
        made.add_edge(edge.start, edge.end, key=edge.id, **_written(edge.attributes))
    out = BytesIO()
    nx.write_graphml_xml(made, out)
    return _flags(out.getvalue())


def _flags(raw: bytes) -> bytes:
    """The file with flags as XML has them, ``true`` and ``false``; NetworkX writes ``True`` and ``False``."""
    from lxml import etree  # type: ignore[import-untyped]  # lxml ships no types

    root = etree.fromstring(raw, etree.XMLParser(resolve_entities=False, huge_tree=True))
    keys = {key.get("id") for key in root.iter("{*}key") if key.get("attr.type") == "boolean"}
    for data in root.iter("{*}data"):
        if data.get("key") in keys:
            data.text = data.text.lower()
    made: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return made


def _written(attributes: Mapping[str, Attribute]) -> dict[str, Attribute]:
    """Names and words without the characters that XML cannot hold."""
    return {
        sayable(name): sayable(value) if isinstance(value, str) else value
        for name, value in attributes.items()
    }
