"""What could be agreed, in words: judgements, stages, numbers and counts say the same thing everywhere."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from accordant.brief import build
from accordant.brief.context import Context
from accordant.brief.document import Brief, Definitions, Judgement, Paragraph, Table, plain
from accordant.brief.figures.frontier import frontier_figure
from accordant.brief.figures.frontier_chart import Mark, Panel, _Page
from accordant.brief.figures.placing import Box
from accordant.brief.packages import gained, told
from accordant.brief.parts.staged import breaks_off
from accordant.errors import TooLargeError
from tests.brief.talks import TWO, opened


def staged_talks() -> dict[str, Any]:
    """The talks with a side payment that binds, worths in thirds, and a stage with a day and an event."""
    content = deepcopy(TWO)
    content["issues"]["pay"] |= {"binding": True, "transfer": {"from": "firm", "to": "union"}}
    content["preferences"]["firm"]["worth"]["pay"] = {"linear": [[0, 100], [3, 90], [10, 20]]}
    content["preferences"]["union"]["worth"]["pay"] = {"linear": [[0, 0], [6, 40], [10, 50]]}
    rise, rota = content["proposals"]["plan"]["stages"]
    rota |= {"day": 200, "event": "the half-year accounts"}
    content["proposals"]["plan"] |= {"stages": [rise, rota], "terms": [], "status": "tabled"}
    content["terms"] = {}
    return content


@pytest.fixture(scope="module")
def context() -> Context:
    return Context(opened(staged_talks()))


@pytest.fixture(scope="module")
def brief() -> Brief:
    return build(opened(staged_talks()))


def table(brief: Brief, id_: str) -> Table:
    return next(b for b in brief.blocks() if isinstance(b, Table) and b.id == id_)


@pytest.mark.parametrize(
    ("content", "agreement", "between"),
    [(TWO, "yes", " and is an agreement, but "), (staged_talks(), "unknown", " it is open; ")],
)
def test_a_judgement_says_where_the_stages_of_a_proposal_break_off(
    content: dict[str, Any], agreement: str, between: str
) -> None:
    talks = opened(content)
    stages = talks.stages("plan")
    assert (stages.carried_out, talks.deals().proposals["plan"].agreement) == ("no", agreement)
    first = min(stages.leaves, key=lambda x: x.number)
    who = talks.case.party_name(first.party)
    clause = f"its stages would break off before {first.stage}: {who} leaves there"
    made = build(talks)
    says = {j.id: plain(j.says) for j in made.blocks() if isinstance(j, Judgement)}["judgement-on-plan"]
    assert says.endswith(f"{between}{clause}.")
    facts = next(b for b in made.blocks() if isinstance(b, Definitions) and b.id == "facts-plan")
    told_ = [plain(d.says) for d in facts.entries if plain(d.term) == "In stages"]
    assert told_ == [f"{clause} (stage by stage)"]


def test_what_is_carried_out_or_not_in_stages_needs_no_clause(context: Context) -> None:
    assert breaks_off(context, "low") == ()
    content = staged_talks()
    content["proposals"]["plan"]["stages"] = [{"name": "all", "day": 0, "package": {"pay": 4}}]
    content["preferences"]["union"]["reservation"] = 10
    one = Context(opened(content))
    assert one.opened.stages("plan").carried_out == "yes"
    assert breaks_off(one, "plan") == ()


def test_a_day_and_an_event_are_two_things_and_issues_go_by_their_names(brief: Brief) -> None:
    rows = table(brief, "stage-table-plan").rows
    assert plain(rows[1].cells[0].text).split("\n")[1] == "day 200, the half-year accounts"
    kept = plain(rows[1].cells[2].text)
    assert "Rise: 4 percent" in kept
    assert "pay = " not in brief.markdown()
    assert "rota on day 200 (the half-year accounts)" in brief.markdown()


def test_payments_name_the_issue(context: Context) -> None:
    text = plain(context.named_issues("No value of pay alone helps. With pay at 2 percent; pay = 3 percent."))
    assert text == "No value of Rise alone helps. With Rise at 2 percent; Rise: 3 percent."
    assert plain(context.named_issues("They pay at once: repay = 2.")) == "They pay at once: repay = 2."


def test_no_deal_is_told_as_a_state_and_as_numbers(brief: Brief) -> None:
    says = plain(next(b for b in brief.blocks() if isinstance(b, Paragraph) and b.id == "no-deal").text)
    assert "No deal is s1 (the status quo)." in says
    assert "Portside Union compares with a number: no deal is worth 14 to 20 to it" in says
    assert says.endswith("Kestrel compares with a number: no deal is worth 60 to it.")


@pytest.mark.parametrize("reservation", [[14, 20], 14, [0, 60], 60])
def test_the_finding_counts_what_the_table_calls_efficient(reservation: object) -> None:
    content = deepcopy(TWO)
    content["preferences"]["union"]["reservation"] = reservation
    context = Context(opened(content))
    figure = frontier_figure(context)
    assert figure is not None
    called = [plain(r.cells[0].text).split("\n")[-1] for r in figure.table.rows]
    sure, open_ = called.count("efficient"), called.count("efficient, if no deal is low enough")
    assert context.frontier is not None
    assert sure == sum(p.beats == "yes" for p in context.frontier.points)
    assert open_ == sum(p.beats == "unknown" for p in context.frontier.points)
    says = plain(figure.finding).lower()
    small = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
    if sure:
        assert says.startswith(f"{small[sure]} efficient package")
    assert ("more if no deal is low enough" in says) == bool(sure and open_)


def test_packages_of_one_worth_stand_in_one_row() -> None:
    content = deepcopy(TWO)
    content["issues"]["colour"] = {"by": {"joint": ["union", "firm"]}, "values": ["red", "blue"]}
    content["status_quo"]["colour"] = "red"
    content["proposals"] = {
        "blue": {"by": "firm", "package": {"pay": 4, "rota": "flexible", "colour": "blue"}}
    }
    content["terms"] = {}
    context = Context(opened(content))
    figure = frontier_figure(context)
    assert figure is not None
    assert context.frontier is not None
    assert "of the proposals blue is among the efficient ones" in plain(figure.finding)
    rows = [[plain(c.text) for c in r.cells] for r in figure.table.rows]
    called = [r for r in rows if r[0].split("\n")[0].startswith(("proposal", "picked"))]
    others = [tuple(r[2:4]) for r in rows if r not in called]
    assert not set(others) & {tuple(r[2:4]) for r in called}
    assert len(others) == len(set(others))
    assert {tuple(r[2:4]) for r in rows[1:]} >= {tuple(r[2:4]) for r in called}
    assert all("2 packages of the same worth" in r[1] for r in rows[1:])
    assert all("one of 2 packages" in r[1] for r in called)


def test_numbers_on_a_page_are_short_and_exact_in_the_data(brief: Brief, context: Context) -> None:
    text = brief.markdown()
    assert "about 26.7" in text
    assert "80/3" not in text
    assert context.frontier is not None
    assert "80/3" in context.frontier.table().to_csv()
    assert told(context.frontier.proposals["plan"].worths["union"]).startswith("about ")  # type: ignore[union-attr]
    third = context.frontier.proposals["plan"].worths["union"] / 100  # type: ignore[union-attr]
    assert gained(third, third).startswith("about +0.")


def test_fractions_in_sentences_are_rounded_once_and_words_of_the_case_stand() -> None:
    content = deepcopy(TWO)
    content["issues"]["rota"]["name"] = "Rota 24/7"
    context = Context(opened(content))
    for text, expected in (
        ("worth 61/3 to it, no deal -2/3.", "worth about 20.3 to it, no deal about -0.667."),
        ("at 2/3 million crowns (about 0.67) instead", "at about 0.67 million crowns instead"),
        ("Rota 24/7 and 1/2/2025, 6/4, 3.1/7", "Rota 24/7 and 1/2/2025, 6/4, 3.1/7"),
    ):
        assert context.rounded(text) == expected


def test_a_change_is_told_with_its_unit_on_the_first_page() -> None:
    made = build(opened(TWO))
    changes = [plain(b.text) for j in made.blocks() if isinstance(j, Judgement) for b in j.rests]
    assert any(c.startswith("Rise: 5 percent instead of 7 percent") for c in changes)


def test_a_case_too_large_to_list_is_refused_with_what_answers_instead() -> None:
    content = deepcopy(TWO)
    more = {f"i{k}": {"by": {"joint": ["union", "firm"]}} for k in range(80)}
    content["issues"] |= more
    content["status_quo"] |= dict.fromkeys(more, "no")
    content["proposals"], content["terms"] = {}, {}
    talks = opened(content)
    with pytest.raises(TooLargeError, match=r"needs a list of all states.*'accordant deals' answer without"):
        talks.brief()
    assert talks.deals().to_json()


def test_labels_of_the_frontier_stand_within_the_plot() -> None:
    names = ("first offer of spring", "last offer of the summer", "edge")
    ends = ((1.0, 1.0), (0.0, 1.0), (1.0, 0.0))
    marks = tuple(Mark("proposal", x, y, name) for (x, y), name in zip(ends, names, strict=True))
    panel = Panel("a", "b", ((0.2, 0.2), (0.2, 0.2)), ((1.0, 1.0, "yes"),), (), marks, stairs=False)
    box = Box(50.0, 24.0, 650.0, 374.0)
    placed = [label.box for _, _, label in _Page(panel, box, large=True).named()]
    assert len(placed) == 3
    assert all(label.within(box) for label in placed)
