"""What if, straight from its words: cases written anew, every setting listed, every small set tried."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations, product
from typing import Any

from accordant.case.expressions import parse
from accordant.case.objects import Case
from accordant.errors import ExpressionError
from accordant.model.compiler import Compiler
from accordant.model.settings import Answers, Setting, SettingSpace
from accordant.model.view import View
from accordant.reliance.supposing.changes import LAST, Change
from accordant.reliance.supposing.goals import Goal, Prefers, Says
from tests.reliance import twin


def edited_case(case: Case, changes: Iterable[Change]) -> Case:
    """The case as a person would write it with some changes made."""
    raw: dict[str, Any] = case.model_dump(by_alias=True, exclude_defaults=True, mode="json")
    every = list(changes)
    lifted = {int(c.element.partition(".")[2]) for c in every if c.what == "lift"}
    if lifted:
        raw["feasible"] = [r for k, r in enumerate(raw["feasible"], 1) if k not in lifted]
    for change in every:
        if change.what == "free":
            raw["issues"][change.element.partition(".")[2]]["moves"] = "any"
    for party in {c.party for c in every if c.party}:
        edit_preference(raw["preferences"][party], party, [c for c in every if c.party == party])
    return Case.model_validate({**raw, "sources": case.sources})


def edit_preference(raw: dict[str, Any], party: str, changes: list[Change]) -> None:
    """One party's preference as it stands in the file, changed in place."""
    gone = {c.element for c in changes if c.what == "drop" and not c.item}
    for key, name in (("never", "never"), ("also", "also")):
        if key in raw:
            raw[key] = [e for k, e in enumerate(raw[key], 1) if f"{party}.{name}.{k}" not in gone]
    if f"{party}.reservation" in gone:
        del raw["reservation"]
    for change in (c for c in changes if c.item and c.element.endswith(".worth")):
        sign = 0 if change.what == "drop" else -1
        raw["worth"][change.item] = {v: sign * int(n) for v, n in raw["worth"][change.item].items()}
    if "priorities" in raw:
        raw["priorities"] = edited_lines(raw["priorities"], party, changes, gone)


def edited_lines(lines: list[Any], party: str, changes: list[Change], gone: set[str]) -> list[Any]:
    """Entries of the priorities with lines dropped, reversed, moved and added."""
    turned = {c.element for c in changes if c.what == "reverse"}
    entries: list[tuple[str, list[tuple[str, dict[str, Any]]], bool]] = []
    for k, entry in enumerate(lines, 1):
        id_, grouped = f"{party}.priorities.{k}", isinstance(entry, dict) and "either" in entry
        members = entry["either"] if grouped else [entry]
        named = [
            (f"{id_}.{m}" if grouped else id_, {"want": one} if isinstance(one, str) else dict(one))
            for m, one in enumerate(members, 1)
        ]
        kept = [(name, one) for name, one in named if name not in gone]
        for name, one in kept:
            if name in turned:
                one["want"] = f"not ({one['want']})"
        entries.append((id_, kept, grouped))
    entries = [e for e in entries if e[1]]
    moves = [c for c in changes if c.what == "move"]
    for change in sorted(
        moves, key=lambda c: [int(x) for x in c.element.split(".priorities.")[1].split(".")]
    ):
        line = next(one for _, members, _ in entries for name, one in members if name == change.element)
        without = [(id_, [m for m in ms if m[0] != change.element], grouped) for id_, ms, grouped in entries]
        ids = [e[0] for e in entries]
        at = ids.index(change.to) if change.to != LAST and change.to in ids else len(entries)
        without.insert(at, (change.element, [(change.element, line)], False))
        entries = [e for e in without if e[1]]
    new = [{"want": c.to} for c in changes if c.what == "add"]
    told = [{"either": [m[1] for m in ms]} if grouped else ms[0][1] for _, ms, grouped in entries]
    return [*new, *told]


def truth(compiler: Compiler, view: View, goal: Goal) -> tuple[bool, bool]:
    """Whether something that is supposed must, and may, be so in one setting."""
    if isinstance(goal, Says):
        must, may = twin.truth(compiler, view, goal.conclusion)
        return (must, may) if goal.wanted else (not may, not must)
    ranks = view.ranks(goal.party)
    assert ranks is not None
    names, numbers = compiler.space(), view.space.numbers
    found = True
    for s, t in compared(compiler, goal):
        one, other = ranks[numbers[names.name(s)]], ranks[numbers[names.name(t)]]
        found &= bool({">": one > other, ">=": one >= other, "=": one == other}[goal.relation])
    return found, found


def compared(compiler: Compiler, goal: Prefers) -> list[tuple[int, int]]:
    """The pairs of states that a preference is about, from the words of the page."""
    values = {name: issue.values for name, issue in compiler.case.issues.items()}
    space = compiler.space()

    def holds(text: str) -> tuple[list[bool], frozenset[str] | None]:
        try:
            read = parse(text, values)
        except ExpressionError:
            return [space.name(s) == text for s in range(space.n)], None
        columns = {i: space.codes[:, k] for k, i in enumerate(space.issues)}
        return [
            bool(read.evaluate({i: c[s : s + 1] for i, c in columns.items()})[0]) for s in range(space.n)
        ], (read.names)

    first, second = holds(goal.better), holds(goal.worse)
    a, b = first[0], second[0]
    ones = [s for s in range(space.n) if a[s] and not b[s]] or [s for s in range(space.n) if a[s]]
    others = [s for s in range(space.n) if b[s] and not a[s]] or [s for s in range(space.n) if b[s]]
    every = list(product(ones, others))
    if first[1] is None or second[1] is None:
        return every
    rest = [i for i in space.issues if i not in first[1] | second[1]]
    alike = [(s, t) for s, t in every if all(space.values_of(s)[i] == space.values_of(t)[i] for i in rest)]
    return alike or every


def verdict(compiler: Compiler, goals: Iterable[Goal], space: SettingSpace) -> tuple[str, tuple[int, int]]:
    """The status of everything at once and the count, over every setting."""
    every = list(goals)
    found = []
    for setting in space.settings(deals=True):
        view = compiler.view(setting)
        told = [truth(compiler, view, goal) for goal in every]
        found.append((all(must for must, _ in told), all(may for _, may in told)))
    holds = sum(must for must, _ in found)
    word = "always" if holds == len(found) else "sometimes" if any(m for _, m in found) else "never"
    return word, (holds, len(found))


def answer_sets(compiler: Compiler, goals: list[Goal], most: int) -> set[frozenset[str]]:
    """Smallest sets of answers after which everything is so in every setting that agrees with them."""
    space = compiler.setting_space()
    every = [
        (s, all(truth(compiler, compiler.view(s), g)[0] for g in goals)) for s in space.settings(deals=True)
    ]
    options: list[tuple[str, Any]] = []
    for element in space.free:
        options += [(element, True), (element, False)]
    for group, size in space.groups.items():
        options += [(group, order) for order in {tuple(p) for p in orders(size)}]
    found: list[frozenset[tuple[str, Any]]] = []
    for size in range(1, most + 1):
        for chosen in combinations(options, size):
            if len({q for q, _ in chosen}) < size or any(f <= set(chosen) for f in found):
                continue
            left = [so for setting, so in every if all(agrees(setting, q, a) for q, a in chosen)]
            if left and all(left):
                found.append(frozenset(chosen))
    return {frozenset(worded(q, a) for q, a in one) for one in found}


def orders(size: int) -> Iterator[tuple[int, ...]]:
    """Every order of so many lines."""
    for chosen in product(range(size), repeat=size):
        if len(set(chosen)) == size:
            yield chosen


def agrees(setting: Setting, question: str, answer: Any) -> bool:
    """Whether a setting has an answer."""
    if isinstance(answer, bool):
        return (question not in setting.off) == answer
    return dict(setting.perms).get(question, tuple(range(len(answer)))) == answer


def worded(question: str, answer: Any) -> str:
    """An answer as results have it."""
    if isinstance(answer, bool):
        return f"{question}: {'counts' if answer else 'does not count'}"
    return f"{question}: {', '.join(str(k + 1) for k in answer)}"


def opening_sets(compiler: Compiler, goals: list[Goal], most: int) -> set[tuple[str, ...]]:
    """Smallest sets of grounds whose loss makes everything possible at once."""
    found: list[frozenset[str]] = []
    for size in range(1, most + 1):
        for chosen in map(frozenset, combinations(twin.grounds(compiler.case), size)):
            if any(f <= chosen for f in found):
                continue
            if verdict(compiler, goals, compiler.setting_space(chosen))[0] != "never":
                found.append(chosen)
    return {tuple(sorted(f)) for f in found}


__all__ = ["Answers", "answer_sets", "edited_case", "opening_sets", "truth", "verdict"]
