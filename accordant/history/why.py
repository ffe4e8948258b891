"""Why conclusions differ between two cases: the smallest sets of changes that move them.

Each set of changes, made on the old case alone, gives a case half-way between the two. A set *moves* a
conclusion when the half-way case answers as the new case does: with the same status, or, where both say
*sometimes*, in the same part of the settings. Sets are gone through by increasing size, so that those
found are the smallest; a set that contains one that was found is not looked at. A change that names what
only another change brings comes with it, and a half-way case that would be wrong in itself is left out.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from accordant.case.grounds import Element, elements
from accordant.case.objects import Case
from accordant.errors import InputError
from accordant.history.changes import Change, applied, changes
from accordant.history.why_answers import Answer, Followed, drawn, followed, sides
from accordant.history.why_halfway import Answers, HalfWay, needs
from accordant.model.compiler import Compiler
from accordant.reliance.conclusions import parse_conclusions
from accordant.reliance.sweep import relevant

LOOKED = 5_000
"""Most sets of changes gone through."""
JUDGED = 400
"""Most half-way cases that are compiled and judged."""
JUDGED_STATES = 1 << 16
"""The same, times the number of states: larger models are judged less often."""

Progress = Callable[[int, int], None]
Set = frozenset[int]


@dataclass(frozen=True, slots=True)
class Why:
    """One smallest set of changes that moves a conclusion.

    Attributes
    ----------
    changes
        The changes in the set.
    through
        In words, what moves the conclusion without being changed itself: lines that have no ground left by
        these changes, or have one again. Lines that lose their ground too, and move nothing, are not named.
    """

    changes: tuple[Change, ...]
    through: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Moved:
    """One conclusion in two cases.

    Attributes
    ----------
    conclusion
        Its id in the new case; in the old one where the new one does not have it.
    was
        Its id in the old case, empty where it could not be drawn there.
    says
        The conclusion as a sentence.
    before, after
        The answers; None where it cannot be drawn.
    sets
        The smallest sets of changes that move it, smallest first; empty where it did not move.
    cut
        Empty where the sets are all there are; otherwise what was not looked at.
    """

    conclusion: str
    was: str
    says: str
    before: Answer | None
    after: Answer | None
    sets: tuple[Why, ...] = ()
    cut: str = ""

    @property
    def changed(self) -> bool:
        """Whether the answer is another: status, part of the settings, or whether there is one."""
        if self.before is None or self.after is None:
            return self.before is not self.after
        return not self.before.like(self.after)


@dataclass(frozen=True)
class Moves:
    """What became of conclusions, and why.

    Attributes
    ----------
    conclusions
        Every conclusion looked at, in the new case's order; those that are gone last.
    changes
        All changes between the two cases.
    looked, judged, refused
        How many sets of changes were gone through, how many different half-way cases were judged, and how
        many sets would have made a case that is wrong in itself.
    notes
        What was left out among the conclusions.
    """

    conclusions: tuple[Moved, ...]
    changes: tuple[Change, ...]
    looked: int = 0
    judged: int = 0
    refused: int = 0
    notes: tuple[str, ...] = ()

    def __getitem__(self, conclusion: str) -> Moved:
        for moved in self.conclusions:
            if moved.conclusion == conclusion:
                return moved
        raise KeyError(conclusion)

    @property
    def changed(self) -> tuple[Moved, ...]:
        """The conclusions with another answer."""
        return tuple(moved for moved in self.conclusions if moved.changed)


def moved(
    old: Case,
    new: Case,
    conclusions: Sequence[str] | None = None,
    *,
    found: Sequence[Change] | None = None,
    why: bool = True,
    looked: int = LOOKED,
    judged: int | None = None,
    progress: Progress | None = None,
) -> Moves:
    """Which conclusions differ between two cases, and the smallest sets of changes that make them differ.

    Parameters
    ----------
    old, new
        Two cases, each right in itself.
    conclusions
        Ids of conclusions as the new case writes them, or the old one where the new one cannot; by
        default those that either case draws by default.
    found
        The changes between the two; :func:`accordant.history.changes.changes` by default.
    why
        Whether to look for the sets.
    looked, judged
        Most sets gone through, and most half-way cases judged; ``judged`` by the size of the model where
        it is None.
    progress
        Called with (done, total) half-way cases.

    Raises
    ------
    InputError
        If a conclusion is one of neither case.

    Examples
    --------
    >>> raw = {"title": "t", "parties": {"a": {}}, "issues": {"x": {"by": "a"}}, "status_quo": {"x": "no"}}
    >>> was = Case.model_validate({**raw, "preferences": {"a": {"priorities": ["not x"]}}})
    >>> now = Case.model_validate({**raw, "preferences": {"a": {"priorities": ["x"]}}})
    >>> [why.changes[0].says for why in moved(was, now, ["holds(s1, nash)"]).conclusions[0].sets]
    ["a: line 1 now says 'x' instead of 'not x'"]
    """
    before, after = Compiler(old), Compiler(new)
    notes: list[str] = []
    wanted = _wanted(before, after, conclusions, notes)
    every = tuple(changes(old, new) if found is None else found)
    was = sides(before, {one: one.old for one in wanted})
    now = sides(after, {one: one.new for one in wanted})
    made = {one: _moved(one, after if one.new else before, was[one], now[one]) for one in wanted}
    open_ = {one: now[one] for one, about in made.items() if about.changed}
    search = _Search(old, [c for c in every if c.matters], open_, was)
    if why and open_:
        most = max(24, min(JUDGED, JUDGED_STATES // max(1, after.space().n))) if judged is None else judged
        search.run(looked, most, progress)
        for one in open_:
            made[one] = search.told(one, made[one])
    return Moves(
        tuple(made.values()),
        every,
        search.looked,
        search.halfway.judged,
        search.refused,
        tuple(dict.fromkeys(notes)),
    )


def _wanted(
    old: Compiler, new: Compiler, conclusions: Sequence[str] | None, notes: list[str]
) -> tuple[Followed, ...]:
    if conclusions is None:
        return followed(old, new, drawn(old, notes), drawn(new, notes))
    before, after = [], []
    for text in conclusions:
        try:
            after += parse_conclusions(text, new)
        except InputError:
            try:
                before += parse_conclusions(text, old)
            except InputError as error:
                raise InputError(f"neither case draws it: {error}") from error
    return followed(old, new, before, after)


def _moved(one: Followed, compiler: Compiler, before: Answer | None, after: Answer | None) -> Moved:
    return Moved(one.shown.id, one.old.id if one.old else "", one.shown.says(compiler.case), before, after)


@dataclass
class _Progress:
    """How far the search for one conclusion has come."""

    target: Answer | None
    sets: list[Set] = field(default_factory=list)
    shrunk: bool = False

    def reached(self, before: Answer | None, answer: Answer | None) -> bool:
        """Whether a half-way case answers as the new case does."""
        if self.target is None or answer is None:
            return self.target is answer
        if before is not None and before.status == self.target.status:
            return answer.like(self.target)
        return answer.status == self.target.status


class _Search:
    """Sets of changes by increasing size, for all conclusions at once."""

    def __init__(
        self,
        old: Case,
        some: Sequence[Change],
        open_: dict[Followed, Answer | None],
        was: dict[Followed, Answer | None],
    ) -> None:
        self.old, self.some, self.was = old, some, was
        self.state = {one: _Progress(target) for one, target in open_.items()}
        self.halfway = HalfWay(old, some)
        self.needed = needs(some) if open_ else []
        self.closed = [self._with_needs({k}) for k in range(len(some))] if open_ else []
        self.looked = self.refused = 0
        self._turned: dict[Set, tuple[Compiler, list[Element]]] = {}
        self._kept: dict[tuple[Set, frozenset[str]], Answers | None] = {}
        self.whole_to = 0
        self.done = False

    def _with_needs(self, start: Iterable[int]) -> Set:
        """Some changes with all that they need."""
        needed = self.needed
        found, left = set[int](), list(start)
        while left:
            k = left.pop()
            if k not in found:
                found.add(k)
                left += needed[k]
        return frozenset(found)

    def run(self, looked: int, judged: int, progress: Progress | None) -> None:
        """Go through sets until all are done or the most that may be looked at is reached."""
        queue: list[tuple[int, tuple[int, ...]]] = []
        seen: set[Set] = set()

        def add(one: Set) -> None:
            if one not in seen and any(self._pending(p, one) for p in self.state.values()):
                seen.add(one)
                heapq.heappush(queue, (len(one), tuple(sorted(one))))

        for closure in self.closed:
            add(closure)
        while queue and self.looked < looked and self.halfway.judged < judged:
            size, members = heapq.heappop(queue)
            one = frozenset(members)
            self.whole_to = size - 1
            if not any(self._pending(p, one) for p in self.state.values()):
                continue
            self._look(one)
            if progress is not None:
                progress(self.halfway.judged, judged)
            for closure in self.closed:
                if not closure <= one:
                    add(one | closure)
        self.done = not queue
        for about in self.state.values():
            if not self.done and not about.sets:
                self._shrink(about)

    @staticmethod
    def _pending(about: _Progress, one: Set) -> bool:
        return not any(found <= one for found in about.sets)

    def _look(self, one: Set) -> None:
        self.looked += 1
        pending = {f: about for f, about in self.state.items() if self._pending(about, one)}
        found = self.halfway.answers(one, {f: self._counted(f) for f in pending})
        if found is None:
            self.refused += 1
            return
        for followed_, about in pending.items():
            if about.reached(self.was[followed_], found[followed_]):
                about.sets.append(one)

    def _counted(self, one: Followed) -> bool:
        """Whether a conclusion has moved only in how many settings it is true."""
        before, target = self.was[one], self.state[one].target
        return before is not None and target is not None and before.status == target.status

    def _shrink(self, about: _Progress) -> None:
        """A set from which nothing can be left out, found from all changes, part by part."""
        followed_ = next(one for one, other in self.state.items() if other is about)
        kept = frozenset(range(len(self.some)))
        step = max(1, len(kept) // 2)
        while True:
            for part in _parts(sorted(kept), step):
                left = kept - part
                smaller = frozenset(k for k in left if self.closed[k] <= left)
                asked = {followed_: self._counted(followed_)}
                found = self.halfway.answers(smaller, asked) if smaller else None
                if found is not None and about.reached(self.was[followed_], found[followed_]):
                    kept = smaller
            if step == 1:
                break
            step //= 2
        about.sets, about.shrunk = [kept], True

    def told(self, one: Followed, moved_: Moved) -> Moved:
        """The conclusion with what was found."""
        about = self.state[one]
        sets = tuple(self._why(one, s) for s in sorted(about.sets, key=lambda s: (len(s), sorted(s))))
        cut = ""
        if not self.done:
            size = f"up to {self.whole_to} of {len(self.some)} changes"
            cut = f"all sets of {size} were looked at, not all larger ones"
        if about.shrunk:
            cut += "; the one given is not known to be the only one"
        return Moved(moved_.conclusion, moved_.was, moved_.says, moved_.before, moved_.after, sets, cut)

    def _why(self, one: Followed, chosen: Set) -> Why:
        some = tuple(self.some[k] for k in sorted(chosen))
        if chosen not in self._turned:
            self._turned[chosen] = turned(self.old, some)
        compiler, found = self._turned[chosen]
        conclusion = one.inside(compiler) if found else None
        wanted = frozenset[str]() if conclusion is None else relevant(compiler, conclusion)
        # what a party wants says more than who controls what
        depends = self._needed(one, chosen, compiler.case, [e for e in found if e.id in wanted])
        ordered = sorted(depends, key=lambda e: e.kind not in _WHAT)
        return Why(some, tuple(_said(compiler.case, element) for element in ordered))

    def _needed(self, one: Followed, chosen: Set, case: Case, turned_: Sequence[Element]) -> list[Element]:
        """Of the parts that lose or gain their ground by a set, those by which the conclusion moves.

        Each that does it alone; where none does, some that do it together and none of which can be left out.
        """
        asked = {f: self._counted(f) for f, about in self.state.items() if chosen in about.sets}

        def moves(kept: Sequence[Element]) -> bool:
            ids = {e.id for e in kept}
            back = {e.id: not e.unsure for e in turned_ if e.id not in ids}
            key = chosen, frozenset(back)
            if key not in self._kept:
                self._kept[key] = self.halfway.judged_with(case, back, asked)
            found = self._kept[key]
            return found is not None and self.state[one].reached(self.was[one], found[one])

        if not turned_ or moves(()):  # what the set changes itself is enough
            return []
        alone = [e for e in turned_ if moves([e])]
        if alone:
            return alone
        kept = list(turned_)
        for element in turned_:
            fewer = [e for e in kept if e is not element]
            if moves(fewer):
                kept = fewer
        return kept


def _parts(members: Sequence[int], size: int) -> list[Set]:
    return [frozenset(members[k : k + size]) for k in range(0, len(members), size)]


_SENTENCES = ("control", "proposal", "stage", "commitment")
"""Kinds of elements whose words are a sentence."""
_WHAT = {"line": "the line ", "red-line": "the red line ", "rule": "the rule ", "term": "the worth "}


def turned(old: Case, some: Sequence[Change]) -> tuple[Compiler, list[Element]]:
    """The case with some changes, and its parts that lose or gain their ground by changes elsewhere."""
    compiler = Compiler(applied(old, some))
    was = {(e.subject, e.says): e for e in elements(old)}
    touched = {place.removeprefix("preferences.") for change in some for place in (change.old, change.new)}
    found = []
    for element in compiler.elements:
        before = was.get((element.subject, element.says))
        if before is not None and before.unsure != element.unsure and before.id not in touched:
            found.append(element)
    return compiler, found


def _said(case: Case, element: Element) -> str:
    state = "has no ground left" if element.unsure else "has a ground again"
    what = _WHAT.get(element.kind)
    words = element.says.partition(": ")[2] if what and ": " in element.says else element.says
    whose = f"{case.party_name(element.subject)}: " if element.subject in case.parties else ""
    that = "that " if element.kind in _SENTENCES else ""
    return f"{whose}{what}'{words}' {state}" if what else f"{whose}{that}{words} {state}"
