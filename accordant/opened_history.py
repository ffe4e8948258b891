"""The half of an opened case that answers about time: versions, what changed, what is stale, forecasts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accordant.opened_base import OpenBase

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
    from pathlib import Path

    from accordant.agreement.result import DealsResult
    from accordant.case.folder import CaseFolder
    from accordant.history.changes_diff import DiffResult
    from accordant.history.comparing import CompareResult
    from accordant.history.forecasting import Recorded
    from accordant.history.forecasts import ForecastsResult
    from accordant.history.log import LogResult
    from accordant.history.stale import StaleResult
    from accordant.history.versions_freezing import FreezeResult
    from accordant.reliance.result import Rest, RestsResult


class OpenHistory(OpenBase):
    """What an opened case was and is; :class:`accordant.opened.OpenCase` is made of it."""

    if TYPE_CHECKING:

        def rests(
            self,
            conclusions: Sequence[str] | None = None,
            *,
            without: Iterable[str] = (),
            supports: bool = True,
            progress: Callable[[int, int], None] | None = None,
        ) -> RestsResult:
            """Given by :class:`accordant.opened_reliance.OpenReliance`."""

        def deals(self) -> DealsResult:
            """Given by :class:`accordant.opened.OpenCase`."""

    def freeze(
        self,
        id: str | None = None,
        *,
        by: str | None = None,
        note: str | None = None,
        direction: str | None = None,
        because: str | None = None,
        progress: Callable[[int, int], None] | None = None,
    ) -> FreezeResult:
        """Keep the case as it is as a version beside it, with its answers and a hash over everything.

        Parameters
        ----------
        id
            The name of the version; by default the date of the case, numbered where that is taken.
        direction, because
            ``toward`` agreement, ``away`` from it or ``none``: no clear change, and why, in a sentence.

        Raises
        ------
        InputError
            If the name is taken or cannot be one, or a direction has no reason.
        FailedError
            If a file has changed since the case was read, or nothing can be written.
        """
        from accordant.history.versions_freezing import freeze

        self._own()
        return freeze(
            self.folder,
            self.compiler,
            lambda: self.rests(progress=progress),
            self.deals,
            id_=id,
            by=by,
            note=note,
            direction=direction,
            because=because,
        )

    def log(self, *, verify: bool = False) -> LogResult:
        """The versions of the case, newest first, with what changed in each.

        With ``verify`` every hash is worked out again, and what is not as it was is said.
        """
        from accordant.history.log import log

        self._own()
        return log(self.folder, verify=verify)

    def diff(
        self,
        old: str | None = None,
        new: str | None = None,
        *,
        conclusions: Sequence[str] | None = None,
        why: bool = True,
        progress: Callable[[int, int], None] | None = None,
    ) -> DiffResult:
        """What changed between two versions in case and conclusions, and which changes moved them.

        Parameters
        ----------
        old, new
            Names of versions, ``now``, or other case folders; by default the last version and now.
        conclusions
            Ids of conclusions; by default those that either side draws by default.
        why
            Whether to look for the changes that moved each conclusion.

        Raises
        ------
        InputError
            If there is no such version, or no version at all.
        """
        from accordant.history.changes_diff import diff
        from accordant.history.versions_sides import sides

        one, other = sides(self.folder, old, new, _folder_at)
        return diff(one, other, conclusions=conclusions, why=why, progress=progress)

    def since(self) -> DiffResult | None:
        """What changed since the last version that says something else; None where there is none.

        Where the case as it is has been frozen, the mark for direction of that version goes with it.
        """
        if self.foreign is not None:
            return None
        from accordant.history.changes_diff import diff
        from accordant.history.versions_sides import latest

        found = latest(self.folder)
        return None if found is None else self._once("since", lambda: diff(*found, most=IN_BRIEF))

    def forecasts(self, *, every: bool = False, restricted: Collection[str] = ()) -> ForecastsResult:
        """What people judge to come, beside the model's answer, and how it came out.

        Parameters
        ----------
        every
            Whether forecasts that their judge revised are scored too.
        restricted
            Restricted claims to show all the same.
        """
        from accordant.evidence.handling import Handling
        from accordant.history.forecasts import result

        return result([(self.case, self.judged(), Handling(self.case, restricted))], every=every)

    def judged(self) -> Mapping[str, Rest]:
        """What the model says, by conclusion, of what the case's judgements are about."""
        from accordant.history.forecasts import conclusions

        asked = conclusions(self.case)
        found = self.rests(asked, supports=False).conclusions if asked else ()
        return {rest.conclusion: rest for rest in found}

    def forecast(self, given: Mapping[str, object], *, id: str | None = None) -> Recorded:
        """One more forecast, as the keys of a judgement; ``.apply()`` writes it.

        Raises
        ------
        InputError
            With everything that is wrong with it.
        """
        from accordant.history.forecasting import recorded

        self._own()
        return recorded(self.folder, given, id_=id)

    def settle(
        self,
        forecast: str,
        came: str,
        *,
        date: str | None = None,
        says: str | None = None,
        because: Sequence[str] = (),
    ) -> Recorded:
        """What came of a forecast: ``yes``, ``no`` or ``void``; ``.apply()`` writes it.

        Raises
        ------
        InputError
            If there is no such forecast, or something else was said to have come of it.
        """
        from accordant.history.forecasting import settled

        self._own()
        return settled(self.folder, forecast, came, date=date, says=says, because=because)

    def stale(
        self,
        *,
        on: str | None = None,
        every: bool = False,
        restricted: Collection[str] = (),
        progress: Callable[[int, int], None] | None = None,
    ) -> StaleResult:
        """Claims that are ageing or stale, what stands on them, and which answers would change without them.

        Parameters
        ----------
        on
            A date to count ages to instead of the case's own.
        every
            Whether fresh claims, and those that do not age, are listed too.
        restricted
            Restricted claims to show all the same.

        Raises
        ------
        InputError
            If ``on`` is no date.
        """
        from accordant.evidence.handling import Handling
        from accordant.history.stale import stale

        held = Handling(self.case, restricted)
        return stale(self.case, self.rests, held, on=on, every=every, progress=progress)

    def compare(
        self,
        other: OpenBase | str | Path,
        *,
        names: tuple[str, str] | None = None,
        match: Mapping[str, str] | None = None,
        conclusions: Sequence[str] | None = None,
        why: bool = True,
        restricted: Collection[str] = (),
        everything: bool = False,
        progress: Callable[[int, int], None] | None = None,
    ) -> CompareResult:
        """Another model of the same talks beside this one: what differs, where answers part, and why.

        Where both hold the same reports, their claims are set side by side too, as two codings.

        Parameters
        ----------
        other
            The other model, or where it is.
        names
            What the two are called; the names of their folders by default.
        match
            Ids of the other by ids of this one: parties, issues, proposals and origins that are the same.
        conclusions
            Ids of conclusions; by default those that either model draws by default.
        why
            Whether to look for the smallest sets of differences that make answers part.
        restricted
            Restricted claims of either to show all the same; ``everything`` shows all of them.

        Raises
        ------
        InputError
            For ids that are in neither, or that cannot be matched.
        """
        from accordant.history.comparing import compare, names_of
        from accordant.loading import load

        beside = other if isinstance(other, OpenBase) else load(other)
        return compare(
            self.case,
            beside.case,
            names or names_of(self.path, beside.path),
            same=match,
            conclusions=conclusions,
            why=why,
            released=restricted,
            everything=everything,
            progress=progress,
        )


IN_BRIEF = (1_000, 100)
"""Sets of changes and half-way cases gone through for a brief; ``diff`` takes its time."""


def _folder_at(path: Path) -> CaseFolder:
    """Another case, opened."""
    from accordant.loading import load

    return load(path).folder
