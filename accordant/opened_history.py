"""The half of an opened case that answers about time: versions, what changed, what is stale, forecasts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accordant.opened_base import OpenBase

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from accordant.history.forecasting import Recorded
    from accordant.history.forecasts import ForecastsResult
    from accordant.history.stale import StaleResult
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
