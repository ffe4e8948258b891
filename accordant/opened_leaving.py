"""An opened case as others may see it: what leaves in a document, and what stays behind."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from accordant.opened_base import OpenBase

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from accordant.case.switches import Switch
    from accordant.case.veiling import Veil
    from accordant.evidence.handling import Audience, Handling
    from accordant.evidence.leaving import Leaving
    from accordant.opened import OpenCase
    from accordant.reliance.result import RestsResult


class OpenLeaving(OpenBase):
    """What of an opened case leaves in a document; :class:`accordant.opened.OpenCase` is made of it.

    Attributes
    ----------
    withheld
        What was taken out of the case; None where it is the whole case.
    """

    withheld: Withheld | None = None

    if TYPE_CHECKING:

        def rests(
            self,
            conclusions: Sequence[str] | None = None,
            *,
            without: Iterable[str | Switch] = (),
            trying: Iterable[str | Switch] = (),
            supports: bool = True,
            progress: Callable[[int, int], None] | None = None,
        ) -> RestsResult:
            """Given by :class:`accordant.opened_reliance.OpenReliance`."""

    def redacted(self, *, restricted: Collection[str] = (), audience: Audience = "team") -> OpenCase:
        """The case as it leaves in a document: itself, where nothing in it is withheld.

        Restricted claims are gone, and every answer is worked out without them; sources that must not be
        named are described.

        Parameters
        ----------
        restricted
            Ids of withheld claims and entries of the register that leave all the same.
        audience
            ``public`` withholds what is marked ``team`` too.

        Raises
        ------
        InputError
            If ``restricted`` names something that is not withheld.
        """
        from accordant.evidence.handling import Handling
        from accordant.opened import OpenCase

        held = Handling(self.case, restricted, audience)
        assert isinstance(self, OpenCase)
        if not held.withheld and not held.entries and not self._held_then(held):
            return self
        from accordant.opened_redacted import OpenRedacted

        return self._once(("redacted", frozenset(restricted), audience), lambda: OpenRedacted(self, held))

    def _held_then(self, held: Handling) -> bool:
        """Whether the version that the case is compared with holds something that is withheld."""
        from accordant.evidence.handling import Handling
        from accordant.history.versions_sides import latest

        found = None if self.foreign is not None else latest(self.folder)
        if found is None:
            return False
        then = Handling(found[0].case, audience=held.audience)
        return bool(then.withheld or then.entries)

    def leaving(self, *, restricted: Collection[str] = (), audience: Audience = "team") -> Leaving:
        """What leaves in a document, what stays behind, and which answers that changes.

        Arguments and errors as for :meth:`redacted`.
        """
        from accordant.case.redacting import Redacted
        from accordant.evidence.handling import Handling
        from accordant.evidence.leaving import leaving

        held = Handling(self.case, restricted, audience)
        found = self.redacted(restricted=restricted, audience=audience).withheld
        if found is None:
            return leaving(held, Redacted(self.case))
        return found.leaving


class Withheld:
    """What was taken out of a case, and which of its answers are others with it.

    Parameters
    ----------
    whole, shown
        The case with it and without it.
    """

    def __init__(self, whole: OpenCase, shown: OpenCase, held: Handling) -> None:
        self.whole, self.shown, self.held = whole, shown, held
        self.made = held.redacted()
        self.veils: list[Veil] = [self.made.veil]

    @property
    def count(self) -> int:
        """How many claims are withheld, those that are said inside them too."""
        return len(self.whole.case.claims) - len(self.made.case.claims)

    @cached_property
    def differs(self) -> dict[str, bool]:
        """For each conclusion that the document draws, whether it would be another one with everything."""
        shown = {r.conclusion: r.status for r in self.shown.rests().conclusions}
        whole = {r.conclusion: r.status for r in self.whole.rests(list(shown), supports=False).conclusions}
        return {c: whole[c] != status for c, status in shown.items() if c in whole}

    def changes(self, conclusions: Iterable[str]) -> dict[str, bool]:
        """The same for conclusions that are told besides; those that cannot be drawn are left out."""
        asked = list(dict.fromkeys(conclusions))
        unknown = [c for c in asked if c not in self._changes]
        if unknown:
            self._changes.update(self._ask(unknown))
        return {c: found for c in asked if (found := self._changes[c]) is not None}

    @cached_property
    def _changes(self) -> dict[str, bool | None]:
        return dict(self.differs)

    def _ask(self, conclusions: list[str]) -> dict[str, bool | None]:
        """For each conclusion whether it changes; None for one that cannot be drawn."""
        from accordant.errors import InputError

        try:
            shown, whole = (
                {r.conclusion: r.status for r in opened.rests(conclusions, supports=False).conclusions}
                for opened in (self.shown, self.whole)
            )
        except InputError:
            if len(conclusions) == 1:
                return dict.fromkeys(conclusions)
            return {c: found for one in conclusions for c, found in self._ask([one]).items()}
        return {c: shown[c] != whole[c] for c in conclusions}

    @cached_property
    def leaving(self) -> Leaving:
        """The list of what leaves and what stays behind."""
        from accordant.evidence.leaving import Answer, leaving

        rests = self.shown.rests().conclusions
        statuses = self.whole.rests([r.conclusion for r in rests], supports=False).conclusions
        whole = {r.conclusion: r.status for r in statuses}
        answers = tuple(
            Answer(r.conclusion, r.says, whole.get(r.conclusion, r.status), r.status) for r in rests
        )
        return replace(leaving(self.held, self.made), answers=answers)
