"""What our own styles look like: a list that a house may restyle, name by name.

Sizes are in points, distances in points too; :mod:`accordant.brief.docx.styles` writes them in Word's units.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from accordant.brief.document import Mark

INK, SOFT, RULE, TINT = "1D2328", "545D65", "C9CED3", "F4F5F6"
TEXT_FONT, CODE_FONT = "Arial", "Courier New"
"""Arial: every Word has it, with Arabic and Hebrew in it, and LibreOffice has one of the same widths."""

LABEL = 124.0
"""How far the text of a labelled line stands from its label's start."""
NUMBER = 26.0
"""How far text stands from the number before it."""


@dataclass(frozen=True, slots=True)
class Look:
    """A paragraph style, as it differs from the one that it is based on.

    Attributes
    ----------
    name
        As Word knows it; those of its own are in lower case.
    on, then
        The style that it is based on, and the one of the paragraph that follows.
    before, after
        Room above and below.
    left, hang
        Indentation, and how far the first line stands out of it; a tab leads from one to the other.
    line
        Distance of lines, as a share of the type.
    rule
        A line above, or on the left.
    keep
        Whether it stays on one page with what follows.
    """

    name: str
    on: str = "Body Text"
    then: str = ""
    size: float = 0.0
    bold: bool | None = None
    italic: bool = False
    colour: str = ""
    before: float = 0.0
    after: float | None = None
    left: float = 0.0
    hang: float = 0.0
    line: float = 0.0
    heading: bool = False
    level: int = -1
    keep: bool = False
    whole: bool = False
    rule: Literal["", "above", "left"] = ""
    tint: bool = False
    capitals: bool = False
    ends: Literal["", "right", "centre"] = ""
    """Where the line ends: the text of a running head that stands on the right."""


MARKS: dict[Mark, str] = {"yes": "●", "no": "○", "open": "◐"}
"""What stands before the words of a cell; the words say the same."""

TABLE, SMALL = 8.0, 7.0
"""Sizes of type in tables: as a rule, and where the columns would not fit otherwise."""

LOOKS = (
    Look("Body Text", "Normal", after=5),
    Look("Title", "Normal", "Subtitle", size=18, bold=True, after=5, line=1.1, heading=True, keep=True),
    Look("Subtitle", "Normal", "Body Text", size=11.5, colour=SOFT, after=8, line=1.2, keep=True),
    Look(
        "heading 1",
        "Normal",
        "Body Text",
        size=13.5,
        bold=True,
        before=12,
        after=4,
        line=1.15,
        heading=True,
        level=0,
        keep=True,
        whole=True,
        rule="above",
    ),
    Look(
        "heading 2",
        "Normal",
        "Body Text",
        size=11.5,
        bold=True,
        before=11,
        after=3,
        line=1.15,
        heading=True,
        level=1,
        keep=True,
        whole=True,
    ),
    Look(
        "heading 3",
        "Normal",
        "Body Text",
        size=10.5,
        bold=True,
        before=12,
        after=3,
        heading=True,
        level=2,
        keep=True,
        whole=True,
    ),
    Look(
        "heading 4",
        "Normal",
        "Body Text",
        size=10,
        bold=True,
        italic=True,
        before=10,
        after=3,
        heading=True,
        level=3,
        keep=True,
        whole=True,
    ),
    Look("caption", "Normal", "Body Text", size=9.5, bold=True, before=8, after=3, keep=True, whole=True),
    Look("List Bullet", after=2, left=16, hang=16),
    Look("List Number", after=2, left=20, hang=20),
    Look("Quote", size=9, after=3, left=NUMBER + 8, rule="left"),
    Look("header", "Normal", size=8, colour=SOFT),
    Look("footer", "Normal", size=8, colour=SOFT),
    Look("Accordant Mark", "header", bold=True, colour=INK, capitals=True, ends="right"),
    Look("Accordant Kicker", "Normal", size=9, colour=SOFT, after=5, keep=True),
    Look("Accordant Notice", "Normal", size=9, after=6, left=9, rule="left", tint=True, whole=True),
    Look("Accordant Contents", "Normal", size=9, after=4),
    Look("Accordant Lead", size=10.5, after=6),
    Look("Accordant Note", size=8, colour=SOFT, after=6),
    Look(
        "Accordant Judgement",
        then="Accordant Basis",
        size=10.5,
        bold=True,
        before=9,
        after=3,
        left=NUMBER,
        hang=NUMBER,
        keep=True,
        whole=True,
    ),
    Look("Accordant Basis", size=9, after=1, left=NUMBER + LABEL, hang=LABEL, whole=True),
    Look("Accordant Fact", size=9, after=2.5, left=LABEL + 10, hang=LABEL + 10, whole=True),
    Look("Accordant Term", bold=True, before=4, after=1, keep=True, whole=True),
    Look("Accordant Meaning", size=9, after=4, left=NUMBER, whole=True),
    Look("Accordant Origin", bold=True, before=12, after=1, keep=True, whole=True),
    Look("Accordant Source", before=6, after=2, left=NUMBER, hang=NUMBER, keep=True, whole=True),
    Look("Accordant Source Facts", size=8.5, colour=SOFT, after=4, left=NUMBER, whole=True),
    Look("Accordant Picture", "Normal", before=2, after=4),
    Look("Accordant Reason", size=8.5, after=3, left=9),
    Look("Accordant Table Text", "Normal", size=TABLE, line=1.02),
    Look("Accordant Table Column Head", "Accordant Table Text", bold=True, keep=True),
    Look("Accordant Table Row Head", "Accordant Table Text", bold=True),
    Look("Accordant Table Group Head", "Accordant Table Text", bold=True, keep=True),
    Look("Accordant Small Table Text", "Accordant Table Text", size=SMALL),
    Look("Accordant Small Table Column Head", "Accordant Small Table Text", bold=True, keep=True),
    Look("Accordant Small Table Row Head", "Accordant Small Table Text", bold=True),
    Look("Accordant Small Table Group Head", "Accordant Small Table Text", bold=True, keep=True),
    Look("Accordant Break", "Normal", size=1, line=0.1),
)

BUILT_IN = {
    "normal",
    "body text",
    "title",
    "subtitle",
    "heading 1",
    "heading 2",
    "heading 3",
    "heading 4",
    "caption",
    "list bullet",
    "list number",
    "quote",
    "header",
    "footer",
    "strong",
    "emphasis",
    "hyperlink",
    "normal table",
    "default paragraph font",
    "no list",
}
"""Styles that Word has by itself; the others are marked as a document's own."""
