"""What ``read`` shows a person: every suggestion in its sentence, and what is odd about the text."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from accordant.cli import model_page
from accordant.cli.output import one_line, safe, title
from accordant.cli.rows import LABEL as LABEL
from accordant.cli.rows import row as row
from accordant.evidence.dates import Written
from accordant.evidence.result import Flag, ReadResult, Suggestion
from accordant.evidence.spans import Span
from accordant.evidence.written import attribution_words, turned, written_at

ROLES: dict[str, str] = {
    "talks": "talks",
    "said": "where it was said",
    "from": "from there",
    "to": "to there",
    "happened": "where it happens",
}
"""What a place is to what is said."""
_AROUND = 400
"""Code points of a sentence shown around the words."""


def page(result: ReadResult) -> Iterator[RenderableType]:
    """A report with its suggestions and flags."""
    yield from head(result)
    for claim in result.claims:
        yield ""
        yield from block(result, claim)
    if result.flags:
        yield ""
        yield title("What to look out for")
        for flag in result.flags:
            yield from _flag(result, flag)
    yield from model_page.details(result)
    yield ""
    yield Text(_left(result))
    into = "accordant read REPORT --into CASE"
    asks = f"{into} asks for each claim." if result.claims else f"{into}, where h marks words by hand."
    yield Text(f"Nothing is in a case yet: {asks}", style="dim")


def _left(result: ReadResult) -> str:
    """How much of the report no claim was found in."""
    n, all_of = len(result.unread), len(result.sentences)
    if n == 0:
        return "Every sentence was read as a claim." if all_of else "There is no sentence in it."
    if n == all_of:
        return "No claim was found in any sentence."
    return f"{n} of {all_of} sentences {'was' if n == 1 else 'were'} not read as claims."


def head(result: ReadResult) -> Iterator[RenderableType]:
    """What is known of the report, and how much was found."""
    facts = result.report
    yield title(facts.title or one_line(facts.file))
    about = [
        one_line(facts.file),
        facts.outlet,
        facts.author,
        facts.published or "no date",
        f"{facts.length:,} characters",
    ]
    yield Text(safe(" · ".join(part for part in about if part)))
    if facts.credits:
        names = ", ".join(dict.fromkeys(c.outlet for c in facts.credits))
        yield Text(safe(f"Credits {names}."))
    n = len(result.claims)
    yield Text(f"{n} suggested claim{'' if n == 1 else 's'}; a person decides on each.")
    yield from model_page.summary(result)


def block(result: ReadResult, claim: Suggestion) -> Iterator[RenderableType]:
    """One suggestion: its words in their sentence, and everything that was seen."""
    depth = 2 * result.depth(claim.id)
    inside = f", inside {claim.within}" if claim.within else ""
    inside += ", headline" if claim.headline else ""
    place = f"{claim.at.start}–{claim.at.end}"
    yield _at(depth, Text(safe(f"{claim.id}  {claim.kind}{inside}  [{place}]"), style="bold"))
    yield _at(depth + 4, in_context(result.text, claim))
    for label, words in _lines(result, claim):
        yield row(label, words, depth + 4)


def _at(indent: int, text: Text) -> Padding:
    return Padding(text, (0, 0, 0, indent))


def in_context(text: str, claim: Suggestion) -> Text:
    """The sentence with the exact words between brackets; bold on a terminal, cue and source underlined."""
    around = Span(min(claim.sentence.start, claim.at.start), max(claim.sentence.end, claim.at.end))
    start = max(around.start, claim.at.start - _AROUND)
    end = min(around.end, claim.at.end + _AROUND)
    shown = Text("… " if start > around.start else "")
    marks = {span.start: "[" for span in claim.parts} | {span.end: "]" for span in claim.parts}
    cuts = sorted({start, end, *marks, *_edges(claim)} & set(range(start, end + 1)))
    for first, last in pairwise(cuts):
        shown.append(marks.get(first, "") if marks.get(first) == "[" else "", style="dim")
        shown.append(safe(" ".join(text[first:last].split("\n"))), style=_style(claim, first))
        shown.append("]" if marks.get(last) == "]" else "", style="dim")
    if end < around.end:
        shown.append(" …")
    return shown


def _edges(claim: Suggestion) -> set[int]:
    spans = [claim.cue_at, *([claim.source.at] if claim.source.at else [])]
    return {edge for span in spans for edge in span}


def _style(claim: Suggestion, at: int) -> str:
    said = any(part.start <= at < part.end for part in claim.parts)
    cue = claim.cue_at.start <= at < claim.cue_at.end
    source = claim.source.at is not None and claim.source.at.start <= at < claim.source.at.end
    return " ".join(name for name, here in (("bold", said), ("underline", cue or source)) if here)


def _lines(result: ReadResult, claim: Suggestion) -> Iterator[tuple[str, str]]:
    source = claim.source
    yield "who", f"{source.text}: {attribution_words(source)}" if source.text else attribution_words(source)
    if source.stands_for is not None and (words := source.stands_for.of(result.text)) != source.text:
        yield "", f"stands for {words}"
    elif not source.resolved:
        yield "", "who that is, the report leaves open"
    if source.access:
        yield "knows", source.access
    if source.anonymity:
        yield "unnamed", source.anonymity
    if claim.told:
        yield "told", claim.told + (" (outlet)" if claim.outlet else "")
    elif claim.outlet:
        yield "outlet", claim.outlet
    yield "cue", f"{claim.cue} · {claim.act}, {claim.polarity}, {claim.directness}"
    if turned(result.text, claim):
        yield "claim", " ".join(written_at(result.text, claim).of(result.text).split())
    if claim.hedges:
        yield "hedged", ", ".join(f"“{h.of(result.text)}”" for h in claim.hedges)
    if claim.dates:
        yield "when", "; ".join(when(d) for d in claim.dates)
    if claim.places:
        yield "where", "; ".join(f"{place.text} ({ROLES[place.role]})" for place in claim.places)
    yield "how", model_page.how(claim)
    if (learned := model_page.mark(result, claim)) is not None:
        yield "learned", learned


def when(written: Written) -> str:
    """A time as written, with what it can mean."""
    if written.granularity == "duration":
        return f"{written.text} (how long)"
    if written.first is None or written.last is None:
        return f"{written.text} (open)"
    if written.first == written.last:
        return f"{written.text} ({written.first})"
    return f"{written.text} ({written.first} to {written.last})"


def _flag(result: ReadResult, flag: Flag) -> Iterator[RenderableType]:
    yield _at(2, Text.assemble((f"{flag.kind}: ", "bold"), safe(flag.says)))
    for span in flag.at[:4]:
        words = " ".join(span.of(result.text).split())
        shown = words if len(words) <= 120 else words[:117] + "…"
        yield _at(6, Text(safe(f"{span.start}–{span.end}  {shown}")))
    if len(flag.at) > 4:
        yield _at(6, Text(f"and {len(flag.at) - 4} more places", style="dim"))
