"""Word files: everything a reader sees, in order, and what is left out is said."""

from __future__ import annotations

import io

import pytest

from accordant.errors import ReportError
from accordant.evidence.reading import read_report
from accordant.evidence.text import Intake, take_in
from tests.evidence.intake.made import W, docx, relation, said

MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def run(words: str, inside: str = "") -> str:
    return f'<w:r>{inside}<w:t xml:space="preserve">{words}</w:t></w:r>'


def paragraphs(intake: Intake) -> list[str]:
    return intake.text.strip().split("\n\n")


def notes(intake: Intake) -> dict[str, str]:
    return {note.kind: note.says for note in intake.notes}


def test_paragraphs_tables_and_lists_come_in_the_order_of_the_document() -> None:
    from docx import Document

    document = Document()
    document.add_heading("Minutes of the water board", 1)
    document.add_paragraph("The union said that it would wait.")
    table = document.add_table(2, 2)
    for number, cell in enumerate(cell for row in table.rows for cell in row.cells):
        cell.text = f"cell {number}"
    document.add_paragraph("first item", style="List Bullet")
    document.add_paragraph("second item", style="List Number")
    out = io.BytesIO()
    document.save(out)
    taken = take_in(out.getvalue(), "minutes.docx")
    assert (taken.format, taken.encoding) == ("docx", "binary")
    assert paragraphs(taken) == [
        "Minutes of the water board",
        "The union said that it would wait.",
        "cell 0\tcell 1",
        "cell 2\tcell 3",
        "first item",
        "second item",
    ]
    (claim,) = read_report(out.getvalue(), "minutes.docx").claims
    assert (claim.source.text, claim.quote) == ("The union", "it would wait")


def test_cells_with_prose_are_paragraphs_and_nested_tables_come_once() -> None:
    prose = (
        "The growers said that they would not accept the plan unless the owners of the weirs are paid first."
    )
    inner = f"<w:tbl><w:tr><w:tc>{said('inner')}</w:tc></w:tr></w:tbl>"
    row = f"<w:tr><w:tc>{said(prose)}</w:tc><w:tc>{inner}{said('after')}</w:tc></w:tr>"
    assert paragraphs(take_in(docx(f"<w:tbl>{row}</w:tbl>"), "a.docx")) == [prose, "inner", "after"]


def test_insertions_are_kept_and_deletions_left_out_and_both_are_said() -> None:
    body = (
        f'<w:p>{run("The union ")}<w:ins w:author="A">{run("said that it ")}</w:ins>'
        f'<w:del w:author="A"><w:r><w:delText>denied that it </w:delText></w:r></w:del>'
        f"{run('would wait.')}</w:p>"
        f"<w:p><w:moveFrom>{run('moved away')}</w:moveFrom><w:moveTo>{run('moved here')}</w:moveTo></w:p>"
    )
    taken = take_in(docx(body), "draft.docx")
    assert paragraphs(taken) == ["The union said that it would wait.", "moved here"]
    (note,) = taken.notes
    assert note.says == "A draft with changes marked in it: 2 insertions kept, 2 deletions left out."
    assert [span.of(taken.text) for span in note.at] == ["said that it ", "moved here"]
    assert "tracked-changes" in [flag.kind for flag in read_report(docx(body), "draft.docx").flags]


def test_footnotes_and_text_boxes_follow_the_paragraph_that_they_hang_on() -> None:
    box = (
        f"<mc:AlternateContent {MC}><mc:Choice Requires='wps'><w:drawing><w:txbxContent>{said('In the box')}"
        f"</w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent>{said('In the box')}"
        "</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent>"
    )
    body = f'<w:p>{run("Agreed")}<w:r><w:footnoteReference w:id="2"/></w:r><w:r>{box}</w:r>'
    body += f"{run(' today.')}</w:p>"
    notes_part = (
        f'<w:footnotes {W}><w:footnote w:type="separator" w:id="0">{said("----")}</w:footnote>'
        f'<w:footnote w:id="2">{said("As the union put it.")}</w:footnote></w:footnotes>'
    ).encode()
    raw = docx(
        body + said("After."),
        {"word/footnotes.xml": notes_part},
        related=relation("footnotes", "footnotes.xml"),
    )
    assert paragraphs(take_in(raw, "a.docx")) == [
        "Agreed today.",
        "As the union put it.",
        "In the box",
        "After.",
    ]


def test_heads_are_furniture_and_comments_hidden_words_and_fields_are_left_out() -> None:
    hidden = run(" and pay", "<w:rPr><w:vanish/></w:rPr>")
    field = "<w:r><w:instrText>PAGE</w:instrText></w:r>"
    commented = '<w:r><w:commentReference w:id="0"/></w:r>'
    body = f"<w:p>{run('They agreed')}{hidden}{field}{run(' to wait.')}{commented}</w:p>"
    parts = {
        "word/header1.xml": f"<w:hdr {W}>{said('Water board, draft')}</w:hdr>".encode(),
        "word/comments.xml": (
            f'<w:comments {W}><w:comment w:id="0" w:author="Jon Arvad">'
            f"{said('really?')}</w:comment></w:comments>"
        ).encode(),
    }
    related = relation("header", "header1.xml") + relation("comments", "comments.xml")
    taken = take_in(docx(body, parts, related=related), "a.docx")
    assert paragraphs(taken) == ["Water board, draft", "They agreed to wait."]
    assert [(piece.span.of(taken.text), piece.what) for piece in taken.furniture] == [
        ("Water board, draft", "running head")
    ]
    assert notes(taken) == {
        "comments": "1 comment in the margin, by Jon Arvad: left out of the text.",
        "hidden-text": "1 hidden stretch is left out: a reader does not see it.",
    }


def test_macros_and_embedded_files_are_left_alone_and_said() -> None:
    macro = "application/vnd.ms-word.document.macroEnabled.main+xml"
    parts = {"word/vbaProject.bin": b"\xd0\xcf\x11\xe0", "word/embeddings/sheet.xlsx": b"PK\x03\x04"}
    taken = take_in(docx(said("The union said no."), parts, main=macro), "plan.docm")
    assert paragraphs(taken) == ["The union said no."]
    assert set(notes(taken)) == {"macros", "embedded"}


def test_signs_breaks_and_links_are_part_of_the_words() -> None:
    body = (
        f"<w:p>{run('one')}<w:r><w:tab/><w:t>two</w:t><w:br/><w:t>three</w:t><w:noBreakHyphen/></w:r>"
        f"<w:hyperlink>{run('four')}</w:hyperlink><w:sdt><w:sdtContent>{run('five')}</w:sdtContent></w:sdt>"
        '<w:r><w:sym w:char="2713"/></w:r></w:p>'
    )
    assert paragraphs(take_in(docx(body), "a.docx")) == ["one\ttwo\nthree\u2011fourfive\u2713"]


def test_what_is_no_word_file_is_said() -> None:
    from tests.evidence.intake.made import zipped

    for raw, says in (
        (b"PK\x03\x04rest", "no ZIP archive that can be opened"),
        (zipped({"a.txt": b"said"}), "a ZIP archive, and no Word file"),
        (b"minutes", "named as a Word document, and is none"),
        (docx("<w:p>"), "broken, or nested too deeply"),
        (docx("<w:p/>"), "no text in it"),
    ):
        with pytest.raises(ReportError, match=says):
            take_in(raw, "a.docx")


def test_a_word_file_without_its_ending_is_known_by_its_bytes() -> None:
    assert take_in(docx(said("The union said no.")), "standard-input").format == "docx"
