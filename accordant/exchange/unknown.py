"""Why a file stands for no case: too large, or of none of the formats that can be read."""

from __future__ import annotations

import re
from pathlib import Path

from accordant.case.files import LIMIT, decode, read_bytes
from accordant.errors import Problem
from accordant.exchange.formats import OWN, formats, readable
from accordant.exchange.xml_text import root_tag

_KEY = re.compile(r"""(?:^|[{,]\s*)(?:"([^"\n]{1,40})"|([A-Za-z_][\w-]{0,39}))\s*:""", re.MULTILINE)
_OF_A_CASE = {"title", "parties", "issues", "preferences"}


def why_unknown(path: Path) -> Problem | None:
    """Why a file that may hold another program's model holds none; None where its name says that already.

    Examples
    --------
    >>> why_unknown(Path("notes.txt")) is None
    True
    """
    if path.name in OWN or not path.is_file() or not readable(path):
        return None
    file = str(path)
    raw = read_bytes(path, file, LIMIT)
    if isinstance(raw, Problem):
        return raw
    text = decode(raw, file)
    if isinstance(text, Problem):
        return text
    tag = root_tag(raw)
    keys = [] if tag else list(dict.fromkeys(a or b for a, b in _KEY.findall(text[:20_000])))
    if len(_OF_A_CASE.intersection(keys)) > 2:
        hint = f"name it {OWN[0]} and give its folder"
        return Problem(f"looks like a case, whose file is called {OWN[0]}", file=file, hint=hint)
    held = f"its outermost element is {tag[:40]}" if tag else f"it begins with the keys {', '.join(keys[:4])}"
    ending = path.suffix.lower()
    known = tuple(f.title for f in formats() if f.read and ending in (*f.endings, *f.looked_at))
    message = f"is not in a format that can be read{': ' + held if tag or keys else ''}"
    hint = f"give a case folder or its {OWN[0]}, or a file of one of these programs"
    return Problem(message, file=file, allowed=known, hint=hint)
