from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from accordant.case.expressions import parse, quote
from accordant.errors import ExpressionError

ISSUES = {
    "truce": ("none", "pause", "lasting"),
    "some-thing": ("0.10", "007", "2024-01", "two words"),
    "départ": ("no", "yes"),
    "أسرى": ("held", "all"),
}
GRID = np.array(list(product(*(range(len(values)) for values in ISSUES.values()))))
COLUMNS = {issue: GRID[:, k] for k, issue in enumerate(ISSUES)}

# A tree is an atom (issue, operator or None, value or None) or (operator, *trees).
Tree = tuple[Any, ...]


def atoms() -> st.SearchStrategy[Tree]:
    bare = st.sampled_from(sorted(ISSUES)).map(lambda issue: (issue, None, None))
    compared = st.sampled_from(sorted(ISSUES)).flatmap(
        lambda issue: st.tuples(
            st.just(issue), st.sampled_from(["=", "!=", "<", "<=", ">", ">="]), st.sampled_from(ISSUES[issue])
        )
    )
    return bare | compared


def trees() -> st.SearchStrategy[Tree]:
    return st.recursive(
        atoms(),
        lambda inner: (
            st.tuples(st.just("not"), inner)
            | st.tuples(st.sampled_from(["and", "or", "->", "<->"]), inner, inner)
        ),
        max_leaves=8,
    )


LEVEL = {"<->": 0, "->": 1, "or": 2, "and": 3, "not": 4}


def written(tree: Tree, gap: str = " ", above: int = 0) -> str:
    """The tree as text with no more parentheses than the language needs."""
    if tree[0] not in LEVEL:
        issue, operator, value = tree
        space = "" if gap == "" else gap
        return quote(issue) if operator is None else f"{quote(issue)}{space}{operator}{space}{quote(value)}"
    level = LEVEL[tree[0]]
    if tree[0] == "not":
        text = f"not {written(tree[1], gap, level)}"
    else:
        # "->" groups to the right, everything else to the left.
        left, right = (level + 1, level) if tree[0] == "->" else (level, level + 1)
        between = gap if tree[0] in ("->", "<->") else " "
        text = f"{written(tree[1], gap, left)}{between}{tree[0]}{between}{written(tree[2], gap, right)}"
    return f"({text})" if level < above else text


def says(tree: Tree, state: dict[str, str]) -> bool:
    """The plain reading of the language, for one state."""
    match tree:
        case ("not", inner):
            return not says(inner, state)
        case ("and", a, b):
            return says(a, state) and says(b, state)
        case ("or", a, b):
            return says(a, state) or says(b, state)
        case ("->", a, b):
            return says(b, state) if says(a, state) else True
        case ("<->", a, b):
            return says(a, state) is says(b, state)
    issue, operator, value = tree
    rank = ISSUES[issue].index
    here = rank(state[issue])
    if operator is None:
        return here > 0
    there = rank(value)
    return {
        "=": here == there,
        "!=": here != there,
        "<": here < there,
        "<=": here <= there,
        ">": here > there,
        ">=": here >= there,
    }[operator]


def states() -> list[dict[str, str]]:
    return [dict(zip(ISSUES, row, strict=True)) for row in product(*ISSUES.values())]


@given(trees(), st.sampled_from([" ", "", "  \n "]))
def test_arrays_say_what_the_plain_reading_says(tree: Tree, gap: str) -> None:
    expression = parse(written(tree, gap), ISSUES)
    assert expression.evaluate(COLUMNS).tolist() == [says(tree, state) for state in states()]


@given(trees(), st.sets(st.sampled_from(sorted(ISSUES))))
def test_bounds_are_sound_for_partial_columns(tree: Tree, known: set[str]) -> None:
    expression = parse(written(tree), ISSUES)
    true, false = expression.bounds({issue: COLUMNS[issue] for issue in ISSUES if issue in known})
    truth = expression.evaluate(COLUMNS)
    assert (true | ~truth).all()
    assert (false | truth).all()
    assert (true | false).all()


@given(trees())
def test_bounds_are_exact_for_complete_columns(tree: Tree) -> None:
    expression = parse(written(tree), ISSUES)
    true, false = expression.bounds(COLUMNS)
    assert (true == expression.evaluate(COLUMNS)).all()
    assert (false == ~true).all()


def test_bounds_have_the_shape_of_the_columns_even_for_other_issues() -> None:
    true, false = parse("truce", ISSUES).bounds({"départ": np.array([0, 1, 1])})
    assert true.tolist() == false.tolist() == [True, True, True]
    assert parse("truce", ISSUES).bounds({})[0].shape == ()


@pytest.mark.parametrize(("text", "true", "false"), [("truce < none", 0, 1), ("truce <= lasting", 1, 0)])
def test_what_no_value_can_change_is_known_before_the_issue_is(text: str, true: bool, false: bool) -> None:
    assert parse(text, ISSUES).bounds({}) == (bool(true), bool(false))


def test_names_are_the_issues_read() -> None:
    assert parse("truce->some-thing = 007", ISSUES).names == {"truce", "some-thing"}


@pytest.mark.parametrize(
    ("text", "like"),
    [
        ("not truce and départ", "(not truce) and départ"),
        ("truce or départ and some-thing", "truce or (départ and some-thing)"),
        ("truce -> départ -> some-thing", "truce -> (départ -> some-thing)"),
        ("truce -> départ <-> some-thing", "(truce -> départ) <-> some-thing"),
        ("not truce = none", "truce != none"),
        ("some-thing = 'two words'", 'some-thing = "two words"'),
        ("truce", "truce > none"),
    ],
)
def test_what_binds_tighter(text: str, like: str) -> None:
    left, right = (parse(t, ISSUES).evaluate(COLUMNS).tolist() for t in (text, like))
    assert left == right


@pytest.mark.parametrize(
    ("text", "at", "message", "hint"),
    [
        ("", 0, "empty", "write an issue"),
        ("truce = ", 8, "breaks off", None),
        ("(truce", 6, "breaks off", None),
        ("truce)", 5, "')'", None),
        ("truc", 0, "'truc' is not an issue", "'truce'"),
        ("lasting", 0, "'lasting' is not an issue", "truce = lasting"),
        ("truce = lastin", 8, "'lastin' is not a value of 'truce'", "'lasting'"),
        ("truce == none", 7, "'='", "single ="),
        ("truce && départ", 6, "'&'", "write and"),
        ("truce AND départ", 6, "'AND'", "small letters"),
        ("!truce", 0, "'!'", "write not"),
        ("truce => départ", 7, "'>'", "write ->"),
        ("truce = not", 8, "'not'", "quotation marks"),
        ("some-thing = two words", 17, "'words'", "quotation marks"),
        ("truce = 'none", 8, "not closed", None),
        ("truce < pause < lasting", 14, "'<'", None),
    ],
)
def test_an_error_shows_the_place_and_what_to_do(text: str, at: int, message: str, hint: str | None) -> None:
    with pytest.raises(ExpressionError) as caught:
        parse(text, ISSUES)
    assert (caught.value.at, message in caught.value.message) == (at, True)
    assert hint is None or hint in (caught.value.hint or "")


def test_an_unknown_value_lists_the_allowed_ones() -> None:
    with pytest.raises(ExpressionError) as caught:
        parse("truce = never", ISSUES)
    assert caught.value.allowed == ("none", "pause", "lasting")


def test_a_case_without_issues_has_no_expressions() -> None:
    with pytest.raises(ExpressionError, match="no issues"):
        parse("truce", {})


@pytest.mark.parametrize(
    "text",
    ["not " * 4000 + "truce", "(truce -> " * 1500 + "truce" + ")" * 1500, "truce and " * 5000 + "truce"],
)
def test_too_much_of_it_is_refused_in_words(text: str) -> None:
    with pytest.raises(ExpressionError, match=r"levels deep|characters"):
        parse(text, ISSUES)


def test_long_flat_expressions_and_idle_parentheses_are_fine() -> None:
    assert parse(" or ".join(["truce"] * 1000), ISSUES).names == {"truce"}
    assert parse("(" * 900 + "truce" + ")" * 900, ISSUES).names == {"truce"}


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused_with_a_place_in_it(text: str) -> None:
    at = 0
    try:
        parse(text, ISSUES)
    except ExpressionError as error:
        at = error.at
    assert 0 <= at <= len(text)


@given(
    st.text(
        alphabet=st.characters(exclude_characters='"', exclude_categories=["Cs"]), min_size=1, max_size=12
    )
)
def test_any_name_can_be_written(word: str) -> None:
    values = ("a", word)
    truth = parse(f"{quote(word)} = {quote(word)}", {word: values}).evaluate({word: np.array([0, 1])})
    assert truth.tolist() == [word == "a", word != "a"]
