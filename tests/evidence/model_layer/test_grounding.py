"""Strings at their places in the paragraph: what stands there is taken, what does not is not."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accordant.evidence.model_layer.answers import Proposed
from accordant.evidence.model_layer.grounding import Grounded, NotThereError, ground
from accordant.evidence.model_layer.outgoing import Unit, units_of
from accordant.evidence.segment import segment
from tests.evidence.model_layer.stub import entry

TEXT = (
    "Talks go on\n\n"
    "Ida Renn, the secretary of the union, said on Monday that 21 crews “will not\nsail”, and that the offer "
    "– a poor one – had been rejected. “We have time,” she told the Lake Post. Renn said no more.\n\n"
    "Share this story"
)


def unit(text: str = TEXT, k: int = 1) -> Unit:
    return units_of(segment(text))[k]


def proposed(*args: Any, **more: Any) -> Proposed:
    made = {**entry(*args, **more), "number": 1}
    return Proposed(**{**made, "content": tuple(made["content"])})


def found(*args: Any, **more: Any) -> Grounded:
    return ground(TEXT, unit(), proposed(*args, **more))


def why(*args: Any, **more: Any) -> str:
    with pytest.raises(NotThereError) as caught:
        found(*args, **more)
    return str(caught.value)


def words(made: Grounded) -> list[str]:
    return [part.of(TEXT) for part in made.parts]


def test_white_space_and_the_style_of_quotation_marks_make_no_difference() -> None:
    made = found("Ida Renn, the  secretary of the union", "said", '21 crews "will not sail"')
    assert words(made) == ["21 crews “will not\nsail”"]
    assert not made.near


def test_a_comma_inside_the_closing_mark_makes_no_difference() -> None:
    made = found("she", "told", '"We have time"', kind="role", told="the Lake Post")
    assert words(made) == ["“We have time,”"]
    assert made.told is not None
    assert made.told.of(TEXT) == "the Lake Post"
    assert not made.near


def test_a_near_match_is_what_stands_there_and_is_told() -> None:
    made = found("ida renn, the secretary of the union", "said", "the offer - a poor one - has been rejected")
    assert words(made) == ["the offer – a poor one – had been rejected"]
    assert [(n.part, n.returned) for n in made.near] == [
        ("content", "the offer - a poor one - has been rejected"),
        ("source", "ida renn, the secretary of the union"),
    ]


def test_an_ellipsis_parts_two_pieces() -> None:
    made = found("Ida Renn, the secretary of the union", "said", "21 crews … had been rejected")
    assert words(made) == ["21 crews", "had been rejected"]


def test_a_word_that_stands_twice_is_the_one_nearest_to_what_is_said() -> None:
    made = found("Renn", "said", "no more")
    assert made.cue.start == TEXT.rindex("said")
    assert made.source is not None
    assert made.source.start == TEXT.rindex("Renn")


@pytest.mark.parametrize(
    ("args", "more", "reason"),
    [
        (("Ida Renn", "said", "the port is closed"), {}, "the content does not stand in the paragraph"),
        (("The mayor", "said", "no more"), {"kind": "role"}, "the source does not stand in the paragraph"),
        (("Renn", "denied", "no more"), {}, "the cue does not stand in the paragraph"),
        (
            ("Renn", "said", "no more"),
            {"told": "the Herald"},
            "the addressee does not stand in the paragraph",
        ),
        (("Renn", "said", "12 crews “will not sail”"), {}, "a number or a negation of the content"),
        (("Renn", "said", "21 crews “will sail”"), {}, "a number or a negation of the content"),
        (("Renn", "said", "Talks go on"), {}, "the content does not stand in the paragraph"),
        (("Renn", "said", "Share this story"), {}, "the content does not stand in the paragraph"),
        (("Renn", "ai", "no more"), {}, "the cue does not stand in the paragraph"),
        (("Renn", "said", "said no more"), {}, ""),
        (("the offer", "said", "the offer – a poor one"), {}, "the source stands inside what is said"),
        (("Renn", "said", "…"), {}, "the content has no word"),
        (("Renn", ",", "no more"), {}, "the cue has no word"),
        (("Renn", "x" * 61, "no more"), {}, "the cue is too long"),
        (("", "said", "no more"), {}, "a kind of source, and no source"),
        (("Renn", "said", "x" * 5000), {}, "the content is longer than the paragraph"),
        (("Renn", "said", "no more", "no more"), {}, "inside another piece"),
    ],
)
def test_what_does_not_stand_there_is_not_taken(args: Any, more: Any, reason: str) -> None:
    if reason:
        assert reason in why(*args, **more)
    else:  # another “said” stands outside of what is said
        assert not found(*args, **more).cue.meets(found(*args, **more).at)


def test_whoever_was_told_is_not_the_source() -> None:
    assert "told is given as the source" in why(
        "the Lake Post", "told", "“We have time,”", kind="outlet", told="the Lake Post"
    )


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("Министр Анна Реннова сказала, что порт закрыт.", "Министр Анна Реннова", "сказала", "порт закрыт"),
        ("قالت الوزيرة إن الميناء مغلق.", "الوزيرة", "قالت", "الميناء مغلق"),
        ("部长表示港口已关闭。", "部长", "表示", "港口已关闭"),
    ],
)
def test_every_script_keeps_its_places(text: str, source: str, cue: str, content: str) -> None:
    made = ground(text, unit(text, 0), proposed(source, cue, content, kind="role"))
    assert made.source is not None
    assert [s.of(text) for s in (made.source, made.cue, *made.parts)] == [source, cue, content]


def slowly(paragraph: str, string: str) -> bool:
    """Whether words stand in a paragraph, white space and quotation marks aside, at whole words."""

    def plain(text: str) -> str:
        return re.sub(r"\s+", " ", re.sub("[‘’]", "'", re.sub("[“”]", '"', text))).strip()

    start, end = r"(?<!\w)" if string[0].isalnum() else "", r"(?!\w)" if string[-1].isalnum() else ""
    return re.search(start + re.escape(plain(string)) + end, plain(paragraph)) is not None


@given(st.data())
def test_words_of_the_paragraph_are_found_exactly_where_the_definition_finds_them(data: Any) -> None:
    paragraph = unit().at.of(TEXT)
    pieces = paragraph.split()
    first = data.draw(st.integers(0, len(pieces) - 1))
    last = data.draw(st.integers(first, min(len(pieces) - 1, first + 6)))
    string = " ".join(pieces[first : last + 1]).strip(" –,.“”")
    if not any(c.isalnum() for c in string):
        return
    assert slowly(paragraph, string)
    cue = data.draw(st.sampled_from(["said", "told"]))
    if re.search(rf"\b{cue}\b", string):
        return  # then it may be that the cue stands inside of what is said
    made = ground(TEXT, unit(), proposed("", cue, string, kind="unattributed"))
    assert not made.near
    assert " ".join(made.at.of(TEXT).split()).strip(" –,.“”") == string


@given(st.text("aidsternhow ,.“”\n19", min_size=1, max_size=30))
def test_whatever_is_returned_only_words_of_the_paragraph_come_out(string: str) -> None:
    asked = unit()
    try:
        made = ground(TEXT, asked, proposed("Renn", "said", string))
    except NotThereError:
        return
    assert made.source is not None
    for span in (*made.parts, made.cue, made.source):
        assert asked.at.holds(span)
        assert span.of(TEXT).strip()
    assert not any(part.meets(made.cue) or part.meets(made.source) for part in made.parts)
    assert made.near or slowly(asked.at.of(TEXT), string)
