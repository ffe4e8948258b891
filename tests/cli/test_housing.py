"""Templates on the command line: made, checked, and used by ``brief``."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from accordant.brief.house_start import start_house
from tests.documents import ROOT

Run = Callable[..., Any]
CASE = str(ROOT / "cases" / "elmira")


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return start_house(tmp_path_factory.mktemp("started") / "office")


@pytest.fixture
def office(started: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return Path(shutil.copytree(started, tmp_path / "office"))


def test_a_template_that_was_just_made_has_no_mistakes(
    accordant: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert accordant("house", "office").status == 0
    ran = accordant("house", "office", "--check", "-o", "sample.html", "-o", "sample.md")
    assert ran.status == 0
    assert "styles.docx   Word documents take its styles and fonts" in ran.out
    assert ran.out.endswith("No mistakes, no warnings.\n")
    assert "wrote sample.html" in ran.err
    assert {p.name for p in tmp_path.iterdir()} == {"office", "sample.html", "sample.md"}


def test_links_are_said_to_be_as_they_are(accordant: Run, office: Path) -> None:
    (office / "house.yaml").write_text('accordant-house: 1\naccent: "#7a1f2b"\n', encoding="utf-8")
    told = accordant("house", "office", "--check").out
    assert "links #7a1f2b\n" in told
    assert "take its styles and fonts\n" in told
    from docx import Document
    from docx.shared import RGBColor

    styles = Document(str(office / "styles.docx"))
    styles.styles["Hyperlink"].font.color.rgb = RGBColor(0, 0x40, 0)
    styles.save(str(office / "styles.docx"))
    assert "take its styles and fonts, links #004000\n" in accordant("house", "office", "--check").out


def test_a_template_is_not_made_over_another(accordant: Run, office: Path) -> None:
    before = (office / "house.yaml").read_bytes()
    ran = accordant("house", "office")
    assert (ran.status, ran.out) == (2, "")
    assert "is a template already; accordant house office --check looks at it" in ran.err
    assert (office / "house.yaml").read_bytes() == before


def test_every_mistake_is_told_before_anything_is_written(accordant: Run, office: Path) -> None:
    (office / "house.yaml").write_text('accordant-house: 1\naccent: "yellow"\nheadr: us\n', encoding="utf-8")
    (office / "style.css").write_text("@import 'x';", encoding="utf-8")
    for words in (("house", "office", "--check"), ("brief", CASE, "-o", "b.html", "--template", "office")):
        ran = accordant(*words)
        assert (ran.status, ran.out) == (2, "")
        assert ran.err.count("error: ") == 4
        assert "3 mistakes in the template office" in ran.err
        assert "did you mean 'header'?" in ran.err
    assert not Path("b.html").exists()


def test_what_is_wrong_with_a_page_is_told_with_its_line(accordant: Run, office: Path) -> None:
    (office / "template.typ").write_text("#let house(body, meta) = {\n  no-such-thing\n}\n", encoding="utf-8")
    ran = accordant("house", "office", "--check", "-o", "sample.pdf", "-o", "sample.md")
    assert ran.status == 2
    assert "template.typ: error: " in ran.err
    assert "house.typ:2" in ran.err
    assert not Path("sample.pdf").exists()


def test_a_document_is_set_in_the_template(accordant: Run, office: Path) -> None:
    (office / "house.yaml").write_text("accordant-house: 1\nheader: Office of the Envoy\n", encoding="utf-8")
    files = ("-o", "a.html", "-o", "a.docx", "-o", "a.pdf")
    ran = accordant("brief", CASE, "-k", "method", *files, "--template", "office")
    assert ran.status == 0, ran.err
    assert '<div class="house"><p>Office of the Envoy</p></div>' in Path("a.html").read_text(encoding="utf-8")
    from io import BytesIO

    from docx import Document
    from pypdf import PdfReader

    heads = Document(BytesIO(Path("a.docx").read_bytes())).sections[0].first_page_header.paragraphs
    assert "Office of the Envoy" in " ".join(p.text for p in heads)
    pages = PdfReader("a.pdf").pages
    assert all("Office of the Envoy" in page.extract_text() for page in pages)


def test_nothing_is_written_into_the_template(accordant: Run, office: Path) -> None:
    before = (office / "styles.docx").read_bytes()
    ran = accordant("brief", CASE, "-o", "office/styles.docx", "--template", "office")
    assert (ran.status, ran.out) == (2, "")
    assert "lies in the template office" in ran.err
    assert (office / "styles.docx").read_bytes() == before


def test_a_template_that_is_not_there_is_said_to_be_missing(accordant: Run, tmp_path: Path) -> None:
    ran = accordant("brief", CASE, "-o", str(tmp_path / "b.html"), "--template", str(tmp_path / "none"))
    assert (ran.status, ran.out) == (2, "")
    assert "there is no such folder" in ran.err


def test_a_sample_goes_with_a_check(accordant: Run, tmp_path: Path) -> None:
    ran = accordant("house", str(tmp_path / "new"), "-o", "sample.pdf")
    assert ran.status == 2
    assert "--output goes with --check" in ran.err
    assert not (tmp_path / "new").exists()
