"""Where a dispute could come to rest, how things stand now, and what is one party's own act."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING

from accordant.brief import words
from accordant.brief.document import Rich, rich
from accordant.brief.relevant import by_strength
from accordant.brief.standing import certain

if TYPE_CHECKING:
    from accordant.agreement.result import Closest
    from accordant.brief.context import Context


def resting(context: Context) -> list[str]:
    """The outcomes that are sure to hold under every concept that was asked."""
    of = len(context.stability.concepts)
    return [s for s in by_strength(context.stability, certain=True) if len(certain(context, s)) == of]


def stands_now(context: Context, most: int) -> Rich:
    """What the status quo consists of, issue by issue; empty where a case has no issues."""
    now = context.values.get(context.states.status_quo or "", {})
    shown = {i: now[i] for i in list(context.case.issues)[:most] if i in now and now[i] != "*"}
    if not shown:
        return ()
    left = sum(i in now and now[i] != "*" for i in context.case.issues) - len(shown)
    more = f"; and {words.counted(left, 'more issue')}" if left else ""
    return rich(words.package(context.case, shown), more)


def closest(context: Context) -> list[Closest]:
    """The packages that fewest refuse, in a case whose parties talk of packages at all.

    What one party does by itself is none. Where nobody has proposed anything, and nothing is acceptable to
    all, outcomes are what comes of acts, not what could be agreed on.
    """
    found = context.deals.closest if context.case.proposals else ()
    return [c for c in found if not own_act(context, c.state)]


def own_act(context: Context, state: str) -> bool:
    """Whether a state is what one party does by itself, so that it is no package.

    That is where one party alone leads there from the status quo, and not all would accept it.
    """
    start = context.states.status_quo
    if start is None or any(a.state == state for a in context.deals.agreements):
        return False
    return any(m.start == start and m.end == state and len(m.movers) == 1 for m in context.states.moves) or (
        bool(_alone(context, start, state))
    )


def _alone(context: Context, start: str, state: str) -> set[str]:
    """The parties each of which settles all by itself in which a state differs from another."""
    before, after = context.values.get(start, {}), context.values.get(state, {})
    changed = [i for i, v in after.items() if before.get(i) != v and v != "*" and i in context.case.issues]
    able = []
    for name in changed:
        issue = context.case.issues[name]
        able.append(set() if issue.joint and len(issue.holders) > 1 else set(issue.holders))
    return reduce(set.intersection, able) if able else set()
