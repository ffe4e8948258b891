"""Which claims of a case are ageing or stale, what stands on them, and what would open without them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Protocol

from accordant.case.ageing import Age, ages
from accordant.case.checks.dates import is_date
from accordant.case.checks.grounds import grounded_parts
from accordant.case.grounds import Element, elements, standings
from accordant.case.objects import Case
from accordant.case.wording import counted
from accordant.errors import InputError
from accordant.evidence.handling import WITHHELD, Handling
from accordant.tables import Method, Table

if TYPE_CHECKING:
    from accordant.reliance.result import Rest, RestsResult

RECORDS = ("positions", "relations", "judgements", "events")
"""Parts of a case that stand on claims without being elements of the model."""
ORDER = ("stale", "ageing, perhaps stale", "perhaps stale", "ageing", "perhaps ageing", "not known")
"""Stages in the order in which they are listed; claims in none of them are counted only."""


class Rests(Protocol):
    """What gives the answers with and without some grounds."""

    def __call__(
        self,
        conclusions: Sequence[str] | None = None,
        *,
        without: Iterable[str] = (),
        supports: bool = True,
        progress: Callable[[int, int], None] | None = None,
    ) -> RestsResult:
        """As :meth:`accordant.opened.OpenCase.rests`."""


@dataclass(frozen=True, slots=True)
class AgedClaim:
    """One claim with its age. Where it is withheld, its words and its date stay behind.

    Attributes
    ----------
    carries
        Ids of the elements that stand on it, with or without others; then places of positions,
        relations, judgements and events.
    changes
        Conclusions that are another way without it alone.
    """

    id: str
    kind: str
    says: str
    age: Age
    carries: tuple[str, ...]
    changes: tuple[str, ...]
    withheld: bool = False

    def to_json(self) -> dict[str, Any]:
        """One entry of ``claims``."""
        age, hidden = self.age, self.withheld
        return {
            "id": self.id,
            "kind": self.kind,
            "says": None if hidden else self.says,
            "date": None if hidden else age.written or None,
            "dated_by": None if hidden else age.dated_by or None,
            "days": None if hidden else [age.youngest, age.oldest],
            "half_life": age.half_life,
            "stage": age.word,
            "stale": "yes" if age.stale else "perhaps" if age.perhaps_stale else "no",
            "renewed_by": None if hidden else age.renewed_by or None,
            "carries": list(self.carries),
            "changes": list(self.changes),
            "withheld": hidden,
        }


@dataclass(frozen=True, slots=True)
class AgedElement:
    """One part of the model that stands on claims that are stale.

    Attributes
    ----------
    stale, perhaps, others
        Its standing grounds: claims that are stale, that may be, and the rest.
    """

    id: str
    says: str
    stale: tuple[str, ...]
    perhaps: tuple[str, ...]
    others: tuple[str, ...]

    @property
    def opens(self) -> str:
        """Whether it is unsure without what is stale: ``yes``, ``perhaps``, ``no``."""
        if self.others:
            return "no"
        return "perhaps" if self.perhaps else "yes"

    def to_json(self) -> dict[str, Any]:
        """One entry of ``elements``."""
        return {
            "id": self.id,
            "says": self.says,
            "stale": list(self.stale),
            "perhaps": list(self.perhaps),
            "others": list(self.others),
            "unsure_without": self.opens,
        }


@dataclass(frozen=True, slots=True)
class AgedConclusion:
    """One answer now, without what is certainly stale, and without what may be stale too."""

    now: Rest
    without_stale: Rest
    without_perhaps: Rest

    @property
    def conclusion(self) -> str:
        """Its id."""
        return self.now.conclusion

    @property
    def moved(self) -> bool:
        """Whether it is another way without what is certainly stale."""
        return answer(self.now) != answer(self.without_stale)

    @property
    def changes(self) -> bool:
        """Whether it is another way without what is stale or may be."""
        return self.moved or answer(self.now) != answer(self.without_perhaps)

    def to_json(self) -> dict[str, Any]:
        """One entry of ``conclusions``."""
        found: dict[str, Any] = {"conclusion": self.conclusion}
        for name in self.__slots__:
            rest: Rest = getattr(self, name)
            counted = None if rest.settings is None else list(rest.settings)
            found[name] = {"status": rest.status, "settings": counted}
        return found | {"changes": self.changes}


@dataclass(frozen=True)
class StaleResult:
    """What is stale in a case.

    Attributes
    ----------
    on
        The date that ages are counted to; empty where the case has none.
    claims
        Claims that count and are not fresh, the oldest stages first.
    elements
        Every element that stands on one that is stale or may be.
    conclusions
        The default conclusions; ``changes`` says whether what is stale matters to one.
    stages
        How many of the claims that count are in each stage.
    """

    title: str
    on: str
    claims: tuple[AgedClaim, ...]
    elements: tuple[AgedElement, ...]
    conclusions: tuple[AgedConclusion, ...]
    stages: Mapping[str, int]
    out: int
    handling: str
    method: Method

    @property
    def finding(self) -> str:
        """What was found, in a sentence."""
        if not self.on:
            return "No age is known: the case has no date (as_of)"
        total = sum(self.stages.values())
        sure = self.stages.get("stale", 0)
        perhaps = sum(n for word, n in self.stages.items() if word.endswith("perhaps stale"))
        if not sure and not perhaps:
            return f"None of {total} claims is stale on {self.on}"
        said = f"{sure} of {total} claims {'is' if sure == 1 else 'are'} stale on {self.on}"
        if perhaps:
            said += f", {perhaps} more may be"
        moved = sum(c.moved for c in self.conclusions)
        if sure and moved:
            return f"{said}; without {'it' if sure == 1 else 'them'} {counted(moved, 'answer')} would change"
        return f"{said}; no answer changes without {'it' if sure == 1 else 'them'}" if sure else said

    def to_json(self) -> dict[str, Any]:
        """The documented form of ``stale --json``."""
        return {
            "schema": "accordant/stale/1",
            "finding": self.finding,
            "on": self.on or None,
            "stages": dict(self.stages),
            "out": self.out,
            "handling": self.handling or "public",
            "claims": [claim.to_json() for claim in self.claims],
            "elements": [element.to_json() for element in self.elements],
            "conclusions": [one.to_json() for one in self.conclusions],
            "method": self.method.to_json(),
        }

    def table(self) -> Table:
        """One row per claim, every column."""
        columns = (
            *("claim", "says", "kind", "date", "dated by", "days at least", "days at most", "half-life"),
            *("stage", "stale", "renewed by", "carries", "answers that change without it"),
        )
        return Table(self.finding, columns, tuple(map(_row, self.claims)))

    def overview(self) -> Table:
        """The claims in short, for a page."""
        columns = ("claim", "says", "kind", "days", "half-life", "stage", "stands on it")
        rows = tuple(
            (
                *(c.id, c.says, c.kind, "" if c.withheld else c.age.days, _half_life(c.age)),
                *(c.age.word, counted(len(c.carries), "part") if c.carries else ""),
            )
            for c in self.claims
        )
        return Table(self.finding, columns, rows)

    def elements_table(self) -> Table:
        """What stands on stale claims."""
        open_, of = sum(e.opens == "yes" for e in self.elements), len(self.elements)
        title = (
            f"{counted(of, 'part')} of the model {_stands(of)} on stale claims"
            f", {open_ or 'none'} of them on nothing else"
        )
        columns = ("part", "says", "stale", "perhaps", "others", "unsure without")
        rows = tuple(
            (e.id, e.says, ", ".join(e.stale), ", ".join(e.perhaps), ", ".join(e.others), e.opens)
            for e in self.elements
        )
        return Table(title, columns, rows)

    def conclusions_table(self, *, changed: bool = False) -> Table:
        """Each answer now and without what is stale; with ``changed``, only those that differ."""
        more = any(e.perhaps for e in self.elements)
        rows = tuple(
            (c.conclusion, *map(status, (c.now, c.without_stale, *([c.without_perhaps] if more else []))))
            for c in self.conclusions
            if c.changes or not changed
        )
        moved = sum(c.moved for c in self.conclusions)
        might = sum(c.changes for c in self.conclusions) - moved
        title = f"{moved or 'None'} of {counted(len(self.conclusions), 'answer')} would change"
        title += f", {might} more if what may be stale is left out too" if might else ""
        tail = ("perhaps stale out too",) if more else ()
        return Table(title, ("conclusion", "now", "without stale", *tail), rows)

    def tables(self) -> dict[str, Table]:
        """Every table, for a workbook."""
        return {
            "claims": self.table(),
            "what stands on them": self.elements_table(),
            "answers": self.conclusions_table(),
        }

    def to_frame(self) -> Any:
        """The table as a data frame."""
        return self.table().to_frame()

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()


def _row(claim: AgedClaim) -> tuple[Any, ...]:
    told = claim.to_json()
    least, most = told["days"] or ("", "")
    row = (
        *(claim.id, claim.says, claim.kind, told["date"], told["dated_by"], least, most),
        *(_half_life(claim.age), told["stage"], told["stale"], told["renewed_by"]),
        *(", ".join(claim.carries), ", ".join(claim.changes)),
    )
    return tuple("" if cell is None else cell for cell in row)


def _half_life(age: Age) -> str | int:
    return "none" if age.half_life is None else age.half_life


def _stands(number: int) -> str:
    return "stands" if number == 1 else "stand"


def stale(
    case: Case,
    rests: Rests,
    held: Handling,
    *,
    on: str | None = None,
    every: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> StaleResult:
    """What is stale in a case, what stands on it, and which answers would change without it.

    Parameters
    ----------
    rests
        Gives the answers with and without some claims.
    held
        What is withheld: of those claims the words and the date stay behind.
    on
        A date to count to instead of the case's own.
    every
        Whether fresh claims, and those that do not age, are listed too.

    Raises
    ------
    InputError
        If ``on`` is no date.
    """
    if on is not None and not is_date(on):
        raise InputError(f"{on!r} is no date that ages can be counted to; write YYYY, YYYY-MM or YYYY-MM-DD")
    found, standing = ages(case, on), standings(case)
    counted = {c: age for c, age in found.items() if standing[c].stands}
    sure = tuple(c for c, age in counted.items() if age.stale)
    perhaps = tuple(c for c, age in counted.items() if age.perhaps_stale and age.known)
    now = rests(supports=False, progress=progress)
    listed = [c for c, age in counted.items() if every or age.word in ORDER]
    carried = _carried(case, frozenset(listed))
    claims = [_claim(case, held, counted[c], carried.get(c, ()), now) for c in listed]
    words = Counter(age.word for age in counted.values())
    return StaleResult(
        case.title,
        (on if on is not None else case.as_of) or "",
        tuple(sorted(claims, key=_place)),
        tuple(_elements(case, frozenset(sure), frozenset(perhaps))),
        _conclusions(now, rests, sure, perhaps),
        {word: words[word] for word in (*ORDER, "fresh", "does not age") if words[word]},
        len(found) - len(counted),
        held.notice,
        Method(
            "claims by their age in half-lives of their kind, and the answers without what is stale",
            exact=now.method.exact,
            settings=now.method.settings,
            cut=now.method.cut,
            parameters=(("half-lives", _given(case)), ("on", on or "")),
        ),
    )


def _place(claim: AgedClaim) -> tuple[int, int, str]:
    word = claim.age.word
    order = ORDER.index(word) if word in ORDER else len(ORDER) + (word != "fresh")
    most = claim.age.oldest
    # the number of a withheld claim must not show its age
    return order, 0 if claim.withheld else -(10**9 if most is None else most), ""


def _claim(case: Case, held: Handling, age: Age, carries: tuple[str, ...], now: RestsResult) -> AgedClaim:
    hidden = age.claim in held.withheld
    said = case.claims[age.claim]
    changes = tuple(r.conclusion for r in now.conclusions if r.without.get(age.claim, r.status) != r.status)
    says = WITHHELD if hidden else said.says
    return AgedClaim(age.claim, said.kind, says, age, carries, changes, hidden)


def _carried(case: Case, claims: Collection[str]) -> dict[str, tuple[str, ...]]:
    """For each claim the elements and records that stand on it."""
    found: dict[str, list[str]] = {}
    for element in elements(case):
        for claim in element.standing & frozenset(claims):
            found.setdefault(claim, []).append(element.id)
    for path, grounded in grounded_parts(case):
        if path and path[0] in RECORDS:
            named = ".".join(str(p + 1) if isinstance(p, int) else p for p in path)
            for claim in dict.fromkeys(grounded.because):
                if claim in claims:
                    found.setdefault(claim, []).append(named)
    return {claim: tuple(dict.fromkeys(ids)) for claim, ids in found.items()}


def _elements(case: Case, sure: frozenset[str], perhaps: frozenset[str]) -> list[AgedElement]:
    def made(element: Element) -> AgedElement:
        def part(ids: Iterable[str]) -> tuple[str, ...]:
            return tuple(sorted(ids))

        standing = element.standing
        return AgedElement(
            element.id,
            element.says,
            part(standing & sure),
            part(standing & perhaps),
            part(standing - sure - perhaps),
        )

    return [made(element) for element in elements(case) if element.standing & (sure | perhaps)]


def _conclusions(
    now: RestsResult, rests: Rests, sure: Sequence[str], perhaps: Sequence[str]
) -> tuple[AgedConclusion, ...]:
    asked = [rest.conclusion for rest in now.conclusions]
    without = rests(asked, without=sure, supports=False) if sure and asked else now
    neither = rests(asked, without=(*sure, *perhaps), supports=False) if perhaps and asked else without
    return tuple(
        AgedConclusion(rest, without[rest.conclusion], neither[rest.conclusion]) for rest in now.conclusions
    )


def answer(rest: Rest) -> tuple[str, Fraction | None]:
    """What an answer comes to: its word, and the share of settings where it is *sometimes*.

    Twice as many settings of which twice as many hold are no change.
    """
    if rest.status != "sometimes" or rest.settings is None:
        return rest.status, None
    return rest.status, Fraction(*rest.settings)


def status(rest: Rest) -> str:
    """*always* and *never* in a word, *sometimes* with its count of settings where there is one."""
    if rest.status != "sometimes" or rest.settings is None:
        return rest.status
    return "sometimes ({} of {})".format(*rest.settings)


def _given(case: Case) -> str:
    from accordant.case.half_lives import KINDS

    own = [f"{kind} {case.half_life.of(kind) or 'none'}" for kind in KINDS if case.half_life.given(kind)]
    return ", ".join(own) if own else "defaults"
