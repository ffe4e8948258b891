"""What the main answers rest on, as layers: conclusions, parts of the case, grounds, origins."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from accordant.brief import words
from accordant.brief.characters import isolated
from accordant.brief.context import Context
from accordant.brief.document import Cell, Figure, Rich, Row, Table, Text, joined, rich, spoken
from accordant.brief.figures.layers_chart import Box, Kind, Layers
from accordant.brief.figures.layers_falls import Falls, Links
from accordant.brief.figures.layout import ordered
from accordant.brief.relevant import by_strength
from accordant.brief.standing import about, behind, certain, falls, find, sentence, standing, support
from accordant.case.grounds import one_source, origins_of

if TYPE_CHECKING:
    from accordant.reliance.result import Rest

CONCLUSIONS, ELEMENTS, GROUNDS = 6, 14, 16
"""Most boxes in the first three columns."""
HEADINGS = ("Conclusions", "Preference lines, rules, starting points", "Claims and assumptions", "Origins")


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is drawn, column by column: conclusions with their elements, elements, grounds, origins."""

    links: Links
    elements: Sequence[str]
    grounds: Sequence[str]
    origins: Sequence[str]


def reliance_figure(context: Context) -> Figure | None:
    """The figure, or None where nothing was concluded."""
    links = [(rest, elements_of(context, rest)) for rest in main_conclusions(context)]
    links = [(rest, found) for rest, found in links if found][:CONCLUSIONS]
    if not links:
        return None
    falls_ = Falls(context, links)
    every = list(dict.fromkeys(e for _, found in links for e in found))
    elements = _foremost(every, ELEMENTS, lambda e: len(falls_.element(e)))
    behind_ = context.ordered(g for e in elements for g in context.elements[e].standing)
    grounds = _foremost(behind_, GROUNDS, lambda g: len(falls_.ground(g)))
    origins = list(dict.fromkeys(o for g in grounds for o in _origins(context, g)))
    chosen = Chosen(links, elements, grounds, origins)
    left = len(every) - len(elements) + len(behind_) - len(grounds)
    return Figure(
        "rests-figure",
        _finding(context, [rest for rest, _ in links], falls_),
        "Four columns of boxes joined by lines: conclusions, the preference lines, rules and starting points "
        "they use, the claims and assumptions behind those, and the origins of the claims. The wider a line, "
        "the more conclusions open without what it leads to. The table below lists every line.",
        _drawing(context, chosen, falls_),
        _table(context, links, falls_),
        rich(
            f"The wider a line, the more of the {words.counted(len(links), 'conclusion')} drawn would be "
            "open without what it leads to; the thinnest lines: none. A heavy frame is a single point of "
            "failure, with how many would open. A solid box is sourced; a dashed box is an assumption or "
            "unsure; a double box is a source that is not named. Lines in ink lead back to somebody unnamed; "
            "grey lines do not.",
            f" {words.upper_first(words.counted(left, 'box', 'boxes'))} over which least falls "
            f"{'is' if left == 1 else 'are'} left out."
            if left
            else "",
        ),
    )


def _foremost(names: Sequence[str], most: int, falling: Callable[[str], int]) -> list[str]:
    """Of too many names those over which most falls, in the order that they had."""
    kept = sorted(range(len(names)), key=lambda k: (-falling(names[k]), k))[:most]
    return [names[k] for k in sorted(kept)]


def _drawing(context: Context, chosen: Chosen, falls_: Falls) -> Layers:
    edges = _edges(context, chosen, falls_)
    columns = (
        [_conclusion(context, rest) for rest, _ in chosen.links],
        [_element(context, e) for e in chosen.elements],
        [_single(_ground(context, g), falls_, g) for g in chosen.grounds],
        [_single(_origin(context, o), falls_, o) for o in chosen.origins],
    )
    boxes = {box.key: box for column in columns for box in column}
    order = ordered([[b.key for b in column] for column in columns], list(edges))
    return Layers(
        headings=HEADINGS,
        columns=tuple(tuple(boxes[k] for k in column) for column in order),
        edges=tuple((a, b, falling) for (a, b), falling in edges.items()),
    )


def _edges(context: Context, chosen: Chosen, falls_: Falls) -> dict[tuple[str, str], int]:
    """Every line, with how many conclusions fall over it."""
    standing_on = {e: context.elements[e].standing for e in chosen.elements}
    edges = {
        (_key("c", rest.conclusion), _key("e", e)): falls_.to_element(rest, e)
        for rest, found in chosen.links
        for e in found
        if e in standing_on
    }
    for e, on in standing_on.items():
        for g in chosen.grounds:
            if g in on:
                edges[_key("e", e), _key("g", g)] = falls_.to_ground(e, g)
    for g in chosen.grounds:
        for o in _origins(context, g):
            edges[_key("g", g), _key("o", o)] = falls_.to_origin(g, o)
    return edges


def _single(box: Box, falls_: Falls, id_: str) -> Box:
    """A box that is marked where it is a single point of failure."""
    falling = falls_.single(id_)
    verb = "opens" if falling == 1 else "open"
    told = f"{falling} of {falls_.of} {verb} without it" if falling else ""
    return replace(box, single=told)


def _key(kind: str, name: str) -> str:
    return f"{kind}:{name}"


def main_conclusions(context: Context) -> list[Rest]:
    """Those that the bottom line is about: proposals and parties, agreement, what holds."""
    names = [
        f"acceptable({p}, {party})" for p, a in context.deals.proposals.items() for party in a.acceptable
    ]
    names.append("agreement-exists")
    for state in by_strength(context.stability, certain=True)[:2]:
        under = certain(context, state)
        names += [f"holds({state}, {c})" for c in under[:1]]
    found = [find(context, n) for n in names]
    return [r for r in found if r is not None]


def elements_of(context: Context, rest: Rest) -> list[str]:
    """The parts of the case that a conclusion uses: those that bear on it and whose grounds matter."""
    if rest.status == "sometimes":
        turning = behind(context, rest)
        return [e for e in turning if _bears(context, rest, e)] or turning
    matter = {*support(context, [rest])}
    return [e.id for e in context.elements.values() if e.standing & matter and _bears(context, rest, e.id)]


_ORDER = ("line", "red-line", "ranking", "worth", "term")


def _bears(context: Context, rest: Rest, element: str) -> bool:
    parts, found = about(rest.conclusion), context.elements[element]
    if found.kind == "proposal":
        return found.subject == parts.subject
    if found.kind in ("rule", "control", "moves") and parts.kind in ("acceptable", "agreement"):
        # What a possible package leads to, and what it is compared with, does not depend on these.
        answer = context.deals.proposals.get(parts.subject)
        return answer is not None and answer.state is None
    if found.kind == "no-deal" or found.kind == "status-quo":
        return parts.kind != "holds"
    if found.kind in _ORDER and parts.kind == "holds":
        return found.subject in context.states.parties  # constituencies take part in no move
    if found.kind in _ORDER and parts.kind == "acceptable":
        party = context.case.parties.get(found.subject)
        return found.subject == parts.detail or (party is not None and party.of == parts.detail)
    return True


def _origins(context: Context, ground: str) -> list[str]:
    if ground not in context.case.claims:
        return []
    found = origins_of(context.case, ground)
    own = context.case.claims[ground].origin
    origin = own if own in found else next((o for o in context.case.origins if o in found), None)
    if origin is None:
        return []
    one = one_source(context.case)  # a person stands there once
    same = [o for o in context.case.origins if one[o] == one[origin]]
    return same[:1]


# Boxes


def _conclusion(context: Context, rest: Rest) -> Box:
    words_ = {"always": "", "never": "false: ", "sometimes": "open: "}[rest.status]
    kind: Kind = "open" if rest.status == "sometimes" else "sourced"
    return Box(_key("c", rest.conclusion), words_ + spoken(sentence(context, rest.conclusion)), kind)


def _element(context: Context, id_: str) -> Box:
    found = context.elements[id_]
    who = (
        isolated(context.case.party_name(found.subject)) + ": "
        if found.subject in context.case.parties
        else ""
    )
    claims = any(g in context.case.claims for g in found.standing)
    kind: Kind = "open" if found.unsure or not claims else "sourced"
    return Box(
        _key("e", id_), who + spoken(context.element_words(id_)), kind, _traced(context, found.standing)
    )


def _traced(context: Context, grounds: Iterable[str]) -> bool:
    return not context.unnamed.isdisjoint(grounds)


def _ground(context: Context, id_: str) -> Box:
    label = f"[{context.labels[id_]}] "
    if id_ in context.case.claims:
        return Box(
            _key("g", id_), label + isolated(context.case.claims[id_].says), "sourced", id_ in context.unnamed
        )
    says = context.assumptions[id_].says if context.assumptions[id_].stated else "no ground is given"
    return Box(_key("g", id_), label + isolated(says), "open")


def _origin(context: Context, id_: str) -> Box:
    unnamed = context.case.origins[id_].unnamed
    tail = " (unnamed)" if unnamed else ""
    return Box(
        _key("o", id_),
        isolated(context.origin_words(id_).text) + tail,
        "unnamed" if unnamed else "sourced",
        unnamed,
    )


# What is said about it


def _finding(context: Context, rests: Sequence[Rest], falls_: Falls) -> Rich:
    settled = [r for r in rests if r.status != "sometimes"]
    lost = [r for r in settled if r.without_unnamed != r.status]
    if not settled:
        return rich("None of the main conclusions is settled")
    if not lost:
        return rich("None of the main conclusions needs an unnamed source", _most(context, settled, falls_))
    names = list(dict.fromkeys(o for r in lost for o in falls(context, r) if _is_unnamed(context, o)))
    who = rich(": ", words.either([rich(context.origin_words(o)) for o in names])) if names else ()
    needs = "needs" if len(lost) == 1 else "need"
    return rich(
        f"{words.upper_first(words.number(len(lost)))} of "
        f"{words.counted(len(settled), 'settled main conclusion')} "
        f"{needs} unnamed sources",
        who,
    )


def _most(context: Context, settled: Sequence[Rest], falls_: Falls) -> Rich:
    """The source that most conclusions need, where there is one."""
    needed = {o: len(falls_.origin(o)) for o in context.case.origins}
    most = max(needed.values(), default=0)
    if not most:
        return ()
    who = words.either([rich(context.origin_words(o)) for o, n in needed.items() if n == most])
    need = "needs" if most == 1 else "need"
    return rich(f"; {words.number(most)} of {words.number(len(settled))} {need} ", who)


def _is_unnamed(context: Context, id_: str) -> bool:
    origin = context.case.origins.get(id_)
    return origin is not None and origin.unnamed


def _table(context: Context, links: Links, falls_: Falls) -> Table:
    rows: list[Row] = []
    for rest, found in links:
        told = Text(f" ({standing(rest.status, rest.settings)})", "muted")
        rows.append(Row("", (Cell(rich(sentence(context, rest.conclusion), told)),), group=True))
        rows += [_table_row(context, rest, e, falls_) for e in found]
    columns = tuple(rich(c) for c in ("Uses", "Once that is unsure", "Stands on", "Origins"))
    key = rich(
        f"In brackets, for how many of the {words.counted(falls_.of, 'conclusion')} drawn: those that "
        "would be open without this claim, assumption or origin."
    )
    return Table(
        "rests-figure-table", rich("The layers, line by line"), columns, tuple(rows), key=key, fold=True
    )


def _table_row(context: Context, rest: Rest, element: str, falls_: Falls) -> Row:
    found = context.elements[element]
    shown = context.ordered(found.standing)
    origins = [rich(context.origin(o), _number(len(falls_.origin(o)))) for o in context.origins_behind(shown)]
    subject = rich(context.party(found.subject), ": ") if found.subject in context.case.parties else ()
    opens = falls_.to_element(rest, element) > 0
    unsure = "open as before" if rest.status == "sometimes" else "open" if opens else "unchanged"
    grounds = [rich(context.ground(g), _number(len(falls_.ground(g)))) for g in shown]
    cells = (
        Cell(rich(subject, context.element(element))),
        Cell(rich(unsure), mark="open" if opens else ""),
        Cell(joined(grounds, " ")),
        Cell(joined(origins, "; ") or rich(Text("assumed", "emphasis"))),
    )
    return Row("", cells)


def _number(falling: int) -> Text | str:
    return Text(f" ({falling})", "muted") if falling else ""
