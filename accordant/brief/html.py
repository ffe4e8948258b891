"""A brief as one self-contained HTML page: no script, no load, every foreign word escaped."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from itertools import groupby

from accordant.brief.characters import visible
from accordant.brief.document import (
    Block,
    Brief,
    Bullets,
    Definitions,
    Figure,
    Judgement,
    Paragraph,
    Ref,
    Rich,
    Said,
    Section,
    Source,
    SourceList,
    Style,
    Table,
    Text,
    plain,
)
from accordant.brief.house import PLAIN, House
from accordant.brief.html_house import policy, style, top
from accordant.brief.html_table import table

_DATE = re.compile(r"(?<![\w-])\d{4}-\d\d(?:-\d\d)?(?![\w-])", re.ASCII)
# A source or an assumption by its number: small, and often beside others.
_NUMBER = re.compile(r"\[\w+(, \w+)*\]")
_TAGS: dict[Style, tuple[str, str]] = {
    "plain": ("", ""),
    "strong": ("<strong>", "</strong>"),
    "emphasis": ("<em>", "</em>"),
    "code": ("<code>", "</code>"),
    "muted": ('<span class="quiet">', "</span>"),
}


def render(brief: Brief, house: House = PLAIN) -> str:
    """The whole page."""
    title = f"{safe(brief.title.text)} · {escape(brief.label)}"
    lies = ' class="wide"' if brief.wide else ""
    own = f"<p>{escape(house.footer)}</p>" if house.footer else ""
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(brief.language)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy(house)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f'<meta name="generator" content="Accordant {escape(brief.version)}">\n'
        f"<title>{title}</title>\n<style>\n{style(brief, house)}\n</style>\n</head>\n"
        f"<body{lies}>\n{_skip(brief)}\n"
        f"{_head(brief, house)}\n{_contents(brief)}\n<main>\n{_sections(brief.sections)}\n</main>\n"
        f"<footer>{own}<p>Made with Accordant {escape(brief.version)} from a case with the digest "
        f"<code>{escape(brief.digest)}</code>. Nothing on this page was loaded from elsewhere.</p></footer>\n"
        "</body>\n</html>\n"
    )


def _skip(brief: Brief) -> str:
    first = brief.sections[0]
    title = inline(first.title)
    return f'<a class="skip" href="#{escape(first.id)}">Skip to the {title[:1].lower()}{title[1:]}</a>'


def framed(brief: Brief) -> str:
    """The page in a frame of its own, for a notebook: its styles and ids touch nothing else."""
    page = escape(render(brief), quote=True)
    return (
        f'<iframe srcdoc="{page}" title="{safe(brief.title.text)}" sandbox="" loading="lazy" '
        'style="width:100%;height:80vh;border:1px solid #c9ced3"></iframe>'
    )


def safe(text: str) -> str:
    """Foreign text for an element or a quoted attribute."""
    return escape(visible(text), quote=True)


def inline(text: Rich) -> str:
    """Running text."""
    return "".join(_run(part) for part in text)


def _element(tag: str, text: Rich, attributes: str = "") -> str:
    """An element with running text; what is somebody's words as a whole is set from their side."""
    said = text[0] if len(text) == 1 else None
    if isinstance(said, Said) and said.style == "plain":
        lang = f' lang="{safe(said.lang)}"' if said.lang else ""
        body = _words(said.text)
        return f'<{tag}{attributes} dir="auto"{lang}>{body}</{tag}>'
    return f"<{tag}{attributes}>{inline(text)}</{tag}>"


def _words(text: str) -> str:
    """Words with their line breaks; a date stays on one line, as it is and as it is copied."""
    return _DATE.sub(r'<span class="date">\g<0></span>', safe(text).replace("\n", "<br>"))


def _run(part: Text | Said | Ref) -> str:
    if isinstance(part, Ref):
        number = ' class="number"' if _NUMBER.fullmatch(plain(part.text)) else ""
        return f'<a href="#{escape(part.target)}"{number}>{inline(part.text)}</a>'
    before, after = _TAGS[part.style]
    body = _words(part.text)
    if isinstance(part, Said):
        lang = f' lang="{safe(part.lang)}"' if part.lang else ""
        body = f"<bdi{lang}>{body}</bdi>"
    return f"{before}{body}{after}"


def _head(brief: Brief, house: House) -> str:
    kicker = [f"Accordant {escape(brief.label.lower())}"] + (
        [f"as of {safe(brief.as_of)}"] if brief.as_of else []
    )
    kicker += [inline(n) for n in brief.notices]
    lang = f' lang="{safe(brief.title.lang)}"' if brief.title.lang else ""
    spans = "".join(f"<span>{k}</span>" for k in kicker)
    question = _element("p", brief.question, ' class="question"')
    across = " across" if brief.sections[0].page == "wide" else ""
    return (
        f'<header class="head{across}">\n{top(house)}<p class="kicker">{spans}</p>\n'
        f'<h1 dir="auto"{lang}>{safe(brief.title.text)}</h1>\n'
        f"{question}\n</header>"
    )


def _contents(brief: Brief) -> str:
    if len(brief.sections) == 1:
        return ""
    items = "".join(f'<li><a href="#{escape(s.id)}">{inline(s.title)}</a></li>' for s in brief.sections)
    return f'<nav aria-label="Contents"><ul>{items}</ul></nav>'


def _sections(sections: Sequence[Section]) -> str:
    return "\n".join(_section(s, 2) for s in sections)


def _section(section: Section, level: int) -> str:
    body = "\n".join(_group(list(same)) for _, same in groupby(section.blocks, key=type))
    inner = "\n".join(_section(s, level + 1) for s in section.sections)
    kind = f' class="page-{section.page}"' if section.page else ""
    heading = f"h{min(level, 6)}"
    return (
        f'<section id="{escape(section.id)}"{kind}>\n<{heading}>{inline(section.title)}</{heading}>\n'
        f"{body}\n{inner}\n</section>"
    )


def _group(blocks: Sequence[Block]) -> str:
    """Neighbouring blocks of one type: judgements make one list."""
    if isinstance(blocks[0], Judgement):
        items = "\n".join(_judgement(b) for b in blocks if isinstance(b, Judgement))
        return f'<ol class="judgements">\n{items}\n</ol>'
    return "\n".join(_block(b) for b in blocks)


def _block(block: Block) -> str:
    match block:
        case Paragraph():
            kind = "" if block.style == "plain" else f' class="{block.style}"'
            return _element("p", block.text, f' id="{escape(block.id)}"{kind}')
        case Bullets():
            tag = "ol" if block.ordered else "ul"
            items = "".join(f"<li>{inline(i)}</li>" for i in block.items)
            return f'<{tag} class="bullets" id="{escape(block.id)}">{items}</{tag}>'
        case Table():
            return table(block, inline)
        case Figure():
            return _figure(block)
        case SourceList():
            return _source_list(block)
        case Definitions():
            return _definitions(block)
        case Judgement():
            return _judgement(block)


def _judgement(block: Judgement) -> str:
    rows = "".join(f"<div><dt>{safe(b.label)}</dt><dd>{inline(b.text)}</dd></div>" for b in block.rests)
    links = " ".join(_run(link) for link in block.links)
    if links:
        rows += f"<div><dt>Down to the words</dt><dd>{links}</dd></div>"
    return (
        f'<li class="judgement" id="{escape(block.id)}"><p class="says">{inline(block.says)}</p>'
        f'<dl class="basis">{rows}</dl></li>'
    )


def _figure(block: Figure) -> str:
    from accordant.brief.figures.render import svg

    note = f'<p class="figure-note">{inline(block.note)}</p>' if block.note else ""
    return (
        f'<figure id="{escape(block.id)}"><figcaption '
        f'id="{escape(block.id)}-caption">{inline(block.finding)}</figcaption>\n'
        f'<div class="scroll picture" tabindex="0" role="group" '
        f'aria-labelledby="{escape(block.id)}-caption">{svg(block)}</div>\n'
        f"{note}{table(block.table, inline)}</figure>"
    )


def _definitions(block: Definitions) -> str:
    # Terms that are whole sentences stand over their text, short ones beside it.
    wide = any(len(plain(e.term)) > 40 for e in block.entries)
    rows = "".join(
        f"<div{f' id={chr(34)}{escape(e.id)}{chr(34)}' if e.id else ''}><dt>{inline(e.term)}</dt>"
        f"{_element('dd', e.says)}</div>"
        for e in block.entries
    )
    return f'<dl class="terms{" wide" if wide else ""}" id="{escape(block.id)}">{rows}</dl>'


def _source_list(block: SourceList) -> str:
    items = "\n".join(_source(e) for e in block.entries)
    return (
        f'<div class="origin" id="{escape(block.id)}"><p class="name">{inline(block.title)}</p>'
        f'<p class="descriptor">{inline(block.note)}</p>\n<ol class="sources">\n{items}\n</ol></div>'
    )


def _source(entry: Source) -> str:
    says = _element("p", entry.says, ' class="says"')
    out = f'<p class="out">Out: {inline(entry.out)}.</p>' if entry.out else ""
    if entry.quote is not None:
        lang = f' lang="{safe(entry.quote.lang)}"' if entry.quote.lang else ""
        words = f'<blockquote dir="auto"{lang}>{safe(entry.quote.text)}</blockquote>'
    else:
        words = f'<p class="quiet">Words withheld: {safe(entry.withheld)}.</p>'
    facts = "".join(f"<div><dt>{safe(b.label)}</dt><dd>{inline(b.text)}</dd></div>" for b in entry.facts)
    return (
        f'<li class="source" id="{escape(entry.id)}"><span class="label">[{safe(entry.label)}]</span>'
        f"<div>{says}{out}{words}<dl>{facts}</dl></div></li>"
    )
