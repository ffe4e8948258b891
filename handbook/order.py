"""The order of the site: what ``docs/index.md`` lists, heading by heading."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

OPENING = ("readme",)
"""Pages above the first heading: what Accordant is for stands before everything else."""
_WHOLE = re.compile(r"\]\(([^)\s#]+\.md)\)")
_LINK = re.compile(r"\]\(([^)\s#]+\.md)(?:#[^)]*)?\)")


@dataclass(frozen=True)
class Chapter:
    """A heading of the index, with the pages under it."""

    title: str
    pages: tuple[str, ...]


def chapters(index: str, named: Mapping[str, str], more: Mapping[str, Iterable[str]]) -> tuple[Chapter, ...]:
    """The chapters of the site, every page in the first that names it as a whole.

    Parameters
    ----------
    index
        The text of ``docs/index.md``.
    named
        The page of the site by the path that a link in the index has.
    more
        By heading the generated pages that follow those of the index.

    Examples
    --------
    >>> named = {"a.md": "a", "b.md": "b"}
    >>> chapters("## How to\\n* [a](a.md)\\n## Why\\n* [a](a.md), [b](b.md#c)\\n", named, {"Why": ["w"]})
    (Chapter(title='How to', pages=('a',)), Chapter(title='Why', pages=('w',)))
    """
    placed = set(OPENING)
    found = []
    for part in re.split(r"^## ", index, flags=re.MULTILINE)[1:]:
        title, _, body = part.partition("\n")
        listed = [named[target] for target in _WHOLE.findall(body)]
        pages = tuple(p for p in dict.fromkeys([*listed, *more.get(title, ())]) if p not in placed)
        placed.update(pages)
        found.append(Chapter(title, pages))
    return tuple(found)


def beneath(index: str, folder: str) -> tuple[str, ...]:
    """The pages of a folder that has an index of its own, in the order in which that names them.

    Examples
    --------
    >>> beneath("[Nash](nash.md), [all](../agreement.md)", "concepts")
    ('concepts/nash',)
    """
    inside = dict.fromkeys(t for t in _LINK.findall(index) if "/" not in t and t != "index.md")
    return tuple(str(PurePosixPath(folder, target).with_suffix("")) for target in inside)


def toctree(pages: Iterable[str], caption: str = "") -> str:
    """A list of pages for the side of the site, by their titles alone."""
    options = [*([f":caption: {caption}"] if caption else []), ":hidden:", ":titlesonly:"]
    return "\n".join(["", "```{toctree}", *options, "", *(f"/{page}" for page in pages), "```", ""])
