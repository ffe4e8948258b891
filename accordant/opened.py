"""A case opened for analysis: the one documented call behind every command."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from accordant.agreement.result import DealsResult
    from accordant.brief.document import Brief
    from accordant.case.folder import CaseFolder
    from accordant.case.objects import Case
    from accordant.errors import Problem
    from accordant.model.compiler import Compiler
    from accordant.model.result import StatesResult
    from accordant.reliance.result import RestsResult
    from accordant.stability.result import StabilityResult


class OpenCase:
    """A case with its folder and its compiled models.

    Made by :func:`accordant.load`. Nothing is computed before it is asked for, and nothing
    twice.
    """

    def __init__(self, folder: CaseFolder) -> None:
        self.folder = folder

    @property
    def case(self) -> Case:
        """The domain object: frozen, validated."""
        return self.folder.case

    @property
    def path(self) -> Path:
        """The case folder."""
        return self.folder.path

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Warnings that the check of the case gave."""
        return self.folder.problems

    @cached_property
    def compiler(self) -> Compiler:
        """The compiled models, made on demand."""
        from accordant.model.compiler import Compiler

        return Compiler(self.case)

    def states(self) -> StatesResult:
        """The states of the case and who can move where."""
        from accordant.model.result import states_result

        return states_result(self.compiler)

    def stability(self, concepts: Sequence[str] | None = None) -> StabilityResult:
        """Which states hold, for whom, under which concepts."""
        from accordant.stability import analyse

        return analyse(self.compiler, concepts)

    def deals(self) -> DealsResult:
        """Packages against no deal."""
        from accordant.agreement import analyse

        return analyse(self.compiler)

    def rests(
        self,
        conclusions: Sequence[str] | None = None,
        *,
        without: Iterable[str] = (),
        progress: Callable[[int, int], None] | None = None,
    ) -> RestsResult:
        """What every conclusion rests on, once the grounds in ``without`` are gone."""
        from accordant.reliance import analyse

        return analyse(self.compiler, conclusions, without=without, progress=progress)

    def brief(self, *, restricted: Collection[str] = ()) -> Brief:
        """The brief's content; ``.html()``, ``.markdown()`` and ``.save(path)`` render it.

        Restricted claims are withheld unless they are named in ``restricted``.
        """
        from accordant.brief import build

        return build(self, restricted=restricted)
