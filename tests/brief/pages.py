"""Documents as other programs open them: LibreOffice sets them, poppler reads and draws the pages.

The programs come from the fixtures ``soffice``, ``pdftotext`` and ``pdftoppm``, which skip a test
where one of them is not installed.
"""

from __future__ import annotations

import atexit
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

EDGE = 8.0
"""Points from the edge of a sheet within which nothing is ever printed: a printer cannot reach there."""


@dataclass(frozen=True)
class Drawn:
    """A page as it looks: where there is ink."""

    number: int
    ink: Any
    """An array of truth values, row by row from the top."""
    dpi: int

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in points."""
        down, across = self.ink.shape
        return across * 72 / self.dpi, down * 72 / self.dpi

    @property
    def wide(self) -> bool:
        """Whether the page lies on its side."""
        return self.size[0] > self.size[1]

    def inked(self, top: float = 0.0, bottom: float = 0.0) -> float:
        """The share of the page that is inked, without so many points of its head and foot."""
        rows = slice(self._pixels(top), len(self.ink) - self._pixels(bottom))
        return float(self.ink[rows].mean())

    def blank(self, top: float = 60.0, bottom: float = 60.0) -> bool:
        """Whether nothing stands between the running head and the running foot."""
        return self.inked(top, bottom) < 0.0005

    def margins(self) -> tuple[float, float, float, float]:
        """How far the ink stays from the left, the top, the right and the bottom edge, in points."""
        down, across = np.flatnonzero(self.ink.any(axis=1)), np.flatnonzero(self.ink.any(axis=0))
        if not down.size:
            return (*self.size, *self.size)
        far = (across[0], down[0], self.ink.shape[1] - 1 - across[-1], self.ink.shape[0] - 1 - down[-1])
        left, top, right, bottom = (float(pixels) * 72 / self.dpi for pixels in far)
        return left, top, right, bottom

    def clipped(self, edge: float = EDGE) -> bool:
        """Whether ink comes so near an edge of the sheet that it is cut off, or would be by a printer."""
        return min(self.margins()) < edge

    def left_over(self, top: float = 60.0, bottom: float = 60.0) -> float:
        """The share of the height between head and foot that is empty below the last ink."""
        rows = self.ink[self._pixels(top) : len(self.ink) - self._pixels(bottom)].any(axis=1)
        last = np.flatnonzero(rows)
        return 1.0 if not last.size else 1.0 - float(last[-1] + 1) / len(rows)

    def _pixels(self, points: float) -> int:
        return round(points * self.dpi / 72)


@lru_cache(maxsize=1)
def _profile() -> Path:
    """A profile of LibreOffice for this process alone: two that share one wait for each other, or fail."""
    folder = Path(tempfile.mkdtemp(prefix="accordant-office-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def opened(soffice: str, document: Path, folder: Path, to: str = "pdf") -> Path:
    """The document as LibreOffice understands it, saved in another form: ``pdf``, ``docx``, ``xlsx``."""
    command = [soffice, f"-env:UserInstallation={_profile().as_uri()}", "--headless", "--norestore"]
    folder.mkdir(parents=True, exist_ok=True)
    said = subprocess.run(
        [*command, "--convert-to", to, "--outdir", str(folder), str(document)],
        capture_output=True,
        check=True,
        timeout=240,
    )
    made = folder / f"{document.stem}.{to.partition(':')[0]}"
    assert made.is_file(), said.stdout.decode() + said.stderr.decode()
    return made


def texts(pdftotext: str, pdf: Path, *, layout: bool = False) -> list[str]:
    """The words of each page, in reading order; ``layout`` keeps them where they stand on the sheet."""
    how = ["-layout"] if layout else []
    made = subprocess.run([pdftotext, *how, str(pdf), "-"], capture_output=True, check=True, timeout=120)
    return made.stdout.decode().split("\f")[:-1]


def drawn(pdftoppm: str, pdf: Path, dpi: int = 50) -> list[Drawn]:
    """The pages as they look; what is nearly white is paper."""
    command = [pdftoppm, "-gray", "-r", str(dpi), str(pdf)]
    made = subprocess.run(command, capture_output=True, check=True, timeout=240)
    return [Drawn(k, page < 245, dpi) for k, page in enumerate(_greys(made.stdout), 1)]


def pictures(pdftoppm: str, pdf: Path, folder: Path, dpi: int = 70) -> list[Path]:
    """The pages as PNG files, for somebody to look at."""
    folder.mkdir(parents=True, exist_ok=True)
    command = [pdftoppm, "-png", "-r", str(dpi), str(pdf), str(folder / pdf.stem)]
    subprocess.run(command, capture_output=True, check=True, timeout=240)
    return sorted(folder.glob(f"{pdf.stem}-*.png"))


def _greys(stream: bytes) -> list[Any]:
    """Portable greymaps, one after the other, as arrays of bytes."""
    found, at = [], 0
    while at < len(stream):
        kind, across, down = stream[at : at + 64].split(maxsplit=3)[:3]
        assert kind == b"P5", kind
        across_, down_ = int(across), int(down)
        start = at
        for _line in range(3):  # the kind, the size and the deepest grey, each on a line of its own
            start = stream.index(b"\n", start) + 1
        found.append(np.frombuffer(stream, np.uint8, across_ * down_, start).reshape(down_, across_))
        at = start + across_ * down_
    return found
