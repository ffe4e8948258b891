"""Documents on a shipped case that has a version behind it, each built once in a process."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from functools import lru_cache
from pathlib import Path

import accordant
from accordant.brief import Brief
from accordant.brief.build import built, prepared
from accordant.brief.context import Context

CASE = Path(__file__).parents[2] / "cases" / "january-2024"


@lru_cache(maxsize=1)
def _context() -> Context:
    room = Path(tempfile.mkdtemp(prefix="accordant-documents-"))
    atexit.register(shutil.rmtree, room, ignore_errors=True)
    folder = room / "case"
    shutil.copytree(CASE, folder)
    accordant.load(folder).freeze("before")
    claims = folder / "claims.yaml"
    text = claims.read_text(encoding="utf-8")
    before, after = text.split("\n  c2:\n")
    claims.write_text(f"{before}\n  c2:\n    status: retracted\n{after}", encoding="utf-8")
    return prepared(accordant.load(folder))


@lru_cache
def january(kind: str) -> Brief:
    """A kind of document; one claim was taken back since the version before."""
    return built(_context(), kind)


@lru_cache
def page(kind: str) -> str:
    """The same as a web page."""
    return january(kind).html()
