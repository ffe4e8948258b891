"""What ``what-if`` answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from accordant.reliance.supposing.claimed import ClaimEffects
from accordant.tables import Method, Table

WayKind = Literal["answers", "grounds", "changes"]
KINDS: tuple[WayKind, ...] = ("answers", "grounds", "changes")
Count = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Shift:
    """A conclusion that becomes another with something that is supposed or changed.

    Attributes
    ----------
    before, after
        ``always``, ``sometimes`` or ``never``.
    counts
        (settings in which it is so, settings) before and after, None where there is no count.
    """

    conclusion: str
    before: str
    after: str
    counts: tuple[Count | None, Count | None] = (None, None)

    @property
    def told(self) -> tuple[str, str]:
        """Both in a word, or as a count where it is *sometimes*."""
        before, after = (
            word if word != "sometimes" or count is None else "{} of {}".format(*count)
            for word, count in zip((self.before, self.after), self.counts, strict=True)
        )
        return before, after

    def to_json(self) -> dict[str, Any]:
        """As plain data."""
        before, after = (None if count is None else list(count) for count in self.counts)
        return {
            "conclusion": self.conclusion,
            "before": self.before,
            "after": self.after,
            "settings_before": before,
            "settings_after": after,
        }


@dataclass(frozen=True, slots=True)
class Step:
    """One part of a way: an answer, a ground that is given up, or a change.

    Attributes
    ----------
    id
        Such as ``south.priorities.4: counts``, ``c7`` or ``drop south.priorities.1``.
    party
        Whose preference it is, where it is one.
    wrong
        Claims that say otherwise, all of which would have to be wrong or superseded.
    assumptions
        Assumptions that say otherwise.
    reread
        Claims and assumptions behind lines that are put in another order: what they say may stay, how much
        it matters would have to be read otherwise.
    """

    id: str
    says: str
    party: str = ""
    wrong: tuple[str, ...] = ()
    assumptions: tuple[str, ...] = ()
    reread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Way:
    """One smallest set of steps, and what becomes of what is supposed.

    Attributes
    ----------
    status, settings
        Of what is supposed, once the steps are taken.
    also
        What other conclusions become.
    """

    kind: WayKind
    steps: tuple[Step, ...]
    status: str
    settings: Count | None
    also: tuple[Shift, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """As plain data."""
        return {
            "steps": [
                {
                    "id": s.id,
                    "says": s.says,
                    "party": s.party or None,
                    "wrong": list(s.wrong),
                    "assumptions": list(s.assumptions),
                    "reread": list(s.reread),
                }
                for s in self.steps
            ],
            "status": self.status,
            "settings": None if self.settings is None else list(self.settings),
            "also": [shift.to_json() for shift in self.also],
        }


@dataclass(frozen=True, slots=True)
class Ways:
    """Every smallest set of one kind that was found.

    Attributes
    ----------
    tried
        How many sets were tried.
    more
        How many smallest sets were found and are not listed.
    cut
        What was not looked at; empty when no smallest set is missing.
    needless
        Why nothing had to be looked for.
    note
        What was not asked for.
    """

    kind: WayKind
    ways: tuple[Way, ...] = ()
    tried: int = 0
    more: int = 0
    cut: str = ""
    needless: str = ""
    note: str = ""

    def to_json(self) -> dict[str, Any]:
        """As plain data."""
        return {
            "sets": [way.to_json() for way in self.ways],
            "tried": self.tried,
            "more": self.more,
            "cut": self.cut or None,
            "needless": self.needless or None,
            "note": self.note or None,
        }


@dataclass(frozen=True, slots=True)
class Against:
    """A part of the case that decides against a preference that is supposed.

    Attributes
    ----------
    pairs
        How many of the compared pairs of states it decides the other way, in the case as it is written.
    claims, assumptions
        What it stands on.
    """

    element: str
    says: str
    pairs: int
    of: int
    claims: tuple[str, ...]
    assumptions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Supposed:
    """One thing that is supposed, and how far it is so already.

    Attributes
    ----------
    kind
        ``conclusion`` or ``preference``.
    note
        Which states are compared, of a preference.
    against
        Of a preference, what stands against it.
    """

    kind: Literal["conclusion", "preference"]
    id: str
    says: str
    status: str
    settings: Count | None
    note: str = ""
    against: tuple[Against, ...] = ()


@dataclass(frozen=True)
class WhatIfResult:
    """What must change with what is supposed.

    Attributes
    ----------
    supposed
        Each thing by itself, once the claims are as supposed.
    status, settings
        Of all of them at once.
    contradictions
        Why they cannot all be so, whatever anybody prefers or answers.
    claims
        What follows from what claims are supposed to be; None where nothing is supposed of any.
    shifts
        Conclusions that change with the claims alone.
    given
        Conclusions that are decided otherwise in the settings in which what is supposed is so than over
        all settings; None where that was not worked out.
    ways
        What would make it so: answers to open questions, grounds that would have to be wrong, changes to
        what the case states.
    words
        Claims, origins and assumptions in words.
    origins
        The origin of each claim that has one.
    """

    title: str
    supposed: tuple[Supposed, ...]
    status: str
    settings: Count | None
    contradictions: tuple[str, ...]
    claims: ClaimEffects | None
    shifts: tuple[Shift, ...]
    given: tuple[Shift, ...] | None
    ways: Mapping[WayKind, Ways]
    words: Mapping[str, str]
    method: Method
    cut: str = ""
    origins: Mapping[str, str] = field(default_factory=dict)

    def said(self, ground: str) -> str:
        """A ground in words, a claim with the origin that it comes from."""
        words, origin = self.words.get(ground, ""), self.words.get(self.origins.get(ground, ""))
        return f"{words} (from {origin})" if words and origin else words

    def to_json(self) -> dict[str, Any]:
        """The documented form of ``what-if --json``."""
        return {
            "schema": "accordant/what-if/1",
            "supposed": [_supposed_json(s) for s in self.supposed],
            "together": {
                "status": self.status,
                "settings": None if self.settings is None else list(self.settings),
                "cut": self.cut or None,
            }
            if self.supposed
            else None,
            "contradictions": list(self.contradictions),
            "claims": None if self.claims is None else _claims_json(self.claims),
            "changed_by_claims": [s.to_json() for s in self.shifts],
            "where_it_is_so": None if self.given is None else [s.to_json() for s in self.given],
            **{kind: self.ways[kind].to_json() if kind in self.ways else None for kind in KINDS},
            "words": dict(self.words),
            "method": self.method.to_json(),
        }

    def table(self) -> Table:
        """One row per way."""
        rows = [
            (
                kind,
                number,
                "; ".join(step.says for step in way.steps),
                shown(way.status, way.settings),
                ", ".join(dict.fromkeys(s.party for s in way.steps if s.party)),
                ", ".join(dict.fromkeys(c for s in way.steps for c in (*s.wrong, *s.assumptions))),
                ", ".join(dict.fromkeys(c for s in way.steps for c in s.reread)),
                ", ".join(shift.conclusion for shift in way.also if shift.before != shift.after),
            )
            for kind, found in self.ways.items()
            for number, way in enumerate(found.ways, 1)
        ]
        columns = ("kind", "number", "what", "then", "whose", "against", "read otherwise", "changes too")
        return Table("What would make it so", columns, tuple(rows))

    def shifts_table(self) -> Table:
        """One row per conclusion that changes with the claims."""
        rows = tuple((s.conclusion, *s.told) for s in self.shifts)
        return Table("What changes with the claims", ("conclusion", "before", "after"), rows)

    def tables(self) -> dict[str, Table]:
        """Every table, by the name of its sheet in a workbook."""
        rows = tuple((s.id, s.says, shown(s.status, s.settings)) for s in self.supposed)
        supposed = Table("What is supposed", ("supposed", "that is", "so far"), rows)
        return {"supposed": supposed, "ways": self.table(), "changed by claims": self.shifts_table()}

    def to_frame(self) -> Any:
        """The table as a data frame."""
        return self.table().to_frame()

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()


def shown(status: str, settings: Count | None) -> str:
    """A status in a word, *sometimes* as a count of settings where there is one.

    Examples
    --------
    >>> shown("sometimes", (4, 16)), shown("never", (0, 16)), shown("sometimes", None)
    ('4 of 16', 'never', 'sometimes')
    """
    return status if status != "sometimes" or settings is None else "{} of {}".format(*settings)


def _supposed_json(supposed: Supposed) -> dict[str, Any]:
    return {
        "kind": supposed.kind,
        "id": supposed.id,
        "says": supposed.says,
        "status": supposed.status,
        "settings": None if supposed.settings is None else list(supposed.settings),
        "note": supposed.note or None,
        "against": [
            {
                "element": a.element,
                "says": a.says,
                "pairs": [a.pairs, a.of],
                "claims": list(a.claims),
                "assumptions": list(a.assumptions),
            }
            for a in supposed.against
        ],
    }


def _claims_json(effects: ClaimEffects) -> dict[str, Any]:
    return {
        "supposed": dict(effects.supposed),
        "inferred": dict(effects.inferred),
        "changed": [
            {"claim": c.claim, "stands": c.stands, "reason": c.reason, "supposed": c.supposed or None}
            for c in effects.claims
        ],
        "elements": [{"element": e.element, "says": e.says, "unsure": e.unsure} for e in effects.elements],
        "same_origin": {origin: list(claims) for origin, claims in effects.touched.items()},
    }
