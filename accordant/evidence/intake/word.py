"""Word files (DOCX): paragraphs, tables, lists, notes and text boxes in the order of the document.

Insertions that are tracked are kept, deletions left out; comments, hidden text, macros and embedded
files are left out. All of it is said.
"""

from __future__ import annotations

from accordant.errors import ReportError
from accordant.evidence.intake.archive import safe_copy
from accordant.evidence.intake.built import Building, Extract, only_where_written
from accordant.evidence.intake.layout import HEAD
from accordant.evidence.intake.limits import Limits
from accordant.evidence.intake.wordwalk import AUTHOR, Element, Piece, Walk, parsed
from accordant.evidence.page import PageFacts
from accordant.evidence.spans import Span


def read_word(raw: bytes, filename: str, limits: Limits) -> Extract:
    """The text of a Word file."""
    from docx import Document

    copy, names = safe_copy(raw, filename, limits)
    try:
        document = Document(copy)
    except (KeyError, ValueError, AttributeError) as error:
        hint = "open and save it anew as DOCX, or save its text"
        raise ReportError(f"{filename}: not a Word file that can be opened: {hint}") from error
    related: dict[str, list[Element]] = {}
    for relation in document.part.rels.values():
        kind = relation.reltype.rsplit("/", 1)[-1]
        if not relation.is_external and kind in ("footnotes", "endnotes", "comments", "header", "footer"):
            related.setdefault(kind, []).append(parsed(relation.target_part.blob))
    walk = Walk(related.get("footnotes", []), related.get("endnotes", []))
    building = Building(limits)
    _aside(walk, related.get("header", []), building)
    spans = _added(walk.blocks(document.element.body), building)
    _aside(walk, related.get("footer", []), building)
    _notes(walk, spans, related.get("comments", []), names, building)
    core = document.core_properties
    about = PageFacts(title=core.title or None, author=core.author or None, language=core.language or None)
    found = building.done(about)
    return Extract(
        found.text,
        found.furniture,
        found.notes,
        only_where_written(found.about, found.text),
        replaced=found.replaced,
    )


def _aside(walk: Walk, elements: list[Element], building: Building) -> None:
    """Heads and feet, each once."""
    said = dict.fromkeys(piece.text.strip() for element in elements for piece in walk.blocks(element))
    for words in said:
        building.add(words, HEAD)


def _added(pieces: list[Piece], building: Building) -> list[tuple[Piece, Span]]:
    found = []
    for piece in pieces:
        span = building.add(piece.text)
        if span is not None:
            found.append((piece, span))
    return found


def _notes(
    walk: Walk,
    spans: list[tuple[Piece, Span]],
    comments: list[Element],
    names: frozenset[str],
    building: Building,
) -> None:
    """What was left out, and what is a draft."""
    inserted = tuple(_inserted(spans))
    if inserted or walk.deleted:
        n = len(inserted)
        building.note(
            "tracked-changes",
            f"A draft with changes marked in it: {n} insertion{'' if n == 1 else 's'} kept, "
            f"{walk.deleted} deletion{'' if walk.deleted == 1 else 's'} left out.",
            inserted,
        )
    remarks = [c for element in comments for c in element]
    if remarks:
        n = len(remarks)
        by = ", ".join(dict.fromkeys(str(c.get(AUTHOR)) for c in remarks if c.get(AUTHOR))) or "nobody named"
        at = tuple(span for piece, span in spans if piece.commented)
        says = f"{n} comment{'' if n == 1 else 's'} in the margin, by {by}: left out of the text."
        building.note("comments", says, at)
    if walk.hidden:
        what = "1 hidden stretch is" if walk.hidden == 1 else f"{walk.hidden} hidden stretches are"
        it = "it" if walk.hidden == 1 else "them"
        building.note("hidden-text", f"{what} left out: a reader does not see {it}.")
    if any(name.lower().endswith(("vbaproject.bin", "vbadata.xml")) for name in names):
        building.note("macros", "The file holds macros: they were neither run nor read.")
    embedded = sum(name.startswith("word/embeddings/") for name in names) + walk.chunks
    if embedded:
        building.note("embedded", f"{embedded} other files are embedded in it: nothing of them is read.")


def _inserted(spans: list[tuple[Piece, Span]]) -> list[Span]:
    found = []
    for piece, span in spans:
        ahead = len(piece.text) - len(piece.text.lstrip())  # what was trimmed from its beginning
        for start, end in piece.inserted:
            place = Span(max(span.start, span.start + start - ahead), min(span.end, span.start + end - ahead))
            if place.start < place.end:
                found.append(place)
    return found
