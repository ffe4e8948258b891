"""The look of an organisation's own documents: what every form takes from a house template."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal


@dataclass(frozen=True, slots=True)
class House:
    """What an organisation's documents look like; :data:`PLAIN` is ours.

    Attributes
    ----------
    name
        The organisation, as it stands in the properties of a document.
    header, footer
        Lines at the head and the foot of each page.
    logo, logo_kind
        A picture beside the header, and what it is.
    paper
        Size of a page.
    text_font, heading_font
        Families; empty for ours.
    fonts
        Font files that hold them.
    embed_fonts
        Whether their licence permits that a web page carries them.
    accent
        Colour of links.
    css
        Style rules for the web page, after ours.
    docx
        A Word document whose styles are taken over.
    typst
        A Typst template; empty for ours.
    """

    name: str = ""
    header: str = ""
    footer: str = ""
    logo: bytes | None = None
    logo_kind: Literal["", "png", "svg"] = ""
    paper: Literal["a4", "letter"] = "a4"
    text_font: str = ""
    heading_font: str = ""
    fonts: tuple[Path, ...] = ()
    embed_fonts: bool = False
    accent: str = "#1f4f82"
    css: str = ""
    docx: bytes | None = None
    typst: str = ""


PLAIN = House()
"""No house: Accordant's own look."""
