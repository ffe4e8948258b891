"""Paragraphs, sentences, quotations and furniture."""

from __future__ import annotations

import pytest

from accordant.evidence.furniture import furniture_kind
from accordant.evidence.segment import segment


def sentences(text: str) -> list[str]:
    return [s.span.of(text) for s in segment(text).sentences]


@pytest.mark.parametrize(
    "parts",
    [
        ["Mr. Adeyo met Gen. Orlo.", "They spoke for 2.5 hours."],
        ["J. P. Marsh left the U.S. on Monday.", "He came back."],
        ["It began in the U.S.", "The rest is known."],
        ["They would vote no.", "It was late."],
        ["It is No. 7 of nine.", "Nobody cares."],
        ["“We will not sign. We never will,” she said.", "The rest left."],
        ["“Will they sign?” Adeyo asked.", "Nobody answered."],
        ["“They left.”", "The mayor was silent."],
        ["He paused … and went on.", "Then he stopped."],
        ["What now?", "Nothing!", "Good."],
    ],
    ids=lambda parts: parts[0][:25],
)
def test_sentences_end_where_a_reader_ends_them(parts: list[str]) -> None:
    assert sentences(" ".join(parts)) == parts


def test_wrapped_lines_are_one_paragraph_and_a_headline_is_its_own() -> None:
    text = (
        "Talks resume\n\nThe envoys met on Monday in the town hall of Ulm and\n"
        "spoke for two hours about the road and the\nprisoners. Then they left.\nA new line begins here."
    )
    found = segment(text)
    assert [p.of(text).split()[0] for p in found.paragraphs] == ["Talks", "The", "A"]
    assert found.headline is not None
    assert found.headline.of(text) == "Talks resume"


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        ("He called it “a pause”.", ["a pause"]),
        ('He called it "a pause" and "a truce".', ["a pause", "a truce"]),
        ("He called it ‘a pause’, the workers’ union said.", ["a pause"]),
        ("He called it 'a pause', the workers' union said.", ["a pause"]),
        ("Elle dit « oui ».", [" oui "]),
        ("Er sagte: „Ja“.", ["Ja"]),
        ('An odd mark " stands here.', []),
        ("He is 5'10\" tall.", []),
        ("“One.\n\n“Two.\n\n“Three.” Then silence.", ["One.\n\n“Two.\n\n“Three."]),
    ],
)
def test_quotation_marks_are_paired(text: str, inner: list[str]) -> None:
    assert [q.inner.of(text) for q in segment(text).quotations] == inner


def test_a_mark_that_is_never_closed_is_marked_so() -> None:
    found = segment("He said “we go. Nobody knows where.\n\nThe next paragraph.").quotations
    assert [q.closed for q in found] == [False]


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("Be the first to comment", "comment form"),
        ("Leave a Reply", "comment form"),
        ("Your email address will not be published. Required fields are marked *", "comment form"),
        ("Share this article", "sharing"),
        ("Facebook | Twitter | WhatsApp", "sharing"),
        ("Home | News | Sport", "menu"),
        ("Sign up for our newsletter", "newsletter"),
        ("Read more: envoys meet", "related stories"),
        ("© 2031 The Lake Post. All rights reserved.", "notice"),
        ("Share prices fell on Monday, the exchange said.", None),
        ("Terms of the truce were agreed on Monday.", None),
        ("Loading of grain began on Friday.", None),
        ("More from the union is expected on Monday, the mayor said, as talks go on into the night.", None),
        ("The comment form of the ministry was long.", None),
    ],
)
def test_furniture_is_told_from_sentences(line: str, what: str | None) -> None:
    assert furniture_kind(line) == what


def test_a_link_to_the_comment_form_above_the_article_does_not_hide_the_article() -> None:
    body = "The envoys met on Monday in the town hall and spoke for two hours about the road. " * 4
    text = f"Envoys meet\n\nLeave a Reply\n\n{body.strip()}"
    found = segment(text)
    assert [f.span.of(text) for f in found.furniture] == ["Leave a Reply"]
    assert len(found.sentences) == 5
