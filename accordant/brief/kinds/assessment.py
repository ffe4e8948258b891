"""The assessment brief: the bottom line on a page or two, how firm it is, and what would change it."""

from __future__ import annotations

from collections.abc import Sequence

from accordant.brief.context import Context
from accordant.brief.document import Block, Bullets, Paragraph, Section, rich
from accordant.brief.kinds import NothingToTellError
from accordant.brief.parts import cited, firmness, minds
from accordant.brief.parts.assessed import Assessed, assessed
from accordant.brief.parts.since import in_short
from accordant.brief.parts.summary_of_sources import statement
from accordant.brief.plainly import concepts_in_short, dated

LOSSES, ASKED = 3, 2
"""Most losses, and most questions, of which it is told what they would change."""
ASSUMED = 3
"""Most assumptions that are listed one by one, but for those that are cited: they all are."""
CITED = 9
"""Most claims that are listed."""


def sections(context: Context) -> Sequence[Section | None]:
    """Judgements, what changed, what would change our mind, then what it all stands on."""
    found = assessed(context)
    if not found:
        raise NothingToTellError("the case has no outcome and no proposal that a judgement could be about")
    rests = list({r.conclusion: r for one in found for r in one.rests}.values())
    changed = in_short(context)
    mind = minds.bullets(context, rests, LOSSES, ASKED)
    body = [
        Section("bottom-line", rich("Bottom line"), tuple(_bottom(context, found))),
        Section("since", rich("What changed"), (Bullets("since-list", changed),)),
        Section("mind", rich("What would change our mind"), (mind,)) if mind is not None else None,
    ]
    return [*body, _standing(context, body, found)]


def _bottom(context: Context, found: Sequence[Assessed]) -> list[Block]:
    when = dated(context.case.as_of)
    lead = "These judgements say what follows from what has been reported and assumed"
    lead += f" up to {when}" if when else ""
    blocks: list[Block] = [Paragraph("conditional", rich(f"{lead}. They do not say what will happen."))]
    blocks += [one.block for one in found]
    about = [r.conclusion for one in found for r in one.rests]
    yardstick = firmness.yardstick(context, about)
    if yardstick is not None:
        blocks.append(yardstick)
    note = rich(firmness.RULE, " ", concepts_in_short(context))
    return [*blocks, Paragraph("how-to-read", note, "note")]


def _standing(context: Context, body: Sequence[Section | None], found: Sequence[Assessed]) -> Section:
    """The source summary statement, the assumptions that carry it, and the sources that are cited."""
    made = statement(context)
    claims, assumed = cited.grounds(context, [*body, Section("", (), (made,))])
    blocks: list[Block] = [made]
    rests = [r for one in found for r in one.rests]
    ids = cited.listed_first(cited.carrying(context, assumed, rests), assumed, ASSUMED)
    listed = cited.assumptions(context, ids)
    if listed is not None:
        blocks.append(listed)
    table = cited.table(context, claims[:CITED])
    if table is not None:
        blocks.append(table)
    return Section("sources", rich("What it stands on"), tuple(blocks))
