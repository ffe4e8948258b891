"""Who told whom, from sources on the left to the reports that retell others on the right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from accordant.brief import words
from accordant.brief.characters import isolated
from accordant.brief.document import Cell, Figure, Rich, Row, Table, rich
from accordant.brief.figures.layers_chart import Box
from accordant.brief.figures.network_chart import Line, Network
from accordant.brief.plain import Naming
from accordant.case.grounds import elements, origins_of
from accordant.evidence.network import NetworkResult, Node, Step

MOST = 60
"""Most boxes that are drawn; of more, those with most claims."""
MANY = 12
"""Sources up to which all are drawn; of more those on which something stands, and those with most claims."""
FEWEST = 3
"""Fewest sources and reports from which a picture shows more than the table."""
_HEADINGS = {"source": "Sources", "outlet": "Outlets"}


def network_figure(result: NetworkResult, naming: Naming, id_: str = "network") -> Figure | None:
    """The picture with its table; None where nothing was told by anybody."""
    if not result.steps:
        return None
    folded = _folded(result, naming)
    nodes = _chosen(result, folded)
    names = {n.id for n in nodes}
    steps = [s for s in result.steps if s.start in names and s.end in names and s.start != s.end]
    columns = placed(nodes, steps)
    drawing = Network(
        tuple(_heading(column, columns[:k]) for k, column in enumerate(columns)),
        tuple(tuple(_box(n) for n in column) for column in columns),
        tuple(Line(s.start, s.end, s.how, len(s.claims), s.suspected) for s in steps),
    )
    return Figure(
        id_,
        rich(result.finding),
        "Boxes in columns from left to right: sources, outlets, reports, and reports that retell others, "
        "joined by lines in the direction in which words went. The table lists every line.",
        drawing,
        network_table(result, naming, f"{id_}-table"),
        _note(result, len(nodes), len(folded)),
    )


def network_table(result: NetworkResult, naming: Naming, id_: str = "network-table") -> Table:
    """Every step, with the claims that went that way."""
    label = {n.id: n.words for n in result.nodes}
    case = naming.case
    rows = []
    for s in result.steps:
        how = f"{s.how}{' (suspected)' if s.suspected else ''}"
        cells: Sequence[Rich] = (
            rich(words.said(case, label[s.start])),
            rich(how),
            rich(words.said(case, label[s.end])),
            naming.grounds(s.claims) or rich("–"),
        )
        rows.append(Row("", tuple(Cell(c) for c in cells)))
    columns = tuple(rich(c) for c in ("Who or what", "How", "To whom or where", "Claims"))
    return Table(id_, rich("Every step that words took"), columns, tuple(rows), fold=True)


def _folded(result: NetworkResult, naming: Naming) -> frozenset[str]:
    """Of many sources those on which nothing in the case stands, but for those with most claims."""
    sources, case = result.of_kind("source"), naming.case
    if len(sources) <= MANY:
        return frozenset()
    shown = {c for n in sources for c in n.claims}
    used = {c for e in elements(case) for c in e.standing if c in shown}
    carrying = {o for c in used for o in origins_of(case, c)}
    bare = sorted((n for n in sources if n.id not in carrying), key=lambda n: -len(n.claims))
    room = max(0, MANY - (len(sources) - len(bare)))
    return frozenset(n.id for n in bare[room:])


def _chosen(result: NetworkResult, folded: frozenset[str]) -> list[Node]:
    """Every node but what is folded, or of too many those of each kind that most claims went through."""
    if folded:
        kept = [s for s in result.steps if not {s.start, s.end} & folded]
        joined = {n for s in kept if s.how in ("told", "quoted in", "passed on by") for n in (s.start, s.end)}
        for _ in result.nodes:  # on to where their words went
            more = {s.end for s in kept if s.start in joined} - joined
            if not more:
                break
            joined |= more
        result = replace(result, nodes=tuple(n for n in result.nodes if n.id in joined))
    if len(result.nodes) <= MOST:
        return list(result.nodes)
    carried: Counter[str] = Counter()
    for s in result.steps:
        carried[s.start] += len(s.claims)
        carried[s.end] += len(s.claims)
    best: set[str] = set()
    for kind, most in (("source", MOST // 2), ("outlet", MOST // 4), ("report", MOST // 4)):
        own = [n.id for n in result.nodes if n.kind == kind]
        best |= set(sorted(own, key=lambda id_: -carried[id_])[:most])
    return [n for n in result.nodes if n.id in best]


def _heading(column: Sequence[Node], before: Sequence[Sequence[Node]]) -> str:
    kind = column[0].kind
    again = any(n.kind == kind for c in before for n in c)
    if kind == "report":
        return "Retellings" if again else "Reports"
    return "" if again else _HEADINGS[kind]


def _box(node: Node) -> Box:
    text = isolated(node.label)
    if node.unnamed:
        people = f", {words.number(node.people)} people" if node.people and node.people > 1 else ""
        text = f"{text} (unnamed{people})"
    return Box(node.id, text, "unnamed" if node.unnamed else "sourced")


def _note(result: NetworkResult, drawn: int, folded: int) -> Rich:
    hows = {s.how for s in result.steps}
    text = "The number on a line, and its width: claims that went that way. "
    if any(n.unnamed for n in result.nodes):
        text += "A double box is a source that is not named. "
    if "retold in" in hows:
        text += "A broken line leads to a report that retells another. "
    if "credited in" in hows:
        text += "A dotted line leads from an outlet to a report that names it as where words come from. "
    if any(s.suspected for s in result.steps):
        text += "A question mark: suspected, and nobody has decided. "
    if folded:
        text += (
            f"Not drawn, but in the table: {words.counted(folded, 'source')} on which no answer rests and "
        )
        text += "from which fewest claims come, with whatever only they lead to. "
    if drawn < len(result.nodes):
        text += f"Drawn are {drawn} of {len(result.nodes):,} boxes, those with most claims. "
    if result.left_out:
        claims = words.counted(result.left_out, "restricted claim")
        text += f"{words.upper_first(claims)} left out with whatever only they lead to. "
    return rich(text.strip())


def placed(nodes: Sequence[Node], steps: Sequence[Step]) -> list[list[Node]]:
    """The nodes in columns: sources, outlets, reports, each by how far words went among its kind.

    A source whose words another source passes on stands to the left of it, a report that retells
    another to the right; what goes round in a circle stops after as many rounds as there are nodes.
    """
    kind = {n.id: n.kind for n in nodes}
    inner = [s for s in steps if kind[s.start] == kind[s.end]]
    depth = dict.fromkeys(kind, 0)
    for _ in nodes:
        for s in inner:
            back, ahead = (s.end, s.start) if kind[s.start] == "source" else (s.start, s.end)
            if depth[ahead] <= depth[back] < len(nodes):
                depth[ahead] = depth[back] + 1
    columns = []
    for one in ("source", "outlet", "report"):
        own = sorted({depth[n.id] for n in nodes if n.kind == one}, reverse=one == "source")
        columns += [[n for n in nodes if n.kind == one and depth[n.id] == k] for k in own]
    return columns


def in_brief(result: NetworkResult, naming: Naming) -> Figure | None:
    """The figure where there is more to see than in a list of reports."""
    if len(result.of_kind("source")) + len(result.of_kind("report")) < FEWEST:
        return None
    return network_figure(result, naming)
