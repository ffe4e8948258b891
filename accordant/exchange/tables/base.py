"""What the tables said when they were written, kept beside them: by it edits of both sides are told apart.

Kept are the tables as they stand in the workbook, no more: what is withheld from them is not in here either.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

from accordant.exchange.tables.model import Cells

KEY = "base"
PIECE = 30_000
"""Signs of one cell: a workbook holds 32,767, and some programs cut off what is longer."""
UNPACKED = 200_000_000
"""Most bytes that the tables get when they are unpacked."""


@dataclass(frozen=True)
class Kept:
    """One table as it was: its columns and its rows."""

    columns: tuple[str, ...]
    rows: tuple[Cells, ...]


def digest(content: Sequence[Any]) -> str:
    """SHA-256 over everything in some tables."""
    return hashlib.sha256(_text(content)).hexdigest()


def packed(content: Sequence[Any]) -> list[tuple[str, str]]:
    """Tables as lines of the sheet about them: pressed, in pieces that every program keeps."""
    text = base64.b64encode(zlib.compress(_text(content), 9)).decode("ascii")
    return [(f"{KEY} {k}", text[at : at + PIECE]) for k, at in enumerate(range(0, len(text), PIECE), 1)]


def unpacked(about: Mapping[str, str]) -> dict[str, Kept] | None:
    """The tables that were kept; None where there are none, or not those that were written.

    Examples
    --------
    >>> content = [["parties", ["id", "name"], [["a", "North"]]]]
    >>> about = dict(packed(content)) | {"tables": digest(content)}
    >>> unpacked(about)["parties"].rows
    ({'id': 'a', 'name': 'North'},)
    >>> unpacked(about | {"base 1": "cut"}) is None
    True
    """
    text = "".join(_pieces(about))
    if not text:
        return None
    try:
        press = zlib.decompressobj()
        raw = press.decompress(base64.b64decode(text, validate=True), UNPACKED)
        content = json.loads(raw)
        if press.unconsumed_tail or digest(content) != about.get("tables"):
            return None
        return {
            name: Kept(tuple(columns), tuple(dict(zip(columns, row, strict=True)) for row in rows))
            for name, columns, rows in content
        }
    except (binascii.Error, zlib.error, ValueError, TypeError, RecursionError):
        return None


def _pieces(about: Mapping[str, str]) -> Iterable[str]:
    for k in count(1):
        piece = about.get(f"{KEY} {k}", "").strip()
        if not piece:
            return
        yield piece


def _text(content: Sequence[Any]) -> bytes:
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass")
