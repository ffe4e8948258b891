"""Who told whom: sources, outlets and reports as a graph.

Edges go the way that words went: a source *told* an outlet (or, where no outlet is known, the report
in which it speaks), an outlet *published* a report. *credits* goes from a report to an outlet that it
names, *rewrites* from a report to the one that it goes back to, *inside* from a source to the one
that tells what it said.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from accordant.evidence.together.material import Matter, Statement, key_of
from accordant.evidence.together.merging import Merging
from accordant.evidence.together.reports import ReportLink

NodeKind = Literal["source", "outlet", "report"]
EdgeKind = Literal["told", "published", "rewrites", "credits", "inside"]


@dataclass(frozen=True, slots=True)
class Node:
    """A source, an outlet or a report.

    Attributes
    ----------
    ids
        For a source, its ids where it stands, as ``r1:o2``; in a case, the id of the origin.
    """

    id: str
    kind: NodeKind
    label: str
    unnamed: bool = False
    count: int | None = None
    ids: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """One entry of ``nodes``."""
        return {
            "id": self.id,
            "kind": self.kind,
            "label": self.label,
            "unnamed": self.unnamed,
            "count": self.count,
            "ids": list(self.ids),
        }


@dataclass(frozen=True, slots=True)
class Edge:
    """One step; ``asked``: it is suspected, and a person has not decided.

    Attributes
    ----------
    claims
        How many claims went that way.
    ids
        Which: ids of statements, in the order in which they stand.
    """

    kind: EdgeKind
    start: str
    end: str
    claims: int = 0
    asked: bool = False
    ids: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """One entry of ``edges``."""
        return {
            "kind": self.kind,
            "from": self.start,
            "to": self.end,
            "claims": self.claims,
            "asked": self.asked,
        }


@dataclass(frozen=True)
class TellingGraph:
    """Who told whom."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]

    def to_json(self) -> dict[str, Any]:
        """The ``told`` part of the JSON."""
        return {"nodes": [n.to_json() for n in self.nodes], "edges": [e.to_json() for e in self.edges]}

    def __getitem__(self, node: str) -> Node:
        return next(n for n in self.nodes if n.id == node)


def telling(matter: Matter, merging: Merging, links: Sequence[ReportLink]) -> TellingGraph:
    """The graph of some reports, with the links between them."""
    making = _Making(matter, merging)
    edges: dict[tuple[EdgeKind, str, str], Edge] = {}
    for edge in (*making.edges(), *_rewrites(matter, links)):
        key = (edge.kind, edge.start, edge.end)
        held = edges.get(key)
        if held is not None:
            ids = tuple(dict.fromkeys((*held.ids, *edge.ids)))
            edge = Edge(*key, held.claims + edge.claims, held.asked and edge.asked, ids)
        edges[key] = edge
    nodes = tuple(making.nodes())
    return TellingGraph(nodes, tuple(edges.values()))


@dataclass(frozen=True)
class _Making:
    matter: Matter
    merging: Merging

    def nodes(self) -> Iterator[Node]:
        yield from (Node(report.id, "report", report.title or report.file) for report in self.matter.reports)
        outlets: dict[str, str] = {}
        for name in self._outlets():
            outlets.setdefault(outlet_id(name), name)
        yield from (Node(id_, "outlet", name) for id_, name in outlets.items())
        for source, places in self.merging.sources.items():
            speakers = [place.speaker for place in places]
            if speakers[0].kind == "outlet":
                continue
            label = max((s.title for s in speakers), key=lambda title: (len(title), title))
            ids = tuple(dict.fromkeys(self._id_at(p.report, p.speaker.id) for p in places))
            unnamed = all(s.unnamed for s in speakers)
            yield Node(source_id(source), "source", label, unnamed, speakers[0].count, ids)

    def _id_at(self, report: int, id_: str) -> str:
        return id_ if self.merging.by_id else f"{self.matter.reports[report].id}:{id_}"

    def _outlets(self) -> Iterator[str]:
        for report in self.matter.reports:
            if report.outlet:
                yield report.outlet
            yield from (credit.outlet for credit in report.credits)
            for speaker in report.speakers:
                if speaker.kind == "outlet":
                    yield speaker.title
                elif speaker.outlet:
                    yield speaker.outlet

    def edges(self) -> Iterator[Edge]:
        for report in self.matter.reports:
            if report.outlet:
                yield Edge("published", outlet_id(report.outlet), report.id)
            for credit in report.credits:
                yield Edge("credits", report.id, outlet_id(credit.outlet))
            for statement in report.statements:
                yield from self._said(statement)

    def _said(self, statement: Statement) -> Iterator[Edge]:
        report = self.matter.reports[statement.report]
        own = () if statement.speaker is None else (statement.speaker,)
        chain = [*own, *statement.chain]
        # A source inside another one is joined to it; only the outermost one speaks to an outlet.
        people = [k for k in chain if report.speakers[k].kind != "outlet"]
        for inner, outer in itertools.pairwise(people):
            one, other = (self.merging.source(statement.report, k) for k in (inner, outer))
            if one != other:
                yield Edge("inside", source_id(one), source_id(other), 1, ids=(statement.id,))
        if not people:
            return
        speaker = report.speakers[people[-1]]
        passed = next((report.speakers[k].title for k in chain if report.speakers[k].kind == "outlet"), None)
        outlet = speaker.outlet or passed
        to = outlet_id(outlet) if outlet else report.id
        teller = source_id(self.merging.source(statement.report, people[-1]))
        yield Edge("told", teller, to, 1, ids=(statement.id,))


def _rewrites(matter: Matter, links: Sequence[ReportLink]) -> Iterator[Edge]:
    for link in links:
        if link.original is None or link.kind in ("shared-words", "same-story"):
            continue
        later = link.one + link.other - link.original
        decided = matter.reports[later].original == matter.reports[link.original].id
        asked = not (link.sure or decided)
        yield Edge("rewrites", matter.reports[later].id, matter.reports[link.original].id, link.claims, asked)


def outlet_id(name: str) -> str:
    """The id of an outlet's node.

    Examples
    --------
    >>> outlet_id("The Harbour Courier")
    'outlet:harbour courier'
    """
    return f"outlet:{key_of(name)}"


def source_id(source: int) -> str:
    """The id of a source's node."""
    return f"s{source + 1}"
