"""A tableau as one self-contained page: a table for each party, readable without seeing it."""

from __future__ import annotations

from collections.abc import Callable

from accordant.brief.html import safe
from accordant.brief.html_house import policy
from accordant.stability.tableau import Entry, Tableau, Vector
from accordant.version import __version__

_STYLE = """
:root {
  --ink: #1d2328; --soft: #545d65; --rule: #c9ced3; --tint: #f4f5f6;
  --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Noto Sans Arabic",
    "Noto Sans Hebrew", "Liberation Sans", Arial, sans-serif;
  --serif: Charter, "Bitstream Charter", "Sitka Text", Cambria, "Noto Serif", "Noto Naskh Arabic",
    "Noto Serif Hebrew", Georgia, serif;
}
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 0 1.25rem 3rem; max-width: 62rem; background: #fff; color: var(--ink);
  font: 1rem/1.5 var(--sans); overflow-wrap: break-word; }
header { padding: 2.2rem 0 1rem; border-bottom: 2px solid var(--ink); }
h1 { margin: 0 0 .4rem; font: 700 clamp(1.4rem, 1.1rem + 1.6vw, 2rem)/1.2 var(--serif); }
header p { margin: 0; color: var(--soft); }
.scroll { overflow-x: auto; margin: 1.6rem 0 0; position: relative; }
.scroll:focus-visible { outline: 3px solid #1f4f82; outline-offset: 2px; }
table { border-collapse: collapse; font-size: .95rem; line-height: 1.4; }
caption { text-align: start; font: 700 1.1rem/1.3 var(--serif); padding: .3rem 0 .5rem; white-space: nowrap; }
caption .quiet { font: 400 .9rem var(--sans); }
.quiet { color: var(--soft); }
th, td { padding: .25rem .65rem; text-align: center; vertical-align: top; white-space: nowrap; }
th[scope=row] { text-align: start; padding-inline-start: 0; font-weight: 400; color: var(--soft);
  position: sticky; inset-inline-start: 0; background: #fff; }
tr.states th { border-top: 1.5px solid var(--ink); border-bottom: 1.5px solid var(--ink); }
tr.states th[scope=col] { font-weight: 700; }
td.tied, th.tied { padding-inline-start: 0; }
.tie { color: var(--soft); font-weight: 400; margin-inline-end: .45rem; }
.after { margin-inline: .2rem 0; }
.pairs { margin: .4rem 0 0; font-size: .9rem; }
.E { font-weight: 700; background: var(--ink); color: #fff; padding: 0 .35em; border-radius: .15em;
  -webkit-print-color-adjust: exact; print-color-adjust: exact; }
ul { list-style: none; margin: 0; padding: 0; }
dl { margin: 1.8rem 0 0; font-size: .9rem; color: var(--soft); display: grid;
  grid-template-columns: max-content 1fr; column-gap: 1rem; }
dl div { display: contents; }
h2 { font: 700 1.1rem/1.3 var(--serif); margin: 1.8rem 0 0; }
dl.key { margin-top: .5rem; }
dt { font-weight: 700; color: var(--ink); } dd { margin: 0; }
footer { margin-top: 2rem; padding-top: .7rem; border-top: 2px solid var(--ink); color: var(--soft);
  font-size: .85rem; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%);
  white-space: nowrap; }
@page { size: A4 landscape; margin: 15mm; }
@media print {
  body { max-width: none; padding: 0; }
  .scroll { overflow: visible; break-inside: avoid; }
  /* a vector is one line on paper too: the type gives way, not the line */
  tbody { font-size: min(10pt, calc(262mm / var(--ems))); }
}
"""


def render(made: Tableau) -> str:
    """The whole page."""
    blocks = "\n".join(_block(vector, made.marks) for vector in made.vectors)
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy()}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{safe(made.title)}: {safe(made.heading)}</title>\n<style>{_STYLE}</style>\n</head>\n"
        f"<body>\n<header><h1>{safe(made.title)}</h1>\n<p>{safe(made.heading)}. "
        f"{safe(made.result)}</p></header>\n<main>\n{blocks}\n{_legend(made)}{_key(made)}\n</main>\n"
        f"<footer>Made with Accordant {safe(__version__)}, as the case is written. "
        "Nothing on this page was loaded from elsewhere.</footer>\n</body>\n</html>\n"
    )


def _block(vector: Vector, marks: dict[str, str]) -> str:
    name = safe(vector.name)
    rows = (
        _row("equilibrium", vector, lambda e: f'<span class="{_class(e)}">{_said(e.sign, marks)}</span>'),
        _row("stability", vector, lambda e: _said(e.mark, marks)),
        _states(vector),
        _row("improvements", vector, _improvements),
    )
    return (
        f'<div class="scroll" role="region" tabindex="0" aria-label="{name}">'
        f'<table style="--ems:{_ems(vector):.0f}">\n'
        f'<caption>{name} <span class="quiet">{safe(vector.told)}</span></caption>\n<tbody>\n'
        + "\n".join(rows)
        + f"\n</tbody></table>{_footnote(vector)}</div>"
    )


def _footnote(vector: Vector) -> str:
    return f'<p class="quiet pairs">{safe(vector.footnote)}</p>' if vector.footnote else ""


def _ems(vector: Vector) -> float:
    """About how wide the table is, in ems of its type."""
    names = (max(map(len, (e.state, *e.below))) for e in vector.entries)
    return 8 + sum(
        0.62 * length + (2.3 if e.link else 1.4) for length, e in zip(names, vector.entries, strict=True)
    )


def _row(head: str, vector: Vector, cell: Callable[[Entry], str]) -> str:
    cells = "".join(f"<td{_tied(e)}>{cell(e)}</td>" for e in vector.entries)
    return f'<tr><th scope="row">{head}</th>{cells}</tr>'


def _states(vector: Vector) -> str:
    cells = "".join(
        f'<th scope="col"{_tied(e)}>{_tie(e)}<bdi>{safe(e.state)}</bdi></th>' for e in vector.entries
    )
    return f'<tr class="states"><th scope="row">state</th>{cells}</tr>'


def _tied(entry: Entry) -> str:
    return ' class="tied"' if entry.link else ""


def _tie(entry: Entry) -> str:
    if not entry.link:
        return ""
    says = "tied with the one before: " if entry.tied else "order against the one before not known: "
    return f'<span class="tie" aria-hidden="true">{entry.link}</span><span class="hidden">{says}</span>'


def _improvements(entry: Entry) -> str:
    if not entry.below:
        return '<span class="hidden">none</span>'
    perhaps = '<span class="tie after" aria-hidden="true">?</span><span class="hidden"> perhaps</span>'
    items = [f"<li><bdi>{safe(s)}</bdi></li>" for s in entry.improvements]
    items += [f"<li><bdi>{safe(s)}</bdi>{perhaps}</li>" for s in entry.perhaps]
    return f"<ul>{''.join(items)}</ul>"


def _class(entry: Entry) -> str:
    return "E" if entry.sign == "E" else "quiet"


def _said(mark: str, says: dict[str, str]) -> str:
    return f'<abbr title="{safe(says[mark])}" style="text-decoration:none">{_shown(mark)}</abbr>'


def _shown(mark: str) -> str:
    return "/".join("<s>u</s>" if one == "x" else safe(one) for one in mark.split("/"))


def _key(made: Tableau) -> str:
    """What the states stand for."""
    told = made.meanings
    rows = [f"<div><dt><bdi>{safe(s)}</bdi></dt><dd>{safe(text)}</dd></div>" for s, text in told.items()]
    return f'\n<h2>The states</h2>\n<dl class="key">{"".join(rows)}</dl>' if rows else ""


def _legend(made: Tableau) -> str:
    rows = [f"<div><dt>{_shown(mark)}</dt><dd>{safe(says)}</dd></div>" for mark, says in made.marks.items()]
    rows += [f"<div><dt>{safe(sign)}</dt><dd>{safe(says)}</dd></div>" for sign, says in made.signs.items()]
    return f"<dl>{''.join(rows)}</dl>"
