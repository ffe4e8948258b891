"""The half of an opened case that answers what its conclusions rest on, and what would change them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accordant.opened_base import OpenBase

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from accordant.agreement.result import DealsResult
    from accordant.case.switches import Switch
    from accordant.reliance.questions import QuestionsResult
    from accordant.reliance.result import RestsResult
    from accordant.reliance.supposing.result import WhatIfResult
    from accordant.reliance.variants import SweepResult


class OpenReliance(OpenBase):
    """What an opened case rests on; :class:`accordant.opened.OpenCase` is made of it."""

    if TYPE_CHECKING:

        def deals(self) -> DealsResult:
            """Given by :class:`accordant.opened.OpenCase`."""

    def rests(
        self,
        conclusions: Sequence[str] | None = None,
        *,
        without: Iterable[str | Switch] = (),
        trying: Iterable[str | Switch] = (),
        supports: bool = True,
        progress: Callable[[int, int], None] | None = None,
    ) -> RestsResult:
        """What every conclusion rests on, once the grounds in ``without`` are gone.

        ``without`` takes ids of claims, origins and assumptions, and switches such as ``unnamed`` or
        ``after:2024-01-20`` (:mod:`accordant.case.switches`). ``trying`` takes the same: each is tried
        beside those that always are. Smallest supports and breaks take longest; ``supports=False``
        leaves them out.
        """
        from accordant.reliance import analyse

        gone, tried = tuple(dict.fromkeys(without)), tuple(dict.fromkeys(trying))
        return self._once(
            ("rests", conclusions and tuple(conclusions), gone, tried, supports),
            lambda: analyse(
                self.compiler,
                conclusions,
                without=gone,
                trying=tried,
                supports=supports,
                progress=progress,
                deals=self.deals,
            ),
        )

    def questions(
        self,
        conclusions: Sequence[str] | None = None,
        *,
        without: Iterable[str] = (),
        progress: Callable[[int, int], None] | None = None,
    ) -> QuestionsResult:
        """What would settle the case: its open questions, those first whose answers decide most.

        Each with whom to ask, what every answer decides and how it moves the counts; for every conclusion
        that is *sometimes* so, the questions that decide it together and the answers that suffice.
        """
        from accordant.reliance.questions import ask

        gone = frozenset(without)
        return self._once(
            ("questions", conclusions and tuple(conclusions), gone),
            lambda: ask(self.compiler, conclusions, without=gone, progress=progress, deals=self.deals),
        )

    def suppose(
        self,
        suppose: Sequence[str] = (),
        *,
        states: Sequence[str] = (),
        claims: Sequence[str] | Mapping[str, str] = (),
        prefer: Sequence[str] = (),
        concepts: Sequence[str] | None = None,
        without: Iterable[str] = (),
        changes: int = 2,
        progress: Callable[[int, int], None] | None = None,
    ) -> WhatIfResult:
        """What must change with what is supposed; nothing is written to the case.

        Parameters
        ----------
        suppose
            Conclusions that are so, or with ``not`` before them are not: ``not agreement(offer-1)``.
        states
            States that are the outcome, by name or values: they hold, and everybody accepts them.
        claims
            What claims are supposed to be: ``c5=retracted``, ``c5=true`` or ``c5=false``.
        prefer
            What parties prefer: ``south: s3 > s1`` or ``south: departure > truce = lasting``.
        concepts
            Under which a state that is the outcome holds; sequential stability by default.
        without
            Grounds or switches to take away first, as for :meth:`rests`.
        changes
            Most changes to what the case states in one set.

        Raises
        ------
        InputError
            If nothing is supposed, or something is not known or cannot be read.
        """
        from accordant.reliance.supposing import what_if

        return what_if(
            self.compiler,
            suppose,
            states=states,
            claims=claims,
            prefer=prefer,
            concepts=concepts,
            without=without,
            size=changes,
            progress=progress,
            deals=self.deals,
        )

    def sweep(
        self,
        over: Sequence[str],
        *,
        states: Iterable[str] = (),
        limit: int = 100_000,
        draw: int | None = None,
        seed: int = 1,
        output: str | Path | None = None,
        jobs: int | None = None,
        cluster: str | None = None,
        progress: Callable[[int, int], None] | None = None,
    ) -> SweepResult:
        """Many variants of the case, each judged as a case of its own, and what is so in how many.

        Parameters
        ----------
        over
            What to vary: ``settings``, ``orders:south``, ``worths:north:±2`` and so on.
        states
            States to ask about besides no deal, the status quo and those that proposals lead to.
        limit
            Up to how many variants all are gone through.
        draw
            How many are drawn where there are more; none comes twice.
        seed
            Decides which are drawn.
        output
            Where the rows go, ``.csv`` or ``.parquet``; what is done is kept beside it until it is whole.
        jobs
            How many processes work; as many as there are processors by default.
        cluster
            The address of a Dask scheduler whose workers do the work instead.

        Raises
        ------
        InputError
            If something asked for is not there, or nothing varies.
        FailedError
            If the work could not be done to its end; what is done is kept.
        """
        from accordant.reliance.variants import sweep

        return sweep(
            self.compiler,
            over,
            states=states,
            limit=limit,
            draw=draw,
            seed=seed,
            output=output,
            jobs=jobs,
            cluster=cluster,
            progress=progress,
        )
