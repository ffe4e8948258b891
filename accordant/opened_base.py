"""What every part of an opened case is made from: its folder, and what was compiled from it."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from accordant.case.folder import CaseFolder
    from accordant.case.objects import Case
    from accordant.errors import Problem
    from accordant.exchange.formats import Imported
    from accordant.model.compiler import Compiler

Result = TypeVar("Result")


class OpenBase:
    """A case folder with its compiled models; nothing is computed before it is asked for, and nothing twice.

    Attributes
    ----------
    folder
        The folder, with the case in it.
    foreign
        What was read, where the case was opened from another program's file.
    """

    def __init__(self, folder: CaseFolder) -> None:
        self.folder = folder
        self.foreign: Imported | None = None
        self._answers: dict[object, object] = {}

    @property
    def case(self) -> Case:
        """The domain object: frozen, validated."""
        return self.folder.case

    @property
    def path(self) -> Path:
        """The case folder, or the file of another program that the case was opened from."""
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

    def _own(self) -> None:
        """Refuse to change a case that stands in another program's file."""
        if self.foreign is not None:
            from accordant.errors import InputError

            raise InputError(
                f"{self.folder.path} is a file of another program; convert it to a case, and change that"
            )

    def _once(self, key: object, answer: Callable[[], Result]) -> Result:
        """An answer, worked out when it is first asked for."""
        if key not in self._answers:
            self._answers[key] = answer()
        return cast("Result", self._answers[key])
