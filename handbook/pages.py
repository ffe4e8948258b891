"""The pages that people write, taken over with their links: to pages, to pictures, to files."""

from __future__ import annotations

import posixpath
import re
import shutil
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

OUTSIDE = {
    "README.md": "readme",
    "CONTRIBUTING.md": "contributing",
    "CHANGELOG.md": "changelog",
    "benchmarks/README.md": "benchmarks",
    "cases/README.md": "cases-folder",
    "accordant/conformance/FORM.md": "conformance-form",
}
"""Pages that do not stand in ``docs/``, with their place on the site."""
PICTURES = (".png", ".svg")
_FENCE = re.compile(r"(^```.*?^```$)", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"(!?)\[((?:[^\[\]]|\[[^\]]*\])*)\]\(([^)\s]+)\)")


def written(root: Path) -> dict[str, str]:
    """Every page that people write: its path in the project, and its place on the site."""
    docs = sorted(p.relative_to(root).as_posix() for p in (root / "docs").rglob("*.md"))
    return {page: page.removeprefix("docs/").removesuffix(".md") for page in docs} | OUTSIDE


def taken_over(root: Path, page: str, source: Path) -> str:
    """The text of a page with links that hold on the site; what it shows or hands out is copied beside it."""
    return relinked(root, (root / page).read_text(encoding="utf-8"), page, written(root)[page], source)


def relinked(root: Path, text: str, page: str, place: str, source: Path) -> str:
    """Text of a page, with links that hold where it is put on the site.

    Parameters
    ----------
    root, source
        The project, and the folder that the site is made from.
    text, page
        Words that stand in ``page``, a path in the project.
    place
        The page of the site that they are put on.

    Raises
    ------
    FileNotFoundError
        If a link leads nowhere.
    """
    known = written(root)
    there = posixpath.dirname(place)

    def link(found: re.Match[str]) -> str:
        shows, words, target = found.groups()
        if re.match(r"[a-z]+:", target):
            return found[0]
        path, hash_, anchor = target.partition("#")
        meant = posixpath.normpath(posixpath.join(posixpath.dirname(page), path)) if path else page
        if meant in known:
            return f"{shows}[{words}]({_way(there, known[meant])}.md{hash_}{anchor})"
        if (root / meant).is_dir():
            return f"{words} (`{meant}/`)"
        copy = source / ("" if meant.endswith(PICTURES) else "files") / meant
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(root / meant, copy)
        return f"{shows}[{words}]({_way(there, copy.relative_to(source).as_posix())})"

    return "".join(part if part.startswith("```") else _LINK.sub(link, part) for part in _FENCE.split(text))


def _way(folder: str, target: str) -> str:
    return posixpath.relpath(target, folder or ".")


def folders(pages: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Pages that are the index of a folder, with the folder."""
    for page, place in pages.items():
        folder = str(PurePosixPath(place).parent)
        if place.endswith("/index"):
            yield page, folder
