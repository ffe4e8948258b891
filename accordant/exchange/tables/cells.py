"""How one part of a case is written in one cell, and read again.

What people write by hand is written as they would: names with commas between them, ``joint: a, b``,
``truce = lasting, captives = all``, ``20 to 30``. Where that would not read back as it was meant, the
part is written as in the case file, in brackets or quotation marks, and either form is always read.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from accordant.case.emit import flow, scalar
from accordant.case.ranges import short
from accordant.case.tree import grow, plain
from accordant.exchange.tables.quirks import dated

YES, NO = ("yes", "true", "1", "x"), ("no", "false", "0")
_ARROW = re.compile(r"\s*(?:->|→)\s*")
_TO = re.compile(r"\s+to\s+")
_BARE = re.compile(r"[^\s,=;{}\[\]\"'#&*!|>%@`]([^,=;\n{}\[\]\"']*[^\s,=;{}\[\]\"'])?")


@dataclass(frozen=True)
class Form:
    """A way of writing a part in a cell.

    Attributes
    ----------
    name
        What it is called in the documentation.
    write
        The part, as text, lists and mappings, as the text of a cell.
    read
        The other way round; raises ValueError with what is allowed. Other texts may be read as the
        same part.
    number
        Whether cells hold numbers.
    """

    name: str
    write: Callable[[Any], str]
    read: Callable[[str], Any]
    number: bool = False

    def tidy(self, text: str) -> str:
        """A cell as it would be written here; as it is where it cannot be read."""
        try:
            return self.write(self.read(text)) if text else ""
        except ValueError:
            return text


def _of(
    name: str,
    write: Callable[[Any], str],
    read: Callable[[str], Any],
    same: Callable[[Any], Any] = lambda value: value,
) -> Form:
    """A form that falls back to the notation of the case file where its own would not read back.

    ``same`` gives what a part means, where the case file has several ways of writing it.
    """

    def told(value: Any) -> str:
        value = same(value)
        try:
            text = write(value)
            if text and reads(text) == value:
                return text
        except (ValueError, TypeError, AttributeError):
            pass
        return _quoted(value) if isinstance(value, str) else flow(value)

    def reads(text: str) -> Any:
        text = text.strip()
        if text[:1] in ("[", "{", '"', "'"):
            found = noted(text)
            if found is not None:
                return found
        return read(text)

    return Form(name, told, reads)


def _quoted(text: str) -> str:
    inside = scalar(text, '"')
    return inside if inside[:1] in ('"', "'") else f'"{inside}"'


def noted(text: str) -> Any:
    """What a text means in the notation of the case file; None where it means nothing."""
    tree, problems = grow(f"k: {' '.join(text.splitlines())}\n", "")
    data = plain(tree) if tree is not None and not problems else None
    return data.get("k") if isinstance(data, dict) and list(data) == ["k"] else None


# Plain text: what stands in the cell. Nothing at all is told from no text by quotation marks.


def _text(value: Any) -> str:
    text = str(value)
    return f'"{text}"' if not text.strip('"') else text


def _from_text(text: str) -> str:
    return text[1:-1] if len(text) > 1 and not text.strip('"') else text


def _listed(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


def _names(value: Any) -> str:
    return ", ".join(_listed(value))


def _from_names(text: str) -> list[str]:
    return [name for part in re.split(r"[,;\n]", text) if (name := part.strip())]


def _flag(value: Any) -> str:
    return "yes" if str(value).lower() == "true" else ""


def _from_flag(text: str) -> str:
    said = text.strip().lower()
    if said not in YES + NO:
        raise ValueError("yes, no")
    return "true" if said in YES else "false"


def _number(value: Any) -> str:
    return str(short(str(value)))


def _state(value: Any) -> str:
    if isinstance(value, str):
        return value
    if not all(_BARE.fullmatch(part) for pair in value.items() for part in pair):
        raise ValueError
    return ", ".join(f"{issue} = {said}" for issue, said in value.items())


def _from_state(text: str) -> Any:
    if "=" not in text:
        return text
    found: dict[str, str] = {}
    for part in _from_names(text):
        issue, sign, value = (piece.strip() for piece in part.partition("="))
        if not sign or not issue or not value or "=" in value or issue in found:
            raise ValueError("a state by name, or values such as 'pay = 5, shifts = day'")
        found[issue] = value
    return found


def _between(value: Any) -> str:
    return _number(value) if isinstance(value, str) else " to ".join(_number(end) for end in value)


def _from_between(text: str) -> Any:
    ends = [_number(end) for end in _TO.split(text.strip())]
    if len(ends) > 2:
        raise ValueError("one number, or two such as '20 to 30'")
    return ends[0] if len(ends) == 1 else ends


def _control(value: Any) -> str:
    joint = isinstance(value, dict)
    return f"joint: {_names(value['joint'])}" if joint else _names(value)


def _from_control(text: str) -> Any:
    head, colon, names = text.partition(":")
    if colon and head.strip().lower() in ("joint", "jointly"):
        return {"joint": _from_names(names)}
    found = _from_names(text)
    return found[0] if len(found) == 1 else found


def _arrow(pair: Any) -> str:
    return " -> ".join(pair)


def _from_arrow(text: str) -> list[str]:
    ends = _ARROW.split(text.strip())
    if len(ends) != 2 or not all(ends):
        raise ValueError("two names with an arrow between them, such as 'firm -> union'")
    return ends


def _transfer(value: Any) -> str:
    return _arrow((value["from"], value["to"]))


def _from_transfer(text: str) -> dict[str, str]:
    first, second = _from_arrow(text)
    return {"from": first, "to": second}


def _moves(value: Any) -> str:
    return value if isinstance(value, str) else ", ".join(map(_arrow, value))


def _from_moves(text: str) -> Any:
    if not _ARROW.search(text):
        return text.strip()
    return [_from_arrow(part) for part in _from_names(text)]


def _any(value: Any) -> str:
    return _quoted(value) if isinstance(value, str) else flow(value)


def _from_any(text: str) -> Any:
    raise ValueError("what the case file would hold there, in brackets")


def _numbers(value: Any) -> dict[str, str]:
    return {name: _number(number) for name, number in value.items()} if isinstance(value, dict) else value


TEXT = Form("text", _text, _from_text)
DATE = Form("date", _text, lambda text: _from_text(dated(text)))
NUMBER = Form("number", _number, lambda text: _number(text.strip()), number=True)
FLAG = Form("yes or no", _flag, _from_flag)
NAME = Form("name", str, str.strip)
NAMES = _of("names", _names, _from_names, _listed)
STATE = _of("state", _state, _from_state)
BETWEEN = Form("number or 'low to high'", _between, _from_between, number=True)
CONTROL = _of("names, or 'joint: names'", _control, _from_control)
TRANSFER = _of("'from -> to'", _transfer, _from_transfer)
MOVES = _of("word, or 'from -> to' pairs", _moves, _from_moves)
WORTHS = _of("'party = number'", _state, _from_state, _numbers)
NOTED = _of("as in the case file", _any, _from_any)
