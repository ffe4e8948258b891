"""A Word file before anybody opens it: what is inside, how large it unpacks, and no document types."""

from __future__ import annotations

import io
import zipfile

from accordant.errors import ReportError
from accordant.evidence.intake.built import OverLimitError
from accordant.evidence.intake.limits import Limits

_TYPES = "[Content_Types].xml"
_PLAIN = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_OTHERS = (
    b"application/vnd.ms-word.document.macroEnabled.main+xml",
    b"application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
    b"application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
)
_CHUNK = 1 << 20


def safe_copy(raw: bytes, filename: str, limits: Limits) -> tuple[io.BytesIO, frozenset[str]]:
    """A copy that holds the XML of a Word file and nothing else, and the names of all that is in the file.

    Pictures, macros and embedded files stay behind, empty, so that no library can open them.

    Raises
    ------
    ReportError
        If it is no archive, or one that was made to harm.
    OverLimitError
        If it unpacks to more than is taken in.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            infos = archive.infolist()
            _refuse(infos, filename, limits)
            copy = io.BytesIO()
            with zipfile.ZipFile(copy, "w", zipfile.ZIP_STORED) as kept:
                left = limits.unpacked
                for info in infos:
                    wanted = info.filename.endswith((".xml", ".rels"))
                    part = _part(archive, info, filename, left) if wanted else b""
                    left -= len(part)
                    kept.writestr(info.filename, part)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, RuntimeError, EOFError, OSError) as error:
        hint = "it is damaged; open and save it anew, or save its text"
        raise ReportError(
            f"{filename}: no ZIP archive that can be opened, as a Word file is: {hint}"
        ) from error
    copy.seek(0)
    return copy, frozenset(info.filename for info in infos)


def _refuse(infos: list[zipfile.ZipInfo], filename: str, limits: Limits) -> None:
    if len(infos) > limits.entries:
        raise OverLimitError(f"{len(infos):,} files in one Word file, at most {limits.entries:,}")
    if any(info.flag_bits & 1 for info in infos):
        raise ReportError(f"{filename}: locked by a password; save it without one")
    names = [info.filename for info in infos]
    if len(set(names)) < len(names):
        raise ReportError(f"{filename}: the same file twice in one Word file: damaged or hostile")
    unpacked = sum(info.file_size for info in infos)
    if unpacked > limits.unpacked:
        raise OverLimitError(_too_much(unpacked, limits.unpacked))
    if _TYPES not in names:
        raise ReportError(f"{filename}: a ZIP archive, and no Word file; take the reports out of it")


def _too_much(unpacked: int, most: int) -> str:
    return (
        f"it unpacks to {unpacked / 1e6:,.0f} MB or more, at most {most / 1e6:,.0f} MB; "
        "save its text and read that"
    )


def _part(archive: zipfile.ZipFile, info: zipfile.ZipInfo, filename: str, left: int) -> bytes:
    """One part, never more than what is left of the limit: what an archive says of its sizes may be wrong."""
    held = bytearray()
    with archive.open(info) as file:
        while piece := file.read(_CHUNK):
            held += piece
            if len(held) > left:
                raise OverLimitError(_too_much(len(held), left))
    part = bytes(held)
    plain = part.replace(b"\0", b"")  # UTF-16 too
    if b"<!DOCTYPE" in plain or b"<!ENTITY" in plain:
        raise ReportError(
            f"{filename}: {info.filename} declares a document type, as no Word file does: hostile"
        )
    if info.filename == _TYPES:
        for other in _OTHERS:
            part = part.replace(other, _PLAIN)
    return part
