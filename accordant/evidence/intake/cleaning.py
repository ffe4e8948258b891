"""The last step of every way in: line ends and control characters, the same for all formats."""

from __future__ import annotations

import re

_LINE_ENDS = re.compile("\r\n?|[\f\v\x85]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")


def cleaned(text: str) -> tuple[str, int]:
    """The text with line feeds as line ends, and how many control characters became U+FFFD.

    Examples
    --------
    >>> cleaned("one\\r\\ntwo\\x1b")
    ('one\\ntwo�', 1)
    """
    return _CONTROLS.subn("\ufffd", _LINE_ENDS.sub("\n", text))
