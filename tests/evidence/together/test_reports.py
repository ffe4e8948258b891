"""How reports hang together: what is a retelling, and what only shares a topic."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

from accordant.evidence.reading import read, read_report
from accordant.evidence.together.analysis import together
from accordant.evidence.together.result import TogetherResult
from tests.evidence.together.stories import EXCLUSIVE, OTHER_TOPIC, RETOLD, read_all

JANUARY = Path(__file__).parents[3] / "cases" / "january-2024" / "reports"


def january(*names: str) -> TogetherResult:
    return together([read(JANUARY / f"{name}.txt", "2024-01-30") for name in names])


def test_a_retelling_that_credits_the_outlet_is_suspected_and_never_sure() -> None:
    result = read_all(EXCLUSIVE, RETOLD)
    (link,) = result.links
    assert (link.kind, link.sure, link.original) == ("rewrite", False, 0)
    assert {"Karsel", "Norland", "Sudmark"} <= set(link.names)
    assert "Lake Tribune" in link.because


def test_a_shared_topic_is_no_retelling() -> None:
    assert read_all(EXCLUSIVE, OTHER_TOPIC).links == ()
    assert read_all(RETOLD, OTHER_TOPIC).links == ()


def test_the_same_bytes_and_the_same_words_are_told_apart() -> None:
    result = read_all(EXCLUSIVE, EXCLUSIVE, EXCLUSIVE.replace(" ", "  "))
    assert [(k.kind, k.one, k.other) for k in result.links] == [("same-file", 0, 1), ("same-text", 0, 2)]
    assert result.clusters == ((0, 1, 2),)


def test_a_copy_shows_the_same_words_in_both() -> None:
    text = EXCLUSIVE + "The harbour master counted eleven ships at the outer mole on Sunday evening.\n"
    result = read_all(text, "From our readers.\n\n" + text)
    (link,) = result.links
    assert link.kind == "near-copy"
    for passage in link.passages:
        words = [result.reports[k].text[slice(*at)] for k, at in ((0, passage.one), (1, passage.other))]
        assert " ".join(words[0].split()) == " ".join(words[1].split())


def test_reports_without_claims_or_words_are_no_trouble() -> None:
    result = read_all("x", "y z")
    assert (result.links, result.groups, result.conflicts) == ((), (), ())
    assert together([]).links == ()


def test_the_rewrite_of_january_goes_back_to_the_exclusive_and_nothing_else_does() -> None:
    result = january("exclusive", "rewrite", "stated-aims", "digest")
    assert [(k.kind, k.one, k.other, k.original) for k in result.links] == [("rewrite", 0, 1, 0)]


def test_the_two_people_of_january_are_one_origin_in_both_reports() -> None:
    result = january("exclusive", "rewrite")
    every = result.matter.statements
    group = next(g for g in result.groups if "put forward an idea" in every[g.members[0]].quote)
    assert group.origins == (1, 1)
    sources = [node for node in result.told.nodes if node.kind == "source" and node.count == 2]
    assert len(sources) == 1
    assert sources[0].unnamed


def test_the_government_of_january_is_one_origin_of_the_figure() -> None:
    result = january("exclusive", "rewrite", "stated-aims")
    groups = [g for g in result.groups if any("70%" in result.matter.statements[m].quote for m in g.members)]
    assert [g.origins for g in groups] == [(1, 1)]


def test_the_order_of_the_reports_changes_nothing_but_their_numbers() -> None:
    texts = {name: read(JANUARY / f"{name}.txt", "2024-01-30") for name in ("exclusive", "rewrite", "digest")}

    first, *others = (_told(together([texts[name] for name in order])) for order in permutations(texts))
    assert first[0]
    assert all(told == first for told in others)


def _told(result: TogetherResult) -> tuple[set[object], set[object], set[object]]:
    """Links, groups and conflicts by the files of the reports."""
    names = [r.file for r in result.reports]
    every = result.matter.statements
    links = {(k.kind, frozenset((names[k.one], names[k.other])), k.because) for k in result.links}
    groups = {
        (frozenset((names[every[m].report], every[m].id) for m in g.members), g.origins)
        for g in result.groups
    }
    conflicts = {(c.kind, frozenset(names[p.report] for p in (*c.one, *c.other))) for c in result.conflicts}
    return set(links), set(groups), set(conflicts)


def test_a_report_taken_in_twice_adds_no_origin() -> None:
    once = read_all(EXCLUSIVE, RETOLD)
    twice = read_all(EXCLUSIVE, RETOLD, EXCLUSIVE, RETOLD)

    def counted(result: TogetherResult) -> dict[str, tuple[int, int]]:
        every = result.matter.statements
        return {every[g.members[0]].quote: tuple(g.origins) for g in result.groups}

    for quote, origins in counted(once).items():
        assert counted(twice)[quote] == origins


def test_places_hold_the_words_that_are_shown() -> None:
    result = january("exclusive", "rewrite", "stated-aims", "digest")
    data = result.to_json()
    texts = {report.id: report.text for report in result.reports}
    for group in data["same_claims"]:
        for claim in group["claims"]:
            assert texts[claim["report"]][slice(*claim["at"])] == claim["quote"]
    for conflict in data["contradictions"]:
        for side in conflict["sides"]:
            for place in side["places"]:
                assert texts[place["report"]][slice(*place["at"])] == place["quote"]


def test_copies_hang_together_with_a_third_report_whatever_the_order() -> None:
    copy = EXCLUSIVE.replace(" ", "  ")
    texts = {"copy": copy, "exclusive": EXCLUSIVE, "again": EXCLUSIVE, "retold": RETOLD}
    read_ = {k: read_report(t.encode(), f"{k}.txt", "2031-05-04") for k, t in texts.items()}
    first, *others = (_told(together([read_[name] for name in order])) for order in permutations(texts))
    assert any(kind == "rewrite" for kind, _, _ in first[0])
    assert all(told == first for told in others)


def test_a_retelling_is_asked_about_once_where_there_are_copies() -> None:
    near = EXCLUSIVE + "The harbour master counted eleven ships.\n"
    kinds = [link.kind for link in read_all(EXCLUSIVE, RETOLD, near).links]
    assert sorted(kinds) == ["near-copy", "rewrite"]


def test_words_in_a_row_from_fourteen_on_are_shared_words_and_from_twelve_on_an_excerpt() -> None:
    text = "grain ships lay in port while crews ate bread under grey skies near home"
    words = text.split()
    for n, shared in ((13, False), (14, True)):
        other = [f"w{k}" for k in range(40)]
        long = [f"v{k}" for k in range(40)]
        result = read_all(" ".join([*words[:n], *other]), " ".join([*long, *words[:n]]))
        assert [k.kind for k in result.links] == (["shared-words"] if shared else [])
    for n, inside in ((11, False), (12, True)):
        result = read_all(" ".join(words[:n]), " ".join([f"v{k}" for k in range(30)] + words[:n]))
        assert [k.kind for k in result.links] == (["excerpt"] if inside else [])


HEADLINE = "Movement holds captives in Sill\n\n"
FIRST = (
    HEADLINE
    + "DOLM, March 9, 2031 (Almar Wire) — The Movement holds 84 captives in the valley of Sill, three "
    "officials told Almar Wire.\n"
)
CORRECTED = (
    HEADLINE
    + "DOLM, March 10, 2031 (Almar Wire) — An earlier version of this report said that the Movement held "
    "84 captives. The officials in fact spoke of 48 captives. Almar Wire withdraws the number of 84.\n\n"
    "The Movement holds 48 captives in the valley of Sill, three officials told Almar Wire.\n"
)


def test_a_report_that_says_it_corrects_is_asked_about_with_the_numbers_side_by_side() -> None:
    for texts, original in (((FIRST, CORRECTED), 0), ((CORRECTED, FIRST), 1)):
        (link,) = read_all(*texts, OTHER_TOPIC).links
        assert (link.kind, link.sure, link.original) == ("correction", False, original)
        assert link.because.endswith("84 | 48")


def test_a_correction_is_of_its_own_outlet_and_of_no_later_report() -> None:
    other = FIRST.replace("Almar Wire", "Dolm Gazette")
    for text, day in ((other, "2031-03-09"), (FIRST, "2031-03-12")):
        result = read_all(text, CORRECTED, published=[day, "2031-03-10"])
        assert "correction" not in [link.kind for link in result.links]
    changed = FIRST.replace("84", "48")
    assert "correction" not in [link.kind for link in read_all(FIRST, changed).links]
