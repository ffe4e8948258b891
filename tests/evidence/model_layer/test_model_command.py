"""``read --model`` as a person uses it: asked first, sent only when agreed, reviewed like the rest."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from accordant.case.starting import start
from accordant.cli import main
from tests.documents import ROOT, documented_keys, keys, matches, section
from tests.evidence.model_layer.stub import KEY, Question, Reply, Stub, claims, entry, serving

TEXT = (
    "Talks stall\n\n"
    "Two people close to the talks told the Harbour Courier that the union has rejected the offer.\n\n"
    "In the eyes of the union, the owners are playing for time."
)
Run = Callable[..., tuple[int, str, str]]


def answer(question: Question) -> Reply:
    if "In the eyes" not in question.data["paragraph"]:
        return claims()
    good = entry("the Union", "In the eyes of", "the owners are playing for time", kind="institution")
    return claims(good, entry("The mayor", "said", "it is over", grade="A1"))


@pytest.fixture
def stub() -> Iterator[Stub]:
    with serving(answer) as found:
        yield found


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("ACCORDANT_MODEL_KEY", KEY)

    def command(*words: object, typed: str | None = None, answers: str = "") -> tuple[int, str, str]:
        """Run ``read``; what is ``typed`` is typed at a terminal, ``answers`` come from a pipe."""
        given = io.StringIO(answers if typed is None else typed)
        monkeypatch.setattr(given, "isatty", lambda: typed is not None, raising=False)
        monkeypatch.setattr("sys.stdin", given)
        status = main(["read", *(str(w) for w in words)])
        caught = capsys.readouterr()
        assert KEY not in caught.out + caught.err
        return status, caught.out, caught.err

    return command


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "talks.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_it_is_off_by_default(run: Run, report: Path, stub: Stub) -> None:
    status, out, _ = run(report, "--json")
    assert (status, stub.asked) == (0, 0)
    assert json.loads(out)["model"] is None


def test_it_says_what_leaves_and_asks_before_anything_does(run: Run, report: Path, stub: Stub) -> None:
    status, out, err = run(report, "--model", stub.address, typed="what\nn\n")
    assert (status, out, stub.asked) == (0, "", 0)
    assert f"asked at {stub.address} (this machine), model 'default'" in err
    assert f"{report}: 3 paragraphs, " in err
    assert err.count("Send it? y/n:") == 2
    assert "nothing is sent" in err


def test_a_yes_at_the_terminal_sends_it(run: Run, report: Path, stub: Stub) -> None:
    status, out, _ = run(report, "--model", stub.address, "--model-name", "m", typed="y\n")
    assert (status, stub.asked) == (0, 3)
    assert stub.questions[0].body["model"] == "m"
    flat = " ".join(out.split())
    assert f"Model m at {stub.address}: 1 suggested (1 not by the rules, 1 realigned), 1 rejected." in flat
    assert "how rule model" in flat
    assert "m1 source, realigned: “the Union” the report has “the union”" in flat
    assert "1 rejected: the content does not stand in the paragraph The mayor | said | it is over" in flat
    assert "left out, for it was not asked for: grade" in flat
    assert max(map(len, out.splitlines())) <= 80


def test_without_a_terminal_nothing_is_sent_unless_yes_is_given(run: Run, report: Path, stub: Stub) -> None:
    status, _, err = run(report, "--model", stub.address, answers="y\n")
    assert (status, stub.asked) == (2, 0)
    assert "nothing is sent: answer at a terminal, or give --yes" in err
    status, out, err = run(report, "--model", stub.address, "--yes", "--json")
    assert (status, stub.asked) == (0, 3)
    assert "What leaves:" in err
    found = json.loads(out)
    assert found["method"]["parameters"] == {
        "language": "English", "depth": "2", "model": "default", "model address": stub.address,
        "model accepted": "1", "model realigned": "1", "model rejected": "1",
    }  # fmt: skip


def test_every_key_is_documented_and_the_other_way_round(run: Run, tmp_path: Path) -> None:
    def odd(question: Question) -> Reply:
        text = question.data["paragraph"]
        return Reply(body=b"<p>") if text.startswith("Talks") else answer(question)

    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf-8")
    with serving(odd) as stub:
        _, out, _ = run(path, "--model", stub.address, "--yes", "--json")
    part = json.loads(out)["model"]
    documented = documented_keys(section((ROOT / "docs" / "json.md").read_text("utf-8"), "read --model"))
    for key in set(keys(part)):
        assert any(matches(pattern, key) for pattern in documented), key
    assert {k for k in documented if not any(matches(k, key) for key in keys(part))} == set()


def test_its_suggestions_are_reviewed_like_the_others_and_kept(
    run: Run, report: Path, stub: Stub, tmp_path: Path
) -> None:
    case = start(tmp_path / "case")
    n = len(json.loads(run(report, "--json")[1])["claims"])
    answers = "r\n" * n + "a\n"
    status, out, err = run(report, "--model", stub.address, "--yes", "--into", case, answers=answers)
    assert (status, "error" in err) == (0, False), err
    assert "only the language model found it" in out
    written = (case / "claims.yaml").read_text(encoding="utf-8")
    assert "the owners are playing for time" in written
    assert "rule: model" in (case / "review.yaml").read_text(encoding="utf-8")
    assert KEY not in written
    assert main(["check", str(case)]) == 0


@pytest.mark.parametrize("mark", ["team", "restricted"])
def test_a_report_that_is_marked_in_its_case_stays_unless_named(
    run: Run, report: Path, stub: Stub, tmp_path: Path, mark: str
) -> None:
    case = start(tmp_path / "case")
    run(report, "--into", case, answers="a\n" * 9)
    claims_file = case / "claims.yaml"
    text = claims_file.read_text(encoding="utf-8")
    claims_file.write_text(text.replace("    says:", f"    handling: {mark}\n    says:"), encoding="utf-8")
    inside = next((case / "reports").glob("talks*.txt"))
    for words in ([inside], [report, "--into", case]):
        status, _, err = run(*words, "--model", stub.address, "--yes")
        assert (status, stub.asked) == (2, 0)
        assert f"not {words[0]}: {mark}; --restricted {words[0]} sends it too" in err
        assert "nothing is sent" in err
    status, _, err = run(inside, "--model", stub.address, "--yes", "--restricted", inside.name)
    assert (status, stub.asked) == (0, 3)
    assert f"({mark}, named)" in err


def test_a_name_that_no_report_has_is_refused(run: Run, report: Path, stub: Stub) -> None:
    status, _, err = run(report, "--model", stub.address, "--yes", "--restricted", "other.txt")
    assert (status, stub.asked) == (2, 0)
    assert "--restricted other.txt: no report of that name is read" in err


def test_where_the_case_has_mistakes_nothing_is_sent(run: Run, stub: Stub, tmp_path: Path) -> None:
    case = start(tmp_path / "case")
    (case / "reports").mkdir(exist_ok=True)
    inside = case / "reports" / "new.txt"
    inside.write_text(TEXT, encoding="utf-8")
    (case / "case.yaml").write_text("title: [", encoding="utf-8")
    status, _, err = run(inside, "--model", stub.address, "--yes")
    assert (status, stub.asked) == (2, 0)
    assert "nothing is sent" in err


def test_plain_http_to_another_machine_is_warned_of(run: Run, report: Path) -> None:
    status, _, err = run(report, "--model", "http://models.example/v1")
    assert status == 2
    assert "warning: http is not encrypted" in err
    assert "the text and the key" in err
    assert "warning" not in run(report, "--model", "https://models.example/v1")[2]


def test_a_refused_key_ends_it_with_status_1(run: Run, report: Path) -> None:
    with serving(lambda _: Reply(401, f'{{"error": "{KEY} is wrong"}}'.encode())) as stub:
        status, out, err = run(report, "--model", stub.address, "--yes")
    assert (status, out) == (1, "")
    assert "refuses the key in ACCORDANT_MODEL_KEY (status 401): [key] is wrong" in err


def test_ctrl_c_ends_it_cleanly(run: Run, report: Path, stub: Stub, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("accordant.evidence.model_layer.client.within", stopped)
    status, out, _ = run(report, "--model", stub.address, "--yes")
    assert (status, out) == (130, "")


def test_several_reports_are_listed_and_one_that_fails_later_leaves_the_rules(
    run: Run, report: Path, tmp_path: Path
) -> None:
    second = tmp_path / "second.txt"
    second.write_text("The owners said that they would pay.", encoding="utf-8")
    with serving(lambda q: Reply(401) if "would pay" in q.data["paragraph"] else claims()) as stub:
        status, out, err = run(report, second, "--model", stub.address, "--yes", "--json")
    assert status == 0
    assert "in all 2 reports, 4 paragraphs" in err
    assert "note: " in err
    first, last = json.loads(out)
    assert first["model"]["sent"] == 3
    assert last["model"] is None
    assert last["claims"]


@pytest.mark.parametrize(
    "words",
    [
        ("--model-name", "m"), ("--restricted", "a.txt"), ("--model-minutes", "5"),
        ("--model", "http://localhost/v1", "--text"), ("--model", "http://localhost/v1", "--score"),
        ("--model", "http://localhost/v1", "--together"),
    ],
)  # fmt: skip
def test_options_that_do_not_go_together_are_refused(run: Run, report: Path, words: tuple[str, ...]) -> None:
    assert run(report, *words)[0] == 2


def test_tables_take_no_model(run: Run, report: Path, stub: Stub, tmp_path: Path) -> None:
    case = start(tmp_path / "case")
    status, _, err = run(
        report, "--into", case, "--out", tmp_path / "a.csv", "--model", stub.address, "--yes"
    )
    assert (status, stub.asked) == (2, 0)
    assert "a table holds what the rules suggest" in err


def test_without_the_library_it_says_so_before_anything_is_read(
    run: Run, report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "httpx", None)
    status, _, err = run(report, "--model", "http://localhost/v1", "--yes")
    assert status == 1
    assert "pip install 'accordant[model]'" in err
    assert run(report)[0] == 0
