"""What a ``.gmcr`` file cannot say of a case: reasons to refuse it, and what is left out with a warning."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accordant.case.objects import Issue
from accordant.exchange.losses import fields_left, grounds_left, groups_left, no_place

if TYPE_CHECKING:
    from accordant.exchange.gmcr_out import Writer

ENDING = ".gmcr"
CARRIED = (
    "accordant",
    "parties",
    "issues",
    "feasible",
    "states",
    "only",
    "preferences",
    "perceptions",
    "coalitions",
)
_MEMBERS = "make states of their own of its members, as docs/examples/elmira.gmcr does of Elmira's s9"
NUMBERED = 4096
"""Most states whose numbers in the file are listed."""


def refuse(writer: Writer) -> None:
    """Every reason why the states or the moves of the case cannot be said in options."""
    case, say = writer.case, writer.say
    if not case.issues:
        message = "the moves are given state by state, and the format knows only options"
        say.error(("states",), message, hint="give what each party can do as issues (docs/case-format.md)")
    for id_, issue in case.issues.items():
        if issue.joint:
            together = " and ".join(issue.holders)
            message = f"takes {together} together, and nobody takes an option together"
            own = " and ".join(f"{id_}-{party}" for party in issue.holders)
            hint = (
                f"give each of them an issue of its own ({own}); what was joint then holds where all have "
                "taken theirs, which they do one after the other"
            )
            say.error(("issues", id_, "by"), message, hint=hint)
        elif id_ not in writer.coded:
            message = "no directions of options permit exactly these moves from value to value"
            hint = "make an issue of each step, with moves any, forward or backward"
            say.error(("issues", id_, "moves"), message, hint=hint)
    space = writer.view.space
    for state in range(space.n if space.merged else 0):
        members = len(space.members(state))
        if members > 1:
            message = f"merges {members:,} combinations, and the format has a state for each"
            say.error(("states", space.name(state)), message, hint=_MEMBERS)


def leave(writer: Writer) -> None:
    """Everything that the case says and the format has no place for, item by item."""
    case, say = writer.case, writer.say
    no_place(say, case, CARRIED, ENDING)
    for id_, party in case.parties.items():
        if id_ in writer.view.parties:
            fields_left(say, ("parties", id_), party, ("name", "role"), ENDING)
        else:
            message = f"is a {party.role} without moves, and the format has decision makers only; left out"
            say.warning(("parties", id_), message, on_key=True)
    for id_, issue in case.issues.items():
        fields_left(say, ("issues", id_), issue, ("name", "by", "values", "moves"), ENDING)
        _issue(writer, id_, issue)
    for key in ("issues", "feasible", "preferences", "perceptions"):
        grounds_left(say, getattr(case, key), (key,), ENDING)
    groups_left(say, case)
    if isinstance(case.states, dict) and _renamed(writer):
        message = "the names of states have no place in a .gmcr file; its states are numbered"
        say.warning(("states",), message, on_key=True)
    _perceptions(writer)


def _issue(writer: Writer, id_: str, issue: Issue) -> None:
    """What is written in another way than it is said."""
    path = ("issues", id_)
    if writer.coded[id_].fixed:
        message = "never changes: written as an option that belongs to no decision maker"
        writer.say.warning(path, message, on_key=True)
    elif len(issue.holders) > 1:
        every = " and ".join(issue.holders)
        message = f"is listed as an option of {every} each; a program may expect one owner"
        writer.say.warning(path, message, on_key=True)
    if issue.values != ("no", "yes"):
        names = ", ".join(option.name for option in writer.coded[id_].options)
        message = f"its values are written as options; where none is taken it is {issue.values[0]!r}"
        writer.say.warning(path, message, found=names, on_key=True)


def _renamed(writer: Writer) -> bool:
    """Whether some state has another name than its number in the file."""
    if writer.view.space.n > NUMBERED:
        return bool(writer.case.states)
    return any(name != f"s{number}" for name, number in writer.numbers())


def _perceptions(writer: Writer) -> None:
    for party, perception in writer.case.perceptions.items():
        for other in perception.preferences:
            message = "what a party wrongly believes of another has no place in a .gmcr file; left out"
            writer.say.warning(("perceptions", party, "preferences", other), message, on_key=True)
        if party not in writer.view.parties:
            message = "is how somebody without moves sees the case; left out"
            writer.say.warning(("perceptions", party), message, on_key=True)
