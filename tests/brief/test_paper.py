"""The brief as a person gets it: printed by a browser, read back from the PDF."""

from __future__ import annotations

import re
import subprocess
from html import escape
from pathlib import Path

import pytest

from accordant.brief import build
from tests.brief import fakes
from tests.brief.browser import dumped, printed

HEADINGS = (
    "Bottom line",
    "Proposals, and who would accept them",
    "Outcomes that hold",
    "What each party wants",
    "Why each outcome holds or not",
    "What the answers rest on",
    "Judgements of others",
    "What has happened",
    "Sources",
    "Assumptions",
    "Method and limits",
)


@pytest.fixture(scope="module")
def pages(chromium: str, pdftotext: str, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    folder = tmp_path_factory.mktemp("paper")
    page = build(fakes.opened()).save(folder / "brief.html")
    pdf = printed(chromium, page, folder)
    made = subprocess.run([pdftotext, "-layout", str(pdf), "-"], capture_output=True, check=True, timeout=60)
    return made.stdout.decode().split("\f")[:-1]


def test_the_first_page_is_the_bottom_line_and_nothing_else(pages: list[str]) -> None:
    assert "Bottom line" in pages[0]
    assert "Proposals, and who would accept them" not in pages[0]
    assert all(f"{k}" in pages[0] for k in range(1, 6))


def test_every_part_is_on_paper(pages: list[str]) -> None:
    text = " ".join(" ".join(pages).split())
    at = [text.find(h) for h in HEADINGS]
    assert -1 not in at
    assert at == sorted(at)


def test_a_small_case_fits_few_pages(pages: list[str]) -> None:
    assert 4 <= len(pages) <= 14


def test_what_folds_on_a_screen_stands_open_on_paper(pages: list[str]) -> None:
    text = " ".join(" ".join(pages).split())
    assert "would leave s2 for s4" in text  # the reason of a cell
    assert "The moves that are drawn" in text  # the table of a figure
    assert len(re.findall("Truce: lasting", text)) >= 3


def test_every_page_carries_version_digest_and_number(pages: list[str]) -> None:
    for k, page in enumerate(pages, 1):
        foot = " ".join(page.split())
        assert "Accordant 0.1.0 · case 0123456789ab" in foot
        assert re.search(rf"{k} ?/ ?{len(pages)}$", foot)


def test_arabic_is_on_paper(pages: list[str]) -> None:
    letters = {c for page in pages for c in page if "\u0600" <= c <= "\u06ff" or "\ufb50" <= c <= "\ufeff"}
    assert len(letters) > 8


@pytest.mark.parametrize("width", [340, 1100])
def test_nothing_runs_over_the_edge_of_a_screen(chromium: str, tmp_path: Path, width: int) -> None:
    page = escape(build(fakes.opened()).html(), quote=True)
    outer = tmp_path / "outer.html"
    # A frame of the telephone's width; the page itself runs no script, the one around it measures.
    outer.write_text(
        f'<iframe id="f" width="{width}" height="800" frameborder="0" srcdoc="{page}"></iframe>'
        "<script>onload = () => { document.body.dataset.wide ="
        " document.getElementById('f').contentDocument.documentElement.scrollWidth }</script>",
        encoding="utf-8",
    )
    found = re.search(r'<body data-wide="(\d+)"', dumped(chromium, outer, tmp_path))
    assert found
    assert int(found[1]) <= width
