"""The site, from the pages and the program to a folder of HTML."""

from __future__ import annotations

import shutil
from collections.abc import Collection
from pathlib import Path
from tempfile import TemporaryDirectory

from sphinx.cmd.build import build_main

from handbook import calls, commands, keys, order, pages, worked

HERE = Path(__file__).parent
FORM = "conformance-form"
"""A page that stands beside the code and is found from another one."""


def build(root: Path, out: Path, only: Collection[str] = ()) -> int:
    """Build the site anew; 0, or 1 where anything was odd, which is printed.

    Parameters
    ----------
    root
        The project.
    out
        The folder to build into; what is in it goes.
    only
        Names of shipped cases, where not all of them are to have a page.
    """
    shutil.rmtree(out, ignore_errors=True)
    with TemporaryDirectory() as work:
        source = Path(work) / "source"
        gather(root, source, only)
        # -W --keep-going: every warning is shown, and any of them fails the build.
        how = ["-q", "-W", "--keep-going", "-b", "html", "-d", f"{work}/trees"]
        return 1 if build_main([*how, str(source), str(out)]) else 0


def gather(root: Path, source: Path, only: Collection[str] = ()) -> None:
    """Everything that Sphinx reads: the pages as they are written, and those that are made."""
    for folder in ("style", "whole"):
        (source / folder).mkdir(parents=True)
    shutil.copyfile(HERE / "site.css", source / "style" / "site.css")
    shutil.copyfile(HERE / "conf.py", source / "conf.py")
    made = {
        "Worked cases": worked.write(root, source, only),
        "Reference": [FORM, *commands.write(root, source), *keys.write(source), *calls.write(source)],
    }
    named = pages.written(root)
    texts = {page: pages.taken_over(root, page, source) for page in named}
    for page, folder in pages.folders(named):
        texts[page] += order.toctree(order.beneath(texts[page], folder))
    texts["docs/index.md"] += _contents(root, named, made)
    for page, text in texts.items():
        file = source / f"{named[page]}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")


def _contents(root: Path, named: dict[str, str], made: dict[str, list[str]]) -> str:
    index = (root / "docs" / "index.md").read_text(encoding="utf-8")
    by_link = {
        (page.removeprefix("docs/") if page.startswith("docs/") else f"../{page}"): place
        for page, place in named.items()
    }
    trees = [order.toctree(order.OPENING)]
    trees += [order.toctree(c.pages, c.title) for c in order.chapters(index, by_link, made)]
    return "".join(trees)
