"""What is installed is the whole package, and needs no more than it says."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import packages_distributions, version
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_a_wheel_holds_every_file_of_the_package(tmp_path: Path) -> None:
    if int(version("setuptools").split(".")[0]) < 77:
        pytest.skip("needs the setuptools of requirements.txt")
    source = tmp_path / "source"
    shutil.copytree(ROOT / "accordant", source / "accordant", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    subprocess.run(
        [sys.executable, "-m", "pip", "-q", "wheel", "--no-index", "--no-build-isolation", "--no-deps",
         "-w", str(tmp_path), str(source)],
        check=True, capture_output=True,
    )  # fmt: skip
    held = set(zipfile.ZipFile(next(tmp_path.glob("*.whl"))).namelist())
    there = {
        str(p.relative_to(ROOT))
        for p in (ROOT / "accordant").rglob("*")
        if p.is_file() and "__pycache__" not in p.parts
    }
    assert not there - held


def test_every_import_of_the_package_is_a_declared_dependency_and_the_other_way_round() -> None:
    declared = {canonical(re.split(r"[<>=\[ ]", d)[0]) for d in PROJECT["dependencies"]}
    imported = {
        name.split(".")[0]
        for path in (ROOT / "accordant").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        for name in (
            [a.name for a in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    known = packages_distributions()
    # Data frames, simulated agents, language models, clusters and Parquet, where these are installed.
    optional = {"pandas", "negmas", "httpx", "distributed", "pyarrow"}
    outside = imported - set(sys.stdlib_module_names) - {"accordant"} - optional
    needed = {canonical(known[name][0]) for name in outside} - {"pydantic-core"}  # a part of pydantic
    unseen = {"lxml-html-clean"}  # trafilatura does not import without it
    assert needed == declared - unseen


def test_the_lock_pins_every_dependency() -> None:
    pins = {
        line.split("==")[0] for line in (ROOT / "requirements.txt").read_text().splitlines() if "==" in line
    }
    declared = {canonical(re.split(r"[<>=\[ ]", d)[0]) for d in PROJECT["dependencies"]}
    assert declared <= pins
    assert not {"pandas", "scipy", "matplotlib", "pytest"} & pins
