"""A tableau as LaTeX: an article without packages, every foreign word escaped."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from accordant.brief.characters import visible
from accordant.stability.tableau import Entry, Tableau, Vector
from accordant.version import __version__

WIDTH = 70
"""About how many characters a line of the tables holds; longer vectors are set in parts."""

_ESCAPES = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "#": r"\#",
    "$": r"\$",
    "%": r"\%",
    "&": r"\&",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    '"': r"\textquotedblright{}",
    "`": r"\textquoteleft{}",
    "'": r"\textquoteright{}",
    "-": r"-{}",
    "[": "{[}",
    "]": "{]}",
    "*": "{*}",
    "?": "?{}",
    "!": "!{}",
    "×": r"$\times$",
    "–": r"\textendash{}",
    "—": r"\textemdash{}",
    "“": r"\textquotedblleft{}",
    "”": r"\textquotedblright{}",
    "‘": r"\textquoteleft{}",
    "’": r"\textquoteright{}",
    "…": r"\ldots{}",
    "\n": " ",
    "\t": " ",
}
_MARKS = {"x": r"\rlap{/}u", "×": r"$\times$", "E": r"\textbf{E}", "?": "?"}
_LINKS = {"~": r"$\sim$", "?": "?{}"}


def escaped(text: str) -> str:
    """Text that LaTeX prints as it is.

    Examples
    --------
    >>> print(escaped("50 % of {A_1} & co"))
    50 \\% of \\{A\\_1\\} \\& co
    """
    return "".join(_ESCAPES.get(c, c) for c in visible(text))


def render(made: Tableau) -> str:
    """The whole document."""
    parts = [
        f"% Made with Accordant {__version__}. Names beyond the Latin script need xelatex or lualatex.",
        r"\documentclass{article}",
        r"\setlength{\parindent}{0pt}",
        r"\setlength{\tabcolsep}{4pt}",
        r"\begin{document}",
        rf"\section*{{{escaped(made.title)}}}",
        f"{escaped(made.heading)}. {escaped(made.result)}",
        "",
        *(line for vector in made.vectors for line in _vector(vector)),
        *_legend(made),
        *_key(made),
        r"\end{document}",
    ]
    return "\n".join(parts) + "\n"


def _vector(vector: Vector) -> Iterator[str]:
    yield rf"\subsection*{{{escaped(vector.name)}}}"
    yield rf"{{\small {escaped(vector.told)}}}"
    yield ""
    for entries in in_parts(vector.entries):
        yield rf"\smallskip\begin{{tabular}}{{l{'c' * len(entries)}}}"
        yield _row("equilibrium", entries, lambda e: _MARKS.get(e.sign, e.sign))
        yield _row("stability", entries, lambda e: _mark(e.mark)) + r"\hline"
        yield _row("state", entries, _state) + r"\hline"
        for k in range(max((len(e.below) for e in entries), default=0)):
            yield _row("improvements" if k == 0 else "", entries, partial(_improvement, k))
        yield r"\end{tabular}"
        yield ""
    if vector.footnote:
        yield rf"{{\small {escaped(vector.footnote)}}}"
        yield ""


def in_parts(entries: Sequence[Entry]) -> Iterator[Sequence[Entry]]:
    """The entries in parts that fit a line."""
    part: list[Entry] = []
    used = 0
    for entry in entries:
        size = 3 + max(map(len, (entry.state, *entry.below)))
        if part and used + size > WIDTH:
            yield part
            part, used = [], 0
        part.append(entry)
        used += size
    if part:
        yield part


def _row(head: str, entries: Sequence[Entry], cell: Callable[[Entry], str]) -> str:
    return " & ".join([head, *(cell(e) for e in entries)]) + r" \\"


def _state(entry: Entry) -> str:
    return (f"{_LINKS[entry.link]} " if entry.link else "") + escaped(entry.state)


def _improvement(k: int, entry: Entry) -> str:
    return escaped(entry.below[k]) if k < len(entry.below) else ""


def _mark(mark: str) -> str:
    return "/".join(_MARKS.get(one, one) for one in mark.split("/"))


def _legend(made: Tableau) -> Iterator[str]:
    told = {**{_mark(mark): says for mark, says in made.marks.items()}, **_signs(made)}
    yield r"\bigskip\begin{tabular}{lp{0.6\textwidth}}"
    for mark, says in told.items():
        yield rf"{mark} & {escaped(says)} \\"
    yield r"\end{tabular}"


def _key(made: Tableau) -> Iterator[str]:
    """What the states stand for, a paragraph each, so that they break over pages."""
    told = made.meanings
    if told:
        yield r"\subsection*{The states}"
    for state, text in told.items():
        yield rf"\hangindent=3em \textbf{{{escaped(state)}}} {escaped(text)}\par"


def _signs(made: Tableau) -> dict[str, str]:
    return {_LINKS.get(sign, escaped(sign)): says for sign, says in made.signs.items()}
