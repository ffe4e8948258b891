"""Rules of the house that a machine can check; CONTRIBUTING.md gives the reasons."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LINES = 500

BASE = {"emitting", "errors", "tables", "version", "workbook"}
KNOWS = {
    "case": set(),
    "evidence": {"case"},
    "model": {"case"},
    "stability": {"case", "model"},
    "agreement": {"case", "model", "stability"},
    "reliance": {"case", "model", "stability", "agreement"},
    "history": {"case", "evidence", "model", "stability", "agreement", "reliance"},
    "exchange": {
        *("case", "evidence", "model", "stability", "agreement", "reliance", "history", "opened"),
    },
    "brief": {"case", "evidence", "model", "stability", "agreement", "reliance", "history", "opened"},
    "conformance": {"case", "model", "stability"},
}
"""What each room may import, besides itself and the base; ``cli`` sits on top of all of them."""

NETWORK = {
    "socket",
    "http",
    "urllib.request",
    "ftplib",
    "smtplib",
    "requests",
    "httpx",
    "urllib3",
    "aiohttp",
    "dask",
    "distributed",
}
CONNECTS = {
    "accordant/evidence/model_layer/client.py": {"httpx"},
    "accordant/reliance/variants/cluster.py": {"distributed"},
}
"""The two modules that may: one asks a language model when a person names its address and says yes, the other
hands work to the cluster whose address a person gives."""
ROOTS = {"usr", "bin", "dev", "etc", "proc", "path"}
"""Where an absolute path may start: places that every machine has, and a stand-in."""


def tracked(*endings: str) -> Iterator[Path]:
    """Files of the project, without what is made from it; from git where there is one."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode == 0:
        names = [ROOT / name for name in listed.stdout.decode().split("\0") if name]
    else:
        names = [p for p in ROOT.rglob("*") if p.is_file() and not made(p.relative_to(ROOT))]
    yield from sorted(p for p in names if p.is_file() and (not endings or p.suffix in endings))


def made(path: Path) -> bool:
    return any(part in ("out", "build", "__pycache__") or part.startswith(".v") for part in path.parts)


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(text_of(path))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_no_file_of_code_is_longer_than_a_reader_can_hold() -> None:
    long = {
        str(p.relative_to(ROOT)): n
        for p in tracked(".py", ".js", ".css", ".html")
        if (n := len(text_of(p).splitlines())) > LINES
    }
    assert not long


@pytest.mark.parametrize("room", KNOWS)
def test_a_room_imports_only_the_rooms_below_it(room: str) -> None:
    allowed = {room} | KNOWS[room] | BASE
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in sorted((ROOT / "accordant" / room).rglob("*.py"))
        for name in imported(path)
        if name.startswith("accordant.") and name.split(".")[1] not in allowed
    ]
    assert not wrong


def test_every_room_has_its_place_in_the_order() -> None:
    rooms = {p.parent.name for p in (ROOT / "accordant").glob("*/__init__.py")}
    assert rooms == {*KNOWS, "cli"}


def test_nothing_in_the_package_opens_a_connection() -> None:
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in tracked(".py")
        if path.is_relative_to(ROOT / "accordant")
        for name in imported(path)
        if any(name == n or name.startswith(n + ".") for n in NETWORK)
        and name not in CONNECTS.get(path.relative_to(ROOT).as_posix(), ())
    ]
    assert not wrong


def test_no_page_or_style_loads_anything_from_elsewhere() -> None:
    loads = re.compile(
        r"""(?:src|srcset|data)\s*=\s*["']?(?:https?:)?//|@import|url\(\s*["']?(?:https?:)?//"""
    )
    package = [p for p in tracked() if p.is_relative_to(ROOT / "accordant")]
    assert not [str(p.relative_to(ROOT)) for p in package if loads.search(text_of(p))]


def test_nothing_is_left_to_do() -> None:
    words = re.compile("[T]ODO|[F]IXME|[X]XX|NotImplemented[E]rror")  # so that this line is none of them
    wrong = [
        f"{p.relative_to(ROOT)}:{n}"
        for p in tracked(".py", ".md", ".toml", ".yaml", ".js", ".css", ".html", "")
        for n, line in enumerate(text_of(p).splitlines(), 1)
        if words.search(line)
    ]
    assert not wrong


def test_no_file_names_a_folder_of_the_machine_it_was_written_on() -> None:
    path = re.compile(r"""(?:^|[\s"'`(=:])/([a-z][a-z-]*)/[\w.]""")
    wrong = [
        f"{p.relative_to(ROOT)}:{n}: {line.strip()[:80]}"
        for p in tracked(".py", ".md", ".toml", ".yaml", ".txt", ".cfg", "")
        for n, line in enumerate(text_of(p).splitlines(), 1)
        if any(found not in ROOTS for found in path.findall(line))
    ]
    assert not wrong


@pytest.mark.parametrize("lock", ["requirements.txt", "requirements-test.txt"])
def test_a_lock_holds_exact_versions_and_no_place_to_get_them_from(lock: str) -> None:
    lines = [line for line in text_of(ROOT / lock).splitlines() if line.strip()]
    pins = [line for line in lines if not line.lstrip().startswith("#")]
    assert pins
    assert all(re.fullmatch(r"[a-z0-9][a-z0-9.-]*==[\w.+]+( ; .*)?", pin) for pin in pins)
    assert not [line for line in lines if "://" in line or re.search(r"--|(?<!\w)/\w", line)]
