"""Before a document is written: what of the case leaves in it, and what stays behind."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, cast

from rich.console import RenderableType
from rich.text import Text

from accordant.cli.output import emit, indented, safe, title
from accordant.cli.tables import ROWS, Page
from accordant.errors import InputError
from accordant.tables import Table

if TYPE_CHECKING:
    from accordant.evidence.handling import Audience
    from accordant.evidence.leaving import Answer, Item, Leaving
    from accordant.opened import OpenCase

AUDIENCES = ("team", "public")
_ANSWERS = {"always": "true", "sometimes": "open", "never": "false"}
_KINDS = {
    "claim": ("claim", "claims"),
    "source": ("source", "sources"),
    "entry": ("entry of the register", "entries of the register"),
    "report": ("report", "reports"),
    "name": ("name", "names"),
}


def audience(given: str) -> Audience:
    """Whom a document is for.

    Raises
    ------
    InputError
        If it is neither for the team nor for the public.
    """
    if given not in AUDIENCES:
        raise InputError(f"--for {given}: a document is for {' or '.join(AUDIENCES)}")
    return cast("Audience", given)


def preview(opened: OpenCase, restricted: Collection[str], given: Audience, *, as_json: bool) -> None:
    """Print what would leave; nothing is written."""
    found = opened.leaving(restricted=restricted, audience=given)
    emit(found, _page(found), as_json=as_json)


def _page(found: Leaving) -> Iterator[RenderableType]:
    yield title(found.title)
    yield Text(
        safe(f"A document for the {found.audience} would be marked {found.mark or 'public'}."), style="bold"
    )
    yield indented(f"Leaves: {_counts(found.leaves)}.")
    yield indented(f"Stays behind: {_counts(found.stays)}.")
    if found.stays:
        yield Page(_stays(found.stays), rows=0)
    if found.unsure:
        rows = tuple((u.says, u.element, "yes" if u.told else "no") for u in found.unsure)
        columns = ("part", "element", "its words leave")
        yield Page(Table("What nothing shown stands behind any more", columns, rows), rows=0)
    if found.dropped:
        yield indented(f"Only withheld claims tell of these, which stay behind: {', '.join(found.dropped)}.")
    if found.answers:
        differ = [a for a in found.answers if a.differs]
        yield from _answers(differ, len(found.answers))
    yield Page(_leaves(found.leaves), rows=ROWS, rest="--json has all")


def _answers(differ: Collection[Answer], of: int) -> Iterator[RenderableType]:
    if not differ:
        yield indented(f"What is withheld changes none of {of} answers.")
        return
    rows = tuple((a.says, _ANSWERS[a.whole], _ANSWERS[a.leaves]) for a in differ)
    verb = "is another" if len(differ) == 1 else "are others"
    what = f"{len(differ)} of {of} answers {verb} in the document"
    yield Page(Table(what, ("answer", "with everything", "in the document"), rows), rows=0)


def _leaves(items: Collection[Item]) -> Table:
    rows = tuple((i.kind, i.id, i.mark, i.says) for i in items)
    return Table("What leaves", ("what", "id", "mark", "says"), rows)


def _stays(items: Collection[Item]) -> Table:
    rows = tuple((i.kind, i.id, i.mark, i.says, i.by) for i in items)
    return Table("What stays behind", ("what", "id", "mark", "says", "instead"), rows)


def _counts(items: Collection[Item]) -> str:
    """How many of each kind."""
    found = []
    for kind, (one, many) in _KINDS.items():
        n = sum(item.kind == kind for item in items)
        if n:
            found.append(f"{n:,} {one if n == 1 else many}")
    return ", ".join(found) or "nothing"
