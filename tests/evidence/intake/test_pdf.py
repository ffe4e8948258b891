"""PDF: the text layer as paragraphs, with heads, feet and divided words."""

from __future__ import annotations

import subprocess
from collections import Counter
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accordant.errors import ReportError
from accordant.evidence.intake.built import Building
from accordant.evidence.intake.hyphens import Divided, Words
from accordant.evidence.intake.layout import Line, Page, lay_out
from accordant.evidence.intake.limits import LIMITS, Limits
from accordant.evidence.reading import read_report
from accordant.evidence.text import Intake, take_in
from tests.evidence.intake.made import column, pdf

BODY = [
    "The board met on Monday and heard the engineers of the",
    "lower valley, who said that the dam can be lowered by a",
    "metre before the harvest.",
    "",
    "The growers said that they would not accept it unless",
    "the owners of the upper weirs are paid.",
]


def paragraphs(intake: Intake) -> list[str]:
    return intake.text.strip().split("\n\n")


def marked(intake: Intake) -> list[tuple[str, str]]:
    return [(piece.span.of(intake.text), piece.what) for piece in intake.furniture]


def test_lines_become_paragraphs_again() -> None:
    assert paragraphs(take_in(pdf([column(BODY)]), "minutes.pdf")) == [
        "The board met on Monday and heard the engineers of the lower valley, who said that the dam can be "
        "lowered by a metre before the harvest.",
        "The growers said that they would not accept it unless the owners of the upper weirs are paid.",
    ]


def test_an_indented_line_a_larger_type_and_an_item_begin_a_paragraph() -> None:
    page = [
        (50.0, 560.0, 16.0, "Weir talks go on"),
        (50.0, 540.0, 10.0, "The board met on Monday and heard the engineers of"),
        (50.0, 528.0, 10.0, "the lower valley and many of the growers there."),
        (65.0, 516.0, 10.0, "Nothing was agreed on the upper weirs, the clerk"),
        (50.0, 504.0, 10.0, "wrote, because nobody had asked the owners first."),
        (50.0, 492.0, 10.0, "- the weirs stay as they are for the whole summer"),
        (50.0, 480.0, 10.0, "- the growers are heard again before the harvest"),
    ]
    assert [p.split()[0] for p in paragraphs(take_in(pdf([page]), "a.pdf"))] == [
        "Weir", "The", "Nothing", "-", "-",
    ]  # fmt: skip


def three_pages() -> bytes:
    def page(number: int, lines: list[str]) -> list[tuple[float, float, float, str]]:
        head, foot = (50.0, 570.0, 8.0, "Minutes of the board"), (190.0, 20.0, 8.0, f"Page {number} of 3")
        return [head, *column(lines), foot]

    return pdf(
        [
            page(1, BODY[:2]),
            page(2, BODY[2:]),
            page(3, ["Two people familiar with the talks said that it is near."]),
        ]
    )


def test_heads_and_page_numbers_are_kept_marked_and_part_no_paragraph() -> None:
    taken = take_in(three_pages(), "minutes.pdf")
    assert paragraphs(taken)[1].endswith("by a metre before the harvest.")
    assert Counter(what for _, what in marked(taken)) == {"running head": 3, "page number": 3}
    assert ("Page 2 of 3", "page number") in marked(taken)
    claims = read_report(three_pages(), "minutes.pdf").claims
    assert "two people familiar with the talks" in [c.source.text.lower() for c in claims]
    assert not any("Minutes" in c.quote or "Page" in c.quote for c in claims)


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("The dam stands. An of-", "ficial said no.", "An official said no."),
        ("A ceasefire holds. The cease-", "fire is a pause.", "The ceasefire is a pause."),
        ("The long-term plan and the long-", "term loans stay.", "the long-term loans stay."),
        ("They spoke of long-", "standing rights.", "of long-standing rights."),
        ("The talks in Karsel-", "Orlo went on.", "in Karsel-Orlo went on."),
    ],
)
def test_a_hyphen_goes_only_where_the_text_or_usage_shows_it(first: str, second: str, joined: str) -> None:
    taken = take_in(pdf([column([first, second])]), "a.pdf")
    assert joined in taken.text


def test_a_hyphen_that_may_be_part_of_the_word_is_said_with_its_place() -> None:
    taken = take_in(pdf([column(["They spoke of long-", "standing rights."])]), "a.pdf")
    (note,) = taken.notes
    assert note.kind == "line-end-hyphens"
    assert [span.of(taken.text) for span in note.at] == ["long-standing"]
    flags = read_report(pdf([column(["They spoke of long-", "standing rights."])]), "a.pdf").flags
    (flag,) = [f for f in flags if f.kind == "line-end-hyphens"]
    assert flag.at == note.at


def test_pages_without_text_are_said_and_a_scan_is_refused() -> None:
    taken = take_in(pdf([column(BODY), [], column(BODY[:3])]), "a.pdf")
    assert [n.says for n in taken.notes if n.kind == "pages-without-text"] == [
        "Page 2 of 3 holds no text, perhaps pictures of it: nothing of that is read."
    ]
    with pytest.raises(ReportError, match=r"scan\.pdf: no text in it: 2 pages of pictures"):
        take_in(pdf([[], []]), "scan.pdf")


def test_title_and_author_count_only_where_the_text_has_them() -> None:
    about = "/Title (Weir talks) /Author (template) /CreationDate (D:20310504)"
    taken = take_in(pdf([column(["Weir talks", "", *BODY])], about=about), "a.pdf")
    assert (taken.about.title, taken.about.author, taken.about.published) == ("Weir talks", None, None)


def test_a_page_that_a_browser_printed_says_where_it_stood() -> None:
    page = [
        (30.0, 580.0, 8.0, "5/4/31, 10:00 AM Weir talks"),
        *column(BODY),
        (30.0, 15.0, 8.0, "https://lakepost.example/weirs 1/1"),
    ]
    taken = take_in(pdf([page]), "a.pdf")
    assert taken.about.address == "https://lakepost.example/weirs"
    assert len(taken.furniture) == 2


def test_the_hash_is_that_of_the_file_and_the_same_file_gives_the_same_text() -> None:
    raw = three_pages()
    assert take_in(raw, "a.pdf") == take_in(raw, "a.pdf")
    assert take_in(raw, "a.pdf").size == len(raw)
    assert take_in(raw, "renamed.txt").format == "pdf"


def test_what_is_no_pdf_document_is_said() -> None:
    with pytest.raises(ReportError, match="the PDF document cannot be opened"):
        take_in(b"%PDF-1.4 and no more", "a.pdf")
    with pytest.raises(ReportError, match="named as a PDF document, and is none"):
        take_in(b"minutes", "a.pdf")
    locked = pdf([column(BODY)]).replace(b"/Root 1 0 R", b"/Root 1 0 R /Encrypt << /Filter /Standard /V 1 "
                                         b"/R 2 /P -4 /O (" + b"o" * 32 + b") /U (" + b"u" * 32 + b") >> "
                                         b"/ID [(a) (a)]")  # fmt: skip
    with pytest.raises(ReportError, match="locked by a password"):
        take_in(locked, "a.pdf")


def test_pages_and_length_are_bounded() -> None:
    with pytest.raises(ReportError, match="3 pages, at most 2"):
        take_in(three_pages(), "a.pdf", Limits(pages=2))
    with pytest.raises(ReportError, match="its text is too long: more than 40 characters"):
        take_in(three_pages(), "a.pdf", Limits(length=40))


WORDS = st.text(st.sampled_from("abcdeß字ש"), min_size=1, max_size=6)
LINES = st.lists(st.lists(WORDS, min_size=1, max_size=5).map(" ".join), min_size=0, max_size=12)


@given(st.lists(LINES, max_size=4))
def test_no_letter_is_lost_or_added_whatever_the_layout(pages: list[list[str]]) -> None:
    made = []
    for number, lines in enumerate(pages, 1):
        places = count()
        made.append(
            Page(
                number,
                600.0,
                [
                    Line(words, number, 50 + 7 * (next(places) % 3), 60 + 5 * len(words), 590 - 13 * k, 10.0)
                    for k, words in enumerate(lines)
                ],
            )
        )
    building = Building(LIMITS)
    lay_out(made, building)
    extract = building.done(take_in(b"x", "x.txt").about)
    letters = Counter(c for lines in pages for words in lines for c in words if not c.isspace())
    assert Counter(c for c in extract.text if not c.isspace()) == letters
    for piece in extract.furniture:
        assert piece.span.of(extract.text).strip() == piece.span.of(extract.text) != ""


HALF = st.text(st.sampled_from("abc"), min_size=1, max_size=5)


def undivided_by_definition(words: set[str], head: str, tail: str) -> bool:
    """A word of the text is the whole, or begins with the first half and four letters of the second."""
    if f"{head}-{tail}" in words:
        return False
    plain = {w for w in words if "-" not in w}
    begins = any(w.startswith(head + tail[:4]) for w in plain)
    return head + tail in words or (len(tail) >= 2 and len(head + tail[:4]) > 4 and begins)


@given(st.lists(st.one_of(HALF, st.tuples(HALF, HALF).map("-".join)), max_size=8), HALF, HALF)
def test_looking_a_word_up_agrees_with_the_definition(inside: list[str], head: str, tail: str) -> None:
    found = Words([" ".join([*inside, "x"])])
    assert found.undivided(head, tail) == undivided_by_definition({*inside, "x"}, head, tail)


@given(st.lists(st.text(st.sampled_from("ab-\u00ad "), min_size=1, max_size=8), max_size=6))
def test_open_places_hold_the_words_that_keep_their_hyphen(lines: list[str]) -> None:
    joined = Divided(Words(lines))
    for line in lines:
        joined.add(line)
    assert all("-" in joined.text[a:b] for a, b in joined.open)


def test_a_document_of_a_browser_keeps_its_paragraphs_in_any_script(chromium: str, tmp_path: Path) -> None:
    source, target = tmp_path / "page.html", tmp_path / "page.pdf"
    arabic = "قال متحدث باسم النقابة إن العمال وافقوا على هدنة مدتها عشرة أيام."
    hebrew = "דובר האיגוד אמר כי העובדים הסכימו להפוגה של עשרה ימים."
    chinese = "工会发言人说，工人同意休战十天。"
    source.write_text(
        f"<html><meta charset=utf-8><body><h1>Port may reopen</h1><p>The union said that it would wait.</p>"
        f"<p dir=rtl lang=ar>{arabic}</p><p dir=rtl lang=he>{hebrew}</p>"
        f"<p lang=zh>{chinese}</p></body></html>",
        encoding="utf-8",
    )
    command = [
        chromium,
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        f"--print-to-pdf={target}",
        str(source),
    ]
    subprocess.run(command, capture_output=True, check=False, timeout=120)
    if not target.exists():
        pytest.skip("needs a chromium that prints, which is not installed here")
    taken = take_in(target.read_bytes(), "page.pdf")
    assert "The union said that it would wait." in paragraphs(taken)
    for words in (arabic, hebrew):
        start = taken.text.index(words)
        assert taken.text[start : start + len(words)] == words
