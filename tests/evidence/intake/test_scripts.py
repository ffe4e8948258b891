"""Text in any script: taken in, cut, hashed and anchored; places are code points, whatever the direction."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accordant.evidence.intake.built import Building
from accordant.evidence.intake.limits import LIMITS
from accordant.evidence.page import PageFacts
from accordant.evidence.reading import read_report
from accordant.evidence.text import take_in
from tests.evidence.intake.made import docx

SCRIPTS = {
    "Arabic": "قال متحدث باسم النقابة: «سننتظر عشرة أيام». ولم يضف شيئا.",
    "Hebrew": "דובר האיגוד אמר: ״נחכה עשרה ימים״. הוא לא הוסיף דבר.",
    "Persian": "سخنگوی اتحادیه گفت: «می‌مانیم». چیز دیگری نگفت.",
    "Russian": "Представитель профсоюза заявил: «Мы подождём десять дней».",
    "Greek": "Ο εκπρόσωπος είπε: «Θα περιμένουμε δέκα ημέρες».",
    "Chinese": "工会发言人说：“我们将等待十天。”他没有补充。",
    "Japanese": "組合の広報担当者は「10日間待つ」と述べた。",
    "Hindi": "यूनियन के प्रवक्ता ने कहा, “हम दस दिन रुकेंगे।”",
    "Thai": "โฆษกสหภาพกล่าวว่า “เราจะรอสิบวัน”",
    "Korean": "노조 대변인은 “열흘을 기다리겠다”고 말했다.",
    "Amharic": "የማኅበሩ ቃል አቀባይ «አሥር ቀን እንጠብቃለን» አለ።",
    "emoji": "The union 🧑‍🔧 said that it would wait 🕊️.",
}


@pytest.mark.parametrize("text", SCRIPTS.values(), ids=SCRIPTS)
def test_a_text_in_any_script_is_its_own_text_and_its_sentences_cover_its_words(text: str) -> None:
    result = read_report(text.encode(), "a.txt")
    assert result.text == text
    assert result.report.text_sha256 == hashlib.sha256(text.encode()).hexdigest()
    covered = "".join(span.of(text) for span in result.sentences)
    assert [c for c in covered if not c.isspace()] == [c for c in text if not c.isspace()]


@pytest.mark.parametrize("script", ["Arabic", "Hebrew", "Persian", "Russian", "Chinese", "Thai"])
def test_other_languages_get_no_suggestions_and_a_flag_that_says_why(script: str) -> None:
    result = read_report((SCRIPTS[script] * 3).encode(), "a.txt")
    assert not result.claims
    (flag,) = [f for f in result.flags if f.kind == "language"]
    assert "English" in flag.says


@pytest.mark.parametrize("script", ["Arabic", "Hebrew"])
@pytest.mark.parametrize("ending", ["txt", "html", "docx", "eml"])
def test_right_to_left_words_keep_their_places_in_every_format(script: str, ending: str) -> None:
    words = SCRIPTS[script]
    raw = {
        "txt": words.encode(),
        "html": f"<html dir=rtl><meta charset=utf-8><p>{words}</p></html>".encode(),
        "docx": docx(
            f"<w:p><w:pPr><w:bidi/></w:pPr><w:r><w:rPr><w:rtl/></w:rPr><w:t>{words}</w:t></w:r></w:p>"
        ),
        "eml": f"Subject: x\nContent-Type: text/plain; charset=utf-8\n\n{words}\n".encode(),
    }[ending]
    text = take_in(raw, f"a.{ending}").text
    start = text.index(words)
    assert text[start : start + len(words)] == words


@given(st.text(st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n\t"), min_size=1))
def test_reading_never_fails_and_every_place_holds_its_words(text: str) -> None:
    if not text.strip() or text.startswith("\ufeff"):
        return
    result = read_report(text.encode(), "a.txt")
    assert result.text == text
    for claim in result.claims:
        assert text[claim.at.start : claim.at.end] == claim.quote
    for span in [*result.sentences, *(s for flag in result.flags for s in flag.at)]:
        assert 0 <= span.start <= span.end <= len(text)


@given(st.lists(st.tuples(st.text(max_size=20), st.sampled_from([None, "running head"]))))
def test_a_text_put_together_holds_every_paragraph_at_its_place(parts: list[tuple[str, str | None]]) -> None:
    building = Building(LIMITS)
    places = [(building.add(words, what), what) for words, what in parts]
    text = building.done(PageFacts()).text
    kept = [(span, what) for span, what in places if span is not None]
    assert all(span.of(text) and span.of(text) == span.of(text).strip() for span, _ in kept)
    assert [(f.span, f.what) for f in building.furniture] == [(s, w) for s, w in kept if w]
    assert text == ("\n\n".join(span.of(text) for span, _ in kept) + "\n" if kept else "")
