"""The review of one report as a series of steps: every one can be undone, nothing is written here.

A :class:`Review` holds what there is to decide on (suggestions, parts of them, several taken
together, words marked by hand), what was decided, and how to go back. What a person sees and types is
the command line's; what comes of it is an :class:`Outcome`: the claims that enter the case, and the
decisions that are kept so that nothing is asked twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Literal, TypeVar, get_args

from accordant.case.objects import Case
from accordant.evidence.by_hand import BY_HAND, marked
from accordant.evidence.decisions import TAKEN, Decided, TextDecisions, text_sha256
from accordant.evidence.into import Draft, claim_at, drafted, event_of, report_in, with_teller
from accordant.evidence.result import ReadResult, Suggestion
from accordant.evidence.spans import Span, cover, trimmed
from accordant.evidence.written import says_of_part, turned, written_at

Given = Literal["accepted", "rejected", "skipped"]
GIVEN: tuple[Given, ...] = get_args(Given)
_Kept = TypeVar("_Kept")
ItemKind = Literal["suggested", "part", "merged", "by-hand"]


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to decide on.

    Attributes
    ----------
    replaces
        The suggestions that it stands for; none for words marked by hand.
    base
        The claim as far as it is known, where that does not follow from the suggestion.
    """

    suggestion: Suggestion
    kind: ItemKind
    replaces: tuple[str, ...]
    base: Draft | None = None

    @property
    def id(self) -> str:
        """What it is called on the page."""
        return self.suggestion.id


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person decided on an item."""

    given: Given
    draft: Draft | None = None
    because: str | None = None


@dataclass(frozen=True, slots=True)
class Earlier:
    """What had become of a suggestion before this review."""

    decision: Decided
    claims: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Step:
    items: tuple[Item, ...]
    at: int
    answers: Mapping[str, Answer | None] = field(default_factory=dict)
    earlier: Mapping[str, Earlier | None] = field(default_factory=dict)
    changed: Mapping[str, Draft | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a review."""

    drafts: tuple[Draft, ...]
    rejected: frozenset[str]
    counts: Mapping[Given, int]


class Review:
    """One report being reviewed.

    Parameters
    ----------
    report
        The id of the case's report that has this text, if there is one.
    again
        Whether what was skipped before is asked again.
    """

    def __init__(
        self,
        case: Case,
        result: ReadResult,
        decided: TextDecisions | None = None,
        *,
        report: str | None = None,
        again: bool = False,
    ) -> None:
        self.case, self.result, self.report = case, result, report
        self.answers: dict[str, Answer] = {}
        self.earlier: dict[str, Earlier] = {}
        self.changed: dict[str, Draft] = {}
        self.kept: set[str] = set()  # words that were marked by hand before, and are open still
        self._steps: list[_Step] = []
        self._by_hand = 0
        self.items: tuple[Item, ...] = ()
        self.items = tuple(self._begin(decided or TextDecisions(), again))
        for span in self._marked_before(decided or TextDecisions(), again):
            k = self._insert(span)
            self.kept.add(self.items[k].id)

    def _begin(self, decided: TextDecisions, again: bool) -> Iterable[Item]:
        for claim in self.result.claims:
            earlier = self._before(claim, decided)
            left = self._left(claim, decided) if again and earlier and earlier.decision == "split" else []
            if earlier is not None and not left and not (again and earlier.decision == "skipped"):
                self.earlier[claim.id] = earlier
            yield from left or [Item(claim, "suggested", (claim.id,))]

    def _marked_before(self, decided: TextDecisions, again: bool) -> Iterable[Span]:
        """Words that were marked by hand and are in no claim yet; those that were skipped if asked for."""
        for found in decided.decided:
            span = Span(*found.at)
            if found.cue is not None or found.rule is not None or span.end > len(self.result.text):
                continue
            marked_only = found.decision == "by-hand" and not any(c in self.case.claims for c in found.claims)
            if (marked_only or (again and found.decision == "skipped")) and self.taken(span) is None:
                yield span

    def _before(self, claim: Suggestion, decided: TextDecisions) -> Earlier | None:
        """What became of a suggestion earlier; claims that are no longer in the case do not count."""
        found = decided.on(claim.at, claim.cue_at)
        if found is not None and found.decision not in (*TAKEN, "skipped"):
            return Earlier(found.decision)
        if found is not None and (there := tuple(c for c in found.claims if c in self.case.claims)):
            return Earlier(found.decision, there)
        # What was skipped may have been taken in since, because it tells of what was accepted.
        there_already = claim_at(self.case, self.report, self.result, claim)
        if there_already is not None:
            return Earlier("accepted", (there_already,))
        return Earlier("skipped") if found is not None and found.decision == "skipped" else None

    def _left(self, claim: Suggestion, decided: TextDecisions) -> list[Item]:
        """The parts of a suggestion that was split which were skipped."""
        cue = tuple(claim.cue_at)
        parts = [Span(*d.at) for d in decided.decided if d.cue == cue and d.decision == "skipped"]
        whole = Item(claim, "suggested", (claim.id,))
        base = self.draft(whole) if parts else None
        inside = [part for part in parts if claim.at.holds(part) and part != claim.at]
        return [self._part(base, whole, k, part) for k, part in enumerate(inside, 1) if base is not None]

    @property
    def open(self) -> int:
        """How many are still to be decided on."""
        return sum(not self.is_decided(item) for item in self.items)

    def is_decided(self, item: Item) -> bool:
        """Whether an item needs no answer any more."""
        return item.id in self.answers or item.id in self.earlier

    def next_open(self, after: int = -1) -> int | None:
        """The number of the next item to decide on, from the beginning again after the last one."""
        order = [*range(after + 1, len(self.items)), *range(min(after + 1, len(self.items)))]
        return next((k for k in order if not self.is_decided(self.items[k])), None)

    def draft(self, item: Item) -> Draft:
        """An item as it would enter the case."""
        if item.id in self.changed:
            return self.changed[item.id]
        answer = self.answers.get(item.id)
        if answer is not None and answer.draft is not None:
            return answer.draft
        if item.base is not None:
            return item.base
        made = self.accepted
        draft = drafted(self.case, self.result, item.suggestion, made)
        return with_teller(self.case, self.result, draft, made, self.rejected)

    @property
    def accepted(self) -> list[Draft]:
        """What was accepted so far, in the order of the text."""
        found = (self.answers.get(item.id) for item in self.items)
        return [answer.draft for answer in found if answer is not None and answer.draft is not None]

    @property
    def rejected(self) -> frozenset[str]:
        """Suggestions that were said to be no claims, now or earlier."""
        earlier = {name for name, before in self.earlier.items() if before.decision == "rejected"}
        return frozenset(earlier | self._with("rejected"))

    @property
    def skipped(self) -> frozenset[str]:
        """Suggestions that were left for later."""
        earlier = {name for name, before in self.earlier.items() if before.decision == "skipped"}
        return frozenset(earlier | self._with("skipped"))

    def _with(self, given: Given) -> set[str]:
        """Suggestions all of whose items got one answer."""
        found: dict[str, set[str | None]] = {}
        for item in self.items:
            answer = self.answers.get(item.id)
            for name in item.replaces:
                found.setdefault(name, set()).add(None if answer is None else answer.given)
        return {name for name, answers in found.items() if answers == {given}}

    def counted(self, given: Given) -> int:
        """How many items got one answer in this review."""
        return sum(answer.given == given for answer in self.answers.values())

    def decide(self, k: int, answer: Answer) -> None:
        """Answer an item; one that was answered before gets another answer."""
        name = self.items[k].id
        before = {name: self.earlier.pop(name)} if name in self.earlier else {}
        changed = {name: self.changed.pop(name)} if name in self.changed else {}
        self._steps.append(_Step(self.items, k, {name: self.answers.get(name)}, before, changed))
        self.answers[name] = answer

    def change(self, k: int, draft: Draft) -> None:
        """Take over what was changed in an item; a step of its own, which can be undone."""
        name = self.items[k].id
        self._steps.append(_Step(self.items, k, changed={name: self.changed.get(name)}))
        self.changed[name] = draft

    def reopen(self, k: int) -> str | None:
        """Why an item cannot be decided on again; None where it can."""
        before = self.earlier.get(self.items[k].id)
        if before is None or not before.claims:
            return None
        return f"{self.items[k].id} is in the case already ({', '.join(before.claims)})"

    def split(self, k: int, cuts: Sequence[int]) -> int:
        """Cut an item at places of the text, so that each part is decided on by itself.

        Returns
        -------
        int
            The number of parts; nothing is changed where it is less than two.
        """
        item = self.items[k]
        at = item.suggestion.at
        edges = [at.start, *sorted({c for c in cuts if at.start < c < at.end}), at.end]
        pieces = [trimmed(self.result.text, Span(*pair), ",;:–—") for pair in pairwise(edges)]
        parts = [_without_lead(self.result.text, p, k > 0) for k, p in enumerate(pieces)]
        parts = [part for part in parts if part.start < part.end]
        if len(parts) < 2:
            return len(parts)
        base = self.draft(item)
        made = tuple(self._part(base, item, n, part) for n, part in enumerate(parts, 1))
        self._steps.append(_Step(self.items, k, {item.id: self.answers.pop(item.id, None)}))
        self.items = (*self.items[:k], *made, *self.items[k + 1 :])
        return len(parts)

    def _part(self, base: Draft, item: Item, number: int, at: Span) -> Item:
        text, claim = self.result.text, item.suggestion
        part = replace(
            claim,
            id=f"{claim.id}.{number}",
            quote=at.of(text),
            at=at,
            parts=tuple(p for p in (_common(p, at) for p in claim.parts) if p is not None) or (at,),
            hedges=tuple(h for h in claim.hedges if at.holds(h)),
            dates=tuple(d for d in claim.dates if at.holds(d.at)),
            tail=None,
        )
        # Words that are turned round without who refuses are written down with who and the verb.
        place = written_at(text, part) if turned(text, claim) else at
        draft = replace(
            base,
            suggestion=part,
            says=says_of_part(text, claim, at),
            event=event_of(part.dates),
            place=place,
            replaces=item.replaces,
        )
        return Item(part, "part", item.replaces, draft)

    def merge(self, k: int) -> str | None:
        """Take an item together with the one before it; why that cannot be, or None where it is done."""
        if k == 0:
            return "there is none before it"
        first, second = self.items[k - 1], self.items[k]
        for item in (first, second):
            before = self.earlier.get(item.id)
            if before is not None and before.claims:
                return f"{item.id} is in the case already ({', '.join(before.claims)})"
        drafts = [self.draft(first), self.draft(second)]
        if (apart := _mouths(first, second, drafts[0], drafts[1])) is not None:
            return apart
        names = tuple(dict.fromkeys((*first.replaces, *second.replaces)))
        suggestion = first.suggestion
        at = cover((suggestion.at, second.suggestion.at))
        merged = replace(
            suggestion,
            id=f"{first.id}+{second.id}",
            quote=at.of(self.result.text),
            at=at,
            parts=(at,),
            dates=tuple(dict.fromkeys((*suggestion.dates, *second.suggestion.dates))),
            sentence=cover((suggestion.sentence, second.suggestion.sentence)),
            tail=None,
        )
        place = cover(d.at(self.result.text) for d in drafts)
        draft = replace(
            drafts[0],
            suggestion=merged,
            says=_both(drafts[0].says, drafts[1].says),
            by=drafts[0].by or drafts[1].by,
            event=drafts[0].event or drafts[1].event,
            place=place,
            replaces=names,
        )
        item = Item(merged, "merged", names, draft)
        gone = {i.id: self.answers.pop(i.id, None) for i in (first, second)}
        earlier = {i.id: self.earlier.pop(i.id) for i in (first, second) if i.id in self.earlier}
        self._steps.append(_Step(self.items, k, gone, earlier))
        self.items = (*self.items[: k - 1], item, *self.items[k + 1 :])
        return None

    def mark(self, span: Span, at: int) -> int:
        """Words marked by hand as an item in the order of the text; its number.

        Parameters
        ----------
        at
            The item at which the person was, to go back to when this is undone.
        """
        step = _Step(self.items, at)
        before = self._insert(span)
        self._steps.append(step)
        return before

    def _insert(self, span: Span) -> int:
        """Put words marked by hand among the items, in the order of the text; their number."""
        self._by_hand += 1
        inside = [d.suggestion for d in self.accepted if d.suggestion.rule != BY_HAND]
        suggestion = marked(self.result, span, f"h{self._by_hand}", inside)
        before = sum(item.suggestion.at <= span for item in self.items)
        draft = replace(drafted(self.case, self.result, suggestion), place=span, replaces=())
        item = Item(suggestion, "by-hand", (), draft)
        self.items = (*self.items[:before], item, *self.items[before:])
        return before

    def taken(self, span: Span) -> str | None:
        """The claim of the case that stands at a place already, if there is one."""
        there = ((i, c) for i, c in self.case.claims.items() if c.report == self.report)
        return next((i for i, c in there if tuple(c.at) == tuple(span)), None)

    def undo(self) -> int | None:
        """Take the last step back; the number of the item to go on with, None where there is none."""
        if not self._steps:
            return None
        step = self._steps.pop()
        for item in {item.id for item in self.items} - {item.id for item in step.items}:
            self.answers.pop(item, None)
            self.changed.pop(item, None)
        self.items = step.items
        _restore(self.answers, step.answers)
        _restore(self.changed, step.changed)
        self.earlier.update((name, before) for name, before in step.earlier.items() if before is not None)
        return step.at

    def siblings(self, item: Item) -> list[Item]:
        """The items that stand for one of the same suggestions."""
        return [other for other in self.items if set(other.replaces) & set(item.replaces)]

    @property
    def unkept(self) -> list[Item]:
        """Items that are open still and whose fields were changed: with the review that is lost."""
        return [item for item in self.items if item.id in self.changed and not self.is_decided(item)]

    @property
    def touched(self) -> bool:
        """Whether anything was decided in this review."""
        return bool(self.answers)

    def outcome(self) -> Outcome:
        """What came of the review."""
        counts = {given: self.counted(given) for given in GIVEN}
        return Outcome(tuple(self.accepted), self.rejected, counts)


def report_with(case: Case, result: ReadResult, decided: TextDecisions) -> str | None:
    """The report of the case that has this text already, from the same file or from another.

    Examples
    --------
    >>> from accordant.evidence.reading import read_report
    >>> case = Case.model_validate({"title": "t", "parties": {}})
    >>> report_with(case, read_report(b"It rained.", "a.txt"), TextDecisions()) is None
    True
    """
    same = report_in(case, result.report.sha256)
    if same is not None:
        return same
    text = text_sha256(result.text)
    kept = (name for name, report in case.reports.items() if report.text_sha256 == text)
    told = (case.claims[c].report for d in decided.decided for c in d.claims if c in case.claims)
    return next(kept, None) or next((r for r in told if r in case.reports), None)


def _restore(now: dict[str, _Kept], before: Mapping[str, _Kept | None]) -> None:
    for name, value in before.items():
        if value is None:
            now.pop(name, None)
        else:
            now[name] = value


def _mouths(first: Item, second: Item, one: Draft, other: Draft) -> str | None:
    """Why two items are not one claim where they come from two; None where they come from one."""
    if one.origin is None or other.origin is None or one.origin == other.origin:
        return None
    whose = [f"{i.id} goes back to {d.origin}" for i, d in ((first, one), (second, other))]
    return f"{whose[0]}, {whose[1]}, and a claim has one origin; if the two are one, change the origin first"


def _common(one: Span, other: Span) -> Span | None:
    start, end = max(one.start, other.start), min(one.end, other.end)
    return Span(start, end) if start < end else None


def _without_lead(text: str, span: Span, later: bool) -> Span:
    """A later part without the conjunction that it begins with."""
    if not later:
        return span
    for word in ("and ", "but ", "or ", "and that ", "but that "):
        if text[span.start : span.end].lower().startswith(word):
            return trimmed(text, Span(span.start + len(word), span.end))
    return span


def _both(first: str, second: str) -> str:
    """Two sentences as one; where one says the other too, that one."""
    if second in first:
        return first
    return second if first in second else f"{first.rstrip('.;, ')}; {second}"
