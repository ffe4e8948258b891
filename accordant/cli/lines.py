"""The lines of a case that an answer uses, down to the quoted words: elements, claims, assumptions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rich.console import RenderableType
from rich.text import Text

from accordant.cli.output import indented
from accordant.evidence.handling import WITHHELD, Handling

if TYPE_CHECKING:
    from accordant.case.grounds import Element
    from accordant.case.sources import Claim
    from accordant.opened import OpenCase


@dataclass(frozen=True)
class Lines:
    """Elements of a case by their ids, with what they stand on, but for what is withheld."""

    opened: OpenCase
    ids: Sequence[str]
    held: Handling

    @property
    def elements(self) -> tuple[Element, ...]:
        """The elements, each once."""
        return tuple(self.opened.compiler.element[e] for e in dict.fromkeys(self.ids))

    def to_json(self) -> dict[str, Any]:
        """The elements and the claims that they stand on."""
        claims = {g for e in self.elements for g in e.grounds} & set(self.opened.case.claims)
        return {
            "elements": {e.id: self._element_json(e) for e in self.elements},
            "claims": {c: self._claim_json(c) for c in sorted(claims)},
        }

    def page(self) -> Iterator[RenderableType]:
        """The elements as a page; nothing where there are none."""
        if self.elements:
            yield Text("The lines of the case that this uses", style="bold")
        for element in self.elements:
            yield from self._element(element)

    def _element(self, element: Element) -> Iterator[RenderableType]:
        unsure = " (unsure: checked both ways)" if element.unsure else ""
        yield indented(f"{element.id}: {element.says}{unsure}")
        for ground in sorted(element.grounds):
            claim = self.opened.case.claims.get(ground)
            if claim is None:
                yield indented(f"assumption {ground}: {self._assumption(ground)}", 4)
            else:
                out = "" if ground in element.standing else ", which does not count"
                yield from self._claim(ground, f"claim {ground}{out}")

    def _claim(self, id_: str, head: str) -> Iterator[RenderableType]:
        claim = self.opened.case.claims[id_]
        if id_ in self.held.withheld:
            yield indented(f"{head}: {WITHHELD}", 4)
            return
        yield indented(f"{head}: {claim.says}", 4)
        yield indented(f"“{claim.quote}”", 6)
        yield indented(self._source(claim), 6)

    def _assumption(self, ground: str) -> str:
        from accordant.case.grounds import assumptions

        found = assumptions(self.opened.case)[ground]
        return found.says if found.stated else "nothing is given for this"

    def _source(self, claim: Claim) -> str:
        case = self.opened.case
        report = case.reports[claim.report]
        origin = case.origins.get(claim.origin or "")
        whose = (origin.name or origin.words or claim.origin) if origin else None
        said_by = f"{whose} ({claim.attribution})" if whose else claim.attribution
        place = f"{report.file} at {claim.at[0]}–{claim.at[1]}"
        return "; ".join(
            p for p in (said_by, report.outlet, place, f"grade {claim.grade}", claim.status) if p
        )

    def _element_json(self, element: Element) -> dict[str, Any]:
        claims = self.opened.case.claims
        return {
            "says": element.says,
            "unsure": element.unsure,
            "because": sorted(element.grounds & set(claims)),
            "assumed": {g: self._assumption(g) for g in sorted(element.grounds - set(claims))},
        }

    def _claim_json(self, id_: str) -> dict[str, Any]:
        claim, held = self.opened.case.claims[id_], id_ in self.held.withheld
        return {
            "says": None if held else claim.says,
            "quote": None if held else claim.quote,
            "report": None if held else claim.report,
            "at": None if held else list(claim.at),
            "origin": None if held else claim.origin,
            "attribution": claim.attribution,
            "grade": claim.grade,
            "status": claim.status,
            "withheld": held,
        }
