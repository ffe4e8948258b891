"""Figures as inline SVG: no browser, no network, no script, ids that cannot clash."""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape
from typing import Any
from xml.etree import ElementTree

from accordant.brief.document import Figure, spoken
from accordant.brief.figures import look

_SVG = "http://www.w3.org/2000/svg"
_DROPPED = ("role", "aria-roledescription", "aria-label", "aria-hidden", "class", "pointer-events")
_URL = re.compile(r"url\(#([^)]+)\)")


def svg(figure: Figure, spec: dict[str, Any] | None = None) -> str:
    """The figure as an ``<svg>`` element with its finding as title and a description.

    The finding names what the picture shows and the description how it is drawn; both are read
    out in its place. The text in it stays text, so that it can be found and copied. ``spec`` is
    drawn in place of the figure's own, where it has more to show.
    """
    return _drawn(figure) if spec is None else _converted(figure, spec)


@lru_cache(maxsize=48)
def _drawn(figure: Figure) -> str:
    """Drawn once for all forms of a document: drawing takes longer than all the rest of a form."""
    return _converted(figure, figure.drawing.spec())


def _converted(figure: Figure, spec: dict[str, Any]) -> str:
    import vl_convert

    # An empty list of permitted addresses: a specification cannot make the converter fetch anything.
    made = vl_convert.vegalite_to_svg(spec, allowed_base_urls=[])
    root = ElementTree.fromstring(made)
    _once(root)
    _clean(root, figure.id)
    width, height = float(root.attrib.pop("width")), float(root.attrib.pop("height"))
    least = min(figure.drawing.least_width, int(width))
    root.attrib.update(
        {
            "role": "img",
            "aria-labelledby": f"{figure.id}-title {figure.id}-desc",
            "viewBox": f"0 0 {width:g} {height:g}",
            "style": f"width:100%;max-width:{width:g}px;min-width:{least}px;height:auto",
        }
    )
    body = "".join(ElementTree.tostring(child, encoding="unicode") for child in root)
    attributes = "".join(f' {name}="{escape(value)}"' for name, value in root.attrib.items())
    title = f'<title id="{figure.id}-title">{escape(spoken(figure.finding))}</title>'
    describes = f'<desc id="{figure.id}-desc">{escape(figure.describes)}</desc>'
    return f'<svg xmlns="{_SVG}"{attributes}>{title}{describes}{body}</svg>'


def _once(root: ElementTree.Element) -> None:
    """The type said once, on the whole picture, and not again on each word."""
    for element in root.iter():
        if element.attrib.get("font-family") == look.MEASURED:
            del element.attrib["font-family"]
    root.attrib["font-family"] = look.FONT


def _clean(root: ElementTree.Element, prefix: str) -> None:
    """Ids and references carry the figure's id; names are plain; roles of single marks go."""
    for element in root.iter():
        element.tag = element.tag.removeprefix(f"{{{_SVG}}}")
        for name in list(element.attrib):
            if name in _DROPPED or name.startswith("{"):
                del element.attrib[name]
            elif name == "id":
                element.attrib[name] = f"{prefix}-{element.attrib[name]}"
            else:
                element.attrib[name] = _URL.sub(rf"url(#{prefix}-\1)", element.attrib[name])
