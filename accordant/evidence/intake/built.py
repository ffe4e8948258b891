"""A text put together from paragraphs, with what was left out, marked or odd about it.

What comes out of a PDF, a Word file or a mail is no run of bytes: its text is put together here, one
paragraph after the other with an empty line between, so that a place in it is known from the start.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from accordant.evidence.furniture import Furniture
from accordant.evidence.intake.cleaning import cleaned
from accordant.evidence.intake.limits import Limits
from accordant.evidence.page import PageFacts
from accordant.evidence.spans import Span


class OverLimitError(ValueError):
    """A document holds more than is taken in; the message says what and how much is."""


@dataclass(frozen=True, slots=True)
class Note:
    """Something that taking in has to say: what was left out or is odd, as a flag."""

    kind: str
    says: str
    at: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file inside a report, to be read as a report of its own."""

    name: str
    raw: bytes


@dataclass(frozen=True, slots=True)
class Extract:
    """What came out of a document.

    Attributes
    ----------
    text
        The normalised text.
    furniture
        Stretches of whole paragraphs that belong to the page or the mail, not to the report.
    notes
        What is to be said about it.
    about
        What the document says of itself.
    """

    text: str
    furniture: tuple[Furniture, ...] = ()
    notes: tuple[Note, ...] = ()
    about: PageFacts = field(default_factory=PageFacts)
    attachments: tuple[Attachment, ...] = ()
    replaced: int = 0


class Building:
    """Puts a text together; :meth:`done` gives the extract."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._parts: list[str] = []
        self._length = 0
        self._replaced = 0
        self.furniture: list[Furniture] = []
        self.notes: list[Note] = []

    def add(self, words: str, what: str | None = None) -> Span | None:
        """A further paragraph and its place; ``what`` says which kind of furniture it is.

        Raises
        ------
        OverLimitError
            If the text grows beyond the limit.
        """
        text, replaced = cleaned(words)
        text = text.strip()
        if not text:
            return None
        start = self._length + (2 if self._parts else 0)
        if start + len(text) > self._limits.length:
            raise OverLimitError(too_long(self._limits))
        self._parts.append(text)
        self._length = start + len(text)
        self._replaced += replaced
        span = Span(start, self._length)
        if what is not None:
            self.furniture.append(Furniture(span, what))
        return span

    def note(self, kind: str, says: str, at: tuple[Span, ...] = ()) -> None:
        """Something to be said about the document."""
        self.notes.append(Note(kind, says, at[:50]))

    def done(self, about: PageFacts, attachments: tuple[Attachment, ...] = ()) -> Extract:
        """Everything put together."""
        text = "\n\n".join(self._parts) + "\n" if self._parts else ""
        return Extract(
            text, tuple(self.furniture), tuple(self.notes), about, attachments, replaced=self._replaced
        )


def too_long(limits: Limits) -> str:
    """That a text is too long, in words.

    Examples
    --------
    >>> too_long(Limits(length=2_000_000))
    'its text is too long: more than 2,000,000 characters; cut out the part that matters'
    """
    return f"its text is too long: more than {limits.length:,} characters; cut out the part that matters"


def only_where_written(about: PageFacts, text: str) -> PageFacts:
    """Title and author as a document declares them, if its text has the same words.

    Programs write names of templates, of former documents and of whoever installed them there.
    """
    flat = " ".join(text[:20_000].split()).casefold()

    def kept(words: str | None) -> str | None:
        return words if words and " ".join(words.split()).casefold() in flat else None

    return replace(about, title=kept(about.title), author=kept(about.author))


def as_data(extract: Extract) -> dict[str, Any]:
    """An extract as plain data, without the attachments' bytes."""
    about = extract.about
    return {
        "text": extract.text,
        "furniture": [[*f.span, f.what] for f in extract.furniture],
        "notes": [[n.kind, n.says, [list(s) for s in n.at]] for n in extract.notes],
        "about": {name: getattr(about, name) for name in about.__slots__},
        "attachments": [a.name for a in extract.attachments],
        "replaced": extract.replaced,
    }


def from_data(data: Mapping[str, Any], blobs: list[bytes]) -> Extract:
    """An extract from plain data; see :func:`as_data`."""
    return Extract(
        text=data["text"],
        furniture=tuple(Furniture(Span(a, b), what) for a, b, what in data["furniture"]),
        notes=tuple(Note(kind, says, tuple(Span(a, b) for a, b in at)) for kind, says, at in data["notes"]),
        about=PageFacts(**data["about"]),
        attachments=tuple(Attachment(n, raw) for n, raw in zip(data["attachments"], blobs, strict=True)),
        replaced=data["replaced"],
    )
