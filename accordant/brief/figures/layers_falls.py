"""How much falls over each line of the picture of layers: what its width is, and what the table says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from accordant.brief.context import Context

if TYPE_CHECKING:
    from accordant.reliance.result import Rest

Links = Sequence[tuple["Rest", Sequence[str]]]
"""Conclusions with the elements that each uses."""


class Falls:
    """Of the conclusions drawn, those that change when something is lost.

    A line leads from what stands to what it stands on. It is as wide as the number of conclusions on
    its left that change without what is at its right end: without this element once it is unsure, without
    this claim or assumption, without this origin. So two pages of one origin have thin lines to the part
    of the case that they are told for, since neither is needed, and wide ones to the origin, which is.
    """

    def __init__(self, context: Context, links: Links) -> None:
        self.context, self.links = context, links
        self.uses = {rest.conclusion: frozenset(found) for rest, found in links}

    @property
    def of(self) -> int:
        """How many conclusions are drawn."""
        return len(self.links)

    def element(self, element: str) -> frozenset[str]:
        """The conclusions that change once an element is unsure."""
        return frozenset(
            r.conclusion for r, found in self.links if element in found and element in r.elements
        )

    def ground(self, ground: str) -> frozenset[str]:
        """The conclusions that change without a claim or an assumption."""
        return frozenset(r.conclusion for r, _ in self.links if ground in r.falls_without)

    def origin(self, origin: str) -> frozenset[str]:
        """The conclusions that change without an origin."""
        return self.ground(origin)

    def to_element(self, rest: Rest, element: str) -> int:
        """The width of the line from a conclusion to an element that it uses."""
        return int(rest.conclusion in self.element(element))

    def to_ground(self, element: str, ground: str) -> int:
        """The width of the line from an element to one of its grounds."""
        return sum(element in self.uses[c] for c in self.ground(ground))

    def to_origin(self, ground: str, origin: str) -> int:
        """The width of the line from a claim to an origin."""
        elements = self.context.elements
        return sum(any(ground in elements[e].standing for e in self.uses[c]) for c in self.origin(origin))

    def single(self, ground: str) -> int:
        """How many change without a claim, an assumption or an origin alone."""
        return len(self.origin(ground) if ground in self.context.case.origins else self.ground(ground))
