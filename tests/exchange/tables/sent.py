"""Workbooks as a person sends them back."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from accordant.case.objects import Case
from accordant.exchange.tables import case_tables
from accordant.opened import OpenCase

Edit = Callable[[Any], None]


@lru_cache
def workbook(case: Case) -> bytes:
    return case_tables(case).workbook()


def edited(opened: OpenCase, edit: Edit) -> Path:
    """The workbook of a case with an edit in it, beside its folder."""
    place = opened.path.parent / "tables.xlsx"
    book = load_workbook(io.BytesIO(workbook(opened.case)))
    edit(book)
    book.save(place)
    return place
