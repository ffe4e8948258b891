"""Who told whom: from sources by way of outlets to reports, and from reports to those that retell them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from accordant.case.folder import CaseFolder
from accordant.case.objects import Case
from accordant.evidence.handling import Handling
from accordant.evidence.together.from_case import case_matter
from accordant.evidence.together.material import Matter
from accordant.evidence.together.merging import Merging
from accordant.evidence.together.reports import ReportLink
from accordant.evidence.together.telling import TellingGraph, telling
from accordant.tables import Method, Table

NodeKind = Literal["source", "outlet", "report"]
How = Literal["told", "quoted in", "passed on by", "published", "retold in", "credited in"]
_HOW: dict[str, How] = {
    "told": "told",
    "inside": "passed on by",
    "published": "published",
    "rewrites": "retold in",
    "credits": "credited in",
}
METHOD = Method("origins, outlets and reports of the claims, with the outlets that reports credit")


@dataclass(frozen=True, slots=True)
class Node:
    """A source, an outlet or a report.

    Attributes
    ----------
    id
        Of a source and a report their id in the case; of an outlet ``outlet:`` and its name.
    label
        A source by its name or in the words that describe it.
    people
        How many people spoke together, where that is said.
    claims
        Of a source the claims that it first comes from; of a report those in it.
    """

    id: str
    kind: NodeKind
    label: str
    unnamed: bool = False
    people: int | None = None
    side: str | None = None
    claims: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """The label with what it lacks said in words."""
        return f"{self.label} (unnamed)" if self.unnamed else self.label

    def to_json(self) -> dict[str, Any]:
        """One entry of ``nodes``."""
        return {
            "id": self.id,
            "kind": self.kind,
            "label": self.label,
            "unnamed": self.unnamed,
            "people": self.people,
            "side": self.side,
            "claims": list(self.claims),
        }


@dataclass(frozen=True, slots=True)
class Step:
    """One step that words took, from ``start`` to ``end``.

    Attributes
    ----------
    claims
        The claims that went that way.
    suspected
        Whether nobody has decided that it is so.
    """

    how: How
    start: str
    end: str
    claims: tuple[str, ...] = ()
    suspected: bool = False

    def to_json(self) -> dict[str, Any]:
        """One entry of ``steps``."""
        return {
            "how": self.how,
            "from": self.start,
            "to": self.end,
            "claims": list(self.claims),
            "suspected": self.suspected,
        }


@dataclass(frozen=True)
class NetworkResult:
    """Who told whom.

    Attributes
    ----------
    left_out
        Restricted claims that stay behind with whatever is known from them only.
    handling
        The most confidential mark of anything that is shown; empty where all is public.
    """

    title: str
    nodes: tuple[Node, ...]
    steps: tuple[Step, ...]
    left_out: int
    handling: str
    method: Method = METHOD

    def __getitem__(self, node: str) -> Node:
        return next(n for n in self.nodes if n.id == node)

    def of_kind(self, kind: NodeKind) -> tuple[Node, ...]:
        """The nodes of a kind."""
        return tuple(n for n in self.nodes if n.kind == kind)

    @property
    def finding(self) -> str:
        """What the network says, in a sentence."""
        sources, reports = self.of_kind("source"), self.of_kind("report")
        unnamed = sum(n.unnamed for n in sources)
        claims = {c for n in reports for c in n.claims}
        said = f"{_counted(len(claims), 'claim')} in {_counted(len(reports), 'report')}"
        said += f" from {_counted(len(sources), 'source')}"
        if unnamed:
            said += f", {_number(unnamed) if unnamed < len(sources) else 'all'} of them unnamed"
        retold = {s.end for s in self.steps if s.how == "retold in" and not s.suspected}
        new = sum(bool(self._own(r)) for r in retold)
        if retold:
            many = len(retold) > 1
            said += f"; {_counted(len(retold), 'report')} {'retell others' if many else 'retells another'}"
            said += "" if new else " and add no source" if many else " and adds no source"
        return said[:1].upper() + said[1:]

    def _own(self, report: str) -> set[str]:
        """Sources that a retelling has and what it retells has not."""
        before = {s.start for s in self.steps if s.how == "retold in" and s.end == report}
        return self._sources({report}) - self._sources(before)

    def _sources(self, reports: set[str]) -> set[str]:
        claims = {c for r in reports for c in self[r].claims}
        return {n.id for n in self.of_kind("source") if claims & set(n.claims)}

    def to_json(self) -> dict[str, Any]:
        """The documented form of ``network --json``."""
        return {
            "schema": "accordant/network/1",
            "finding": self.finding,
            "left_out": self.left_out,
            "handling": self.handling or "public",
            "nodes": [node.to_json() for node in self.nodes],
            "steps": [step.to_json() for step in self.steps],
            "method": self.method.to_json(),
        }

    def table(self) -> Table:
        """One row per step."""
        columns = ("from", "what", "how", "to", "claims", "which", "suspected", "from id", "to id")
        return Table(self.finding, columns, tuple(self._rows()))

    def _rows(self) -> Iterator[tuple[Any, ...]]:
        label = {n.id: n.words for n in self.nodes}
        kind = {n.id: n.kind for n in self.nodes}
        for s in self.steps:
            suspected = "yes" if s.suspected else "no"
            head = (label[s.start], kind[s.start], s.how, label[s.end])
            yield (*head, len(s.claims), ", ".join(s.claims), suspected, s.start, s.end)

    def overview(self) -> Table:
        """The same in short, for a page."""
        doubt = {"yes": " (suspected)", "no": ""}
        rows = tuple((row[0], f"{row[2]}{doubt[row[6]]}", *row[3:5]) for row in self._rows())
        return Table(self.finding, ("from", "how", "to", "claims"), rows)

    def nodes_table(self) -> Table:
        """One row per source, outlet and report."""
        columns = ("id", "kind", "name or description", "unnamed", "people", "side", "claims", "which")
        rows = tuple(
            (
                *(n.id, n.kind, n.label, "yes" if n.unnamed else "no", n.people or "", n.side or ""),
                *(len(n.claims), ", ".join(n.claims)),
            )
            for n in self.nodes
        )
        return Table("Sources, outlets and reports", columns, rows)

    def tables(self) -> dict[str, Table]:
        """Both tables, by the names of their sheets."""
        return {"steps": self.table(), "nodes": self.nodes_table()}

    def to_frame(self) -> Any:
        """The table of steps as a data frame."""
        return self.table().to_frame()

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()


_SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def _number(count: int) -> str:
    return _SMALL[count] if count < len(_SMALL) else f"{count:,}"


def _counted(count: int, noun: str) -> str:
    return f"{_number(count)} {noun}{'' if count == 1 else 's'}"


def network(folder: CaseFolder, held: Handling, *, suspected: bool = False) -> NetworkResult:
    """Who told whom in a case.

    Parameters
    ----------
    held
        What is withheld: those claims, and whatever only they lead to, are left out.
    suspected
        Whether reports that may retell others are looked for too; nobody has decided on these.

    Raises
    ------
    FailedError
        If a report can no longer be read.
    """
    case = folder.case
    known = replace(folder, case=held.without())
    matter = case_matter(known)
    if suspected:
        from accordant.evidence.together.analysis import of_matter

        told = of_matter(matter, by_id=True).told
    else:
        links = tuple(_decided(matter))
        told = telling(matter, Merging(matter, links, frozenset(), by_id=True), links)
    nodes, steps = _named(known.case, told)
    shown = known.case.claims
    return NetworkResult(case.title, nodes, steps, len(held.withheld), held.notice if shown else "")


def _decided(matter: Matter) -> Iterator[ReportLink]:
    """Reports of which the case says what they retell."""
    places = {report.id: k for k, report in enumerate(matter.reports)}
    for k, report in enumerate(matter.reports):
        before = places.get(report.original or "")
        if before is not None and before != k:
            one, other = sorted((k, before))
            yield ReportLink("rewrite", one, other, before, (0, 0, 0))


def _named(case: Case, told: TellingGraph) -> tuple[tuple[Node, ...], tuple[Step, ...]]:
    """The graph with ids of the case, and steps in the direction in which words went."""
    ids = {n.id: n.ids[0] if n.kind == "source" and n.ids else n.id for n in told.nodes}
    by_origin: dict[str, list[str]] = {}
    by_report: dict[str, list[str]] = {}
    for c, claim in case.claims.items():
        by_origin.setdefault(claim.origin or "", []).append(c)
        by_report.setdefault(claim.report, []).append(c)
    nodes = []
    for n in told.nodes:
        origin = case.origins.get(ids[n.id]) if n.kind == "source" else None
        side = None if origin is None or origin.side == "none" else origin.side
        claims = (by_report if n.kind == "report" else by_origin).get(ids[n.id], [])
        nodes.append(Node(ids[n.id], n.kind, n.label, n.unnamed, n.count, side, tuple(claims)))
    steps = []
    for e in told.edges:
        start, end = ids[e.start], ids[e.end]
        if e.kind in ("rewrites", "credits"):
            start, end = end, start
        carried: Sequence[str] = e.ids
        if e.kind in ("published", "rewrites"):
            carried = by_report.get(end, [])
        how = "quoted in" if e.kind == "told" and end in by_report else _HOW[e.kind]
        steps.append(Step(how, start, end, tuple(carried), e.asked))
    order = ["told", "quoted in", *list(_HOW.values())[1:]]
    return tuple(nodes), tuple(sorted(steps, key=lambda s: order.index(s.how)))
