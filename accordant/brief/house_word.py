"""Whether a Word document may lend its styles: it is a whole one, runs nothing, and loads nothing."""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO

from lxml import etree  # type: ignore[import-untyped]  # lxml ships no types

MOST = 200_000_000
"""Most bytes that the parts of a document may have once they are unpacked."""

_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_LINK = "/hyperlink"


def wrong_styles(raw: bytes) -> Iterator[str]:
    """Why a document cannot lend its styles; nothing where it can.

    Examples
    --------
    >>> list(wrong_styles(b"not a document"))
    ['is not a Word document (.docx)']
    """
    try:
        with zipfile.ZipFile(BytesIO(raw)) as archive:
            yield from _wrong(archive)
    except (zipfile.BadZipFile, zlib.error, RuntimeError):
        yield "is not a Word document (.docx)"


def _wrong(archive: zipfile.ZipFile) -> Iterator[str]:
    names = set(archive.namelist())
    if sum(info.file_size for info in archive.infolist()) > MOST:
        yield f"unpacks to more than {MOST // 1_000_000} MB"
        return
    if not {"word/document.xml", "word/styles.xml"} <= names:
        yield "is not a Word document (.docx)"
        return
    if any(posixpath.basename(name).lower().startswith("vba") for name in names):
        yield "holds macros; save it as .docx, which has none"
    for name in sorted(names):
        if name.endswith((".xml", ".rels")) and (problem := _unreadable(archive.read(name))):
            yield f"has a damaged part, {name}: {problem}"
        elif name.endswith(".rels"):
            yield from _outside(archive.read(name), name)


def _unreadable(raw: bytes) -> str:
    if b"<!DOCTYPE" in raw or b"<!ENTITY" in raw:
        return "it has a document type"
    try:
        etree.fromstring(raw, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        return str(error).splitlines()[0]
    return ""


def _outside(raw: bytes, name: str) -> Iterator[str]:
    """What the document would load when it is opened: a template, a picture, an object elsewhere."""
    root = etree.fromstring(raw, etree.XMLParser(resolve_entities=False, no_network=True))
    for relation in root.iter(_RELATIONS):
        kind = relation.get("Type", "")
        if relation.get("TargetMode") == "External" and not kind.endswith(_LINK):
            what = kind.rsplit("/", 1)[-1]
            yield f"loads something from elsewhere ({what} in {name}); it cannot stay there"
