"""A brief as Markdown (CommonMark with pipe tables): the same content, figures as their tables.

Anchors are empty HTML elements, which every common renderer keeps. All foreign text is escaped,
so that nothing in a report can become a heading, a link, markup or a table cell.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from accordant.brief.characters import FIRST_STRONG, POP, any_leftward, visible
from accordant.brief.document import (
    Basis,
    Block,
    Brief,
    Bullets,
    Cell,
    Definitions,
    Figure,
    Judgement,
    Paragraph,
    Ref,
    Rich,
    Row,
    Said,
    Section,
    Source,
    SourceList,
    Table,
    Text,
    rich,
)
from accordant.brief.house import PLAIN, House

# Everywhere: emphasis, code, links, cells, strikethrough, formulas.
_SPECIAL = re.compile(r"([\\`*_\[\]|~$])")
# At the start of a line: headings, lists, rules, underlines.
_STARTS = re.compile(r"^([-+#=]|\d+[.)](?=\s|$))")
# What some readers make a link of by itself.
_LINKS = re.compile(r"(?i)\bwww(?=\.)|\b(?:https?|ftp)(?=://)|\b(?:mailto|xmpp)(?=:)|\S(?=@\S)")


def render(brief: Brief, house: House = PLAIN) -> str:
    """The whole document."""
    head = [f"# {_foreign(brief.title.text)}", ""]
    dated = [f"as of {escaped(brief.as_of)}"] if brief.as_of else []
    meta = [f"Accordant {escaped(brief.label.lower())}", *dated]
    meta += [inline(n) for n in brief.notices]
    head += [" · ".join(meta), ""]
    head += [f"**{inline(brief.question).strip()}**", ""] if brief.question else []
    body = [part for k, section in enumerate(brief.sections) for part in _section(section, 2)]
    foot = ["---", "", f"Accordant {escaped(brief.version)}, case digest `{brief.digest}`", ""]
    return re.sub(r"\n{3,}", "\n\n", "\n".join([*head, *body, *foot]))


def escaped(text: str) -> str:
    """Foreign text on one line, with nothing in it that Markdown or HTML would read."""
    line = " ".join(visible(text).split())
    line = line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    line = _SPECIAL.sub(r"\\\1", line)
    line = _LINKS.sub(lambda m: m.group() + "\\", line)
    return _STARTS.sub(lambda m: f"{m.group()[:-1]}\\{m.group()[-1]}", line)


def _foreign(text: str) -> str:
    """Words of a case or a report; those from the right apart, or figures would change places with them."""
    if not any_leftward(text):
        return escaped(text)
    return FIRST_STRONG + escaped(text) + POP


def _own(text: str) -> str:
    """Accordant's own words: a line break stays one."""
    parts = (_edges(part) for part in text.split("\n"))
    return "<br>".join(parts)


def _edges(text: str, escape: Callable[[str], str] = escaped) -> str:
    """Escaped text that keeps a space at either end."""
    if not text.strip():
        return " " if text else ""
    before = " " if text[0].isspace() else ""
    after = " " if text[-1].isspace() else ""
    return before + escape(text) + after


def inline(text: Rich) -> str:
    """Running text on one line."""
    return "".join(_run(part) for part in text)


def _run(part: Text | Said | Ref) -> str:
    if isinstance(part, Ref):
        return f"[{inline(part.text)}](#{part.target})"
    body = _own(part.text) if isinstance(part, Text) else _edges(part.text, _foreign)
    if not body.strip():
        return body
    wrap = {"strong": "**", "emphasis": "*", "code": "", "plain": "", "muted": ""}[part.style]
    if part.style == "code":
        return f"<code>{body}</code>"
    lead, tail = body[: len(body) - len(body.lstrip())], body[len(body.rstrip()) :]
    return f"{lead}{wrap}{body.strip()}{wrap}{tail}"


def _anchor(id_: str) -> str:
    return f'<a id="{id_}"></a>' if id_ else ""


def _section(section: Section, level: int) -> list[str]:
    found = [_anchor(section.id), "", f"{'#' * min(level, 6)} {inline(section.title)}", ""]
    number = 0
    for block in section.blocks:
        number = number + 1 if isinstance(block, Judgement) else 0
        found += [*_block(block, number), ""]
    for inner in section.sections:
        found += _section(inner, level + 1)
    return found


def _block(block: Block, number: int) -> list[str]:
    match block:
        case Judgement():
            return _judgement(block, number)
        case Paragraph():
            return [_anchor(block.id) + inline(block.text)]
        case Bullets():
            marks = (f"{k}." if block.ordered else "-" for k in range(1, len(block.items) + 1))
            items = (f"{mark} {inline(i)}" for mark, i in zip(marks, block.items, strict=True))
            return [_anchor(block.id), "", *items]
        case Table():
            return _table(block)
        case Figure():
            note = [inline(block.note), ""] if block.note else []
            return [f"{_anchor(block.id)}**{inline(block.finding)}**", "", *note, *_table(block.table)]
        case SourceList():
            return _sources(block)
        case Definitions():
            entries = (f"- {_anchor(e.id)}**{_bare(e.term)}** – {inline(e.says)}" for e in block.entries)
            return [_anchor(block.id), "", *entries]


def _judgement(block: Judgement, number: int) -> list[str]:
    links = [Basis("Down to the words", _spaced(block.links))] if block.links else []
    lines = [f"{number}. {_anchor(block.id)}**{_bare(block.says)}**", ""]
    indent = " " * (len(str(number)) + 2)
    return [*lines, *(f"{indent}- {escaped(b.label)}: {inline(b.text)}" for b in (*block.rests, *links))]


def _spaced(links: Sequence[Ref]) -> Rich:
    return rich(*(part for link in links for part in (link, " ")))


def _bare(text: Rich) -> str:
    """Text to stand inside strong emphasis: its own emphasis goes, its links stay."""
    return inline(tuple(p if isinstance(p, Ref) else replace(p, style="plain") for p in text))


def _table(block: Table) -> list[str]:
    found = [f"{_anchor(block.id)}**{inline(block.title)}**", ""]
    found += [_line([inline(c) for c in block.columns]), _line(["---"] * len(block.columns))]
    for row in block.rows:
        found.append(_line(_cells(block, row)))
    if block.key:
        found += ["", inline(block.key)]
    notes = [f"- {inline(place)}: {' '.join(map(inline, texts))}" for place, texts in block.reasons]
    return found + (["", "What stands behind the cells:", "", *notes] if notes else [])


def _cells(block: Table, row: Row) -> list[str]:
    if row.group:
        first = f"{_anchor(row.id)}**{_bare(row.cells[0].text)}**"
        return [first, *[""] * (len(block.columns) - 1)]
    cells = [_cell(c) for c in row.cells]
    return [_anchor(row.id) + cells[0], *cells[1:]]


def _cell(cell: Cell) -> str:
    return inline(cell.text).strip()


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(c.replace("\n", " ") for c in cells) + " |"


def _sources(block: SourceList) -> list[str]:
    found = [f"{_anchor(block.id)}**{_bare(block.title)}**. {inline(block.note)}", ""]
    for entry in block.entries:
        found += [*_source(entry), ""]
    return found


def _source(entry: Source) -> list[str]:
    out = f" **Out: {_bare(entry.out)}.**" if entry.out else ""
    words = (
        f"> {_foreign(entry.quote.text)}" if entry.quote else f"> Words withheld: {escaped(entry.withheld)}."
    )
    facts = " · ".join(f"{escaped(b.label)}: {inline(b.text)}" for b in entry.facts)
    return [
        f"{_anchor(entry.id)}**\\[{escaped(entry.label)}\\]** {inline(entry.says)}{out}",
        "",
        words,
        "",
        facts,
    ]
