"""The sources that a paper cites: numbered, each with what is known of who says it, and with its words.

The descriptor of a source says how it could know (access), how reliable it was found to be, whether it has a
stake in the answer (motive), and when it was reported; what nobody has judged is said to be not judged.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from accordant.brief import words
from accordant.brief.document import (
    Basis,
    Brief,
    Cell,
    Rich,
    Row,
    Said,
    Source,
    SourceList,
    Table,
    Text,
    joined,
    muted,
    plain,
    rich,
)
from accordant.brief.plainly import dated, element
from accordant.case.unnamed import is_pronoun

if TYPE_CHECKING:
    from accordant.brief.context import Context
    from accordant.brief.document import Section
    from accordant.case.sources import Claim, Origin
    from accordant.reliance.result import Rest

SECOND = ", at second hand"
"""What is added for what somebody tells of what another said."""
QUOTED = 80
"""Most characters of a quotation in a list of sources in short."""
BORNE = 2
"""Most parts of the case that are named for an assumption."""


def grounds(context: Context, sections: Iterable[Section | None]) -> tuple[list[str], list[str]]:
    """The claims and the assumptions that some sections refer to, in the order of their numbers."""
    made = tuple(s for s in sections if s is not None)
    targets = {ref.target for ref in Brief(Said(""), (), "", (), made, "", "").refs()}
    claims = [c for c in context.labels if c in context.case.claims]
    shown = [c for c in claims if context.ids("claim", c) in targets]
    return shown, [a for a in context.assumptions if context.ids("assumption", a) in targets]


# In short


def table(context: Context, claims: Sequence[str]) -> Table | None:
    """One row for each claim: what it says and its words, whose they are, how they are graded, when."""
    if not claims:
        return None
    columns = tuple(rich(c) for c in ("No.", "What is said", "Who says it", "Reliability", "Reported"))
    rows = tuple(_row(context, c) for c in claims)
    return Table("cited", rich("Sources cited"), columns, rows, key=rich(_key(context, claims)))


def _row(context: Context, id_: str) -> Row:
    number = Cell(rich(Text(f"[{context.labels[id_]}]", "strong")))
    claim = context.case.claims[id_]
    out = "" if context.standing[id_].stands else "out: does not count. "
    quote = muted(rich("\n“", _quote(context, claim, QUOTED), "”"))
    cells = (
        number,
        Cell(rich(Text(out, "strong") if out else "", words.said(context.case, claim.says), quote)),
        Cell(_who(context, claim)),
        Cell(rich(graded(claim.grade))),
        Cell(rich(reported(context, claim) or Text("not known", "muted"))),
    )
    return Row(context.ids("claim", id_), cells)


def _who(context: Context, claim: Claim) -> Rich:
    """The source, and its access and stake as far as they are known."""
    origin = context.case.origins.get(claim.origin or "")
    if origin is None:
        return rich("not said")
    name = rich(context.origin_words(claim.origin or ""))
    facts = [rich(Text(access(claim, origin), "muted"))]
    if (held := stake(context, origin)) is not None and context.case.party_name(origin.side or "") != plain(
        name
    ):
        facts.append(held)
    return rich(name, "\n", joined(facts, "; "))


def _key(context: Context, claims: Sequence[str]) -> str:
    shown = [c for c in claims if c in context.case.claims]
    says = "Their motives are not judged"
    if any(_side(context, c) for c in shown):
        says += "; the side of each is named where it is known"
    return f"{says}. Numbers are those of the whole brief, which has each quotation in full."


def _side(context: Context, claim: str) -> bool:
    origin = context.case.origins.get(context.case.claims[claim].origin or "")
    return origin is not None and origin.side in context.case.parties


# In full


def lists(context: Context, claims: Sequence[str]) -> tuple[SourceList, ...]:
    """The claims under the source that they first come from, with the descriptor of each source."""
    groups: dict[str, list[str]] = {}
    for id_ in claims:
        groups.setdefault(context.case.claims[id_].origin or "", []).append(id_)
    return tuple(_list(context, origin, ids) for origin, ids in groups.items())


def _list(context: Context, id_: str, claims: Sequence[str]) -> SourceList:
    entries = tuple(_entry(context, c) for c in claims)
    origin = context.case.origins.get(id_)
    if origin is None:
        title, says = rich("No source given"), rich("Nobody is said to have said it.")
        return SourceList(context.ids("cited", id_), title, says, entries)
    note = descriptor(context, [context.case.claims[c] for c in claims], origin)
    return SourceList(context.ids("origin", id_), rich(context.origin_words(id_)), note, entries)


def _entry(context: Context, id_: str) -> Source:
    anchor, label = context.ids("claim", id_), context.labels[id_]
    claim = context.case.claims[id_]
    out = () if context.standing[id_].stands else rich("does not count: ", context.standing[id_].reason)
    facts = [Basis("Reliability", rich(graded(claim.grade)))]
    if claim.graded_because:
        facts.append(Basis("Graded so because", rich(context.note(claim.graded_because))))
    if when := reported(context, claim):
        facts.append(Basis("Reported", rich(when)))
    report = context.case.reports.get(claim.report)
    where = (report.title or report.outlet) if report is not None else None
    if report is not None and where:
        facts.append(Basis("In", rich(Said(where, _foreign(report.language)))))
    return Source(
        anchor,
        label,
        rich(words.said(context.case, claim.says)),
        _quote(context, claim),
        "",
        tuple(facts),
        out,
    )


def descriptor(context: Context, claims: Sequence[Claim], origin: Origin) -> Rich:
    """How a source could know, whose side it is on, what is known of its motive."""
    ways = dict.fromkeys(access(claim, origin).removesuffix(SECOND) for claim in claims)
    second = sum(bool(claim.within) for claim in claims)
    heard = SECOND if second == len(claims) else ", in part at second hand" if second else ""
    facts = [rich("Access: ", joined([rich(way) for way in ways], "; "), heard)]
    if origin.count and origin.count > 1:
        facts.append(rich(f"{words.number(origin.count)} people together, counted as one source"))
    if origin.outlet and origin.kind != "outlet":
        facts.append(rich("reached through ", words.said(context.case, origin.outlet)))
    held = stake(context, origin)
    motive = rich("Motive: not judged", rich(" (", held, ")") if held else "")
    return rich(joined(facts, "; "), ". ", motive, ".")


# What is known of one source


def access(claim: Claim, origin: Origin) -> str:
    """How the source could know what it says, as far as the reports tell.

    Examples
    --------
    >>> from accordant.case.sources import Claim, Origin
    >>> claim = Claim(report="r", quote="q", at=(0, 1), says="s", kind="offer", by="north")
    >>> access(claim, Origin(kind="named", name="N", side="north"))
    'speaks for its own side'
    >>> access(claim, Origin(kind="described", words="an aide"))
    'not named, how it could know is not said'
    """
    if is_pronoun(origin):
        return "not known who is meant"
    second = SECOND if claim.within else ""
    if origin.kind == "document":
        return f"a document{second}"
    if origin.kind == "outlet":
        return f"the outlet’s own account{second}"
    if origin.kind == "unattributed":
        return f"not said who says it{second}"
    unnamed = "not named, " if origin.kind == "described" else ""
    if origin.side and origin.side == claim.by:
        return f"{unnamed}speaks for its own side{second}"
    return f"{unnamed or 'named, '}how it could know is not said{second}"


def stake(context: Context, origin: Origin) -> Rich | None:
    """The side that a source is on, which may give it a stake in what is believed; None where not known."""
    if origin.side not in context.case.parties:
        return None
    return rich(Text("on the side of ", "muted"), context.party(origin.side or ""))


def graded(code: str) -> str:
    """The two grades in a few words; F and 6 mean that nothing can be judged.

    Examples
    --------
    >>> graded("B2"), graded("F3"), graded("F6")
    ('usually reliable; probably true (B2)', 'source not judged; possibly true (F3)', 'not judged (F6)')
    """
    if code == "F6":
        return "not judged (F6)"
    source = "source not judged" if code[0] == "F" else words.SOURCE_GRADES[code[0]].removesuffix(" source")
    item = "item not judged" if code[1] == "6" else words.ITEM_GRADES[code[1]]
    return f"{source}; {item} ({code})"


def reported(context: Context, claim: Claim) -> str:
    """When it was published; empty where that is not known."""
    report = context.case.reports.get(claim.report)
    return dated(claim.reported or (report.published if report else None))


def _quote(context: Context, claim: Claim, most: int | None = None) -> Said:
    report = context.case.reports.get(claim.report)
    return Said(clipped(claim.quote, most), _foreign(report.language if report else None))


def _foreign(language: str | None) -> str:
    return "" if not language or language.split("-")[0].lower() == "en" else language


def clipped(text: str, most: int | None) -> str:
    """The text on one line, cut between two words where it is longer than ``most`` characters.

    Examples
    --------
    >>> clipped("one two three", 9), clipped("one two", 9)
    ('one two…', 'one two')
    """
    text = " ".join(text.split())
    if most is None or len(text) <= most:
        return text
    head = text[:most]
    return (head.rsplit(" ", 1)[0] if " " in head else head).rstrip(",;:") + "…"


# Assumptions


def carrying(context: Context, cited: Sequence[str], rests: Sequence[Rest]) -> list[str]:
    """Assumptions, those without which an answer opens first, then those cited, then those stated."""
    alone = [g for rest in rests for g in rest.falls_without]
    shared = [g for rest in rests for sets in (rest.breaks, rest.supports) for one in sets for g in one]
    stated = [a for a, made in context.assumptions.items() if made.stated]
    found = dict.fromkeys((*alone, *cited, *shared, *stated, *context.assumptions))
    return [a for a in found if a in context.assumptions]


def listed_first(ids: Sequence[str], referred: Sequence[str], most: int) -> list[str]:
    """The first few assumptions, and all those that a paper refers to by their numbers.

    Examples
    --------
    >>> listed_first(["a", "b", "c", "d"], ["d"], 2)
    ['a', 'b', 'd']
    """
    return [a for k, a in enumerate(ids) if k < most or a in referred]


def assumptions(context: Context, ids: Sequence[str]) -> Table | None:
    """Assumptions by their numbers: in the words of the case, and what they bear on."""
    if not ids:
        return None
    columns = tuple(rich(c) for c in ("No.", "What is assumed", "It bears on"))
    rows = tuple(_assumption(context, a) for a in ids)
    left = len(context.assumptions) - len(rows)
    verb = "stands" if left == 1 else "stand"
    more = (
        f"{words.upper_first(words.counted(left, 'more assumption'))} {verb} in the whole brief."
        if left
        else ""
    )
    return Table("assumed", rich("Assumptions that carry it"), columns, rows, key=rich(more))


def _assumption(context: Context, id_: str) -> Row:
    made = context.assumptions[id_]
    on = [element(context, e) for e in made.elements]
    more = f"; and {words.number(len(on) - BORNE)} more" if len(on) > BORNE else ""
    bears = rich(joined(on[:BORNE], "; "), more)
    says = rich(words.said(context.case, made.says)) if made.stated else rich("no ground is given for it")
    number = rich(Text(f"[{context.labels[id_]}]", "strong"))
    return Row(context.ids("assumption", id_), (Cell(number), Cell(says), Cell(bears)))
