"""The half of an opened case that answers about its evidence: sources, grades, and what is made of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import Callable

    from accordant.case.folder import CaseFolder

Result = TypeVar("Result")


class OpenEvidence:
    """What an opened case says about its evidence; :class:`accordant.opened.OpenCase` is made of it.

    Attributes
    ----------
    folder
        The folder, with the case in it.
    """

    folder: CaseFolder
    _answers: dict[object, object]

    def _once(self, key: object, answer: Callable[[], Result]) -> Result:
        """An answer, worked out when it is first asked for."""
        if key not in self._answers:
            self._answers[key] = answer()
        return cast("Result", self._answers[key])
