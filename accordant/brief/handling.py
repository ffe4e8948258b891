"""What a brief must not carry: restricted claims, unless they are asked for by name."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from accordant.case.objects import Case
from accordant.errors import InputError, did_you_mean


@dataclass(frozen=True)
class Handling:
    """Which claims of a case are withheld, and what must go with them.

    A withheld claim keeps its number, kind, grade and standing, so that the answers can still be
    followed; its words, its place, its report and the name of its source stay behind.

    Raises
    ------
    InputError
        If ``released`` names something that is no restricted claim of the case.

    Examples
    --------
    >>> Handling(Case.model_validate({"title": "t", "parties": {}})).withheld
    frozenset()
    """

    case: Case
    released: Collection[str] = ()
    withheld: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        held = [c for c, claim in self.case.claims.items() if claim.handling == "restricted"]
        for name in self.released:
            if name not in held:
                hint = did_you_mean(name, held)
                allowed = ", ".join(held) if held else "none: the case has no restricted claims"
                raise InputError(
                    f"{name!r} is not a restricted claim; allowed: {allowed}" + (f"; {hint}" if hint else "")
                )
        object.__setattr__(self, "withheld", frozenset(held) - frozenset(self.released))

    def only_withheld(self, because: Collection[str]) -> bool:
        """Whether all the claims that something stands on are withheld (and there is one)."""
        return bool(because) and all(c in self.withheld for c in because)

    def report_withheld(self, report: str) -> bool:
        """Whether a report is only known through withheld claims."""
        return self.only_withheld([c for c, claim in self.case.claims.items() if claim.report == report])

    def origin_withheld(self, origin: str) -> bool:
        """Whether an origin is only known through withheld claims."""
        return self.only_withheld([c for c, claim in self.case.claims.items() if claim.origin == origin])

    @property
    def notice(self) -> str:
        """The most confidential handling of anything that is shown, empty when all is public."""
        shown = {claim.handling for c, claim in self.case.claims.items() if c not in self.withheld}
        return "restricted" if "restricted" in shown else "team" if "team" in shown else ""
