"""The half of an opened case that answers what its conclusions rest on, and what would change them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accordant.opened_base import OpenBase

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from accordant.agreement.result import DealsResult
    from accordant.reliance.result import RestsResult


class OpenReliance(OpenBase):
    """What an opened case rests on; :class:`accordant.opened.OpenCase` is made of it."""

    if TYPE_CHECKING:

        def deals(self) -> DealsResult:
            """Given by :class:`accordant.opened.OpenCase`."""

    def rests(
        self,
        conclusions: Sequence[str] | None = None,
        *,
        without: Iterable[str] = (),
        supports: bool = True,
        progress: Callable[[int, int], None] | None = None,
    ) -> RestsResult:
        """What every conclusion rests on, once the grounds in ``without`` are gone.

        Smallest supports and breaks take longest; ``supports=False`` leaves them out.
        """
        from accordant.reliance import analyse

        gone = frozenset(without)
        return self._once(
            ("rests", conclusions and tuple(conclusions), gone, supports),
            lambda: analyse(
                self.compiler,
                conclusions,
                without=gone,
                supports=supports,
                progress=progress,
                deals=self.deals,
            ),
        )
