"""Yardsticks of likelihood: which words stand for which band of chances, one yardstick in a document.

The words of reporters are theirs: a person, not the program, says which term of the yardstick a word is
taken to mean. Bands are in whole percent, from the table that each yardstick publishes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

YardstickName = Literal["icd-203", "phia"]


@dataclass(frozen=True, slots=True)
class Band:
    """One step of a yardstick.

    Attributes
    ----------
    term
        The word by which a case names it.
    others
        Other words that the yardstick gives for the same step.
    low, high
        The ends of the band in whole percent, both within it.
    """

    term: str
    others: tuple[str, ...]
    low: int
    high: int

    @property
    def words(self) -> str:
        """The band as it is printed.

        Examples
        --------
        >>> Band("likely", ("probable",), 55, 80).words
        'likely or probable (55 to 80 in 100)'
        """
        return f"{' or '.join((self.term, *self.others))} ({self.low} to {self.high} in 100)"


@dataclass(frozen=True, slots=True)
class Yardstick:
    """Every step of one published yardstick, from the least likely to the most.

    Attributes
    ----------
    source
        Where it was published, and what of it was read.
    """

    id: YardstickName
    name: str
    source: str
    bands: tuple[Band, ...]

    def band(self, term: str) -> Band | None:
        """The step that a term names, None for none.

        Examples
        --------
        >>> YARDSTICKS["phia"].band("Highly likely").low
        80
        """
        wanted = " ".join(term.lower().replace("-", " ").split())
        return next((b for b in self.bands if wanted in (b.term, *b.others)), None)

    @property
    def terms(self) -> tuple[str, ...]:
        """The words by which a case names the steps."""
        return tuple(band.term for band in self.bands)


ICD_203 = Yardstick(
    "icd-203",
    "ICD 203",
    "Intelligence Community Directive 203, Analytic Standards, 2015: its table of expressions of likelihood",
    (
        Band("almost no chance", ("remote",), 1, 5),
        Band("very unlikely", ("highly improbable",), 5, 20),
        Band("unlikely", ("improbable",), 20, 45),
        Band("roughly even chance", ("roughly even odds",), 45, 55),
        Band("likely", ("probable",), 55, 80),
        Band("very likely", ("highly probable",), 80, 95),
        Band("almost certain", ("nearly certain", "almost certainly"), 95, 99),
    ),
)
PHIA = Yardstick(
    "phia",
    "PHIA yardstick",
    "Professional Head of Intelligence Assessment, United Kingdom: the probability yardstick; its steps "
    "leave gaps between them on purpose, and its outer ends are read as 0 and 100",
    (
        Band("remote chance", (), 0, 5),
        Band("highly unlikely", (), 10, 20),
        Band("unlikely", (), 25, 35),
        Band("realistic possibility", (), 40, 50),
        Band("likely", ("probable",), 55, 75),
        Band("highly likely", (), 80, 90),
        Band("almost certain", (), 95, 100),
    ),
)
YARDSTICKS: dict[YardstickName, Yardstick] = {y.id: y for y in (ICD_203, PHIA)}
"""Every yardstick that a case can be on."""
