"""A case as it would be after a change that somebody asked for, before it is written."""

from __future__ import annotations

from dataclasses import dataclass

from accordant.case.folder import CaseFolder
from accordant.case.objects import Case


@dataclass(frozen=True)
class Change:
    """A changed case; nothing is written before :meth:`apply`.

    Attributes
    ----------
    folder
        The case as it was read.
    case
        The case as it would be.
    """

    folder: CaseFolder
    case: Case

    def apply(self) -> CaseFolder:
        """Write it to the case folder.

        Raises
        ------
        FailedError
            If the case has changed on the disk since it was read, or cannot be written.
        """
        return self.folder.save(self.case)
