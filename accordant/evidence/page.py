"""Web pages: the article's text by trafilatura, and what the page says of itself.

trafilatura is asked for recall (marking furniture is this room's own work), without comments,
links, formatting, removal of duplicates or metadata, so that the same page always gives the same
text under one version of the library; the version is pinned in the project's lock. What the page
says of itself (title, outlet, author, date, address) is read from its own declarations only:
nothing is guessed from the text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from accordant.errors import ReportError
from accordant.evidence.words import word_set

if TYPE_CHECKING:
    from lxml.html import HtmlElement  # type: ignore[import-untyped]  # lxml ships no types

_UNREAD = ("script", "style", "noscript", "template", "svg", "iframe", "object", "head", "select", "button")
_BLOCKS = word_set(
    "address article aside blockquote body br caption dd div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table tbody td tfoot th thead tr ul"
)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>", re.I)
_SUBSET = re.compile(
    r"\s*(?:<!--.{0,5000}?-->\s*)*(?P<head><!DOCTYPE[^\[>]{0,500})(?P<all>\["
    r"(?P<inside>(?:[^\]\"']|\"[^\"]*\"|'[^']*')*)\]\s*)>",
    re.I | re.S,
)
_ENTITY = re.compile(r"<!ENTITY\s+([\w.:-]{1,200})\s", re.I)
_LONG_TAG = re.compile(r"<[a-z!/][^<>]{30000,}", re.I)
_ATTRIBUTES = 10_000
"""Attributes of one tag at most: the parser compares each with all of them."""
_NEWS_TYPES = ("article", "newsarticle", "reportagenewsarticle", "analysisnewsarticle", "blogposting")
_BARS = re.compile(r"^\s*\||\|\s*$|^[\s|:-]+$")  # how the extractor draws tables
_QUOTED_MAIL = (
    "//blockquote[@type='cite'] | //*[contains(concat(' ', @class, ' '), ' gmail_quote ')]"
    " | //*[@id='divRplyFwdMsg'] | //*[@id='appendonsend']/following-sibling::*"
)
_DATE = re.compile(r"\d{4}-\d{2}(?:-\d{2})?")


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What a page declares about itself; None where it is silent."""

    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    published: str | None = None
    address: str | None = None
    language: str | None = None


def body_text(markup: str, filename: str = "page") -> str:
    """The text of the article on a page: paragraphs separated by an empty line.

    Raises
    ------
    ReportError
        If the page cannot be parsed at all.

    Examples
    --------
    >>> body_text("<html><body><p>The mayor &amp; the union met.</p></body></html>").strip()
    'The mayor & the union met.'
    """
    tree, deep = _parsed(markup, filename)
    if tree is None:
        return ""
    found = "" if deep else _by_trafilatura(markup)
    # A page too short or too odd for the extractor: better all of it, furniture marked, than a part.
    if 2 * len(found) < _paragraph_length(tree) or not found.strip():
        found = _every_block(tree)
    lines = (_BARS.sub("", line).strip() for line in found.split("\n"))
    return "\n\n".join(line for line in lines if line) + "\n" if found else ""


def mail_text(markup: str, keep_quoted: bool = False) -> tuple[str, list[str]]:
    """Everything written in the HTML form of a mail, and the mails that it quotes.

    Parameters
    ----------
    keep_quoted
        Whether what is quoted belongs to it, as in a mail that passes another one on.

    Examples
    --------
    >>> mail_text("<p>Agreed.</p><blockquote type='cite'>Do you agree?</blockquote>")
    ('Agreed.', ['Do you agree?'])
    """
    tree = _tree(markup, "mail")
    if tree is None:
        return "", []
    quoted = []
    for element in [] if keep_quoted else tree.xpath(_QUOTED_MAIL):
        if element.getparent() is not None:  # one that stood inside another went with it
            tail, element.tail = element.tail, None
            quoted.append(_every_block(element).replace("\n", "\n\n"))
            element.tail = tail
            element.drop_tree()
    return _every_block(tree).replace("\n", "\n\n"), [words for words in quoted if words]


def page_facts(markup: str) -> PageFacts:
    """What the page says of itself, from its own declarations.

    Examples
    --------
    >>> page_facts('<html><head><title>Talks</title></head><body><p>x</p></body></html>').title
    'Talks'
    """
    tree = _tree(markup, "page")
    if tree is None:
        return PageFacts()
    declared = _declared(tree)
    linked = _linked_data(tree)
    titles = tree.xpath("//head/title/text()")
    links = tree.xpath("//link[translate(@rel,'CANONICAL','canonical')='canonical']/@href")
    return PageFacts(
        title=declared.get("og:title") or linked.get("headline") or _clean(titles[0] if titles else None),
        outlet=declared.get("og:site_name") or linked.get("publisher") or declared.get("application-name"),
        author=linked.get("author") or declared.get("author") or declared.get("article:author"),
        published=_date(
            declared.get("article:published_time")
            or linked.get("datePublished")
            or declared.get("date")
            or next(iter(tree.xpath("//article//time/@datetime")), None)
        ),
        address=_clean(links[0] if links else None) or declared.get("og:url"),
        language=_clean(tree.get("lang")) if tree.tag == "html" else None,
    )


def _tree(markup: str, filename: str) -> HtmlElement | None:
    return _parsed(markup, filename)[0]


def _parsed(markup: str, filename: str) -> tuple[HtmlElement | None, bool]:
    """The page as a tree, and whether it is nested more deeply than the extractor reads."""
    from lxml import html  # type: ignore[import-untyped]  # lxml ships no types
    from lxml.etree import LxmlError  # type: ignore[import-untyped]

    plain = _plain(markup)
    for tag in _LONG_TAG.finditer(plain):
        if len(re.sub(r"\"[^\"]*\"|'[^']*'", "", tag.group()).split()) > _ATTRIBUTES:
            raise ReportError(f"{filename}: a tag with over {_ATTRIBUTES:,} attributes; save its text")
    for huge in (False, True):
        parser = html.HTMLParser(huge_tree=huge)
        try:
            tree = html.document_fromstring(plain, parser=parser)
        except (LxmlError, ValueError) as error:
            if not markup.strip() or "empty" in str(error).lower():
                return None, huge
            raise ReportError(f"{filename}: the page cannot be parsed: {error}") from error
        # The parser stops there without a word, and what follows would be lost.
        if not any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
            return tree, huge
    raise ReportError(f"{filename}: the page is nested too deeply to be read to its end; save its text")


def _plain(markup: str) -> str:
    """The page without what an HTML parser takes for text: XML declarations, entities of its own.

    Nothing that a page declares is expanded; what stands for it becomes U+FFFD.
    """
    # lxml refuses decoded text that still declares its encoding.
    plain = _DECLARATION.sub("", markup).replace("\x00", "\ufffd")
    subset = _SUBSET.match(plain)
    if subset is None:
        return plain
    names = {*_ENTITY.findall(subset.group("inside"))}
    after = re.sub(
        r"&([\w.:-]{1,200});",
        lambda found: "\ufffd" if found.group(1) in names else found.group(),
        plain[subset.end() :],
    )
    return f"{subset.group('head')}>{after}"


def _by_trafilatura(markup: str) -> str:
    import trafilatura

    try:
        found = trafilatura.extract(
            _plain(markup),
            output_format="txt",
            fast=True,
            favor_recall=True,
            include_comments=False,
            include_tables=True,
            include_links=False,
            include_images=False,
            include_formatting=False,
            deduplicate=False,
            with_metadata=False,
        )
    except (ValueError, TypeError, AttributeError, KeyError, IndexError, RecursionError):
        return ""  # the extractor gives up on some broken pages; the plain reading takes over
    return found or ""


def _paragraph_length(tree: HtmlElement) -> int:
    aside = "ancestor::nav or ancestor::footer or ancestor::form or ancestor::aside"
    return sum(len(text) for text in tree.xpath(f"//p[not({aside})]//text()"))


def _every_block(tree: HtmlElement) -> str:
    lines: list[str] = []
    held: list[str] = []
    for piece, breaks in _pieces(tree):
        if breaks:
            lines.append(" ".join("".join(held).split()))
            held = []
        held.append(piece)
    lines.append(" ".join("".join(held).split()))
    return "\n".join(line for line in lines if line)


def _pieces(tree: HtmlElement) -> Iterator[tuple[str, bool]]:
    # An explicit stack: pages may nest deeper than Python recurses.
    stack: list[tuple[Any, bool]] = [(tree, False)]
    while stack:
        element, closing = stack.pop()
        block = element.tag in _BLOCKS
        if closing:
            yield element.tail or "", block
            continue
        stack.append((element, True))
        if not isinstance(element.tag, str) or element.tag in _UNREAD:
            continue
        yield element.text or "", block
        stack.extend((child, False) for child in reversed(element))


def _declared(tree: HtmlElement) -> dict[str, str]:
    found: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = (meta.get("property") or meta.get("name") or "").strip().lower()
        content = _clean(meta.get("content"))
        if name and content:
            found.setdefault(name, content)
    return found


def _linked_data(tree: HtmlElement) -> dict[str, str]:
    found: dict[str, str] = {}
    for script in tree.iter("script"):
        if (script.get("type") or "").strip().lower() != "application/ld+json":
            continue
        try:
            data = json.loads(script.text or "")
        except (ValueError, RecursionError):
            continue
        for thing in _things(data):
            for key in ("headline", "datePublished", "author", "publisher"):
                value = _clean(_named(thing.get(key)))
                if value:
                    found.setdefault(key, value)
    return found


def _things(data: Any) -> Iterator[dict[str, Any]]:
    many = data if isinstance(data, list) else [data]
    for thing in many:
        if not isinstance(thing, dict):
            continue
        kinds = thing.get("@type")
        names = kinds if isinstance(kinds, list) else [kinds]
        if any(isinstance(k, str) and k.lower() in _NEWS_TYPES for k in names):
            yield thing
        graph = thing.get("@graph")
        if isinstance(graph, list):
            yield from (
                t for t in graph if isinstance(t, dict) and str(t.get("@type", "")).lower() in _NEWS_TYPES
            )


def _named(value: Any) -> str | None:
    if isinstance(value, list):
        names = [name for item in value if (name := _named(item))]
        return ", ".join(names) or None
    if isinstance(value, dict):
        value = value.get("name")
    return value if isinstance(value, str) else None


def _clean(value: str | None) -> str | None:
    if value is None:
        return None
    value = " ".join("".join(c if c.isprintable() else " " for c in value).split())
    return value or None


def _date(value: str | None) -> str | None:
    found = _DATE.match(value.strip()) if value else None
    return found.group() if found else None
