"""``path``, ``tableau`` and ``hypergame`` as a person runs them."""

from __future__ import annotations

import csv
import html.parser
import io
import json
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import accordant as library
from accordant.brief.tableau_html import render as page
from accordant.brief.tableau_latex import escaped
from accordant.brief.tableau_latex import render as article
from accordant.stability.tableau import Tableau
from tests.brief.browser import printed
from tests.cases.shipped import CASES
from tests.cli.conftest import Ran
from tests.documents import ROOT, documented_keys, keys, matches, section

Run = Callable[..., Ran]
ELMIRA = CASES / "elmira"


def words(text: str) -> str:
    return " ".join(text.split())


def test_path_lists_what_is_reached_at_which_step_and_what_is_in_the_way(accordant: Run) -> None:
    ran = accordant("path", ELMIRA)
    assert ran.status == 0
    said = words(ran.out)
    for part in (
        "What can be reached from s1",
        "s8 nash, gmr, smr, seq, sseq 3: LG → s5, UR → s7, MoE → s8 no",
        "nash, seq, sseq: 3 states hold; reached by any moves: 3, by improvements: 1.",
        "1 s2, s3, s5, s9 s5",
        "Uniroyal Chemical would have to move from s5 to s7, which it likes less (UR.ranking)",
    ):
        assert part in said


def test_path_groups_what_holds_in_some_settings_and_lists_what_always_holds_first(accordant: Run) -> None:
    ran = accordant("path", CASES / "january-2024", "--csv")
    rows = list(csv.reader(io.StringIO(ran.out)))[1:]
    assert [row[1] for row in rows] == [FIVE] * 7 + [f"sometimes: {FIVE}"] * 4
    assert [row[0] for row in rows] == ["s1", "s3", "s4", "s6", "s7", "s9", "s27", "s13", "s15", "s16", "s18"]
    said = words(accordant("path", CASES / "january-2024", "--to", "s13").out)
    assert f"s13 holds in some settings under {FIVE} By any moves" in said


FIVE = "nash, gmr, smr, seq, sseq"


def test_path_to_one_state_opens_to_the_lines_that_decide(accordant: Run) -> None:
    said = words(accordant("path", ELMIRA, "--to", "s8", "--free", "MoE").out)
    for part in (
        "By any moves: yes, 3 moves",
        "By improvements only: no",
        "missing from s5: UR: s5 → s7, then MoE: s7 → s8",
        "Mixed: yes, 3 moves",
        "It is one of 6 ways that short.",
        "UR.ranking: the ranking of UR",
        "assumption literature: options and rankings as published",
    ):
        assert part in said


def test_path_from_elsewhere_says_what_cannot_be_undone(accordant: Run) -> None:
    said = words(accordant("path", ELMIRA, "--from", "s9", "--to", "s1", "--improvements").out)
    assert "abandon would have to go from yes back to no, which its moves do not permit" in said
    assert "By any moves" not in said


def test_path_without_a_status_quo_asks_for_a_start(accordant: Run) -> None:
    ran = accordant("path", CASES / "games" / "chicken")
    assert ran.status == 2
    assert "--from" in ran.err


@pytest.mark.parametrize("asked", [(), ("--to", "s30", "--free", "buyer"), ("--improvements",)])
@pytest.mark.parametrize("case", ["elmira", "supply", "january-2024", "river"])
def test_every_key_of_path_is_documented(accordant: Run, case: str, asked: tuple[str, ...]) -> None:
    if case != "supply" and "buyer" in asked:
        asked = ("--to", "s2")
    check(accordant, "path", case, *asked)


@pytest.mark.parametrize(
    ("command", "case"),
    [("tableau", "elmira"), ("tableau", "river"), ("hypergame", "games/surprise"), ("hypergame", "elmira")],
)
def test_every_key_of_the_others_is_documented(accordant: Run, command: str, case: str) -> None:
    check(accordant, command, case)


def check(accordant: Run, command: str, case: str, *asked: str) -> None:
    ran = accordant(command, CASES / case, *asked, "--json")
    assert (ran.status, ran.err) == (0, "")
    data = json.loads(ran.out)
    assert data["schema"] == f"accordant/{command}/1"
    text = (ROOT / "docs" / "json.md").read_text(encoding="utf-8")
    known = documented_keys(section(text, data["schema"])) | documented_keys(section(text, "method"))
    undocumented = [k for k in set(keys(data)) if not any(matches(pattern, k) for pattern in known)]
    assert not undocumented


def test_path_as_csv_has_a_row_for_each_destination(accordant: Run) -> None:
    rows = list(csv.reader(io.StringIO(accordant("path", ELMIRA, "--csv").out)))
    assert [row[0] for row in rows] == ["state", "s1", "s4", "s5", "s8", "s9"]


def test_restricted_words_do_not_leave_with_a_path(accordant: Run) -> None:
    asked = ("path", CASES / "supply", "--to", "s3", "--json")
    claims = json.loads(accordant(*asked).out)["claims"]
    assert all(c["quote"] is None for c in claims.values() if c["withheld"])


# The tableau

TEXT = """\
Local government (most preferred first)
equilibrium   ×   ×   E   ×   E   ×   ×   ×   E
stability     r   s   r   u   r   r   u   s   r
state         s7  s3  s5  s1  s8  s6  s4  s2  s9
improvements      s7      s5          s8  s6
"""


def test_the_tableau_of_elmira_as_text(accordant: Run) -> None:
    assert TEXT in accordant("tableau", ELMIRA).out
    assert TEXT in accordant("tableau", ELMIRA, "--concept", "seq", "--format", "text").out


def test_a_wide_tableau_is_set_in_parts_that_fit(accordant: Run) -> None:
    said = accordant("tableau", CASES / "supply").out
    assert max(map(len, said.splitlines())) <= 80
    assert said.count("equilibrium  ") > 2


@pytest.mark.parametrize(
    ("ending", "holds"),
    [("html", "<!DOCTYPE html>"), ("tex", r"\documentclass{article}"), ("json", '"schema"'), ("txt", TEXT)],
)
def test_the_ending_of_the_file_chooses_the_form(
    accordant: Run, tmp_path: Path, ending: str, holds: str
) -> None:
    file = tmp_path / f"tableau.{ending}"
    ran = accordant("tableau", ELMIRA, "-o", file)
    assert (ran.status, ran.out) == (0, "")
    assert holds in file.read_text(encoding="utf-8")


def test_a_form_beside_json_is_refused(accordant: Run) -> None:
    ran = accordant("tableau", ELMIRA, "--format", "html", "--json")
    assert ran.status == 2
    assert "choose one" in ran.err


def awkward() -> Tableau:
    """A tableau with names that would break a page or a document that does not escape them."""
    made = library.load(CASES / "games" / "stag-hunt").tableau()
    name = r"50 % of {A_1} & <b>co</b> ~^\#$ “x” ‏שלום"
    vectors = tuple(
        replace(v, name=name, entries=tuple(replace(e, state=f"{e.state}_&<") for e in v.entries))
        for v in made.vectors
    )
    return replace(made, title=name, vectors=vectors)


class Checked(html.parser.HTMLParser):
    """Every element is closed, and nothing loads."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.rows: list[list[str]] = []
        self.seen: set[str] = set()

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.seen.add(tag)
        if tag not in ("meta", "br"):
            self.open.append(tag)
        assert not {name for name, _ in attrs} & {"src", "href", "onclick"}

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_is_whole_and_escapes_every_name() -> None:
    text = page(awkward())
    checked = Checked()
    checked.feed(text)
    assert checked.open == []
    assert "b" not in checked.seen
    assert "script" not in checked.seen
    assert "&lt;b&gt;co&lt;/b&gt;" in text
    assert '<th scope="row">' in text
    assert '<th scope="col"' in text


def test_the_document_escapes_every_name_and_closes_what_it_opens() -> None:
    text = article(awkward())
    assert r"50 \% of \{A\_1\} \& \textless{}b\textgreater{}co" in text
    assert len(re.findall(r"\\begin\{", text)) == len(re.findall(r"\\end\{", text))
    for line in text.splitlines():
        bare = re.sub(r"\\[\\{}%&#$_]|\\[a-z]+", "", line)
        assert bare.count("{") == bare.count("}") or line.startswith("%")
        assert "%" not in bare[1:]
    tables = re.findall(r"\\begin\{tabular\}\{l(c+)\}\n(.*?)\\end\{tabular\}", text, re.DOTALL)
    assert tables
    for columns, body in tables:
        rows = [row for row in re.sub(r"\\hline|\n", "", body).split(r"\\") if row.strip()]
        assert {len(re.findall(r"(?<!\\)&", row)) for row in rows} == {len(columns)}


def test_every_sign_of_ascii_can_be_printed() -> None:
    every = "".join(chr(k) for k in range(32, 127))
    assert not re.search(r"(?<!\\)[#%&_]", escaped(every))


@pytest.fixture
def latex() -> str:
    for name in ("pdflatex", "xelatex", "lualatex", "tectonic"):
        if found := shutil.which(name):
            return found
    pytest.skip("needs a LaTeX engine, which is not installed here")


def test_the_document_compiles(latex: str, tmp_path: Path) -> None:
    file = tmp_path / "t.tex"
    file.write_text(article(library.load(ELMIRA).tableau()), encoding="utf-8")
    ran = subprocess.run(
        [latex, "-interaction=nonstopmode", "-halt-on-error", file.name],
        cwd=tmp_path, capture_output=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 0
    assert (tmp_path / "t.pdf").exists()


def test_the_page_sets_marks_above_states_and_improvements_below(
    chromium: str, pdftotext: str, tmp_path: Path
) -> None:
    file = tmp_path / "t.html"
    file.write_text(page(library.load(ELMIRA).tableau()), encoding="utf-8")
    pdf = printed(chromium, file, tmp_path)
    ran = subprocess.run([pdftotext, "-layout", pdf, "-"], capture_output=True, check=True)
    lines = [words(line) for line in ran.stdout.decode().splitlines() if line.strip()]
    at = next(k for k, line in enumerate(lines) if line.startswith("Local government"))
    assert lines[at + 1 : at + 5] == [
        "equilibrium × × E × E × × × E",
        "stability r s r u r r u s r",
        "state s7 s3 s5 s1 s8 s6 s4 s2 s9",
        "improvements s7 s5 s8 s6",
    ]


def pairs() -> Tableau:
    """A tableau with every sign of what is not known."""
    return library.load(ROOT / "docs" / "examples" / "well").tableau(["nash"])


def test_what_is_not_known_is_listed_below_its_vector_in_every_form(accordant: Run) -> None:
    below = "Order not known: s1 and s2; s3 and s5; s3 and s6."
    said = words(accordant("tableau", ROOT / "docs" / "examples" / "well", "-c", "nash").out)
    written = "the lines of an either group stand from top to bottom"
    for text in (said, page(pairs()), words(article(pairs()))):
        assert below in text
        assert written in text
    assert "s3 ~ s4 ~ s5 ~ s6 s1 ? s2" in said
    assert '<span class="hidden">order against the one before not known: </span>' in page(pairs())


def test_a_mark_that_is_open_is_explained(accordant: Run, tmp_path: Path) -> None:
    (tmp_path / "case.yaml").write_text(
        "accordant: 1\ntitle: t\nparties: {a: {}, b: {}}\n"
        "issues: {x: {by: a, assumed: it}, y: {by: b, assumed: it}}\n"
        "preferences:\n  a: {ranking: [s3, s1, s4, s2], incomparable: [[s2, s3]], assumed: it}\n"
        "  b: {priorities: [{want: y, assumed: it}], incomparable: [[s1, s2]]}\n",
        encoding="utf-8",
    )
    said = accordant("tableau", tmp_path, "-c", "gmr").out
    assert "stability     r/s     r   ?       u\n" in said
    assert "improvements  s1 ?        s2 ?    s4\n" in said
    assert "r/s stable in any case; which of these it is hangs on an order" in words(said)
    made = library.load(tmp_path).tableau(["gmr"])
    assert ">r/s</abbr>" in page(made)
    assert "r/s & stable in any case" in article(made)


def test_hypergame_goes_over_all_settings(accordant: Run) -> None:
    said = words(accordant("hypergame", ROOT / "docs" / "examples" / "well", "-c", "nash", "-c", "seq").out)
    assert "nash: as they see it s1, s4, s2 (unknown); as it is s1, s4, s2 (unknown)" in said
    assert "s5 is perhaps an equilibrium under seq only because of misperception" in said
    assert "unknown: some order is not known" in said


def test_hypergame_says_what_misperception_changes(accordant: Run) -> None:
    said = words(accordant("hypergame", CASES / "games" / "surprise", "-c", "seq").out)
    assert "row does not see s3, s6." in said
    assert "seq: as they see it s2, s6; as it is s1, s2" in said
    assert "only because of misperception" in said


def test_hypergame_without_perceptions_says_so(accordant: Run) -> None:
    said = words(accordant("hypergame", ELMIRA).out)
    assert "gives no perceptions" in said
