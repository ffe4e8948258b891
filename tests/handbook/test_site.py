"""The site is built without a warning, leads nowhere that is not there, and needs no network."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
import typer
from lxml import html

from accordant.case.schema import FILES, schema
from accordant.cli.app import app
from handbook.worked import cases
from tests.documents import ROOT, documents
from tests.test_exports import CALLS, PUBLIC

SHOWN = ("january-2024", "valley", "elmira", "games/surprise")
"""Cases with a page in this test: one with reports, one with numbers, a published one, a hypergame."""
LOADS = {"img": "src", "script": "src", "link": "href", "iframe": "src", "source": "srcset", "object": "data"}


@dataclass(frozen=True)
class Site:
    """The built site, every page parsed once."""

    home: Path
    said: str
    status: int
    pages: dict[str, Any]

    def text(self, page: str) -> str:
        return " ".join(self.pages[page].xpath("//article")[0].text_content().split())


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    home = tmp_path_factory.mktemp("site") / "out"
    ran = subprocess.run(
        [sys.executable, "-m", "handbook", str(home), *SHOWN],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    pages = {
        p.relative_to(home).as_posix(): html.parse(str(p)).getroot() for p in sorted(home.rglob("*.html"))
    }
    return Site(home, ran.stderr, ran.returncode, pages)


def test_it_is_built_without_a_warning(site: Site) -> None:
    assert (site.status, site.said) == (0, "")


def test_every_page_that_people_write_is_on_it(site: Site) -> None:
    written = [p.relative_to(ROOT / "docs") for p in documents() if p.is_relative_to(ROOT / "docs")]
    assert {p.with_suffix(".html").as_posix() for p in written} <= set(site.pages)
    assert {"readme.html", "changelog.html", "contributing.html", "benchmarks.html"} <= set(site.pages)


def test_every_page_is_found_from_the_side_of_the_first(site: Site) -> None:
    side = {
        a.get("href", "") for a in site.pages["index.html"].xpath("//*[contains(@class, 'sidebar-tree')]//a")
    }
    made = {"genindex.html", "search.html", "py-modindex.html", "index.html"}
    pages = {name for name in site.pages if name not in made and not name.startswith("briefs/")}
    assert pages <= side


def test_every_link_leads_to_a_page_and_a_place_that_are_there(site: Site) -> None:
    ids = {name: set(page.xpath("//@id | //a/@name")) for name, page in site.pages.items()}
    wrong = [
        f"{name}: {href}" for name, page in site.pages.items() for href in _broken(name, page, ids, site)
    ]
    assert not wrong


def _broken(name: str, page: Any, ids: dict[str, set[str]], site: Site) -> Iterator[str]:
    here = site.home / name
    for href in {*page.xpath("//a/@href"), *page.xpath("//img/@src")}:
        parts = urlsplit(href)
        if parts.scheme or not (parts.path or parts.fragment):
            continue
        target = (here.parent / unquote(parts.path)).resolve() if parts.path else here.resolve()
        if not target.is_file():
            yield href
        elif parts.fragment and target.suffix == ".html":
            there = target.relative_to(site.home.resolve()).as_posix()
            if unquote(parts.fragment) not in ids[there]:
                yield href


def test_nothing_is_loaded_from_elsewhere(site: Site) -> None:
    elsewhere = re.compile(r"^\s*(?:https?:)?//")
    loaded = [
        f"{name}: {value}"
        for name, page in site.pages.items()
        for element in page.iter(*LOADS)
        if elsewhere.match(value := element.get(LOADS[element.tag], ""))
    ]
    styles = [
        p
        for p in site.home.rglob("*.css")
        if re.search(r"(?:url\(|@import)\s*['\"]?(?:https?:)?//", p.read_text())
    ]
    assert not loaded
    assert not styles


def test_a_browser_without_a_network_shows_it_and_searches_it(site: Site, chromium: str) -> None:
    from playwright.sync_api import sync_playwright

    asked, wrong = [], []
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_context(offline=True).new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.goto((site.home / "index.html").as_uri())
        page.fill("input[name=q]", "hypergame")
        page.press("input[name=q]", "Enter")
        page.wait_for_selector("ul.search li a", timeout=60_000)
        found = page.locator("ul.search li a").all_text_contents()
        page.goto((site.home / "worked" / "valley.html").as_uri())
        widths = page.evaluate(
            "[...document.querySelectorAll('.drawn svg')].map(s => s.getBoundingClientRect().width)"
        )
        browser.close()
    assert any(title.startswith("Hypergames") for title in found)
    assert len(widths) >= 2
    assert min(widths) > 100
    assert not [url for url in asked if not url.startswith(("file:", "data:"))]
    assert not wrong


def test_every_command_and_option_is_in_the_reference(site: Site) -> None:
    group: Any = typer.main.get_command(app)
    text = site.text("reference/commands.html")
    for name, command in group.commands.items():
        under = getattr(command, "commands", {})
        assert f"accordant {name}" in text
        assert all(f"accordant {name} {inner}" in text for inner in under)
        options = {
            o for one in (command, *under.values()) for p in one.params for o in p.opts if o.startswith("--")
        }
        assert not {o for o in options if o not in text}


@pytest.mark.parametrize("file", FILES)
def test_every_key_is_in_the_reference_with_what_it_takes(site: Site, file: str) -> None:
    page = site.pages[f"reference/{file.removesuffix('.schema.json')}-yaml.html"]
    rows = [[c.text_content().strip() for c in row.iter("td")] for row in page.iter("tr")]
    rows = [row for row in rows if row]
    given = schema(file)
    keys = {key for part in (given, *given["$defs"].values()) for key in part["properties"]}
    assert keys == {row[0] for row in rows}
    assert not [row for row in rows if not row[1] or not row[2]]
    [shown] = site.home.rglob(file)
    assert json.loads(shown.read_text(encoding="utf-8")) == given


def test_every_public_name_and_call_is_in_the_reference(site: Site) -> None:
    names = {
        i.rsplit(".", 1)[-1]
        for name, page in site.pages.items()
        if name.startswith("api/")
        for i in page.xpath("//dt/@id")
    }
    assert {n for n in PUBLIC if not n.startswith("_")} <= names
    assert set(CALLS) <= names


def test_every_shipped_case_gets_a_page() -> None:
    shipped = {p.parent for p in (ROOT / "cases").rglob("case.yaml")}
    assert set(cases(ROOT)) == shipped


def test_a_case_is_told_with_what_follows_its_pictures_and_their_tables(site: Site) -> None:
    for name in SHOWN:
        page = site.pages[f"worked/{name}.html"]
        titles = [h.text_content().rstrip("#¶") for h in page.iter("h2")]
        assert titles[:2] == ["What follows", "Pictures"]
        assert titles[-1] == "The case itself"
        pictures = page.xpath("//figure[@class='picture']")
        assert pictures
        assert all(p.find("figcaption").text_content() for p in pictures)
        assert all(p.find(".//svg/title") is not None for p in pictures)
        tables = page.xpath("//details[starts-with(summary, 'The same as a table')]//table")
        assert len(tables) == len(pictures)
    assert (site.home / "briefs" / "january-2024.html").is_file()


def test_every_shipped_case_has_notes_for_teaching_or_a_word_on_its_page() -> None:
    notes = (ROOT / "docs" / "teaching.md").read_text(encoding="utf-8")
    own = set(re.findall(r"^`cases/([\w/-]+)`: ", notes, re.MULTILINE))
    names = {p.relative_to(ROOT / "cases").as_posix() for p in cases(ROOT)}
    assert own <= names
    assert {name for name in names if not name.startswith("games/")} <= own
