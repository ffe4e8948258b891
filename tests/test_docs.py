"""The documents are complete and true: commands, options, JSON keys, links, and every example."""

from __future__ import annotations

import doctest
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import typer

from accordant.cli import main
from accordant.cli.app import app
from tests.documents import ROOT, documented_keys, documents, keys, matches, says, section, steps

DOCS = ROOT / "docs"
SOME = [
    *(ROOT / "cases" / name for name in ("january-2024", "labour", "river", "games/prisoners-dilemma")),
    DOCS / "examples" / "well",
]
PRINTED = ("check", "states", "stability", "deals", "rests")
COMMANDS: dict[str, Any] = typer.main.get_command(app).commands  # type: ignore[attr-defined]


def parameters(command: str) -> list[Any]:
    """What a command takes, and what the commands under it take."""
    under = getattr(COMMANDS[command], "commands", {}).values()
    return [p for one in (COMMANDS[command], *under) for p in one.params]


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_and_option_is_documented(command: str) -> None:
    part = section((DOCS / "commands.md").read_text(encoding="utf-8"), command)
    assert part, f"docs/commands.md has no section {command}"
    options = {o for p in parameters(command) for o in p.opts if o.startswith("-")}
    missing = {o for o in options - {"--help", "-h"} if not re.search(rf"{re.escape(o)}\b", part)}
    assert not missing


@pytest.mark.parametrize(
    "command", re.findall(r"^## (\w+)$", (DOCS / "commands.md").read_text(), re.MULTILINE)
)
def test_no_option_is_documented_that_is_not_there(command: str) -> None:
    part = section((DOCS / "commands.md").read_text(encoding="utf-8"), command)
    options = {o for p in parameters(command) for o in p.opts}
    assert set(re.findall(r"(?<![\w-])--[a-z-]+", part)) <= options


def printed(capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    status = main([*words, "--json"])
    out, err = capsys.readouterr()
    assert (status, err) == (0, "")
    return json.loads(out)


def check_against(page: str, found: dict[str, Any]) -> set[str]:
    """Check one printed object; gives the documented keys that it used."""
    documented = documented_keys(section(page, found["schema"])) | documented_keys(section(page, "method"))
    used = set()
    for path in set(keys(found)):
        path = re.sub(r"^warnings\[\]\.", "errors[].", path)
        fits = {pattern for pattern in documented if matches(pattern, path)}
        assert fits, f"{found['schema']}: {path} is not in docs/json.md"
        used |= fits
    return used


@pytest.mark.parametrize("command", PRINTED)
def test_every_key_that_is_printed_is_documented_and_the_other_way_round(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    page = (DOCS / "json.md").read_text(encoding="utf-8")
    used: set[str] = set()
    schema = ""
    for case in SOME:
        found = printed(capsys, command, str(case))
        schema = found["schema"]
        used |= check_against(page, found)
    assert schema == f"accordant/{command}/1"
    never = documented_keys(section(page, schema)) - used
    assert not {
        k for k in never if not k.startswith("errors[]") and not any(u.startswith(k + ".") for u in used)
    }


def test_every_key_of_a_reading_is_documented_and_the_other_way_round(
    capsys: pytest.CaptureFixture[str],
) -> None:
    page = (DOCS / "json.md").read_text(encoding="utf-8")
    used: set[str] = set()
    for report in sorted((ROOT / "cases").glob("*/reports/*.txt")):
        used |= check_against(page, printed(capsys, "read", str(report)))
    assert not documented_keys(section(page, "accordant/read/1")) - used


def test_an_explanation_is_documented(capsys: pytest.CaptureFixture[str]) -> None:
    page = (DOCS / "json.md").read_text(encoding="utf-8")
    case = str(ROOT / "cases" / "january-2024")
    found = printed(capsys, "states", case)
    for state in found["states"][:3]:
        why = printed(capsys, "stability", case, "--explain", state["name"], found["parties"][0])
        check_against(page, why)


def test_a_broken_case_reports_the_documented_keys(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "case.yaml").write_text(
        "title: t\nparties: {a: {}}\nissues: {x: {by: b}}\n", encoding="utf-8"
    )
    assert main(["check", str(tmp_path), "--json"]) == 2
    found = json.loads(capsys.readouterr().out)
    assert found["errors"]
    check_against((DOCS / "json.md").read_text(encoding="utf-8"), found)


@pytest.mark.parametrize("page", documents(), ids=name)
def test_every_link_between_pages_leads_somewhere(page: Path) -> None:
    text = re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if re.match(r"[a-z]+:", target):
            continue
        file, _, anchor = target.partition("#")
        found = (page.parent / file) if file else page
        assert found.exists(), f"{name(page)} links to {target}"
        if anchor and found.suffix == ".md":
            headings = re.findall(r"^#+ (.*)$", found.read_text(encoding="utf-8"), re.MULTILINE)
            slugs = {re.sub(r"[^\w -]", "", h.lower()).replace(" ", "-") for h in headings}
            assert anchor in slugs, f"{name(page)} links to {target}"


def test_every_page_is_found_from_the_index() -> None:
    index = (DOCS / "index.md").read_text(encoding="utf-8")
    missing = [p.name for p in DOCS.glob("*.md") if p.name != "index.md" and f"({p.name})" not in index]
    assert not missing


@pytest.mark.parametrize("page", documents(), ids=name)
def test_every_python_example_runs(page: Path) -> None:
    blocks = re.findall(r"^```python\n(.*?)^```$", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    examples = [b for b in blocks if ">>>" in b]
    if not examples:
        return
    test = doctest.DocTestParser().get_doctest("\n".join(examples), {}, name(page), name(page), 0)
    here = Path.cwd()
    os.chdir(ROOT)
    try:
        failed = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE).run(test)
    finally:
        os.chdir(here)
    assert failed.failed == 0


def scripts(page: Path) -> list[str]:
    """Python that a page sets as a whole, without prompts."""
    blocks = re.findall(r"^```python\n(.*?)^```$", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    return [block for block in blocks if ">>>" not in block]


@pytest.mark.parametrize("page", [p for p in documents() if scripts(p)], ids=name)
def test_every_python_script_runs(page: Path, reader: Path) -> None:
    for script in scripts(page):
        ran = subprocess.run(
            [sys.executable, "-c", script], cwd=reader, env={**os.environ, "PYTHONPATH": str(ROOT)},
            capture_output=True, check=False, text=True,
        )  # fmt: skip
        assert ran.returncode == 0, f"{name(page)}: {ran.stderr}"


@pytest.mark.parametrize("page", [p for p in documents() if p.name != "CHANGELOG.md"], ids=name)
def test_every_command_that_a_page_names_is_there(page: Path) -> None:
    """What is set as code: in blocks, in indented lines, and between single marks."""
    text = page.read_text(encoding="utf-8").replace("\\\n", " ")
    told = re.findall(r"^```(?:sh|console|text)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    lines = [line for block in told for line in block.splitlines()]
    lines += [code.replace("\n", " ") for code in re.findall(r"(?<!`)`([^`]+)`(?!`)", text)]
    lines += re.findall(r"^ {4,}(.*)$", text, re.MULTILINE)
    for line in lines:
        found = re.match(r"(?:\$ )?accordant ([a-z][a-z-]*)(?= |$)(.*)", line)
        if not found:
            continue
        assert found[1] in COMMANDS, f"{name(page)}: {line}"
        known = {o for p in parameters(found[1]) for o in p.opts} | {"--help"}
        assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", found[2].split(" #")[0])) <= known, (
            f"{name(page)}: {line}"
        )


@pytest.fixture
def reader(tmp_path: Path) -> Path:
    """What a reader sees who has just cloned the project: cases, reports, the ``accordant`` command."""
    for folder in ("cases", "docs"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    command = tmp_path / "bin" / "accordant"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m accordant "$@"\n')
    command.chmod(0o755)
    return tmp_path


@pytest.mark.parametrize("page", [p for p in documents() if any(steps(p.read_text()))], ids=name)
def test_every_console_example_prints_what_it_shows(page: Path, reader: Path) -> None:
    path = f"{reader / 'bin'}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8"}
    for step in steps(page.read_text(encoding="utf-8")):
        if step.text:
            (reader / step.file).parent.mkdir(parents=True, exist_ok=True)
            (reader / step.file).write_text(step.text, encoding="utf-8")
            continue
        if step.file:
            text = (reader / step.file).read_text(encoding="utf-8")
            for old, new in step.changes:
                assert text.count(old) == 1, f"{name(page)}:{step.line}: {old} is not once in {step.file}"
                text = text.replace(old, new)
            (reader / step.file).write_text(text, encoding="utf-8")
            continue
        ran = subprocess.run(
            ["bash", "-c", step.command], cwd=reader, env=environment, input=step.answers.encode(),
            capture_output=True, check=False,
        )  # fmt: skip
        shown = (ran.stdout + ran.stderr).decode()
        assert says(step.expected, shown), (
            f"{name(page)}:{step.line}: $ {step.command}\n--- shown\n{step.expected}\n--- printed\n{shown}"
        )


def test_the_architecture_page_names_files_and_functions_that_are_there() -> None:
    text = (DOCS / "architecture.md").read_text(encoding="utf-8")
    for file, function in re.findall(r"`((?:\w+/)*\w+\.py)(?:: (\w+))?`", text):
        path = ROOT / file if (ROOT / file).exists() else ROOT / "accordant" / file
        assert path.exists(), file
        assert not function or f"def {function}(" in path.read_text(encoding="utf-8"), f"{file}: {function}"
