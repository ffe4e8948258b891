"""Tables: heads that are repeated, rows that stay whole, cells whose standing shows without colour."""

from __future__ import annotations

from dataclasses import dataclass

from accordant.brief.document import Cell, Mark, Rich, Row, Table, Text, ended, plain, rich, spoken
from accordant.brief.docx import look
from accordant.brief.docx.columns import Fit, fitted
from accordant.brief.docx.flow import Flow
from accordant.brief.docx.look import MARKS
from accordant.brief.docx.xml import Element, on, some, w

TOGETHER = 0.45
"""Share of a page up to which a table is kept on one."""
WHOLE = 0.5
"""Share of a page up to which a row is: a taller one could not stand on what is left of any page."""
BEHIND = "What stands behind the cells"


@dataclass(frozen=True, slots=True)
class _Set:
    """How one table is set: the names of its styles."""

    fit: Fit

    def style(self, what: str) -> str:
        return f"Accordant {'Small ' if self.fit.small else ''}Table {what}"


def table(flow: Flow, block: Table, *, captioned: bool = True) -> None:
    """A table under its title, the key and what cells open to below it.

    A table with more columns than an upright page can hold is turned.
    """
    fit = fitted(block, flow.upright.across.room if flow.base else flow.upright.room)
    turned = not flow.base and fit.crowded
    if turned:
        fit = fitted(block, flow.upright.across.room)
    flow.turn(flow.base or turned)
    if captioned:
        flow.caption("Table", block.title, block.id)
    together = fit.height + 40 < flow.sheet.depth * TOGETHER
    setting = _Set(fit)
    rows = [_head(flow, block, setting)] if block.columns else []
    for k, row in enumerate(block.rows):
        last = k == len(block.rows) - 1
        # The last row stays with the key below it, the first with the head above it.
        keep = bool(block.key) if last else together or row.group or k == 0
        rows.append(_row(flow, block, row, setting, k, keep))
    flow.table(w("tbl", *_properties(flow, block, fit), *rows))
    if block.key:
        flow.add("Accordant Note", *flow.runs(block.key))
    _reasons(flow, block)


def _properties(flow: Flow, block: Table, fit: Fit) -> tuple[Element, Element]:
    total = sum(fit.widths)
    made = w(
        "tblPr",
        w("tblStyle", val=flow.styles.ids["Accordant Table"]),
        w("tblW", w=_twips(total), type="dxa"),
        w("tblLayout", type="fixed"),
        w(
            "tblLook",
            val="0480" if not block.columns else "04A0",
            firstRow=int(bool(block.columns)),
            lastRow=0,
            firstColumn=int(block.heads > 0),
            lastColumn=0,
            noHBand=0,
            noVBand=1,
        ),
        w("tblCaption", val=spoken(block.title)),
        w("tblDescription", val=spoken(block.key)) if block.key else None,
    )
    return made, w("tblGrid", *(w("gridCol", w=_twips(width)) for width in fit.widths))


def _twips(points: float) -> int:
    return round(points * 20)


def _head(flow: Flow, block: Table, setting: _Set) -> Element:
    cells = []
    for k, column in enumerate(block.columns):
        text = flow.paragraph(setting.style("Column Head"), flow.runs(column), keep=True)
        cells.append(w("tc", _cell_properties(setting.fit.widths[k]), text))
    return w("tr", w("trPr", w("cantSplit"), w("tblHeader")), *cells)


def _cell_properties(width: float, span: int = 1, mark: Mark = "", group: bool = False) -> Element:
    shade = None
    if group:
        shade = w("shd", val="clear", color="auto", fill=look.TINT)
    elif mark in ("assumed", "unsure"):
        # Hatched, as on the page on a screen; programs that draw no hatching show it as grey.
        shade = w("shd", val="thinReverseDiagStripe", color="DDE1E4", fill="FFFFFF")
    edge = w("left", val="dashed", sz=8, space=0, color=look.SOFT)
    return w(
        "tcPr",
        w("tcW", w=_twips(width), type="dxa"),
        w("gridSpan", val=span) if span > 1 else None,
        some("tcBorders", edge if mark in ("assumed", "unsure") else None),
        shade,
    )


def _row(flow: Flow, block: Table, row: Row, setting: _Set, k: int, keep: bool) -> Element:
    fit = setting.fit
    whole = fit.rows[k] < flow.sheet.depth * WHOLE
    properties = some("trPr", on("cantSplit", whole))
    if row.group:
        text = flow.runs(row.cells[0].text)
        inside = flow.paragraph(setting.style("Group Head"), text, id_=row.id, keep=True)
        span = _cell_properties(sum(fit.widths), len(fit.widths), group=True)
        return w("tr", properties, w("tc", span, inside))
    cells = []
    for c, cell in enumerate(row.cells):
        style = setting.style("Row Head" if c < block.heads else "Text")
        text = flow.runs(marked(cell))
        inside = flow.paragraph(style, text, id_="" if c else row.id, keep=keep)
        cells.append(w("tc", _cell_properties(fit.widths[c], mark=cell.mark), inside))
    return w("tr", properties, *cells)


def marked(cell: Cell) -> Rich:
    """The words of a cell with the sign for how it stands."""
    sign = MARKS.get(cell.mark, "")
    return rich(f"{sign}\u00a0", cell.text) if sign and plain(cell.text) else cell.text


def _reasons(flow: Flow, block: Table) -> None:
    """What cells open to on a screen, told once in full width."""
    reasons = block.reasons
    if reasons:
        flow.add("Accordant Note", *flow.runs((Text(f"{BEHIND}:"),)), keep=True)
    for place, texts in reasons:
        told = [rich(" ", text) for text in texts]
        where = flow.runs(ended(place), bold=True)
        flow.add("Accordant Reason", *where, *flow.runs(rich(*told)))
