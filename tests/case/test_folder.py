from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import accordant
from accordant.case.folder import read_folder
from accordant.case.tidy import tidy
from accordant.case.tree import grow, plain
from accordant.errors import CaseError
from tests.case.casefiles import CASE, CLAIMS, folder, in_folder, only, problems, swapped


def test_a_right_case_is_read_without_a_word(tmp_path: Path) -> None:
    read = read_folder(folder(tmp_path))
    assert read.problems == ()
    assert read.case.issues["truce"].values == ("none", "pause", "lasting")
    assert read.case.claims["c1"].at == (20, 55)
    assert read_folder(tmp_path / "case.yaml").case == read.case


def test_scalars_stay_what_they_are(tmp_path: Path) -> None:
    case = """\
title: 007
as_of: 2024-01
parties: {no: {name: 1e3}, yes: {name: "null", aliases: [0x1F, 12:30, +1, .5, off]}}
issues: {x: {by: no, values: [no, 0.10, 007, 2024-01-30, true, 1_000]}}
"""
    read = read_folder(folder(tmp_path, case, None)).case
    assert (read.title, read.as_of) == ("007", "2024-01")
    assert read.issues["x"].values == ("no", "0.10", "007", "2024-01-30", "true", "1_000")
    assert read.parties["yes"].name == "null"
    assert read.parties["yes"].aliases == ("0x1F", "12:30", "+1", ".5", "off")


def test_numbers_are_exact(tmp_path: Path) -> None:
    others = "departure: {no: 1e2, yes: -0}, passage: {no: 0, yes: 1}"
    worth = f"{{truce: {{none: 0.1, pause: 0.2, lasting: 0.3}}, {others}}}"
    case = swapped(CASE, ("    priorities: [{want: departure, because: [c1]}]", f"    worth: {worth}"))
    north = read_folder(folder(tmp_path, case)).case.preferences["north"].worth
    assert north is not None
    numbers = north["truce"]
    assert isinstance(numbers, dict)
    assert numbers["none"] + numbers["pause"] == numbers["lasting"]


def test_sections_and_parts_left_empty_count_as_absent(tmp_path: Path) -> None:
    case = "title: t\nproposals:\nnote: ~\nparties:\n  a:\n  b: {name: }\nissues: {x: {by: a}}\n"
    case += "preferences:\n  a:\n"
    read = read_folder(folder(tmp_path, case, None)).case
    assert read.parties["a"].name is read.parties["b"].name is None
    assert (dict(read.proposals), read.note) == ({}, None)
    assert not read.preferences["a"].known


def test_an_empty_value_where_one_is_needed_is_a_mistake(tmp_path: Path) -> None:
    found = only(folder(tmp_path, swapped(CASE, ("truce: none, departure: no", "truce: none, departure: "))))
    assert (found.line, found.path) == (15, "status_quo.state.departure")
    assert "is empty" in found.message


# Files that are no cases


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    assert "no such folder" in only(tmp_path / "nowhere").message


def test_a_folder_without_a_case(tmp_path: Path) -> None:
    found = only(folder(tmp_path, None))
    assert "there is no case.yaml" in found.message
    assert "accordant new" in (found.hint or "")


@pytest.mark.parametrize("content", ["", "\n \n", "# a remark\n", "---\n...\n", "~\n"])
def test_an_empty_file(tmp_path: Path, content: str) -> None:
    assert "is empty" in only(folder(tmp_path, content, None)).message


def test_a_claims_file_may_hold_nothing_but_comments_yet(tmp_path: Path) -> None:
    bare = "title: t\nparties: {a: {}}\nissues: {x: {by: a}}\n"
    assert dict(read_folder(folder(tmp_path, bare, "# none yet\n")).case.claims) == {}
    found = only(folder(tmp_path, bare, ""))
    assert (found.file, found.message) == ("claims.yaml", "is empty")


def test_a_binary_file(tmp_path: Path) -> None:
    assert "binary" in only(folder(tmp_path, b"\x7fELF\x02\x01\x01\x00\x00\xff", None)).message
    assert "binary" in only(folder(tmp_path, b"title: t\0\n", None)).message


def test_a_file_in_another_encoding_names_the_byte(tmp_path: Path) -> None:
    found = only(folder(tmp_path, "title: t\nnote: caf\xe9\n".encode("latin-1"), None))
    assert (found.line, "byte 18 (0xE9)" in found.message, found.hint) == (2, True, "save it as UTF-8")
    assert "is UTF-16" in only(folder(tmp_path, CASE.encode("utf-16"), None)).message


def test_a_byte_order_mark_is_not_part_of_the_text(tmp_path: Path) -> None:
    assert read_folder(folder(tmp_path, b"\xef\xbb\xbf" + CASE.encode())).case.accordant == 1


def test_a_huge_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    folder(tmp_path)
    with (tmp_path / "case.yaml").open("wb") as file:
        file.truncate(50_000_000)
    found = only(tmp_path)
    assert "50.0 MB; at most 10 MB" in found.message


def test_a_huge_claims_file_does_not_hide_mistakes_in_the_case(tmp_path: Path) -> None:
    folder(tmp_path, swapped(CASE, ("role: mediator", "role: mediater")))
    with (tmp_path / "claims.yaml").open("wb") as file:
        file.truncate(50_000_000)
    assert [p.file for p in problems(tmp_path)] == ["case.yaml", "claims.yaml"]


def test_something_that_is_no_file_is_not_waited_for(tmp_path: Path) -> None:
    folder(tmp_path, None)
    os.mkfifo(tmp_path / "case.yaml")
    assert "not an ordinary file" in only(tmp_path).message


@pytest.mark.parametrize("content", ["just words\n", "- a\n- b\n", "[a, b]\n"])
def test_something_that_is_no_mapping(tmp_path: Path, content: str) -> None:
    assert "must be a mapping" in only(folder(tmp_path, content, None)).message


# YAML that is not for cases


def test_a_yaml_bomb_is_refused_where_it_begins(tmp_path: Path) -> None:
    bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    began = time.process_time()
    found = problems(folder(tmp_path, bomb, None))
    assert (found[0].line, "anchor (&a)" in found[0].message) == (1, True)
    assert "alias (*a)" in found[2].message
    assert time.process_time() - began < 5  # not a matter of speed: a bomb would take for ever


def test_aliases_and_merge_keys_are_refused_in_words(tmp_path: Path) -> None:
    case = swapped(
        CASE, ("  north: {name", "  north: &n {name"), ("  south: {name: Southern Front}", "  south: *n")
    )
    messages = [p.message for p in problems(folder(tmp_path, case))]
    assert messages == ["an anchor (&n) cannot be used", "an alias (*n) cannot be used"]


@pytest.mark.parametrize("tag", ["!!python/object/apply:os.system [id]", "!include x", "!!str 1", "! x"])
def test_tags_are_refused(tmp_path: Path, tag: str) -> None:
    found = only(folder(tmp_path, f"title: {tag}\nparties: {{a: {{}}}}\nissues: {{x: {{by: a}}}}\n", None))
    assert (found.line, "a tag" in found.message) == (1, True)


@pytest.mark.parametrize(
    "text", ["[" * 100_000, "{a: " * 5000, "- " * 5000, "".join(" " * k + f"a{k}:\n" for k in range(200))]
)
def test_endless_nesting_is_refused(tmp_path: Path, text: str) -> None:
    assert "nested more than 40 levels" in only(folder(tmp_path, f"x:\n {text}", None)).message


def test_a_key_written_twice_is_reported_with_both_lines(tmp_path: Path) -> None:
    found = only(folder(tmp_path, CASE + "title: another\n"))
    assert (found.line, found.message) == (26, "the key 'title' stands twice; first in line 2")


def test_two_claims_with_one_id_are_a_key_written_twice(tmp_path: Path) -> None:
    found = only(folder(tmp_path, claims=CLAIMS + CLAIMS[CLAIMS.index("  c1:") :]))
    assert (found.file, found.line, "'c1' stands twice; first in line 6" in found.message) == (
        "claims.yaml",
        8,
        True,
    )


def test_a_second_document_is_refused(tmp_path: Path) -> None:
    assert "second document" in only(folder(tmp_path, CASE + "---\ntitle: another\n")).message


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("title: t\n\tnote: x\n", 2, "a tab"),
        ("title: Talks: round two\n", 1, "a colon where none can stand"),
        ("parties: {a: {role: party}\nissues: {}\n", 2, "comma or }"),
        ("parties: {a: {role: party\n", 2, "a bracket that is not closed"),
        ("title: 'x\nparties: {}\n", 3, "quotation mark that is not closed"),
        ("title: t\n note: x\n", 2, "a colon where none can stand"),
        ("feasible:\n  - a\n - b\n", 3, "indented"),
        ("title: @home\n", 1, "cannot begin with @"),
        ("title: t\nparties\nnote: x\n", 3, "colon"),
        ("title: t\x01\n", 1, "U+0001"),
        ("? [a]\n: b\n", 1, "a key"),
    ],
)
def test_what_is_not_yaml_is_said_in_plain_words(tmp_path: Path, text: str, line: int, message: str) -> None:
    found = only(folder(tmp_path, text, None))
    assert (found.line, message in found.message) == (line, True), str(found)


def test_one_broken_file_does_not_hide_the_other(tmp_path: Path) -> None:
    claims = swapped(CLAIMS, ("by: north", "by: nroth"), ("kind: offer", "kind: ofer"))
    found = problems(folder(tmp_path, "title: [\n", claims))
    # Without the case its parties are not known, so that nothing is said about them.
    assert [(p.file, p.path) for p in found] == [("case.yaml", ""), ("claims.yaml", "claims.c1.kind")]
    found = problems(folder(tmp_path, swapped(CASE, ("of: north", "of: nort")), "claims: ["))
    assert [(p.file, p.path) for p in found] == [("case.yaml", "parties.street.of"), ("claims.yaml", "")]


# What the domain model refuses


@pytest.mark.parametrize(
    ("old", "new", "line", "path", "message", "hint"),
    [
        ("role: mediator", "rol: mediator", 7, "parties.envoy.rol", "unknown key 'rol'", "'role'"),
        (
            "role: mediator",
            "role: mediater",
            7,
            "parties.envoy.role",
            "'mediater' is not allowed",
            "'mediator'",
        ),
        ("accordant: 1", "accordant: 2", 1, "accordant", "version", "newer"),
        ("moves: forward", "moves: forwards", 11, "issues.departure.moves", "'forwards'", "'forward'"),
        ("moves: forward", "moves: [[no]]", 11, "issues.departure.moves.1", "must be a pair", "[from, to]"),
        ("moves: forward", "moves: {no: yes}", 11, "issues.departure.moves", "must be one word", None),
        ("values: [no, yes]", "values: yes", 11, "issues.departure.values", "must be a list", None),
        (
            "{joint: [north, south]}",
            "{jiont: [north, south]}",
            10,
            "issues.truce.by.jiont",
            "unknown key",
            "'joint'",
        ),
        (
            "want: not departure",
            "wnat: not departure",
            20,
            "preferences.south.priorities.1.wnat",
            "unknown",
            "'want'",
        ),
        ("proposals:", "propsals:", 24, "propsals", "unknown key", "'proposals'"),
        ("title: ", "name: ", 2, "name", "unknown key", None),
        (
            "because: [c1]}\n  departure",
            "because: [[c1]]}\n  departure",
            10,
            "issues.truce.because.1",
            "text",
            None,
        ),
        ("{name: Northern Council}", "Northern Council", 5, "parties.north", "must be a mapping", None),
        ("issues:", "sources: {}\nissues:", 9, "sources", "unknown key", "claims.yaml"),
    ],
)
def test_a_mistake_of_form_says_where_and_what_is_allowed(
    tmp_path: Path, old: str, new: str, line: int, path: str, message: str, hint: str | None
) -> None:
    found = {p.path: p for p in problems(folder(tmp_path, swapped(CASE, (old, new))))}
    problem = found[path]
    assert (problem.line, message in problem.message) == (line, True), str(problem)
    assert hint is None or hint in (problem.hint or "")


def test_what_a_flag_can_be(tmp_path: Path) -> None:
    case = swapped(CASE, ("want: truce = lasting,", "want: truce = lasting, unsure: yes,"))
    found = only(folder(tmp_path, case))
    assert (found.message, found.found) == ("must be true or false", "yes")


def test_a_missing_key_is_named_at_its_part_only_once(tmp_path: Path) -> None:
    found = only(folder(tmp_path, swapped(CASE, ("passage: {by: north, ", "passage: {"))))
    assert (found.line, found.message) == (12, "needs the key 'by'")
    claims = swapped(CLAIMS, ("kind: offer", "kind: ofer"))
    assert only(folder(tmp_path, claims=claims)).path == "claims.c1.kind"


def test_a_wrong_branch_of_a_choice_gives_one_message_not_a_flood(tmp_path: Path) -> None:
    either = "{either: [{want: departure}, {wnt: truce}], unsure: true}"
    case = swapped(CASE, ("priorities: [{want: departure, because: [c1]}]", f"priorities: [{either}]"))
    found = [p.path for p in problems(folder(tmp_path, case))]
    at = "preferences.north.priorities.1"
    # that it has no key 'want' is said by the key that is misspelt
    assert found == [f"{at}.either.2.wnt", f"{at}.unsure"]


def test_everything_is_reported_at_once_in_the_order_of_the_files(tmp_path: Path) -> None:
    case = swapped(
        CASE,
        ("role: mediator", "rol: mediator"),
        ("by: south", "by: suoth"),
        ("rule: departure -> passage", "rule: departure -> pasage"),
        ("truce: none, departure: no", "truce: never, departure: no"),
        ("want: not departure, because: [c1]", "want: not (departure, because: [c9]"),
        ("via: [envoy]", "via: [envoi]"),
    )
    claims = swapped(CLAIMS, ("origin: the-envoy", "origin: envoy"), ("[20, 55]", "[21, 56]"))
    found = problems(folder(tmp_path, case, claims))
    assert [(p.file, p.line) for p in found] == [
        ("case.yaml", 7),
        ("case.yaml", 11),
        ("case.yaml", 14),
        ("case.yaml", 15),
        ("case.yaml", 20),
        ("case.yaml", 20),
        ("case.yaml", 25),
        ("claims.yaml", 6),
        ("claims.yaml", 7),
    ]
    assert [p.column for p in found[2:5]] == [25, 29, 30]
    with pytest.raises(CaseError) as caught:
        read_folder(tmp_path)
    assert [in_folder(tmp_path, p) for p in caught.value.problems if p.severity == "error"] == found


@given(st.text(max_size=120))
def test_any_text_is_read_or_refused_with_a_line_in_it(text: str) -> None:
    tree, found = grow(text, "case.yaml")
    assert all(p.line is None or 1 <= p.line <= text.count("\n") + text.count("\r") + 2 for p in found)
    if isinstance(data := plain(tree) if tree else None, dict):
        tidy(data)


# The folder


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("title", 2),
        ("parties.street", 8),
        ("feasible.1", 14),
        ("south.priorities.2", 21),
        ("preferences.south.priorities[1].want", 21),
        ("proposals.offer-1.package.truce", 25),
        ("status_quo", 15),
        ("claims.c1.at", 6),
        ("reports.r1", 2),
        ("issues.truce.by", 10),
    ],
)
def test_any_part_can_be_found_in_its_file(tmp_path: Path, path: str, line: int) -> None:
    assert read_folder(folder(tmp_path)).locate(path) == line


def test_parts_with_dots_in_their_names_are_found_too(tmp_path: Path) -> None:
    case = "title: t\nparties: {a: {}}\nissues:\n  v1.0: {by: a, values: [0.1, 0.2]}\n"
    case += "preferences:\n  a:\n    worth:\n      v1.0:\n        0.1: 1\n        0.2: 2\n"
    read = read_folder(folder(tmp_path, case, None))
    assert read.locate("preferences.a.worth.v1.0.0.2") == 10


def test_the_digest_is_that_of_the_content(tmp_path: Path) -> None:
    one = read_folder(folder(tmp_path / "one")).digest
    other = "# remark\n" + swapped(
        CASE,
        ("accordant: 1\n", ""),
        ("{name: Northern Council}", "\n    role: party\n    name: 'Northern Council'\n    note: a remark"),
        ("values: [no, yes], moves: forward", "moves: forward"),
        ("{truce: none, departure: no, passage: no}", "{passage: no, departure: no, truce: none}"),
    )
    assert read_folder(folder(tmp_path / "two", other)).digest == one
    changed = swapped(CASE, ("want: truce = lasting", "want: truce = pause"))
    assert read_folder(folder(tmp_path / "three", changed)).digest != one
    restless = swapped(CASE, ("  departure: {by", "  zz: {by: north, because: [c1]}\n  departure: {by"))
    assert read_folder(folder(tmp_path / "four", restless)).digest != one


# The package


def test_importing_accordant_is_cheap() -> None:
    heavy = "'numpy', 'pydantic', 'ruamel.yaml', 'lark', 'numba', 'altair'"
    code = f"import accordant, sys; sys.exit(any(m in sys.modules for m in ({heavy})))"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_every_public_name_is_there() -> None:
    assert all(getattr(accordant, name) is not None for name in accordant.__all__)
    assert set(accordant.__all__) <= set(dir(accordant))
    with pytest.raises(AttributeError, match="no attribute 'laod'"):
        _ = accordant.laod


def test_load_opens_a_case_and_check_only_looks(tmp_path: Path) -> None:
    opened = accordant.load(folder(tmp_path))
    assert opened.case.title.startswith("Leaders'")
    assert accordant.check(tmp_path) == opened.problems == ()
    folder(tmp_path, "title: t\n")
    assert accordant.check(tmp_path)[0].message == "needs the key 'parties'"
    with pytest.raises(CaseError):
        accordant.load(tmp_path)
