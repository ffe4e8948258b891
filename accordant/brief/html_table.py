"""Tables in HTML: scoped heads, cells that open, tables that fold on a screen and not on paper."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

from accordant.brief.document import Cell, Ref, Rich, Row, Said, Table, Text, ended

Inline = Callable[[Rich], str]

_DOTS = {
    "yes": '<span class="dot yes" aria-hidden="true"></span>',
    "no": '<span class="dot" aria-hidden="true"></span>',
    "open": '<span class="dot open" aria-hidden="true"></span>',
}


def table(block: Table, inline: Inline) -> str:
    """A table with its caption, in a part that scrolls on its own where the page is narrow."""
    id_ = escape(block.id)
    wide = ' class="wide"' if block.wide else ""
    head = "".join(f'<th scope="col">{inline(c)}</th>' for c in block.columns)
    body = "\n".join(
        "<tbody>\n" + "\n".join(_row(block, row, inline) for row in rows) + "\n</tbody>"
        for rows in _bodies(block.rows)
    )
    # The scrolling part takes the keyboard's focus, or nobody without a mouse could scroll it.
    inside = (
        f'<div class="scroll" tabindex="0" role="region" aria-labelledby="{id_}-caption">'
        f'<table id="{id_}"{wide}><caption id="{id_}-caption">{inline(block.title)}</caption>\n'
        f"<thead><tr>{head}</tr></thead>\n{body}</table></div>"
    )
    key = f'<p class="key">{inline(block.key)}</p>' if block.key else ""
    key += _on_paper(block, inline)
    if not block.fold:
        return f'<div class="block">{inside}{key}</div>'
    rows = sum(not row.group for row in block.rows)
    left = f'<p class="key left-out">{inline(block.paper)}</p>' if block.paper else ""
    return (
        f'<div class="block{" on-screen" if left else ""}"><details class="fold">'
        f"<summary>Table: {inline(unlinked(block.title))} ({rows} "
        f"{'row' if rows == 1 else 'rows'})</summary>{inside}{key}</details></div>{left}"
    )


def _on_paper(block: Table, inline: Inline) -> str:
    """What cells open to, once more in full width: on paper, where nothing can be opened."""
    if not block.reasons:
        return ""
    told = "".join(
        f"<p><strong>{inline(ended(place))}</strong> {' '.join(inline(text) for text in texts)}</p>"
        for place, texts in block.reasons
    )
    return f'<div class="on-paper">{told}</div>'


def _bodies(rows: Sequence[Row]) -> list[list[Row]]:
    """The rows, each group with its heading in a body of its own, so that the heading heads it alone."""
    found: list[list[Row]] = [[]]
    for row in rows:
        if row.group and found[-1]:
            found.append([])
        found[-1].append(row)
    return found


def unlinked(text: Rich) -> Rich:
    """The same words without links: what opens and closes cannot hold another thing to press."""
    found: list[Text | Said | Ref] = []
    for part in text:
        found.extend(unlinked(part.text) if isinstance(part, Ref) else (part,))
    return tuple(found)


def _row(block: Table, row: Row, inline: Inline) -> str:
    id_ = f' id="{escape(row.id)}"' if row.id else ""
    if row.group:
        cell = row.cells[0]
        span = len(block.columns)
        return (
            f'<tr class="group"{id_}><th colspan="{span}" '
            f'scope="rowgroup"{_kind(cell)}>{_cell(cell, inline, block.opener)}</th></tr>'
        )
    cells = "".join(
        f'<th scope="row"{_kind(c)}>{_cell(c, inline, block.opener)}</th>'
        if k < block.heads
        else f"<td{_kind(c)}>{_cell(c, inline, block.opener)}</td>"
        for k, c in enumerate(row.cells)
    )
    return f"<tr{id_}>{cells}</tr>"


def _kind(cell: Cell) -> str:
    return f' class="mark-{cell.mark}"' if cell.mark else ""


def _cell(cell: Cell, inline: Inline, opener: str) -> str:
    text = _DOTS.get(cell.mark, "") + inline(cell.text)
    if cell.mark in ("assumed", "unsure"):
        text = f'<span class="in">{text}</span>'
    if not cell.opens:
        return text
    why = "".join(f"<p>{inline(p)}</p>" for p in cell.opens)
    # A link inside what opens could not be told from opening it: then a word of its own opens.
    if any(isinstance(part, Ref) for part in cell.text):
        word = escape(opener)
        return f'{text}<details class="word"><summary>{word}</summary><div class="why">{why}</div></details>'
    return f'<details><summary>{text}</summary><div class="why">{why}</div></details>'
