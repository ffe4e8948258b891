"""Every kind of document as a web page, examined by axe in a browser without a screen or a network."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import html as lxml_html

from accordant.brief.house_file import contrast
from accordant.brief.kinds import KINDS
from tests.brief.sets import page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Nobody presses anything on paper; a wrong word for axe's "a header without cells", which it finds where a
# table has several groups of rows, is checked below for itself.
NOT_ON_PAPER = {"target-size": {"enabled": False}, "link-in-text-block": {"enabled": False}}


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as program:
        found = program.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        yield found
        found.close()


def found_by_axe(browser: Any, file: Path, media: str) -> list[str]:
    """What axe calls wrong, or could not decide, with the first place of each."""
    from axe_playwright_python.sync_playwright import Axe

    # axe is a script, and the page permits none: only here its policy is set aside.
    context = browser.new_context(bypass_csp=True, offline=True, viewport={"width": 1200, "height": 900})
    try:
        tab = context.new_page()
        tab.emulate_media(media=media)
        tab.goto(file.as_uri())
        options = {
            "runOnly": RULES,
            "resultTypes": ["violations", "incomplete"],
            "rules": NOT_ON_PAPER if media == "print" else {},
        }
        # What lies behind the words of a picture is not for axe to find out; see the test of colours.
        made = Axe().run(tab, context={"exclude": [["svg text"]]}, options=options).response
    finally:
        context.close()
    return [
        f"{rule['id']}: {rule['nodes'][0]['target']} {rule['nodes'][0]['html'][:200]}"
        for rule in (*made["violations"], *made["incomplete"])
        if rule["id"] != "th-has-data-cells"
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing_wrong_and_leaves_nothing_open(browser: Any, tmp_path: Path, kind: str) -> None:
    file = tmp_path / "page.html"
    file.write_text(page(kind), encoding="utf-8")
    assert found_by_axe(browser, file, "screen") == []


@pytest.mark.parametrize("kind", ["assessment", "matrix"])
def test_nor_on_paper(browser: Any, tmp_path: Path, kind: str) -> None:
    file = tmp_path / "page.html"
    file.write_text(page(kind), encoding="utf-8")
    assert found_by_axe(browser, file, "print") == []


@pytest.mark.parametrize("kind", KINDS)
def test_every_head_of_a_column_has_cells_below_it(kind: str) -> None:
    for table in lxml_html.document_fromstring(page(kind)).iter("table"):
        rows = [row for row in table.xpath("./tbody/tr") if row.get("class") != "group"]
        heads = table.xpath("./thead/tr/th")
        assert rows, table.get("id")
        assert all(len(row) == len(heads) for row in rows), table.get("id")
        for k, head in enumerate(heads):
            cells = [row[k].text_content().strip() for row in rows]
            assert head.text_content().strip(), (table.get("id"), k)
            assert any(cells), (table.get("id"), head.text_content())


@pytest.mark.parametrize("kind", KINDS)
def test_words_in_pictures_stand_out_from_the_page(kind: str) -> None:
    """On white, or in white on something dark: at least 4.5 to 1, as for any other words."""
    for svg in lxml_html.document_fromstring(page(kind)).iter("svg"):
        shades = {e.get("fill") for e in svg.iter("text") if e.get("fill") and e.get("opacity") != "0"}
        for shade in shades - {"white", "#ffffff", "#fff", "transparent", "none", "black"}:
            assert re.fullmatch("#[0-9a-f]{6}", shade), shade
            assert contrast(shade) >= 4.5, shade
        small = [float(e.get("font-size", "11px").removesuffix("px")) for e in svg.iter("text")]
        assert min(small) >= 9
