"""What each party wants: positions issue by issue, and preferences in order."""

from __future__ import annotations

from collections.abc import Mapping

from accordant.brief import words
from accordant.brief.context import Context
from accordant.brief.document import (
    Block,
    Cell,
    Definition,
    Definitions,
    Mark,
    Paragraph,
    Rich,
    Row,
    Section,
    Table,
    Text,
    joined,
    muted,
    rich,
)
from accordant.case.base import Grounded
from accordant.case.objects import MARKED_GAP, Delay, Either, Line, Preference, RedLine, StateRef
from accordant.case.redacting import UNTOLD
from accordant.case.worths import Linear, as_written


def section(context: Context) -> Section:
    """The issue-by-party matrix, then each party's preferences."""
    matrix = positions(context)
    inner = tuple(_party(context, p) for p in context.case.parties if _has_preferences(context, p))
    silent = [
        p
        for p, party in context.case.parties.items()
        if party.role == "party" and not _has_preferences(context, p)
    ]
    blocks: list[Block] = [matrix] if matrix else []
    if silent:
        blocks.append(
            Paragraph(
                "silent",
                rich(
                    "Nothing is said of what ",
                    context.parties(silent),
                    " want" if len(silent) > 1 else " wants",
                    ": every order is admitted, and only what follows under all of them is said to follow.",
                ),
            )
        )
    return Section("parties", rich("What each party wants"), tuple(blocks), inner)


def _has_preferences(context: Context, party: str) -> bool:
    found = context.case.preferences.get(party)
    return found is not None and found.stated


SPELT = 8
"""Most values of a range that are spelt out."""
NOTHING = rich(Text("–", "muted"))

# Positions


def positions(context: Context) -> Table | None:
    """The issue-by-party matrix; from the preference lines where the case states no positions."""
    case = context.case
    if not case.issues:
        return None
    stated = [p for p in case.parties if case.positions.get(p)]
    parties = stated or [p for p in case.parties if _has_preferences(context, p)]
    if not parties:
        return None
    title = "Positions, issue by issue" if stated else "Preference lines, issue by issue"
    cell = _position if stated else _first_line
    rows = tuple(
        Row(
            context.ids("issue", issue),
            (issue_cell(context, issue), *(cell(context, p, issue) for p in parties)),
        )
        for issue in case.issues
    )
    if all(cell.text == NOTHING for row in rows for cell in row.cells[1:]):
        return None
    columns = (rich("Issue"), *(rich(context.party(p)) for p in parties))
    key = rich(
        "Hatched and marked “assumed”: no claim stands behind the cell. Marked “unsure”: may or may not "
        "be so. "
        "A dash: nothing is said."
    )
    return Table("positions", rich(title), columns, rows, key=key, wide=True)


def issue_cell(context: Context, issue: str) -> Cell:
    """An issue with who settles it and its values."""
    found = context.case.issues[issue]
    of, every = ("all of ", "all") if found.joint else ("any of ", "any of the")
    holders = context.parties_in_short(found.holders, of=of if len(found.holders) > 1 else "", every=every)
    values = _values(context, issue)
    return Cell(
        rich(
            words.said(context.case, words.issue_name(context.case, issue)),
            "\n",
            muted(rich("settled by ", holders, "\n", values)),
        )
    )


def _values(context: Context, issue: str) -> Rich:
    """All values of an issue in its order; of a long range its ends and its step."""
    case, found = context.case, context.case.issues[issue]
    if found.range is not None and len(found.values) > SPELT:
        low, high = (words.said(case, words.value(case, issue, found.values[k])) for k in (0, -1))
        return rich(low, " to ", high, f", in steps of {found.range.step:f}")
    return joined([rich(words.said(case, words.value(case, issue, v))) for v in found.values], " < ")


def _position(context: Context, party: str, issue: str) -> Cell:
    found = context.case.positions.get(party, {}).get(issue)
    if found is None:
        return Cell(NOTHING)
    case = context.case
    text = rich(Text("wants ", "muted"), words.said(case, words.value(case, issue, found.wants)))
    if found.interest:
        text = rich(text, "\n", Text("interest: ", "muted"), words.said(case, found.interest))
    if found.importance:
        text = rich(text, "\n", Text(f"importance: {found.importance}", "muted"))
    mark = mark_of(context, found)
    return Cell(rich(text, "\n", _marks(mark), _grounds(context, found)), mark=mark)


def mark_of(context: Context, found: Grounded) -> Mark:
    """How something that no answer depends on is grounded: by claims that stand, or assumed."""
    if found.unsure:
        return "unsure"
    return (
        "" if any(context.standing[c].stands for c in found.because if c in context.standing) else "assumed"
    )


def _grounds(context: Context, found: Grounded) -> Rich:
    claims = context.grounds(found.because)
    if not found.assumed:
        return claims
    named = found.assumed.id
    known = named in context.assumptions
    assumed = rich(context.ground(named)) if named and known else context.note(found.assumed.says)
    return rich(claims, "\n", muted(rich("assuming ")), assumed) if claims else assumed


def _marks(mark: Mark) -> Rich:
    return rich(Text(f"{mark} ", "emphasis")) if mark in ("assumed", "unsure") else ()


def _first_line(context: Context, party: str, issue: str) -> Cell:
    """The first of a party's lines that reads an issue."""
    for k, (id_, line) in enumerate(_lines(context, party), 1):
        if issue in _read_by(context, line):
            mark = element_mark(context, id_)
            text = rich(words.expression(context.case, line), Text(f"\nline {k} ", "muted"), _marks(mark))
            return Cell(rich(text, context.grounds(context.elements[id_].grounds)), mark=mark)
    return Cell(NOTHING)


def lines_on(context: Context, party: str, issue: str, kind: str) -> list[tuple[str, str]]:
    """The lines of a party that read an issue, by id, most important first.

    Parameters
    ----------
    kind
        ``red-line`` or ``line``.
    """
    return [(id_, line) for id_, line in _lines(context, party, (kind,)) if issue in _read_by(context, line)]


def _read_by(context: Context, line: str) -> frozenset[str]:
    """The issues that an expression reads; none where it cannot be read."""
    from accordant.case.expressions import parse
    from accordant.errors import ExpressionError

    values = {name: found.values for name, found in context.case.issues.items()}
    try:
        return frozenset(parse(line, values).names)
    except ExpressionError:
        return frozenset()


def _lines(
    context: Context, party: str, kinds: tuple[str, ...] = ("red-line", "line")
) -> list[tuple[str, str]]:
    from accordant.case.grounds import parts

    return [
        (id_, line)
        for id_, kind, subject, _, grounded in parts(context.case)
        if subject == party and kind in kinds
        if (line := getattr(grounded, "want", None) or getattr(grounded, "rule", None))
    ]


# Preferences


def element_mark(context: Context, element: str) -> Mark:
    """How an element is grounded."""
    found = context.elements[element]
    if found.unsure:
        return "unsure"
    return "" if any(g in context.case.claims for g in found.standing) else "assumed"


def _party(context: Context, party: str) -> Section:
    case, preference = context.case, context.case.preferences[party]
    id_ = context.ids("party", party)
    blocks: list[Block] = [Paragraph(context.ids("who", party), _who(context, party))]
    if preference.never or preference.priorities:
        blocks.append(_order(context, party, preference))
    if preference.ranking is not None:
        blocks.append(_ranking(context, party, preference))
    if preference.worth is not None:
        blocks.append(_worth(context, party, preference))
    if preference.table is not None:
        blocks.append(_numbered(context, party, preference))
    if preference.reservation is not None or preference.delay is not None:
        blocks.append(_terms(context, party, preference))
    if preference.incomparable:
        blocks.append(Paragraph(context.ids("pairs", party), _pairs(context, preference)))
    elif not preference.known:
        blocks.append(
            Paragraph(
                context.ids("unknown", party), rich("Beyond its red lines nothing is known of its order.")
            )
        )
    return Section(id_, rich(words.said(case, case.party_name(party))), tuple(blocks))


def _who(context: Context, party: str) -> Rich:
    case, found = context.case, context.case.parties[party]
    role = {"party": "Party", "mediator": "Mediator", "observer": "Observer", "constituency": "Constituency"}[
        found.role
    ]
    text = rich(role, rich(" of ", context.party(found.of)) if found.of else "")
    if found.aliases:
        text = rich(text, "; also called ", joined([rich(words.said(case, a)) for a in found.aliases], ", "))
    held = [i for i, issue in case.issues.items() if party in issue.holders]
    if held:
        names = words.either([rich(words.said(case, words.issue_name(case, i))) for i in held])
        text = rich(text, "; controls, alone or with others, ", names)
    note = rich(" ", context.note(found.note)) if found.note else ()
    return rich(text, ".", note)


def _order(context: Context, party: str, preference: Preference) -> Table:
    rows = [
        _line(context, f"{party}.never.{k}", "red line", red) for k, red in enumerate(preference.never, 1)
    ]
    for k, entry in enumerate(preference.priorities or (), 1):
        if isinstance(entry, Either):
            rows.append(
                Row(
                    "",
                    (
                        Cell(
                            rich(
                                f"{k}. The order of the next {words.counted(len(entry.either), 'line')} is "
                                "not known"
                            )
                        ),
                    ),
                    group=True,
                )
            )
            rows += [
                _line(context, f"{party}.priorities.{k}.{m}", f"{k}.{m}", line)
                for m, line in enumerate(entry.either, 1)
            ]
        else:
            rows.append(_line(context, f"{party}.priorities.{k}", f"{k}", entry))
    title = rich("What ", context.party(party), " wants, most important first")
    columns = tuple(rich(c) for c in ("Place", "Line", "Stands on", "Ground"))
    key = "Outcomes are compared on the first line that tells them apart."
    if any(line.decisive for line in preference.lines):
        key += " Where that line is decisive, one is strongly preferred to the other."
    return Table(context.ids("order", party), title, columns, tuple(rows), key=rich(key))


def _line(context: Context, id_: str, place: str, line: Line | RedLine) -> Row:
    mark = element_mark(context, id_)
    text = words.expression(context.case, line.want if isinstance(line, Line) else line.rule)
    if isinstance(line, RedLine):
        text = rich("never ", text)
    if line.decisive:
        text = rich(text, " (", Text("decisive", "strong"), ")")
    if line.note:
        text = rich(text, "\n", context.note(line.note))
    return Row(
        context.ids("element", id_),
        (
            Cell(rich(place)),
            Cell(text),
            Cell(context.basis(id_)),
            Cell(rich(ground_word(context, id_)), mark=mark),
        ),
    )


def ground_word(context: Context, element: str) -> str:
    """How an element is grounded, in a word or two."""
    found = context.elements[element]
    claims = any(g in context.case.claims for g in found.grounds)
    standing = any(g in context.case.claims for g in found.standing)
    if found.unsure:
        return (
            "unsure: its claims are out"
            if claims and not standing and not found.standing
            else "unsure: checked both ways"
        )
    if standing:
        return "sourced and assumed" if found.standing - set(context.case.claims) else "sourced"
    return "assumed" if found.stated else "assumed: no ground given"


def _ranking(context: Context, party: str, preference: Preference) -> Table:
    text: Rich = ()
    for entry in preference.ranking or ():
        if entry == MARKED_GAP:
            text = rich(text, " ≫ ")
            continue
        tied = entry if isinstance(entry, tuple) else (entry,)
        between = " > " if text and text[-1] != Text(" ≫ ") else ""
        text = rich(text, between, joined([_state(context, s) for s in tied], " = "))
    id_ = f"{party}.ranking"
    mark = element_mark(context, id_)
    cells = (
        Cell(text),
        Cell(context.basis(id_)),
        Cell(rich(ground_word(context, id_)), mark=mark),
    )
    title = rich("What ", context.party(party), " wants, most preferred first")
    signs = "States; = is a tie" + (", ≫ a strong preference" if preference.marked_gaps else "")
    columns = tuple(rich(c) for c in (signs, "Stands on", "Ground"))
    row = Row(context.ids("element", id_), cells)
    return Table(context.ids("ranking", party), title, columns, (row,), heads=0)


def _state(context: Context, ref: StateRef) -> Rich:
    if isinstance(ref, str):
        return rich(context.state(ref))
    return rich("(", words.package(context.case, ref), ")")


def _pairs(context: Context, preference: Preference) -> Rich:
    """The pairs of unknown order, as the case writes them, and what that means here."""
    pairs = [rich(_state(context, s), " and ", _state(context, t)) for s, t in preference.incomparable]
    others = "" if preference.known or preference.never else " All other pairs tie."
    lines = " beyond its red lines" if preference.never else ""
    return rich(
        "The order is not known between ",
        joined(pairs, "; between "),
        f".{others} Whether it accepts a state is answered as if nothing{lines} were known of its order.",
    )


def _worth(context: Context, party: str, preference: Preference) -> Table:
    rows = []
    for name, worth in (preference.worth or {}).items():
        said = words.said(context.case, words.issue_name(context.case, name))
        rows.append(Row("", (Cell(rich(said)), Cell(_worths(context, name, worth)))))
    for k, term in enumerate(preference.also, 1):
        id_ = f"{party}.also.{k}"
        more = f"{as_written(term.worth)} more if " if term.if_ != UNTOLD else ""
        text = rich(
            more,
            words.expression(context.case, term.if_),
            " ",
            context.basis(id_),
        )
        rows.append(Row(context.ids("element", id_), (Cell(rich("also")), Cell(text))))
    title = rich("What each value is worth to ", context.party(party), ", on its own scale")
    # All rows stand on one ground, named once, over them.
    id_ = f"{party}.worth"
    head = rich("Stands on ", context.basis(id_), f" ({ground_word(context, id_)})")
    group = Row(context.ids("element", id_), (Cell(head, mark=element_mark(context, id_)),), group=True)
    columns = (rich("Issue"), rich("Worth of each value"))
    return Table(context.ids("worth", party), title, columns, (group, *rows), fold=len(rows) > 16)


def _worths(context: Context, issue: str, worth: object) -> Rich:
    """What the values of an issue are worth: value by value, or at the points of a line."""
    case = context.case
    if isinstance(worth, Linear):
        points = [
            rich(words.said(case, words.value(case, issue, f"{v:f}")), f": {as_written(w)}")
            for v, w in worth.linear
        ]
        return rich(joined(points, "; "), " (straight lines in between)")
    if isinstance(worth, Mapping):
        values = [
            rich(words.said(case, words.value(case, issue, v)), f": {as_written(w)}")
            for v, w in worth.items()
        ]
        return joined(values, "; ")
    return rich(str(worth))


def _numbered(context: Context, party: str, preference: Preference) -> Table:
    """A table of states and patterns with their numbers."""
    rows = [
        Row("", (Cell(_state(context, ref)), Cell(rich(as_written(number)))))
        for ref, number in preference.table or ()
    ]
    id_ = f"{party}.table"
    if id_ in context.elements:
        head = rich("Stands on ", context.basis(id_), f" ({ground_word(context, id_)})")
        mark = element_mark(context, id_)
        rows.insert(0, Row(context.ids("element", id_), (Cell(head, mark=mark),), group=True))
    title = rich("What each state is worth to ", context.party(party), ", on its own scale")
    columns = (rich("State"), rich("Worth"))
    return Table(context.ids("numbers", party), title, columns, tuple(rows), fold=len(rows) > 16)


def _terms(context: Context, party: str, preference: Preference) -> Definitions:
    """What no deal is worth to a party, and what waiting does to a deal, with their grounds."""
    found = []
    for kind, term, says in (
        ("reservation", "No deal is worth", _reserved(context, preference)),
        ("delay", "Waiting", () if preference.delay is None else rich(delay_words(preference.delay))),
    ):
        id_ = f"{party}.{kind}"
        if says and id_ in context.elements:
            says = rich(says, " ", context.basis(id_), f" ({ground_word(context, id_)})")
            found.append(Definition(context.ids("element", id_), rich(term), says))
    return Definitions(context.ids("terms", party), tuple(found))


def _reserved(context: Context, preference: Preference) -> Rich:
    held = preference.reservation
    if held is None:
        return ()
    if held.state is not None:
        return rich("what this state is: ", _state(context, held.state))
    return rich(f"{held.low}" if held.low == held.high else f"between {held.low} and {held.high}")


def delay_words(delay: Delay) -> str:
    """What waiting does to the worth of a deal.

    Examples
    --------
    >>> from decimal import Decimal
    >>> delay_words(Delay(cost=Decimal(2), days=30))
    'costs 2 every 30 days'
    """
    every = "every day" if delay.days == 1 else f"every {delay.days} days"
    if delay.factor is not None:
        return f"leaves {delay.factor:f} of what a deal is worth, {every}"
    return f"costs {delay.cost or 0:f} {every}"
