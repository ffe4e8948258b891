"""What a house, and a document's own marks, add to a web page: styles, fonts, lines on paper, logo.

Fonts and logo stand in the page itself, as ``data:`` addresses. What stands at the head and the foot of
each printed page goes through the browser's own boxes in the margin.
"""

from __future__ import annotations

from base64 import b64encode
from functools import lru_cache
from html import escape
from importlib.resources import files
from pathlib import Path

from accordant.brief.characters import visible
from accordant.brief.document import Brief
from accordant.brief.house import PLAIN, House

_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; {fonts}base-uri 'none'; form-action 'none'"
)
_SIZES = {"a4": "A4", "letter": "letter"}
_LOGOS = {"svg": "image/svg+xml", "png": "image/png"}


def policy(house: House = PLAIN) -> str:
    """What the page may load: nothing but what is in it."""
    return _POLICY.format(fonts="font-src data:; " if _carried(house) else "")


def style(brief: Brief, house: House) -> str:
    """Every rule of the page, ours first, so that a house's own count more."""
    parts = [_ours(), _paper(brief, house), *_fonts(house), *_families(house)]
    if house.accent != PLAIN.accent:
        parts.append(f":root {{ --link: {house.accent}; }}")
    if house.css:
        # No rule holds this sequence; unbroken it would end the element.
        parts.append(house.css.replace("</", "<\\/"))
    return "\n".join(parts)


def top(house: House) -> str:
    """The house's logo and line at the head of the page; empty where it has none."""
    if not house.logo and not house.header:
        return ""
    logo = ""
    if house.logo:
        data = b64encode(house.logo).decode()
        alt = "" if house.name in house.header else house.name
        logo = f'<img src="data:{_LOGOS[house.logo_kind]};base64,{data}" alt="{escape(alt)}">'
    line = f"<p>{escape(house.header)}</p>" if house.header else ""
    return f'<div class="house">{logo}{line}</div>\n'


def css_string(text: str) -> str:
    """A CSS string that cannot end the string, the rule or the style element.

    Examples
    --------
    >>> css_string('a"}')
    '"a\\\\22 \\\\7d "'
    """
    return '"' + "".join(c if c.isalnum() or c in " .·-" else f"\\{ord(c):x} " for c in visible(text)) + '"'


@lru_cache(maxsize=1)
def _ours() -> str:
    return files("accordant.brief").joinpath("style.css").read_text(encoding="utf-8")


def _paper(brief: Brief, house: House) -> str:
    """Size of the sheets, and what stands in their margins."""
    size = _SIZES[house.paper]
    foot = f"Accordant {brief.version} · case {brief.digest[:12]}"
    foot += f" · as of {brief.as_of}" if brief.as_of else ""
    lines = [house.footer, foot] if house.footer else [foot]
    mark = f"Handling: {brief.handling}" if brief.handling else ""
    first = "@page :first { @top-left { content: none; } }\n" if house.header else ""
    if brief.wide:  # all pages lie across: no page is another kind of page, or each would begin a new one
        first += "@media print { body { --tall: 128mm; } .page-wide, .head.across { page: auto; } }\n"
    return (
        f"@page {{ size: {size}{' landscape' if brief.wide else ''}; }}\n"
        f"@page wide {{ size: {size} landscape; }}\n{first}"
        f":root {{ --head: {css_string(house.header)}; --mark: {css_string(mark)}; "
        f"--foot: {css_string(chr(10).join(lines))}; }}"
    )


def _carried(house: House) -> tuple[Path, ...]:
    return house.fonts if house.embed_fonts else ()


def _fonts(house: House) -> list[str]:
    """A rule for each font that the page carries."""
    from accordant.brief.house_fonts import Face, read_face

    found = []
    for path in _carried(house):
        raw = path.read_bytes()
        face = read_face(raw)
        if not isinstance(face, Face):
            continue
        kind = ("otf", "opentype") if face.opentype else ("ttf", "truetype")
        found.append(
            f"@font-face {{ font-family: {css_string(face.families[0])}; font-weight: {face.weight}; "
            f"font-style: {'italic' if face.italic else 'normal'}; src: url(data:font/{kind[0]};base64,"
            f"{b64encode(raw).decode()}) format('{kind[1]}'); }}"
        )
    return found


def _families(house: House) -> list[str]:
    """The house's families before ours, which stand in for letters that they lack."""
    found = []
    if house.text_font:
        found.append(f"body, figure svg {{ font-family: {css_string(house.text_font)}, var(--sans); }}")
    if house.heading_font:
        names = f"{css_string(house.heading_font)}, var(--serif)"
        found.append(f"h1, h2, h3, .judgement .says, .judgement::before {{ font-family: {names}; }}")
    return found
