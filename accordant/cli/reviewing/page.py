"""What the review shows: an item in its sentence, what was seen, what would enter, and how far one is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table as Grid
from rich.text import Text

from accordant.cli import model_page
from accordant.cli.output import safe
from accordant.cli.read_fields import filled_in
from accordant.cli.read_page import ROLES, in_context, row, when
from accordant.cli.reviewing.commands import HELP, LINE, SHORT_LINE
from accordant.evidence.by_hand import BY_HAND
from accordant.evidence.into import Draft, around, attribution_words
from accordant.evidence.result import Flag, Suggestion
from accordant.evidence.reviewing import GIVEN, Item, Review
from accordant.evidence.spans import Span
from accordant.evidence.written import turned

AROUND = 500
"""Code points of the text shown on either side as context."""
FLAGS = 3
"""Flags shown with one suggestion."""
_MARKS = {"accepted": "a", "rejected": "r", "skipped": "s", "split": "a", "merged": "a", "by-hand": "a"}


def keys(width: int) -> Text:
    """The keys on one line, as far as the width goes."""
    return Text(LINE if width >= len(LINE) + 4 else SHORT_LINE, style="dim")


def help_page() -> RenderableType:
    """What every key does."""
    grid = Grid.grid(padding=(0, 2, 0, 0))
    grid.add_column(no_wrap=True)
    grid.add_column()
    for key, words in HELP:
        grid.add_row(Text(key, style="bold"), Text(words))
    return Padding(grid, (0, 0, 0, 2))


def progress(review: Review) -> str:
    """How much was decided in this review."""
    return ", ".join(f"{n:,} {kind}" for kind in GIVEN if (n := review.counted(kind)))


def item_page(review: Review, k: int, draft: Draft, told: set[Flag]) -> Iterator[RenderableType]:
    """One item: where one is, the words in their sentence, what was seen, what would enter.

    Parameters
    ----------
    told
        Flags that were said in full already; what is said now is added.
    """
    item = review.items[k]
    claim = item.suggestion
    yield ""
    head = Text()
    head.append(f"{k + 1} of {len(review.items)}", style="bold")
    more = [item.id if claim.rule == BY_HAND else f"{item.id} {claim.kind}"]
    more += [f"inside {claim.within}"] if claim.within else []
    more += ["headline"] if claim.headline else []
    more += ["marked by hand"] if item.kind == "by-hand" else []
    head.append(safe(f" · {', '.join(more)}"))
    if done := progress(review):
        head.append(f"   {done}", style="dim")
    yield head
    yield Padding(in_context(review.result.text, claim), (0, 0, 0, 2))
    for label, words in _seen(review, claim, told):
        yield row(label, words, 2)
    yield from entering(draft)


def entering(draft: Draft) -> Iterator[RenderableType]:
    """What would enter the case."""
    yield Text("  As it would enter the case:", style="dim")
    for label, value in filled_in(draft):
        yield row(label, value, 4)


def altered(before: Draft, after: Draft) -> Iterator[RenderableType]:
    """The fields that a change has changed."""
    old = dict(filled_in(before))
    for label, value in filled_in(after):
        if old.get(label) != value:
            yield row(label, value, 4)


def _seen(review: Review, claim: Suggestion, told: set[Flag]) -> Iterator[tuple[str, str]]:
    """What tells an analyst whether to accept; the rest is among the details."""
    result = review.result
    source = claim.source
    if claim.rule == BY_HAND:
        return
    who = f"{source.text}: {attribution_words(source)}" if source.text else attribution_words(source)
    yield "who", f"{who} · {claim.cue}"
    if source.stands_for is not None and (words := source.stands_for.of(result.text)) != source.text:
        yield "", f"stands for {words}"
    elif not source.resolved:
        yield "", "who that is, the report leaves open"
    if claim.told or claim.outlet:
        yield (
            "told",
            f"{claim.told} (outlet)" if claim.told and claim.outlet else claim.told or claim.outlet or "",
        )
    if turned(result.text, claim):
        place = review.draft(Item(claim, "suggested", (claim.id,))).at(result.text)
        yield "claim", " ".join(place.of(result.text).split())
    if claim.hedges:
        yield "hedged", ", ".join(f"“{h.of(result.text)}”" for h in claim.hedges)
    if claim.rule == "model":
        yield "how", "only the language model found it"
    if (learned := model_page.mark(result, claim)) is not None:
        yield "learned", learned
    for flag in _flags(review, claim):
        yield "odd", f"{flag.kind}, as above" if flag in told else f"{flag.kind}: {flag.says}"
        told.add(flag)


def _flags(review: Review, claim: Suggestion) -> list[Flag]:
    """What is odd about the words, or about those beside them."""
    near = [claim.at, claim.cue_at, *([claim.source.at] if claim.source.at else [])]
    near += [claim.tail] if claim.tail else []
    flags = review.result.flags
    return [flag for flag in flags if any(place.meets(span) for place in flag.at for span in near)][:FLAGS]


def details(review: Review, claim: Suggestion) -> Iterator[RenderableType]:
    """How a suggestion was found, and everything else that was seen."""
    source = claim.source
    found = [("place", f"{claim.at.start}–{claim.at.end} of the text"), ("rule", claim.rule)]
    found += [("act", f"{claim.act}, {claim.polarity}, {claim.directness}")]
    found += [("knows", source.access)] if source.access else []
    found += [("unnamed", source.anonymity)] if source.anonymity else []
    found += [("when", "; ".join(when(d) for d in claim.dates))] if claim.dates else []
    found += (
        [("where", "; ".join(f"{p.text} ({ROLES[p.role]})" for p in claim.places))] if claim.places else []
    )
    found += [("found", "; ".join(claim.trace))] if claim.trace else []
    for label, words in found:
        yield row(label, words, 4)


def context(review: Review, span: Span) -> Text:
    """The text around some words, which stand between brackets."""
    text = review.result.text
    start, end = max(0, span.start - AROUND), min(len(text), span.end + AROUND)
    shown = Text("… " if start else "")
    shown.append(safe(text[start : span.start]))
    shown.append("[", style="dim")
    shown.append(safe(span.of(text)), style="bold")
    shown.append("]", style="dim")
    shown.append(safe(text[span.end : end]))
    if end < len(text):
        shown.append(" …")
    return shown


def listing(review: Review, width: int) -> Iterator[Text]:
    """Every item on a line: its number, what was decided, and its first words."""
    for k, item in enumerate(review.items):
        answer, before = review.answers.get(item.id), review.earlier.get(item.id)
        mark = _MARKS[answer.given] if answer else _MARKS[before.decision] if before else " "
        words = " ".join(item.suggestion.quote.split())
        line = Text(safe(f"{k + 1:>4} {mark} {item.id:<5} {words}"))
        line.truncate(width - 1, overflow="ellipsis")
        yield line


def telling(review: Review, claim: Suggestion) -> Iterator[RenderableType]:
    """What becomes of who tells it, where the suggestion around this one was not accepted."""
    skipped, rejected = review.skipped, review.rejected
    for outer in around(review.result, claim):
        who = outer.source.text or "nobody who is named"
        if outer.id in skipped:
            words = f"Inside {outer.id} ({who}), which you skipped: accepting this takes {outer.id} in too."
        elif outer.id in rejected:
            words = f"Inside {outer.id} ({who}), which you rejected: its origin stays who tells it."
        else:
            continue
        yield Padding(Text(safe(words)), (0, 0, 0, 4))


def numbered(places: Iterable[str]) -> Iterator[RenderableType]:
    """Choices with their numbers."""
    for k, words in enumerate(places, 1):
        grid = Grid.grid(padding=(0, 1, 0, 0))
        grid.add_column(width=4, justify="right", no_wrap=True)
        grid.add_column(overflow="fold")
        grid.add_row(Text(str(k)), Text(safe(words)))
        yield Padding(grid, (0, 0, 0, 2))
