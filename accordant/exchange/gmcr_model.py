"""A ``.gmcr`` model as frozen objects: what both reading and writing work with.

A *condition* is a conjunction: pairs of an option's number and whether it is taken. A *statement* is a
disjunction of conditions; most have one. A state is the set of options taken in it, as the number
Σ 2^k over their numbers k; the feasible states in ascending order of that number are the states
1, 2, 3, … of rankings.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

Condition: TypeAlias = tuple[tuple[int, bool], ...]
Statement: TypeAlias = tuple[Condition, ...]
Level: TypeAlias = tuple[int, ...]

UNREAD = -1
"""Stands in a ranking for what is no state's number, which has been said already."""
DIRECTIONS = {"both": "any", "fwd": "forward", "back": "backward"}
"""Permitted directions, and what a case calls them."""


@dataclass(frozen=True, slots=True)
class Option:
    """Something that a decision maker may do or leave."""

    name: str
    direction: str = "both"


@dataclass(frozen=True, slots=True)
class DecisionMaker:
    """A party.

    Attributes
    ----------
    options
        Numbers of the options that it controls.
    preferences
        Statements, most important first.
    misperceptions
        Statements that are true of states it does not know to be possible.
    ranking
        Levels of states, most preferred first; None where there is no ranking.
    payoffs
        A number for every state, as worked out by the program that wrote the file.
    """

    name: str
    options: tuple[int, ...] = ()
    preferences: tuple[Statement, ...] = ()
    misperceptions: tuple[Statement, ...] = ()
    ranking: tuple[Level, ...] | None = None
    payoffs: tuple[float, ...] | None = None


@dataclass(frozen=True, slots=True)
class GmcrModel:
    """A whole file.

    Attributes
    ----------
    manual
        Rankings count, not statements.
    coalitions
        Blocks of decision makers by number.
    program
        What wrote the file, with its version.
    """

    options: tuple[Option, ...]
    makers: tuple[DecisionMaker, ...]
    infeasibles: tuple[Statement, ...] = ()
    coalitions: tuple[tuple[int, ...], ...] = ()
    manual: bool = False
    program: str = ""
