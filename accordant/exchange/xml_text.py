"""XML files of other programs, read so that nothing but what they hold gets in.

No document type is read, so that there are no entities, internal or external; nothing is fetched; depth,
number of elements and length are limited.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, TypeAlias

from accordant.errors import Problem

Element: TypeAlias = Any
"""An element of lxml, which is imported only where a file is read."""

DEEPEST = 32
"""Most levels of elements in one another; the deepest files met have eight."""
MOST_ELEMENTS = 400_000
"""Most elements of one file."""
UNSAYABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML cannot hold, not even written as numbers."""
_DECLARED = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)


def root_tag(raw: bytes) -> str:
    """The name of the outermost element as far as can be seen at once; empty where there is none.

    Examples
    --------
    >>> root_tag(b"<?xml version='1.0'?> <!-- by hand --> <utility_space/>"), root_tag(b"{}")
    ('utility_space', '')
    """
    head = raw[:20_000].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").replace(b"\0", b"")
    if not head.startswith(b"<"):
        return ""
    bare = re.sub(rb"<!--.*?-->|<\?.*?\?>|<!DOCTYPE[^>\[]*(\[.*?\])?\s*>", b"", head, flags=re.DOTALL)
    found = re.match(rb"\s*<\s*([\w:.-]+)", bare)
    return found.group(1).decode("ascii", "replace") if found else ""


def sayable(text: str) -> str:
    """A text in which every character that XML cannot hold is the replacement character.

    Examples
    --------
    >>> sayable("tea\\x00 & cake") == "tea\\ufffd & cake"
    True
    """
    return UNSAYABLE.sub("\ufffd", text)


def parse(raw: bytes, path: Path) -> Element | Problem:
    """The outermost element, or why there is none.

    Examples
    --------
    >>> parse(b"<a><b></a>", Path("m.xml")).message.split(":")[0]
    'is not XML'
    >>> parse(b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', Path("m.xml")).message
    'declares a document type or entities, which are never read'
    """
    from lxml import etree  # type: ignore[import-untyped]  # lxml ships no types

    file = str(path)
    if not raw.strip():
        return Problem("is empty", file=file)
    if _DECLARED.search(raw) or _DECLARED.search(raw.replace(b"\0", b"")):
        hint = "take out the lines that begin with <!DOCTYPE or <!ENTITY"
        return Problem("declares a document type or entities, which are never read", file=file, hint=hint)
    too_deep = _too_deep(raw)
    if too_deep:
        return Problem(too_deep, file=file)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    start = raw[3:] if raw.startswith(b"\xef\xbb\xbf") else raw
    try:
        return etree.fromstring(start.lstrip(b" \t\r\n"), parser)
    except etree.XMLSyntaxError as error:
        line, column = error.position
        return Problem(
            f"is not XML: {str(error.msg).split(', line')[0]}", file=file, line=line, column=column
        )
    except ValueError as error:
        return Problem(f"is not XML: {error}", file=file)


def _too_deep(raw: bytes) -> str:
    """Why a file is refused before a tree is made of it; empty where it is not."""
    depth = count = 0
    # comments hold no elements; a tag ends with the first '>', which attributes met here never hold
    for tag in re.finditer(rb"<(/?)[A-Za-z_:][^<>]*?(/?)>", raw):
        closing, alone = tag.groups()
        if closing:
            depth -= 1
            continue
        count += 1
        depth += not alone
        if depth > DEEPEST:
            return f"is nested more than {DEEPEST} elements deep"
        if count > MOST_ELEMENTS:
            return f"has more than {MOST_ELEMENTS:,} elements"
    return ""


def written(element: Element) -> str:
    """Where an element stands, as people read it.

    Examples
    --------
    >>> root = parse(b"<a><b/><b name='x'/></a>", Path("m.xml"))
    >>> written(root[1])
    'a/b x'
    """
    parts = []
    while element is not None:
        name = element.get("name") or element.get("value") or element.get("index")
        parent = element.getparent()
        parts.append(f"{element.tag} {name}" if name and parent is not None else str(element.tag))
        element = parent
    return "/".join(reversed(parts))
