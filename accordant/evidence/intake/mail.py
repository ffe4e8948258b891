"""Mails (EML): the subject and what was written, with heads, quoted mails and signatures marked.

The plain form is read where there is one, otherwise the HTML form without the article extractor: a mail
is no page. Attachments that can be read become reports of their own; the others are named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesParser
from email.utils import getaddresses, parsedate_to_datetime

from accordant.evidence.intake.built import Attachment, Building, Extract, OverLimitError
from accordant.evidence.intake.limits import Limits
from accordant.evidence.intake.mailtext import HEADER, QUOTED, labelled
from accordant.evidence.page import PageFacts, mail_text

_READ = {
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "text/plain": ".txt",
    "text/html": ".html",
    "message/rfc822": ".eml",
}
_ENDINGS = (".txt", ".text", ".md", ".html", ".htm", ".xhtml", ".pdf", ".docx", ".docm", ".eml")
_UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f]|.*[/\\]", re.S)
_FORWARDS = re.compile(r"\s*(?:fwd?|wg|tr|i|rv|enc)\s*:", re.I)
_HEAD_END = re.compile(rb"\r?\n\r?\n")
_SHORT = 40  # characters of a plain form that only says that there is an HTML form


@dataclass(slots=True)
class _Found:
    """What the parts of a mail come to."""

    body: list[tuple[str, str]] = field(default_factory=list)  # kind (plain or html) and text
    files: list[tuple[str, Message]] = field(default_factory=list)
    parts: int = 0
    damaged: int = 0


def read_mail(raw: bytes, filename: str, limits: Limits) -> Extract:
    """The text of a mail."""
    lowered = raw.lower()
    if (n := lowered.count(b"boundary=")) > limits.parts:
        raise OverLimitError(f"{n:,} parts in one mail, at most {limits.parts:,}; save what matters")
    if len(_HEAD_END.split(raw[: 2 * limits.head], 1)[0]) > limits.head:
        raise OverLimitError(
            f"the head of the mail is larger than {limits.head / 1e6:g} MB; save what matters"
        )
    message = BytesParser().parsebytes(raw)
    found = _Found()
    _take_apart(message, found, limits, 0)
    building = Building(limits)
    subject = _header(message, "Subject")
    if subject:
        building.add(subject)
    heads = [f"{name}: {words}" for name in ("From", "To", "Cc", "Date") if (words := _header(message, name))]
    building.add("\n".join(heads), HEADER)
    forwards = _FORWARDS.match(subject or "") is not None
    for kind, words in found.body:
        _body(kind, words, forwards, building)
    attachments = _attachments(found, building, limits)
    if found.damaged:
        says = "Bytes that do not fit the encoding that the mail declares are shown as \ufffd."
        building.note("damaged-encoding", says)
    return building.done(_facts(message, subject), attachments)


def _take_apart(message: Message, found: _Found, limits: Limits, depth: int) -> None:
    found.parts += 1
    if found.parts > limits.parts:
        raise OverLimitError(f"more than {limits.parts:,} parts in one mail; save what matters")
    if depth > limits.depth:
        raise OverLimitError(f"parts inside parts more than {limits.depth} deep; save what matters")
    kind = message.get_content_type()
    if kind == "message/rfc822" or _name(message) or message.get_content_disposition() == "attachment":
        found.files.append((kind, message))
    elif message.is_multipart():
        parts = [part for part in message.get_payload() if isinstance(part, Message)]
        if kind == "multipart/alternative":
            parts = _one_of(parts)
        for part in parts:
            _take_apart(part, found, limits, depth + 1)
    elif kind in ("text/plain", "text/html"):
        found.body.append((kind.removeprefix("text/"), _text(message, found)))
    else:
        found.files.append((kind, message))


def _one_of(parts: list[Message]) -> list[Message]:
    """The form that is read, of several forms of the same words: plain, if it says anything."""
    plain = [p for p in parts if p.get_content_type() == "text/plain" and not _name(p)]
    others = [p for p in parts if p.get_content_type() != "text/plain"]
    if plain and (not others or len(_bytes(plain[0]).strip()) > _SHORT):
        return plain[:1]
    return others[-1:] or parts[:1]


def _bytes(message: Message) -> bytes:
    payload = message.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _text(message: Message, found: _Found) -> str:
    raw = _bytes(message)
    for charset in (message.get_content_charset() or "utf-8", "utf-8"):
        try:
            return raw.decode(charset)
        except (LookupError, ValueError):
            continue
    found.damaged += 1
    return raw.decode("utf-8", "replace")


def _header(message: Message, name: str) -> str | None:
    value = message.get(name)
    if value is None:
        return None
    try:
        words = str(make_header(decode_header(str(value)[:10_000])))
    except (LookupError, ValueError):
        words = str(value)[:10_000]
    return " ".join("".join(c if c.isprintable() else " " for c in words).split()) or None


def _name(message: Message) -> str | None:
    """The file name of a part, without the folders that it names."""
    try:
        name = message.get_filename()
        name = str(make_header(decode_header(name))) if name else None
    except (LookupError, ValueError, TypeError):
        name = "attachment"
    return _UNSAFE.sub("", name).strip()[-120:] or None if name else None


def _body(kind: str, words: str, forwards: bool, building: Building) -> None:
    quoted: list[str] = []
    if kind == "html":
        words, quoted = mail_text(words, keep_quoted=forwards)
    for text, what in labelled(words, forwards):
        span = building.add(text, what)
        if what == HEADER and span is not None:
            says = "It passes on a mail of somebody else: what follows was not written by its sender."
            building.note("forwarded", says, (span,))
    for text in quoted:
        building.add(text, QUOTED)


def _attachments(found: _Found, building: Building, limits: Limits) -> tuple[Attachment, ...]:
    read: list[Attachment] = []
    unread: list[str] = []
    for number, (kind, message) in enumerate(found.files, 1):
        name = _name(message) or _called(kind, message, number)
        readable = name.lower().endswith(_ENDINGS)
        if kind.startswith("image/") and message.get_content_disposition() != "attachment":
            continue  # a logo in the text
        raw = b"" if not readable else _inner(message) if kind == "message/rfc822" else _bytes(message)
        if raw and len(read) < limits.attachments:
            read.append(Attachment(name, raw))
        else:
            unread.append(name)
    if read:
        building.note("attachments", f"Read as reports of their own: {_shown([a.name for a in read])}.")
    if unread:
        building.note("attachments", f"Attached and not read: {_shown(unread)}.")
    return tuple(read)


def _called(kind: str, message: Message, number: int) -> str:
    """A name for a part that has none."""
    if kind == "message/rfc822":
        subject = next((_header(inner, "Subject") for inner in _inside(message)), None)
        stem = re.sub(r"[^\w -]+", "", subject or "").strip()[:60]
        return f"{stem or f'mail-{number}'}.eml"
    return f"part-{number}{_READ.get(kind, '.' + kind.rsplit('/', 1)[-1])}"


def _inside(message: Message) -> Iterator[Message]:
    payload = message.get_payload()
    if isinstance(payload, list):
        yield from (part for part in payload if isinstance(part, Message))


def _inner(message: Message) -> bytes:
    for inner in _inside(message):
        return inner.as_bytes()
    return _bytes(message)


def _shown(names: list[str]) -> str:
    return ", ".join(names[:10]) + (f" and {len(names) - 10} more" if len(names) > 10 else "")


def _facts(message: Message, subject: str | None) -> PageFacts:
    """Title, outlet, author, date and address from the head of the mail."""
    people = getaddresses([_header(message, "From") or ""])
    author = next((name or address for name, address in people), None)
    published = None
    try:
        date = parsedate_to_datetime(str(message.get("Date", "")))
        published = date.date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        pass  # no date, or none that can be read: a flag says so
    listed = re.match(r'\s*"?([^"<]+?)"?\s*<', _header(message, "List-Id") or "")
    archived = re.search(r"https?://[^\s<>]+", _header(message, "Archived-At") or "")
    identity = re.search(r"<([^\s<>]+)>", _header(message, "Message-ID") or "")
    return PageFacts(
        title=subject,
        outlet=_header(message, "Organization") or (listed.group(1) if listed else None),
        author=author or None,
        published=published,
        address=archived.group() if archived else f"mid:{identity.group(1)}" if identity else None,
        language=_header(message, "Content-Language"),
    )
