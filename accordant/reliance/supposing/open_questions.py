"""Which answers to open questions, and the loss of which grounds, decide what is supposed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import permutations, product

from accordant.model.compiler import Compiler
from accordant.model.settings import NO_ANSWERS, Answers, SettingSpace
from accordant.reliance.families import keeping
from accordant.reliance.supposing.goals import Goal, Says, depends_on
from accordant.reliance.supposing.judging import Judge
from accordant.reliance.supposing.searching import Answer, Found, smallest

TRIED = 1500
"""Most sets of answers, and most sets of grounds, that are tested, fewer in large models."""
TRIED_STATES = 1 << 18
"""Sets × states."""
ORDERS = 4
"""Lines of an ``either`` group up to which each order is an answer."""

Grounds = frozenset[str]


@dataclass(frozen=True, slots=True, order=True)
class Reply:
    """One answer to one open question.

    Attributes
    ----------
    question
        The element, or the ``either`` group.
    reply
        ``counts``, ``does not count``, ``as written``, or an order of lines such as ``2, 1``.
    says
        The answer in words.
    """

    question: str
    reply: str
    says: str
    order: tuple[int, ...] = ()

    @property
    def id(self) -> str:
        """The question and the answer."""
        return f"{self.question}: {self.reply}"

    def answers(self) -> Answers:
        """As settings take it."""
        if self.order:
            return Answers(orders=((self.question, self.order),))
        kept = frozenset({self.question})
        return Answers(out=kept) if self.reply == "does not count" else Answers(counts=kept)


def answers_of(replies: Iterable[Reply]) -> Answers:
    """Several answers as one."""
    found = NO_ANSWERS
    for reply in replies:
        found = found.also(reply.answers())
    return found


def _most(compiler: Compiler) -> int:
    return max(100, min(TRIED, TRIED_STATES // max(1, compiler.space().n)))


def replies(compiler: Compiler, space: SettingSpace, goals: Sequence[Goal]) -> tuple[list[Reply], list[str]]:
    """Every answer to every open question that can make a difference, and what is left out."""
    of_use = {e for goal in goals for e in depends_on(compiler, goal)}
    found: list[Reply] = []
    left: list[str] = []
    for element in space.free:
        if element in of_use:
            found += _binary(compiler, element)
    for element in (*space.lost, *space.anchors):
        if element in of_use:
            says = f"{compiler.element[element].says}: as written"
            found.append(Reply(element, "as written", says))
    for group, size in space.groups.items():
        if not any(e.startswith(f"{group}.") for e in of_use):
            continue
        if size > ORDERS:
            left.append(f"the orders of {group} ({size} lines) are not gone through")
            continue
        found += _orders(compiler, group, size)
    return found, left


def _binary(compiler: Compiler, element: str) -> Iterator[Reply]:
    found = compiler.element[element]
    about = (
        f"{compiler.case.party_name(found.subject)}: " if found.kind in ("line", "red-line", "term") else ""
    )
    yes, no = ("holds", "does not hold") if found.kind == "rule" else ("counts", "does not count")
    if found.kind == "proposal":
        yes, no = "it is so", "it is not so"
    yield Reply(element, "counts", f"{about}{found.says}: {yes}")
    yield Reply(element, "does not count", f"{about}{found.says}: {no}")


def _orders(compiler: Compiler, group: str, size: int) -> Iterator[Reply]:
    lines = [compiler.element.get(f"{group}.{k}") for k in range(1, size + 1)]
    party = compiler.case.party_name(group.partition(".")[0])
    for order in permutations(range(size)):
        said = [lines[k] for k in order]
        words = " before ".join(e.says.removeprefix("wants: ") for e in said if e is not None)
        yield Reply(group, ", ".join(str(k + 1) for k in order), f"{party}: {words}", order)


def deciding_answers(
    judge: Judge, taken: Grounds, space: SettingSpace, told: Callable[[int], None] | None = None
) -> Found[Reply]:
    """Smallest sets of answers with which what is supposed is so in every setting that is left."""
    every, left = replies(judge.compiler, space, judge.goals)
    asked = {r.question for r in every}

    def test(chosen: tuple[Reply, ...]) -> Answer:
        verdict = judge.verdict(judge.compiler.setting_space(taken, answers=answers_of(chosen)))
        if verdict.always and not verdict.cut:
            return "yes"
        return "no" if verdict.may and len(chosen) < len(asked) else "dead"

    def fits(reply: Reply, others: tuple[Reply, ...]) -> bool:
        return all(reply.question != other.question for other in others)

    found = smallest(every, test, most=_most(judge.compiler), fits=fits, told=told)
    cut = "; ".join([*([found.cut] if found.cut else []), *left])
    return Found(found.sets, found.tried, found.size, cut)


def grounds_of(compiler: Compiler, goals: Sequence[Goal], taken: Grounds) -> list[str]:
    """Every standing claim and assumption that what is supposed may rest on."""
    of_use = {e for goal in goals for e in depends_on(compiler, goal)}
    held = {g for e in compiler.elements if e.id in of_use for g in e.standing} - taken
    order = [*compiler.case.claims, *sorted(held - set(compiler.case.claims))]
    return [g for g in order if g in held]


Breaks = Callable[[Says], tuple[tuple[tuple[str, ...], ...], str]]
"""Gives the smallest sets of grounds whose loss opens one conclusion, and what was cut off."""


def opening_grounds(
    judge: Judge, taken: Grounds, breaks: Breaks, told: Callable[[int], None] | None = None
) -> Found[str]:
    """Smallest sets of grounds without which what is supposed is no longer excluded.

    Of one conclusion these are the sets whose loss breaks it (see :mod:`accordant.reliance.supports`). Of
    several things at once a set has to open each that is shut, and is added to, ground by ground, where
    it does not open all of them together.
    """
    compiler = judge.compiler
    base = judge.each(compiler.setting_space(taken))
    shut = [goal for goal, verdict in zip(judge.goals, base, strict=True) if not verdict.may]
    families, cuts, tried = [], [], 0
    for goal in shut:
        if isinstance(goal, Says):
            sets, cut = breaks(goal)
            families.append([frozenset(one) for one in sets])
        else:
            alone = _opening(Judge(compiler, [goal]), taken)
            families.append([frozenset(one) for one in alone.sets])
            cut, tried = alone.cut, tried + alone.tried
        cuts += [cut] if cut else []
    started = minimal(frozenset().union(*chosen) for chosen in product(*families))
    if len(judge.goals) == 1:
        return Found(_sorted(started), max(tried, len(started)), 0, "; ".join(dict.fromkeys(cuts)))
    found = _together(judge, taken, started, told)
    return Found(
        found.sets,
        tried + found.tried,
        found.size,
        "; ".join(dict.fromkeys([*cuts, *filter(None, [found.cut])])),
    )


def _opening(judge: Judge, taken: Grounds) -> Found[str]:
    """The smallest sets of grounds that open one thing, all of them.

    Taking away only widens. So whatever leaves no ground to some smallest set that was found is tried,
    and shrunk where it opens; where every such set keeps it shut none is missing.
    """
    compiler = judge.compiler
    every = frozenset(grounds_of(compiler, judge.goals, taken))
    known: dict[Grounds, bool] = {}

    def opens(lost: Grounds) -> bool:
        if lost not in known:
            known[lost] = judge.verdict(compiler.setting_space({*taken, *lost})).may
        return known[lost]

    found: list[Grounds] = []
    while len(known) < _most(compiler):
        kept = keeping([tuple(frozenset({g}) for g in sorted(one)) for one in found])
        lost = next((every - one for one in kept.sets if opens(every - one)), None)
        if lost is None:
            cut = "" if kept.whole else f"only {len(found):,} sets were found"
            return Found(_sorted(found), len(known), 0, cut)
        for ground in sorted(lost):
            if opens(lost - {ground}):
                lost -= {ground}
        found.append(lost)
    return Found(_sorted(found), len(known), 0, f"the search stopped after {len(known):,} sets")


def _together(
    judge: Judge, taken: Grounds, started: Sequence[Grounds], told: Callable[[int], None] | None
) -> Found[str]:
    """Sets that open everything at once, from those that open each thing by itself."""
    compiler, found, cuts, tried = judge.compiler, list[Grounds](), list[str](), 0
    grounds = grounds_of(compiler, judge.goals, taken)
    unsure = 0

    def opens(lost: Iterable[str]) -> bool:
        nonlocal unsure
        verdict = judge.verdict(compiler.setting_space({*taken, *lost}))
        unsure += bool(verdict.may and verdict.cut)
        return verdict.may

    for start in started:
        if opens(start):
            tried += 1
            found.append(start)
            continue

        def test(chosen: tuple[str, ...], start: Grounds = start) -> Answer:
            return "yes" if opens({*start, *chosen}) else "no"

        left = [g for g in grounds if g not in start]
        more = smallest(left, test, most=max(1, _most(compiler) // len(started)), largest=2, told=told)
        tried += more.tried + 1
        found += [start.union(one) for one in more.sets]
        cuts += [more.cut.replace("sets", "further sets")] if more.cut else []
    if unsure:
        cuts.append("whether all of it can be so at once was not worked out for every set")
    return Found(_sorted(minimal(found)), tried, 0, "; ".join(dict.fromkeys(cuts)))


def _sorted(sets: Iterable[Grounds]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(sorted(one)) for one in sorted(sets, key=lambda s: (len(s), sorted(s))))


def minimal(sets: Iterable[Grounds]) -> list[Grounds]:
    """Those sets that no other is part of.

    Examples
    --------
    >>> [sorted(s) for s in minimal([frozenset("ab"), frozenset("a"), frozenset("bc")])]
    [['a'], ['b', 'c']]
    """
    kept: list[Grounds] = []
    for one in sorted(set(sets), key=lambda s: (len(s), sorted(s))):
        if not any(k <= one for k in kept):
            kept.append(one)
    return kept
