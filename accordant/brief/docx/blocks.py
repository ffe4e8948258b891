"""Blocks as paragraphs: judgements with what they rest on, lists, terms, numbered sources."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from accordant.brief.characters import runs_leftward, visible
from accordant.brief.document import (
    Basis,
    Block,
    Bullets,
    Definitions,
    Figure,
    Judgement,
    Paragraph,
    Rich,
    Section,
    Source,
    SourceList,
    Table,
    Text,
    joined,
    plain,
    rich,
    said_leftward,
)
from accordant.brief.docx import measure
from accordant.brief.docx.figures import Annex, figure
from accordant.brief.docx.flow import Flow, gap
from accordant.brief.docx.look import LABEL
from accordant.brief.docx.tables import table

_STYLES = {"plain": "Body Text", "lead": "Accordant Lead", "note": "Accordant Note"}
DEEPEST = 4
"""Levels of headings that Word's styles are made for here."""


def sections(flow: Flow, found: Sequence[Section], annex: Annex, level: int = 1) -> None:
    """Sections, one after the other."""
    outer, after_wide = flow.base, False
    for k, section in enumerate(found):
        flow.base = outer or section.page == "wide"
        flow.turn(flow.base)
        # The very first part stands below the head of the document, whatever page it asks for.
        begins = (section.page != "" or after_wide) and (k > 0 or level > 1)
        _section(flow, section, annex, level, begins)
        after_wide = section.page == "wide"
    flow.base = outer


def _section(flow: Flow, section: Section, annex: Annex, level: int, new_page: bool) -> None:
    heading = f"heading {min(level, DEEPEST)}"
    flow.add(heading, *flow.runs(section.title), id_=section.id, new_page=new_page)
    for kind, same in groupby(section.blocks, key=type):
        blocks = list(same)
        if kind is Judgement:
            judgements(flow, [b for b in blocks if isinstance(b, Judgement)])
            continue
        for block in blocks:
            one(flow, block, annex, leads=_leads(block, _after(section, block)))
    sections(flow, section.sections, annex, level + 1)


def _after(section: Section, block: Block) -> Block | None:
    at = next(k for k, one in enumerate(section.blocks) if one is block)
    return section.blocks[at + 1] if at + 1 < len(section.blocks) else None


def _leads(block: Block, following: Block | None) -> bool:
    """Whether a paragraph speaks of what follows it: a table, a picture, or a list after a colon."""
    if isinstance(following, Table | Figure):
        return True
    return following is not None and isinstance(block, Paragraph) and plain(block.text).endswith(":")


def one(flow: Flow, block: Block, annex: Annex, leads: bool = False) -> None:
    """A block; ``leads`` where a table or a picture follows that it speaks of."""
    if not isinstance(block, Figure | Table):
        flow.turn(flow.base)
    match block:
        case Paragraph():
            rtl = said_leftward(block.text)
            content = flow.runs(block.text, leftward=rtl)
            flow.add(_STYLES[block.style], *content, id_=block.id, keep=leads, leftward=rtl)
        case Bullets():
            _bullets(flow, block)
        case Table():
            table(flow, block)
        case Figure():
            figure(flow, block, annex)
        case SourceList():
            _source_list(flow, block)
        case Definitions():
            _definitions(flow, block)
        case Judgement():
            judgements(flow, [block])


def judgements(flow: Flow, blocks: Sequence[Judgement]) -> None:
    """Numbered judgements, none of them broken over two pages."""
    flow.turn(flow.base)
    number = flow.numbering.new("judgement")
    for block in blocks:
        rests = list(block.rests)
        if block.links:
            rests.append(Basis("Down to the words", joined([rich(link) for link in block.links], " ")))
        says = flow.runs(block.says)
        flow.add("Accordant Judgement", *says, id_=block.id, number=number, keep=bool(rests))
        for k, basis in enumerate(rests):
            labelled(flow, "Accordant Basis", basis, last=k == len(rests) - 1)


def labelled(flow: Flow, style: str, basis: Basis, last: bool) -> None:
    """A line of text beside its label, on the page of the next one."""
    label = flow.runs.bare(visible(basis.label), "Accordant Label")
    flow.add(style, label, gap(), *flow.runs(basis.text), keep=not last, last=last)


def _bullets(flow: Flow, block: Bullets) -> None:
    style = "List Number" if block.ordered else "List Bullet"
    listed = None if flow.styles.numbers_itself(style) and not block.ordered else _number(flow, block)
    for k, item in enumerate(block.items):
        flow.add(style, *flow.runs(item), id_="" if k else block.id, number=listed)


def _number(flow: Flow, block: Bullets) -> int:
    return flow.numbering.new("number" if block.ordered else "bullet")


def _definitions(flow: Flow, block: Definitions) -> None:
    room = LABEL + 4
    beside = all(measure.wide(plain(e.term), 9.5, bold=True) <= room for e in block.entries)
    # The block's own place is that of its first entry, which may have one as well.
    for k, entry in enumerate(block.entries):
        places = flow.place("" if k else block.id) + flow.place(entry.id)
        if beside:
            term = flow.runs(entry.term, bold=True)
            flow.add("Accordant Fact", *places, *term, gap(), *flow.runs(entry.says))
        else:
            flow.add("Accordant Term", *places, *flow.runs(entry.term))
            flow.add("Accordant Meaning", *flow.runs(entry.says))


def _source_list(flow: Flow, block: SourceList) -> None:
    flow.add("Accordant Origin", *flow.runs(block.title), id_=block.id)
    if block.note:
        flow.add("Accordant Note", *flow.runs(block.note), keep=True)
    for entry in block.entries:
        _source(flow, entry)


def _source(flow: Flow, entry: Source) -> None:
    number = flow.runs.bare(f"[{visible(entry.label)}]", "Accordant Number")
    out = flow.runs(rich(Text(" Out: ", "strong"), entry.out, ".")) if entry.out else []
    flow.add("Accordant Source", number, gap(), *flow.runs(entry.says), *out, id_=entry.id)
    facts = _facts(entry.facts)
    if entry.quote is not None:
        rtl = runs_leftward(entry.quote.text)
        words = flow.runs((entry.quote,), leftward=rtl)
        flow.add("Quote", *words, leftward=rtl, keep=bool(facts))
    elif entry.withheld:
        told = flow.runs.bare(f"Words withheld: {visible(entry.withheld)}.", "Accordant Muted")
        flow.add("Quote", told, keep=bool(facts))
    if facts:
        flow.add("Accordant Source Facts", *flow.runs(facts))


def _facts(facts: Sequence[Basis]) -> Rich:
    """What is known of a claim in one paragraph; labels in bold tell one thing from the next."""
    found: list[Rich] = []
    for k, fact in enumerate(facts):
        found.append(rich(Text(" · ") if k else (), Text(f"{fact.label}: ", "strong"), fact.text))
    return rich(*found)
