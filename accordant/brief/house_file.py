"""``house.yaml``: what an organisation says about the look of its documents."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from accordant.case.base import Flag, Node
from accordant.case.findings import Finding

LONGEST = 160
"""Most characters of a line at the head or the foot of a page."""
READABLE = 4.5
"""Least contrast of a link on white paper: WCAG 2.2, success criterion 1.4.3."""


def _version(value: object) -> object:
    return 1 if value == "1" else value


class HouseFile(Node):
    """What ``house.yaml`` may hold; everything but the first line may be left out."""

    version: Annotated[Literal[1], BeforeValidator(_version, json_schema_input_type=Literal[1])] = Field(
        alias="accordant-house", description="version of the format"
    )
    name: str = Field(default="", description="the organisation, for the properties of documents")
    header: str = Field(default="", description="a line at the head of each page")
    footer: str = Field(default="", description="a line at the foot of each page")
    logo: str = Field(default="", description="a picture in the folder, .svg or .png, beside the header")
    paper: Literal["a4", "letter"] = Field(default="a4", description="size of a page")
    accent: str = Field(default="#1f4f82", description="colour of links, as #rrggbb, dark enough to be read")
    text_font: str = Field(default="", description="family of running text; empty: the one that comes along")
    heading_font: str = Field(default="", description="family of headings; empty: that of the text")
    embed_fonts: Flag = Field(
        default=False,
        description="the licence of the fonts permits that web pages carry them; documents for Word never do",
    )


def wrong_in(file: HouseFile) -> Iterator[Finding]:
    """What the form of the file cannot tell: lines that are none, colours that cannot be read."""
    for key in ("name", "header", "footer", "text_font", "heading_font"):
        text = getattr(file, key)
        if "\n" in text.strip():
            yield Finding((key,), "has several lines; one is allowed")
        elif len(text) > LONGEST:
            yield Finding((key,), f"has {len(text)} characters; at most {LONGEST} fit on a line")
    colour = re.fullmatch(r"#[0-9a-fA-F]{6}", file.accent)
    if not colour:
        yield Finding(
            ("accent",), "is no colour", file.accent, hint="write it as #rrggbb, in quotation marks"
        )
    elif (found := contrast(file.accent)) < READABLE:
        hint = f"choose a darker one: at least {READABLE} to 1"
        yield Finding(("accent",), f"stands out from white by {found:.1f} to 1 only", file.accent, hint=hint)


def contrast(colour: str) -> float:
    """How far a colour, as ``#rrggbb``, stands out from white: from 1 to 21.

    References
    ----------
    .. [1] W3C, Web Content Accessibility Guidelines 2.2: relative luminance, contrast ratio.

    Examples
    --------
    >>> round(contrast("#000000"), 1), round(contrast("#ffffff"), 1), round(contrast("#767676"), 2)
    (21.0, 1.0, 4.54)
    """
    parts = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)
