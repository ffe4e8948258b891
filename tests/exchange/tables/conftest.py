"""The shipped case that tables are made of, and a copy of it that may be changed."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

import accordant
from accordant.opened import OpenCase

CASES = Path(__file__).parents[3] / "cases"


@pytest.fixture(scope="module")
def shipped() -> OpenCase:
    return accordant.load(CASES / "labour")


@pytest.fixture
def labour(shipped: OpenCase, tmp_path: Path) -> OpenCase:
    """The same case in a folder of its own."""
    shutil.copytree(shipped.path, tmp_path / "labour")
    return OpenCase(replace(shipped.folder, path=tmp_path / "labour"))
