"""The lines of a mail: what was written, and what is quoted, a signature or a lawyers' notice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

HEADER, QUOTED, SIGNATURE, LEGAL = "mail header", "quoted mail", "signature", "legal notice"

_WROTE = re.compile(
    r"(?:On|Am|Le|El|Il|Op|Den|W dniu)\b.{4,200}\b(?:wrote|schrieb|a écrit|escribió|ha scritto|schreef|skrev"
    r"|napisał\(a\))\b.{0,80}:\s*$",
    re.S,
)
_ORIGINAL = re.compile(
    r"[\W_]*(?:original message|ursprüngliche nachricht|message d'origine|mensaje original)[\W_]*$", re.I
)
_FORWARDED = re.compile(
    r"[\W_]*(?:begin forwarded message|forwarded message(?: from .*)?|weitergeleitete nachricht"
    r"|message transféré)[\W_]*$",
    re.I,
)
_HEAD = re.compile(
    r"\*?(?:From|Sent|Date|To|Cc|Subject|Reply-To|Von|Gesendet|An|Betreff|De|Envoyé|À|Objet)\s?:\*?\s", re.I
)
_SIGNED = re.compile(r"(?:sent from my|sent from (?:outlook|mail|yahoo)|get outlook for)\b", re.I)
_NOTICE = re.compile(
    r"[\W_]*(?:(?:this|the (?:information|contents?)(?: (?:contained )?in)?(?: of)?(?: this)?) "
    r"(?:e-?mail|message|communication)"
    r"\b.{0,200}\b(?:confidential|intended (?:only|solely)|privileged)"
    r"|confidentiality notice|disclaimer\b|if you (?:are not the intended recipient|have received this)"
    r"|please consider the environment)",
    re.I | re.S,
)


def labelled(words: str, forwards: bool) -> Iterator[tuple[str, str | None]]:
    """The paragraphs of a mail, each with the kind of furniture that it is, or None.

    Parameters
    ----------
    forwards
        Whether the mail passes another one on: then that one is the report.

    Examples
    --------
    >>> list(labelled("Agreed.\\n\\n> Do you agree?\\n-- \\nJon", False))
    [('Agreed.', None), ('> Do you agree?', 'quoted mail'), ('-- \\nJon', 'signature')]
    """
    lines = words.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    labels = _labels(lines, forwards)
    at = 0
    for label, group in groupby(labels):
        count = len(list(group))
        block = "\n".join(lines[at : at + count])
        at += count
        for paragraph in re.split(r"\n[^\S\n]*(?:\n[^\S\n]*)+", block):
            if paragraph.strip():
                legal = label is None and _NOTICE.match(paragraph) is not None
                yield paragraph.strip("\n"), LEGAL if legal else label


def _labels(lines: list[str], forwards: bool) -> list[str | None]:
    labels: list[str | None] = [None] * len(lines)
    signed = False
    at = 0
    while at < len(lines):
        line = lines[at].rstrip()
        head = _head(lines, at)
        if line.lstrip().startswith(">"):
            labels[at], signed = QUOTED, False
        elif (introduced := _introduction(lines, at)) > 0:
            labels[at : at + introduced] = [QUOTED] * introduced
            at += introduced
            continue
        elif _FORWARDED.match(line) or (forwards and (_ORIGINAL.match(line) or head)):
            count = max(1, head)
            labels[at : at + count] = [HEADER] * count
            signed = False
            at += count
            continue
        elif _ORIGINAL.match(line) or head:
            labels[at:] = [QUOTED] * (len(lines) - at)
            break
        elif signed or line in ("--", "\u2014") or _SIGNED.match(line):
            signed = True
            labels[at] = SIGNATURE
        at += 1
    return _filled(lines, labels)


def _head(lines: list[str], at: int) -> int:
    """How many lines of a copied head begin here; 0 where there are fewer than three."""
    end = at
    while end < len(lines) and end - at < 12 and _HEAD.match(lines[end].strip() + " "):
        end += 1
    return end - at if end - at >= 3 else 0


def _introduction(lines: list[str], at: int) -> int:
    """How many lines say who wrote what is quoted below them; 0 where nothing of the kind begins here."""
    for count in (1, 2, 3):
        if _WROTE.match("\n".join(lines[at : at + count]).strip()):
            below = (line for line in lines[at + count : at + count + 3] if line.strip())
            return count if next(below, "").lstrip().startswith(">") else 0
    return 0


def _filled(lines: list[str], labels: list[str | None]) -> list[str | None]:
    """Empty lines take the label of the line before, so that they part nothing."""
    for at in range(1, len(lines)):
        if not lines[at].strip() and labels[at] is None:
            labels[at] = labels[at - 1]
    return labels
