"""The file: its parts, what leads from one to the other, and nothing of the machine or the hour."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.package import OpcPackage
from docx.opc.packuri import PackURI
from docx.opc.part import Part

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The date of every entry: the earliest that an archive can hold."""
_KINDS = {
    "png": "image/png",
    "svg": "image/svg+xml",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "gif": "image/gif",
    "emf": "image/x-emf",
    "wmf": "image/x-wmf",
    "odttf": "application/vnd.openxmlformats-officedocument.obfuscatedFont",
}

File = tuple[str, str, bytes]
"""A relationship, the ending of a file's name, and its bytes."""


@dataclass(frozen=True, slots=True)
class Loan:
    """A part with the files that it needs: a running head with its pictures, a table of fonts with fonts."""

    data: bytes
    files: tuple[File, ...] = ()


class Package:
    """The parts of one document.

    Examples
    --------
    >>> package = Package()
    >>> package.document(b"<w/>")
    >>> package.bytes()[:2]
    b'PK'
    """

    def __init__(self) -> None:
        self._package = OpcPackage()
        self._document = self._part("word/document.xml", CONTENT_TYPE.WML_DOCUMENT_MAIN, b"")
        self._package.relate_to(self._document, RELATIONSHIP_TYPE.OFFICE_DOCUMENT)
        self._images = 0

    def _part(self, name: str, kind: str, data: bytes) -> Any:
        return Part(PackURI(f"/{name}"), kind, data, self._package)  # type: ignore[arg-type]  # any package will do

    def document(self, data: bytes) -> None:
        """The text itself."""
        self._document._blob = data

    def belongs(self, name: str, kind: str, leads: str, data: bytes) -> Any:
        """A part that the text needs: its styles, its lists."""
        made = self._part(f"word/{name}", kind, data)
        self._document.relate_to(made, leads)
        return made

    def about(self, name: str, kind: str, leads: str, data: bytes) -> None:
        """A part that tells of the document as a whole."""
        self._package.relate_to(self._part(f"docProps/{name}", kind, data), leads)

    def edge(self, edge: str, name: str, loan: Loan) -> str:
        """A running head or foot with its pictures; its relationship."""
        kind = CONTENT_TYPE.WML_HEADER if edge == "header" else CONTENT_TYPE.WML_FOOTER
        leads = RELATIONSHIP_TYPE.HEADER if edge == "header" else RELATIONSHIP_TYPE.FOOTER
        made = self._part(f"word/{name}.xml", kind, loan.data)
        for picture in loan.files:
            self.picture(picture, made)
        found: str = self._document.relate_to(made, leads)
        return found

    def fonts(self, loan: Loan) -> None:
        """The table of fonts, with those that the document carries."""
        made = self.belongs(
            "fontTable.xml", CONTENT_TYPE.WML_FONT_TABLE, RELATIONSHIP_TYPE.FONT_TABLE, loan.data
        )
        for number, (id_, ending, data) in enumerate(loan.files, 1):
            font = self._part(f"word/fonts/font{number}.{ending}", _KINDS[ending], data)
            made.load_rel(RELATIONSHIP_TYPE.FONT, font, id_)

    def picture(self, picture: File, of: Any = None) -> None:
        """A picture of the text, or of another part."""
        id_, ending, data = picture
        self._images += 1
        made = self._part(f"word/media/image{self._images}.{ending}", _KINDS[ending], data)
        (of or self._document).load_rel(RELATIONSHIP_TYPE.IMAGE, made, id_)

    def bytes(self) -> bytes:
        """The file, the same for the same parts."""
        written = BytesIO()
        self._package.save(written)
        made = BytesIO()
        with zipfile.ZipFile(written) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
            for name in old.namelist():
                entry = zipfile.ZipInfo(name, EPOCH)
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.create_system = 0
                new.writestr(entry, old.read(name))
        return made.getvalue()
