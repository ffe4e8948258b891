"""The forms that a document can take, by the ending of its file: add a line, and it is offered everywhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from accordant.errors import InputError

if TYPE_CHECKING:
    from accordant.brief.document import Brief
    from accordant.brief.house import House


@dataclass(frozen=True, slots=True)
class Form:
    """One form: what it is called, and the module whose ``render`` makes it.

    Attributes
    ----------
    name
        What it is called in a sentence.
    module
        A module with ``render(brief, house)``, which gives text or bytes. It is imported when it is used.
    make
        What the function is called where it is not ``render``.
    """

    name: str
    module: str
    make: str = "render"

    def render(self, brief: Brief, house: House) -> bytes:
        """The content of the file.

        Raises
        ------
        InputError
            If this kind of document has no such form.
        """
        make: Callable[[Brief, House], str | bytes] = getattr(import_module(self.module), self.make)
        made = make(brief, house)
        return made.encode() if isinstance(made, str) else made


_HTML = Form("a web page", "accordant.brief.html")
_MARKDOWN = Form("Markdown", "accordant.brief.markdown")
FORMS: dict[str, Form] = {
    ".html": _HTML,
    ".htm": _HTML,
    ".md": _MARKDOWN,
    ".markdown": _MARKDOWN,
    ".docx": Form("a Word document", "accordant.brief.docx"),
    ".pdf": Form("PDF", "accordant.brief.pdf"),
    ".xlsx": Form("a workbook of its tables", "accordant.brief.sheets", "workbook"),
    ".csv": Form("its tables as CSV", "accordant.brief.sheets", "csv"),
    ".svg": Form("a picture, where it is one figure", "accordant.brief.picture", "svg"),
    ".png": Form("a picture in pixels", "accordant.brief.picture", "png"),
    ".ics": Form("a calendar, of a timeline", "accordant.brief.ical"),
}
"""Every form, by ending."""
_GRAPHS = (".dot", ".graphml")


def form(path: Path) -> Form:
    """The form that a file's ending asks for.

    Raises
    ------
    InputError
        If there is no such form; the message names those that there are.

    Examples
    --------
    >>> form(Path("brief.HTML")).name
    'a web page'
    """
    found = FORMS.get(path.suffix.lower())
    if found is None:
        what = f"the extension {path.suffix!r}" if path.suffix else "no extension"
        graph = "; 'accordant convert' writes the states as a graph" if path.suffix.lower() in _GRAPHS else ""
        raise InputError(
            f"{path}: a brief cannot be written to a file with {what}; allowed: {', '.join(FORMS)}{graph}"
        )
    return found
