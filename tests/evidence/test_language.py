"""Texts in other languages and scripts: no failure, offsets kept, said once, English passages still read."""

from __future__ import annotations

import pytest

from accordant.evidence.segment import segment
from tests.evidence.read_helpers import reading

TEXTS = {
    "Chinese": "渡口周一关闭。港务局说：“我们会等。”没有人回答！什么时候重开？",
    "Japanese": "「橋は閉じる」と市長は述べた。工事は来年始まる。",
    "Arabic": "أغلق الميناء يوم الاثنين. قال المدير: «سننتظر». هل يفتح غدا؟ لا أحد يعلم.",
    "Urdu": "بندرگاہ پیر کو بند رہی۔ مدیر نے کہا کہ ہم انتظار کریں گے۔",
    "Hebrew": 'הנמל נסגר ביום שני. "נחכה", אמר המנהל. איש לא ענה.',
    "Hindi": "बंदरगाह सोमवार को बंद रहा। निदेशक ने कहा, “हम रुकेंगे।” किसी ने उत्तर नहीं दिया।",
    "Thai": "ท่าเรือปิดในวันจันทร์ผู้อำนวยการกล่าวว่าเราจะรอไม่มีใครตอบ",
    "Russian": "Порт закрыт с понедельника. «Мы подождём», — сказал директор. Никто не ответил.",
    "German": "Der Hafen ist seit Montag zu. „Wir warten“, sagte die Leiterin. Niemand gab Antwort.",
    "French": "Le port est fermé depuis lundi. « Nous attendons », a dit la directrice, selon la mairie.",
    "mixed directions": "الميناء مغلق اليوم (Port 7) منذ الاثنين، حسب المدير العام للميناء الكبير.",
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_another_language_is_taken_in_and_said_once_and_nothing_is_suggested(text: str) -> None:
    result = reading(text)
    assert result.text == text
    assert result.claims == ()
    assert [flag.kind for flag in result.flags].count("language") == 1
    assert all(span.of(text).strip() for span in result.sentences)


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_english_passages_within_another_language_are_read(text: str) -> None:
    report = f"{text}\n\nThe harbour office said that the ferry would wait.\n\n{text}"
    result = reading(report)
    assert [(c.source.text, c.quote) for c in result.claims] == [
        ("The harbour office", "the ferry would wait")
    ]
    assert all(c.at.of(report) == c.quote for c in result.claims)


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("渡口关闭。没有人回答！何时重开？", 3),
        ("पुल बंद है। कोई नहीं आया॥ क्यों?", 3),
        ("پل بند ہے۔ کوئی نہیں آیا۔", 2),
        ("الجسر مغلق. لماذا؟ لا أحد يعلم.", 3),
    ],
)
def test_sentences_end_where_the_script_ends_them(text: str, sentences: int) -> None:
    assert len(segment(text).sentences) == sentences


@pytest.mark.parametrize("pair", ["“”", "„“", "«»", "「」", "『』", "《》", "‟”"])
def test_quotation_marks_of_other_scripts_pair(pair: str) -> None:
    text = f"他说{pair[0]}我们会等{pair[1]}了"
    (quotation,) = segment(text).quotations
    assert quotation.inner.of(text) == "我们会等"
    assert quotation.closed


def test_a_short_english_text_is_no_other_language() -> None:
    assert "language" not in [flag.kind for flag in reading("Talks resume in Karsel").flags]
