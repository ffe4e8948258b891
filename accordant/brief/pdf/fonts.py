"""The fonts that pages are set in: FiraGO and Fira Mono from a pinned package, then a house's own."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from accordant.brief.pdf.truetype import Letters, letters

if TYPE_CHECKING:
    import typst

FAMILY, MONO = "FiraGO", "Fira Mono"
"""One family for Latin, Greek, Cyrillic, Arabic and Hebrew, and one of fixed width."""
_FILES = {"regular": "figo", "bold": "figbo", "italic": "figit", "bold-italic": "figbi", "mono": "fimo"}
_PROBE = "#set document(title: [T], date: none)\n#set text(font: {families})\n#sys.inputs.letter"


@lru_cache(maxsize=1)
def folder() -> Path:
    """The font files, written once in a process and gone when it ends.

    The typesetter takes fonts as files only. A folder of this process alone cannot have been filled by
    anybody else, and is never half written.
    """
    import pymupdf_fonts  # type: ignore[import-untyped]  # font files alone, without types

    made = Path(tempfile.mkdtemp(prefix="accordant-fonts-"))
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    for name, code in _FILES.items():
        (made / f"{name}.ttf").write_bytes(pymupdf_fonts.myfont(code))
    return made


@lru_cache(maxsize=8)
def shelf(own: tuple[Path, ...] = (), system: bool = False) -> typst.Fonts:
    """The fonts to set with: ours, a house's, and those of the machine only where they are asked for."""
    import typst

    # The typesetter looks through folders; of a single file it takes nothing, and says nothing.
    folders = dict.fromkeys(str(path.parent) for path in own)
    return typst.Fonts(
        include_system_fonts=system,
        include_embedded_fonts=True,
        font_paths=[str(folder()), *folders],
    )


@lru_cache(maxsize=2)
def measure(bold: bool = False) -> Letters:
    """How wide the letters of our text are."""
    return letters((folder() / f"{'bold' if bold else 'regular'}.ttf").read_bytes())


def without(text: str, families: tuple[str, ...], own: tuple[Path, ...]) -> tuple[bool, frozenset[str]]:
    """Whether fonts of the machine are needed for a text, and which characters no font has.

    A page with an empty box in place of a letter can be read by nobody and passes no check. Fonts of the
    machine are looked at only for what ours do not have, such as Chinese: without such text the same
    document has the same bytes on every machine.
    """
    odd = measure().lacks(text)
    missing = {c for c in odd if not _sets(c, families, own, system=False)}
    if not missing:
        return False, frozenset()
    found = {c for c in missing if _sets(c, families, own, system=True)}
    return bool(found), frozenset(missing - found)


@lru_cache(maxsize=4096)
def _sets(letter: str, families: tuple[str, ...], own: tuple[Path, ...], *, system: bool) -> bool:
    """Whether the typesetter has a picture of a character: it refuses one that it cannot show."""
    import typst

    names = "(" + "".join(f'"{name}", ' for name in families) + ")"
    try:
        typst.compile(
            _PROBE.replace("{families}", names).encode(),
            font_paths=shelf(own, system),
            sys_inputs={"letter": letter},
            pdf_standards=["ua-1"],
            timestamp=datetime(2000, 1, 1, tzinfo=UTC),
        )
    except typst.TypstError:
        return False
    return True
