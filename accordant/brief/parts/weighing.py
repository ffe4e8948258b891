"""One package of an options paper, told: for and against, who must move, whether it lasts, what it risks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from accordant.brief import withheld, words
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
    rich,
)
from accordant.brief.packages import between, told
from accordant.brief.parts import firmness
from accordant.brief.parts.for_and_against import compared, few, valued, why
from accordant.brief.parts.lasting import lasting
from accordant.brief.parts.staged import breaks_off
from accordant.brief.plainly import capital, dated, named, sentence, settled
from accordant.brief.standing import find
from accordant.errors import InputError

if TYPE_CHECKING:
    from accordant.agreement.package import PackageAnswer
    from accordant.agreement.result import Acceptance, Answer
    from accordant.brief.context import Context
    from accordant.brief.parts.weighed import Option
    from accordant.reliance.result import Rest

ACCEPTS: dict[Answer, tuple[str, Mark]] = {
    "yes": ("accepts", "yes"),
    "no": ("refuses", "no"),
    "unknown": ("open", "open"),
}
NOTHING = rich(Text("–", "muted"))


def title(context: Context, option: Option) -> Rich:
    """What an option is called."""
    head = f"Option {option.letter}: "
    if option.why == "proposal":
        return rich(head, named(context, option.proposal))
    if option.why == "mended":
        sure = "would" if option.answer.answer.agreement == "yes" else "may"
        return rich(
            head, named(context, option.proposal), f" with the smallest change that all {sure} accept"
        )
    what = {
        "efficient": "a package that nothing betters for somebody without cost to another",
        "agreement": "a package that every party accepts",
        "possible": "a package that every party may accept",
        "closest": "an outcome that fewest refuse",
    }[option.why]
    return rich(head, what)


def told_in_full(
    context: Context, option: Option, baseline: PackageAnswer | None, others: Mapping[str, str]
) -> Section:
    """The section on one option.

    Parameters
    ----------
    baseline
        No deal as a package, where it is one state.
    others
        The letters of all options, by their states.
    """
    id_ = context.ids("proposal", option.proposal) if option.why == "proposal" else ""
    blocks: list[Block] = [Paragraph(context.ids("option-is", option.letter), _is(context, option))]
    if option.state is not None:
        blocks.append(_parties(context, option, baseline))
    facts = [(term, capital(says)) for term, says in _facts(context, option, others) if says]
    entries = tuple(Definition("", rich(term), says) for term, says in facts)
    blocks.append(Definitions(context.ids("option-facts", option.letter), entries))
    return Section(id_ or context.ids("option", option.letter), title(context, option), tuple(blocks))


def _is(context: Context, option: Option) -> Rich:
    """What it settles, who floated it, when and what has become of it."""
    case = context.case
    if option.state is None:
        return rich("It leads nowhere as it stands: ", sentence(context, option.answer.answer.impossible))
    what = rich(settled(context, option.state), ".")
    if option.why != "proposal":
        return what
    made = case.proposals[option.proposal]
    route = [
        rich(f"{w} ", context.parties(p))
        for w, p in (("by", made.by), ("to", made.to), ("through", made.via))
        if p
    ]
    facts = [rich("Made ", joined(route, " "))] if route else []
    facts += [rich(t) for t in [dated(made.date)] if t]
    facts += [rich(words.said(case, made.status))] if made.status else []
    ground = context.basis(f"proposals.{option.proposal}")
    return rich(what, " ", capital(joined(facts)), ". " if facts else "", ground)


# For and against


def _parties(context: Context, option: Option, baseline: PackageAnswer | None) -> Table:
    answers = option.answer.answer.acceptable
    rows = [_party(context, option, p, a, baseline) for p, a in answers.items()]
    rows += [_constituency(context, option, c) for c in _vetoing(context, answers)]
    columns = tuple(rich(c) for c in ("Party", "Answer", "For it", "Against it"))
    name = context.ids("option-parties", option.letter)
    return Table(name, rich(f"{option.letter}: for and against, party by party"), columns, tuple(rows))


def _party(
    context: Context, option: Option, party: str, found: Acceptance, baseline: PackageAnswer | None
) -> Row:
    assert option.state is not None
    worth = option.answer.worths.get(party)
    if worth is not None and baseline is not None and party in baseline.worths:
        better, worse = valued(context, worth, baseline.worths[party].parts)
    else:
        better, worse = _against_each(context, party, option.state)
    answer, mark = ACCEPTS[found.answer]
    says = rich(Text(answer, "strong"), _counts(found))
    if worth is not None:
        says = rich(says, "\n", f"worth {told(worth.total)}, no deal {between(*worth.no_deal)}")
    cells = [Cell(rich(context.party(party))), Cell(says, mark=mark), Cell(few(better)), Cell(few(worse))]
    if not better and not worse:
        side = 3 if found.answer == "no" else 2
        cells[side] = Cell(capital(why(context, found, option.state, worth)))
    return Row("", tuple(cells))


def _against_each(context: Context, party: str, state: str) -> tuple[list[Rich], list[Rich]]:
    start = context.states.no_deal
    return compared(context, party, state, start[0]) if len(start) == 1 else ([], [])


def _counts(found: Acceptance) -> str:
    if found.answer != "unknown" or found.counts is None:
        return ""
    return " ({:,} of {:,})".format(*found.counts)


def _vetoing(context: Context, answers: Mapping[str, Acceptance]) -> list[str]:
    """Constituencies that refuse it, or may."""
    return list(dict.fromkeys(c for a in answers.values() for c in (*a.vetoed_by, *a.unsure_veto)))


def _constituency(context: Context, option: Option, name: str) -> Row:
    assert option.state is not None
    better, worse = _against_each(context, name, option.state)
    of = context.case.parties[name].of or ""
    sure = any(name in a.vetoed_by for a in option.answer.answer.acceptable.values())
    who = rich(context.party(name), "\n", Text("can refuse for ", "muted"), context.party(of))
    answer, mark = ACCEPTS["no" if sure else "unknown"]
    return Row(
        "", (Cell(who), Cell(rich(Text(answer, "strong")), mark=mark), Cell(few(better)), Cell(few(worse)))
    )


# The facts


def _facts(context: Context, option: Option, others: Mapping[str, str]) -> list[tuple[str, Rich]]:
    if option.state is None:
        return [("Sources", context.basis(f"proposals.{option.proposal}"))]
    return [
        ("Feasible", _feasible(context, option, others)),
        ("Who must move", moves(context, option.state)),
        ("Once reached", lasting(context, option)),
        ("Sequence", _sequence(context, option)),
        ("Guarantees", _guarantees(context, option)),
        ("Risks", _risks(context, option)),
    ]


def _feasible(context: Context, option: Option, others: Mapping[str, str]) -> Rich:
    """Whether it is an agreement, over all that is unsure, and whether another is better for everybody."""
    found = option.answer.answer
    if found.agreement == "no":
        refused = [p for p, a in found.acceptable.items() if a.answer == "no"]
        if refused:
            return rich("no: refused by ", context.parties(refused), " however open questions turn out")
        return rich("no: nobody is better off with it than with no deal")
    if found.agreement == "unknown":
        open_ = [p for p, a in found.acceptable.items() if a.answer == "unknown"]
        tail = rich(" for ", context.parties(open_)) if open_ else ()
        return rich("open", tail, ": ", _share(found.counts))
    if option.why == "efficient" or not found.dominated_by:
        return rich("yes, however open questions turn out")
    letter = others.get(found.dominated_by)
    better = rich(f"option {letter}") if letter else rich("“", settled(context, found.dominated_by), "”")
    return rich("yes; but ", better, " is better for somebody and worse for nobody")


def _share(counts: tuple[int, int] | None) -> str:
    if counts is None:
        return "there is no count, since something is wholly unknown"
    return "acceptable to all in {:,} of {:,} ways in which open questions can turn out".format(*counts)


def moves(context: Context, state: str) -> Rich:
    """Who has to do what, from the status quo."""
    case, start = context.case, context.values.get(context.states.status_quo or "", {})
    values = context.values.get(state, {})
    held: dict[tuple[str, ...], dict[str, str]] = {}
    for name, issue in case.issues.items():
        if name in values and values[name] not in (start.get(name), "*"):
            key = (*issue.holders, "joint" if issue.joint else "")
            held.setdefault(key, {})[name] = values[name]
    told_ = []
    for (*holders, joint), changed in held.items():
        together = " together" if joint and len(holders) > 1 else ""
        who = (
            context.parties(holders)
            if joint
            else joined([rich(context.party(p)) for p in holders], last=" or ")
        )
        told_.append(rich(who, f"{together} (", words.package(case, changed), ")"))
    return joined(told_, ", ", " and ")


def _sequence(context: Context, option: Option) -> Rich:
    found = context.plans.get(option.proposal) if option.why == "proposal" else None
    if found is not None and not isinstance(found, InputError) and found.stages:
        stages = [
            rich(
                f"{s.number}. ",
                words.said(context.case, s.name),
                f" (day {s.day})" if s.day is not None else "",
            )
            for s in found.stages
        ]
        off = breaks_off(context, option.proposal)
        end = capital(off) if off else rich("Everybody would go on to the end")
        return rich(joined(stages, "; "), ". ", end)
    kept, back = _lasting_steps(context, option.state or "")
    clauses = []
    if kept:
        clauses.append(rich(kept, " cannot be taken back once done"))
    if back:
        clauses.append(rich(back, " can be undone by one side alone"))
    return rich("no order of steps is stated", "; " if clauses else "", joined(clauses, "; "))


def _lasting_steps(context: Context, state: str) -> tuple[Rich, Rich]:
    """The issues of a package whose change lasts, and those that one side alone can undo."""
    case, start = context.case, context.values.get(context.states.status_quo or "", {})
    changed = [i for i, v in context.values.get(state, {}).items() if v != start.get(i) and i in case.issues]
    kept = [i for i in changed if case.issues[i].moves in ("forward", "backward")]
    back = [i for i in changed if case.issues[i].joint and not case.issues[i].binding and i not in kept]

    def named(issues: Sequence[str]) -> Rich:
        return joined(
            [rich("“", words.said(case, words.issue_name(case, i)), "”") for i in issues], last=" and "
        )

    return named(kept), named(back)


def _guarantees(context: Context, option: Option) -> Rich:
    own = context.case.proposals[option.proposal].terms if option.why == "proposal" else ()
    if own:
        return joined([term(context, t) for t in own], "; ")
    return rich("none is part of it" if context.case.terms else "none is stated")


def term(context: Context, id_: str) -> Rich:
    """A guarantee or an inducement by its name, with who gives it and its ground."""
    found = context.case.terms[id_]
    by = rich(" by ", context.parties(found.by)) if found.by else ()
    return rich(
        words.said(context.case, found.name or id_),
        f" ({found.kind}",
        by,
        ") ",
        context.basis(f"terms.{id_}"),
    )


def _risks(context: Context, option: Option) -> Rich:
    """What it stands on alone, and what of that nobody can be asked about."""
    rests = _rests(context, option)
    found = [b.text for b in firmness.basis(context, rests)]
    said = [rich(f"{firmness.LABEL.lower()} is ", found[0])] if found else []
    lines = [a.element for a in option.answer.answer.acceptable.values() if a.element in context.elements]
    claims = {e: [g for g in context.elements[e].standing if g in context.case.claims] for e in lines if e}
    unnamed = [c for own in claims.values() if own and set(own) <= set(context.unnamed) for c in own]
    alone = {g for r in rests for g in r.falls_without}
    if unnamed:
        said.append(
            rich("part of it comes only from people whom nobody can ask by name ", context.grounds(unnamed))
        )
    assumed = [a for e in lines if e and not claims[e] for a in context.elements[e].grounds]
    if assumed and not alone & set(assumed):
        said.append(rich("part of it is only assumed ", context.grounds(assumed)))
    turning = [
        rich("“", context.element_words(e), "”")
        for a in option.answer.answer.acceptable.values()
        for e in a.turns_on
        if e in context.elements
    ]
    if turning:
        said.append(rich("it turns on ", words.either(turning[:2])))
    if told := withheld.clause(context, rests):
        said.append(rich(told))
    return joined(said, "; ") or rich("none that the model shows")


def _rests(context: Context, option: Option) -> list[Rest]:
    """What it rests on that the package is an agreement, or is none."""
    if option.why == "proposal":
        rest = find(context, f"agreement({option.proposal})")
        return [rest] if rest is not None else []
    return list(context.opened.rests([f"agreement({option.state})"]).conclusions)
