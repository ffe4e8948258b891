"""The issue matrix: issues down, parties across; what each wants, why, how much, what it refuses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from accordant.brief import words
from accordant.brief.context import Context
from accordant.brief.document import (
    Block,
    Cell,
    Mark,
    Paragraph,
    Rich,
    Row,
    Section,
    Table,
    Text,
    muted,
    rich,
)
from accordant.brief.kinds import NothingToTellError
from accordant.brief.parts.cell_evidence import evidence, grounded_by, sources_behind, standing
from accordant.brief.parts.parties import (
    NOTHING,
    element_mark,
    issue_cell,
    lines_on,
    mark_of,
)
from accordant.brief.parts.sourced import with_sources
from accordant.case.objects import Position

ACROSS = 6
"""Most parties beside each other on a page that lies across."""


@dataclass(frozen=True, slots=True)
class Held:
    """What one party is known to hold on one issue.

    Attributes
    ----------
    cell
        As it is shown.
    wants
        The value that it says it wants; empty where it has said nothing.
    claims
        What counts behind it.
    """

    cell: Cell
    wants: str = ""
    claims: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing is said."""
        return self.cell.text == NOTHING


def sections(context: Context) -> Sequence[Section | None]:
    """One table; of many parties several, each with the issues again.

    Raises
    ------
    NothingToTellError
        For a case without issues, or one in which nobody says anything of them.
    """
    case = context.case
    if not case.issues:
        raise NothingToTellError("the case has no issues, so that it has no matrix")
    cells = {p: {i: held(context, p, i) for i in case.issues} for p in case.parties}
    silent = [p for p, own in cells.items() if all(h.empty for h in own.values())]
    across = [p for p in case.parties if p not in silent or case.parties[p].role == "party"]
    if len(silent) == len(case.parties):
        raise NothingToTellError("nothing is said of what anybody wants on any issue")
    absent = [p for p in silent if p not in across]
    blocks: list[Block] = [Paragraph("matrix-say", _finding(context, cells, across), "lead")]
    blocks += _tables(context, cells, across)
    blocks.append(Paragraph("matrix-key", _key(context, absent), "note"))
    made = Section("matrix", rich("Who wants what, issue by issue"), tuple(blocks))
    return with_sources(context, [made])


# Cells


def held(context: Context, party: str, issue: str) -> Held:
    """What a party says it wants on an issue; where it says nothing, its first preference line on it."""
    position = context.case.positions.get(party, {}).get(issue)
    refused = tuple(_refused(context, party, issue))
    if position is None:
        return _from_lines(context, party, issue, refused)
    mark = mark_of(context, position)
    text = rich(_stated(context, issue, position), "\n", _evidence(context, position.because, mark))
    return Held(Cell(_lines(text, refused), mark=mark), position.wants, standing(context, position.because))


def _from_lines(context: Context, party: str, issue: str, refused: Sequence[Rich]) -> Held:
    """A cell for which no position is stated."""
    for id_, line in lines_on(context, party, issue, "line"):
        because = tuple(context.elements[id_].grounds)
        mark = element_mark(context, id_)
        text = rich(Text("prefers ", "muted"), _without_name(context, issue, line))
        text = rich(text, "\n", _evidence(context, because, mark))
        return Held(Cell(_lines(text, refused), mark=mark), claims=standing(context, because))
    return Held(Cell(_lines((), refused) or NOTHING))


def _without_name(context: Context, issue: str, line: str) -> Rich:
    """A line in words, without the name of the issue in whose row it stands where it is of no other."""
    text = words.expression(context.case, line)
    name = rich(words.said(context.case, words.issue_name(context.case, issue)), ": ")
    alone = text[:2] == name and name[0] not in text[2:]
    return text[2:] if alone and sum(p == name[1] for p in text) == 1 else text


def _stated(context: Context, issue: str, position: Position) -> Rich:
    case = context.case
    wants = replace(words.said(case, words.value(case, issue, position.wants)), style="strong")
    text = rich(Text("wants ", "muted"), wants)
    if position.interest:
        text = rich(text, "\n", Text("interest: ", "muted"), words.said(case, position.interest))
    if position.importance:
        text = rich(text, "\n", Text("importance: ", "muted"), position.importance)
    return text


def _evidence(context: Context, because: Sequence[str], mark: Mark) -> Rich:
    found = evidence(context, because)
    if mark == "unsure":
        return rich(Text("unsure", "emphasis"), rich(" ", found) if found else "")
    return found or rich(Text("assumed", "emphasis"))


def _refused(context: Context, party: str, issue: str) -> Iterator[Rich]:
    """The red lines of a party that speak of an issue, each with how it is grounded."""
    for id_, rule in lines_on(context, party, issue, "red-line"):
        yield rich(Text("never ", "strong"), words.expression(context.case, rule), grounded_by(context, id_))


def _lines(text: Rich, refused: Sequence[Rich]) -> Rich:
    for line in refused:
        text = rich(text, "\n", line) if text else line
    return text


# Tables


def _tables(context: Context, cells: dict[str, dict[str, Held]], across: Sequence[str]) -> Iterator[Table]:
    pages = _pages(across)
    for k, parties in enumerate(pages):
        title = rich("Positions, interests and red lines")
        if len(pages) > 1:
            ends = rich(context.party(parties[0]), " to ", context.party(parties[-1]))
            title = rich(title, f", part {k + 1} of {len(pages)}: ", ends)
        rows = tuple(
            Row(
                context.ids("issue", issue) if k == 0 else "",
                (issue_cell(context, issue), *(cells[p][issue].cell for p in parties)),
            )
            for issue in context.case.issues
        )
        columns = (rich("Issue"), *(_head(context, p) for p in parties))
        yield Table("matrix-table" if k == 0 else f"matrix-table-{k + 1}", title, columns, rows, wide=True)


def _head(context: Context, party: str) -> Rich:
    found, name = context.case.parties[party], rich(context.party(party))
    if found.role == "party":
        return name
    of: Rich = rich(" of ", context.party(found.of)) if found.of else ()
    return rich(name, muted(rich(f"\n{found.role}", of)))


def _pages(parties: Sequence[str]) -> list[list[str]]:
    """As few pages as hold them all, about equally full.

    Examples
    --------
    >>> [len(p) for p in _pages("abcdefgh")]
    [4, 4]
    """
    count = max(1, -(-len(parties) // ACROSS))
    each, more = divmod(len(parties), count)
    sizes = [each + (k < more) for k in range(count)]
    starts = [sum(sizes[:k]) for k in range(count)]
    return [list(parties[at : at + size]) for at, size in zip(starts, sizes, strict=True)]


# What is said about it


def _finding(context: Context, cells: dict[str, dict[str, Held]], across: Sequence[str]) -> Rich:
    """Where the parties differ and where not, and how much of it is assumed."""
    case = context.case
    core = [p for p in across if case.parties[p].role == "party"]
    apart: list[str] = []
    same: list[str] = []
    for issue in case.issues:
        wanted = Counter(cells[p][issue].wants for p in core if cells[p][issue].wants)
        if wanted.total() > 1:
            (apart if len(wanted) > 1 else same).append(issue)
    return rich(_apart(context, apart, same), _grounded(context, cells, across))


def _apart(context: Context, apart: Sequence[str], same: Sequence[str]) -> Rich:
    case, open_ = context.case, len(context.case.issues) - len(apart) - len(same)
    if not apart and not same:
        return rich("On no issue have two parties said what they want. ")
    text: Rich = ()
    if apart:
        names = words.either([rich(words.said(case, words.issue_name(case, i))) for i in apart])
        text = rich("The parties say they want different things on ", names, ". ")
    if same:
        names = words.either([rich(words.said(case, words.issue_name(case, i))) for i in same])
        text = rich(text, "They ask for the same on ", names, ". ")
    if open_:
        left = words.upper_first(words.counted(open_, "issue"))
        text = rich(text, f"{left} {'has' if open_ == 1 else 'have'} the word of one party at most. ")
    return text


def _grounded(context: Context, cells: dict[str, dict[str, Held]], across: Sequence[str]) -> str:
    shown = [h for p in across for h in cells[p].values() if not h.empty]
    assumed = sum(h.cell.mark == "assumed" for h in shown)
    alone = sum(sources_behind(context, h.claims) == 1 for h in shown)
    told = f"Of {words.counted(len(shown), 'filled cell')} "
    parts = [f"{words.number(assumed)} {'is' if assumed == 1 else 'are'} assumed"] if assumed else []
    if alone:
        parts.append(f"{words.number(alone)} {'has' if alone == 1 else 'have'} a single origin")
    return f"{told}{' and '.join(parts)}." if parts else f"{told}all have two origins or more."


def _key(context: Context, absent: Sequence[str]) -> Rich:
    text = rich(
        "Hatched and marked “assumed”: no claim stands behind the cell. “Unsure”: it may or may not be so. "
        "A dash: nothing is said. A grade is the best that a claim of the cell has: the source from A to E, "
        "the item from 1 to 5, where F and 6 are not known; two are given where neither is better on both. "
        "Origins are counted, never pages."
    )
    if absent:
        who = "it wants" if len(absent) == 1 else "they want"
        text = rich(text, f" Not shown, since nothing is said of what {who}: ", context.parties(absent), ".")
    return text
