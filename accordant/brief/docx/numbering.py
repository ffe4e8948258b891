"""Lists: dots, numbers, and the numbers of judgements, each list from one."""

from __future__ import annotations

from typing import Literal

from lxml import etree  # type: ignore[import-untyped]  # lxml ships no types

from accordant.brief.docx import look
from accordant.brief.docx.xml import Element, W, part, w

Kind = Literal["bullet", "number", "judgement"]


def _level(kind: Kind) -> Element:
    left = {"bullet": 16.0, "number": 20.0, "judgement": look.NUMBER}[kind]
    # A dash: a dot would have to come from a font of symbols, which not every program has.
    told = "–" if kind == "bullet" else "%1."
    place = w("ind", left=round(left * 20), hanging=round(left * 20))
    tab = w("tabs", w("tab", val="num", pos=round(left * 20)))
    return w(
        "lvl",
        w("start", val=1),
        w("numFmt", val="bullet" if kind == "bullet" else "decimal"),
        w("lvlText", val=told),
        w("lvlJc", val="left"),
        w("pPr", tab, place),
        w("rPr", w("color", val=look.SOFT)) if kind != "number" else None,
        ilvl=0,
    )


class Numbering:
    """The numbering part: ours after what a house's own document has."""

    def __init__(self, theirs: bytes = b"") -> None:
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        self._root: Element = etree.fromstring(theirs, parser) if theirs else w("numbering")
        self._kinds: dict[Kind, int] = {}
        self._numbers = max(self._ids("num", "numId"), default=0)
        self._bullets = 0
        self.used = bool(theirs)

    def _ids(self, tag: str, name: str) -> list[int]:
        found = self._root.findall(f"{{{W}}}{tag}")
        return [int(one.get(f"{{{W}}}{name}", "0")) for one in found]

    def new(self, kind: Kind) -> int:
        """A list that starts at one; all lists of dots are the same list."""
        if kind == "bullet" and self._bullets:
            return self._bullets
        self.used = True
        self._numbers += 1
        start = w("lvlOverride", w("startOverride", val=1), ilvl=0) if kind != "bullet" else None
        self._root.append(w("num", w("abstractNumId", val=self._abstract(kind)), start, numId=self._numbers))
        if kind == "bullet":
            self._bullets = self._numbers
        return self._numbers

    def _abstract(self, kind: Kind) -> int:
        if kind not in self._kinds:
            number = max(self._ids("abstractNum", "abstractNumId"), default=-1) + 1
            made = w(
                "abstractNum", w("multiLevelType", val="singleLevel"), _level(kind), abstractNumId=number
            )
            # What lists look like stands before the lists themselves.
            self._root.insert(len(self._root.findall(f"{{{W}}}abstractNum")), made)
            self._kinds[kind] = number
        return self._kinds[kind]

    def xml(self) -> bytes:
        """The part."""
        return part(self._root)
