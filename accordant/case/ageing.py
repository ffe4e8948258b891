"""How old claims are on the date of the case, and which of them are stale.

A claim is as old as its report: it dates from ``reported``, else from the day on which its report was
published (a report that rewrites another is as old as the one that it rewrites), else from its
``event``. It is *ageing* once the half-life of its kind has passed, *stale* once two have. Dates are
known as exactly as they are written, so that ages are ranges: what may be stale need not be. A claim
that stands and asserts the same (``confirms``) later makes an older one as young as itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, NamedTuple, get_args

from accordant.case.corroboration import Counting
from accordant.case.dates import When, when
from accordant.case.objects import Case

Stage = Literal["fresh", "ageing", "stale"]
STAGES: tuple[Stage, ...] = get_args(Stage)
DatedBy = Literal["reported", "published", "event", ""]


@dataclass(frozen=True, slots=True)
class Age:
    """How old one claim is.

    Attributes
    ----------
    written
        The date that it is taken from, as the case has it; empty where it has none.
    dated_by
        Where that date stands: the claim's ``reported``, a report's ``published``, the claim's ``event``.
    youngest, oldest
        Days from its date to the date of the case, at least and at most; None where that is not known.
    half_life
        Days in which its kind ages once; None where it does not age.
    renewed_by
        The later claim that asserts the same and makes it younger; empty where there is none.
    """

    claim: str
    written: str
    dated_by: DatedBy
    youngest: int | None
    oldest: int | None
    half_life: int | None
    renewed_by: str = ""

    @property
    def ages(self) -> bool:
        """Whether a claim of its kind ages at all."""
        return self.half_life is not None

    @property
    def known(self) -> bool:
        """Whether anything is known of its age."""
        return self.youngest is not None or self.oldest is not None

    @property
    def at_least(self) -> Stage:
        """The stage that it has certainly reached."""
        return self._stage(self.youngest or 0)

    @property
    def at_most(self) -> Stage:
        """The stage that it may have reached."""
        if self.half_life is None:
            return "fresh"
        return "stale" if self.oldest is None else self._stage(self.oldest)

    @property
    def stale(self) -> bool:
        """Whether it is certainly stale."""
        return self.at_least == "stale"

    @property
    def perhaps_stale(self) -> bool:
        """Whether it may be stale, and need not be: its date, or that of the case, does not tell."""
        return self.at_most == "stale" and not self.stale

    @property
    def word(self) -> str:
        """Its stage in words: what is certain, and what may be.

        Examples
        --------
        >>> [Age("c1", "2024", "reported", least, most, 30).word
        ...  for least, most in ((0, 9), (31, 31), (20, 40), (50, 80), (0, 80), (90, None), (None, None))]
        ['fresh', 'ageing', 'perhaps ageing', 'ageing, perhaps stale', 'perhaps stale', 'stale', 'not known']
        """
        if not self.ages:
            return "does not age"
        if not self.known:
            return "not known"
        if self.at_least == self.at_most:
            return self.at_least
        return f"ageing, perhaps {self.at_most}" if self.at_least == "ageing" else f"perhaps {self.at_most}"

    @property
    def days(self) -> str:
        """Its age in words: ``41``, ``10 to 41``, ``41 or more``, ``up to 41``, ``not known``.

        Examples
        --------
        >>> [Age("c1", "2024", "reported", least, most, 30).days
        ...  for least, most in ((41, 41), (10, 41), (41, None), (None, 41), (None, None))]
        ['41', '10 to 41', '41 or more', 'up to 41', 'not known']
        """
        if self.youngest is None:
            return "not known" if self.oldest is None else f"up to {self.oldest}"
        if self.oldest is None:
            return f"{self.youngest} or more"
        return str(self.youngest) if self.youngest == self.oldest else f"{self.youngest} to {self.oldest}"

    def _stage(self, days: int) -> Stage:
        if self.half_life is None:
            return "fresh"
        return STAGES[min(days // self.half_life, 2)]


class Stale(NamedTuple):
    """Claims that are stale: certainly, and perhaps."""

    certain: frozenset[str]
    perhaps: frozenset[str]


def stale_claims(case: Case, on: str | None = None) -> Stale:
    """The claims that are certainly stale, and those of which the dates do not tell.

    Parameters
    ----------
    on
        A date to count to instead of the case's own.

    Examples
    --------
    >>> from accordant.case.sources import Sources
    >>> said = {"report": "r", "quote": "q", "at": (0, 1), "says": "s", "kind": "offer"}
    >>> sources = Sources.model_validate({"claims": {
    ...     "c1": {**said, "reported": "2031-01"}, "c2": {**said, "reported": "2031-03/2031-05"},
    ...     "c3": {**said, "reported": "2031-05"}}})
    >>> case = Case(title="t", parties={}, as_of="2031-06-01", sources=sources)
    >>> [sorted(found) for found in stale_claims(case)]
    [['c1'], ['c2']]
    """
    found = ages(case, on).values()
    return Stale(
        frozenset(age.claim for age in found if age.stale),
        frozenset(age.claim for age in found if age.perhaps_stale),
    )


def ages(case: Case, on: str | None = None) -> dict[str, Age]:
    """How old every claim is, on the date of the case or on another one.

    Where the case has no date that can be told, nothing is known of any age.

    Examples
    --------
    >>> from accordant.case.sources import Sources
    >>> said = {"report": "r", "quote": "q", "at": (0, 1), "says": "s", "kind": "offer"}
    >>> sources = Sources.model_validate({"claims": {
    ...     "c1": {**said, "reported": "2031-01"}, "c2": {**said, "confirms": "c1", "reported": "2031-04"}}})
    >>> case = Case(title="t", parties={}, as_of="2031-05-01", sources=sources)
    >>> [(age.days, age.word, age.renewed_by) for age in ages(case).values()]
    [('1 to 30', 'perhaps ageing', 'c2'), ('1 to 30', 'perhaps ageing', '')]
    """
    today = when(on if on is not None else case.as_of)
    own = {id_: _own(case, id_, today) for id_ in case.claims}
    if not any(claim.confirms for claim in case.claims.values()):
        return own
    return dict(_renewed(case, own))


def _own(case: Case, claim: str, today: When | None) -> Age:
    """The age of a claim by its own date."""
    said = case.claims[claim]
    written, dated_by = _dated(case, claim)
    then = when(written)
    youngest = oldest = None
    if then is not None and today is not None:
        # what is dated after the case is not old; of an end that is not known nothing follows
        youngest = _between(then.last, today.first)
        oldest = _between(then.first, today.last)
    return Age(claim, written, dated_by, youngest, oldest, case.half_life.of(said.kind))


def _between(start: date | None, end: date | None) -> int | None:
    return None if start is None or end is None else max((end - start).days, 0)


def _dated(case: Case, claim: str) -> tuple[str, DatedBy]:
    """The date that a claim is as old as, and where it stands."""
    said = case.claims[claim]
    if when(said.reported) is not None:
        return said.reported or "", "reported"
    published = [text for report in _lineage(case, said.report) if (text := case.reports[report].published)]
    known = [(then, text) for text in published if (then := when(text)) is not None]
    if known:
        # told once more is not known anew: the earliest telling counts
        return min(known, key=lambda one: one[0].last or date.max)[1], "published"
    if when(said.event) is not None:
        return said.event or "", "event"
    return said.reported or next(iter(published), "") or said.event or "", ""


def _lineage(case: Case, report: str) -> Sequence[str]:
    """A report and those that it goes back to as a rewrite; safe on circles."""
    found: list[str] = []
    at: str | None = report
    while at is not None and at in case.reports and at not in found:
        found.append(at)
        at = case.reports[at].original
    return found


def _renewed(case: Case, own: Mapping[str, Age]) -> Iterator[tuple[str, Age]]:
    """Each claim as young as the youngest of those that stand and assert the same."""
    counting = Counting(case)
    for claim, age in own.items():
        others = [own[c] for c in counting.standing_with[claim] if c != claim]
        youngest = min((age, *others), key=_least)
        soonest = min((age, *others), key=_most)
        by = soonest if _most(soonest) < _most(age) else youngest
        yield (
            claim,
            replace(
                age,
                youngest=youngest.youngest,
                oldest=soonest.oldest,
                renewed_by="" if by.claim == claim else by.claim,
            ),
        )


def _least(age: Age) -> int:
    return age.youngest or 0


def _most(age: Age) -> int:
    return _LONG if age.oldest is None else age.oldest


_LONG = 10**9
