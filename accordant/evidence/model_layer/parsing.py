"""Text that a server sent, as JSON: strictly, and never deeper or longer than it can be read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

MOST_STARTS = 20
"""Places in a text at which JSON is looked for."""


class AnswerError(Exception):
    """An answer that cannot be used; the message says why."""


def strict_json(text: str) -> Any:
    """A text that is JSON and nothing else.

    Raises
    ------
    AnswerError
        If it is not, or holds a key twice, a number that JSON does not know, or too many levels.

    Examples
    --------
    >>> strict_json('{"claims": []}')
    {'claims': []}
    >>> strict_json('{"a": 1, "a": 2}')
    Traceback (most recent call last):
    accordant.evidence.model_layer.parsing.AnswerError: the key 'a' stands twice
    """
    return _guarded(lambda: json.loads(text, object_pairs_hook=_once, parse_constant=_constant))


def _guarded(read: Any) -> Any:
    try:
        return read()
    except RecursionError:
        raise AnswerError("too many levels") from None
    except ValueError as error:
        if isinstance(error, json.JSONDecodeError):
            raise AnswerError("no JSON") from None
        raise AnswerError("a number that is too long") from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise AnswerError(f"the key {key[:40]!r} stands twice")
        found[key] = value
    return found


def _constant(name: str) -> Any:
    raise AnswerError(f"{name} is no number")


def json_in(text: str, key: str) -> Any:
    """The object with ``key`` in a text that may hold other words around it.

    Models that are not held to JSON put it in a fence, explain it, or think aloud before it.

    Raises
    ------
    AnswerError
        If there is none.

    Examples
    --------
    >>> json_in('Here it is: {"claims": [1]} I hope this helps.', "claims")
    {'claims': [1]}
    """
    whole = text.rpartition("</think>")[2].strip()
    try:
        found = strict_json(whole)
    except AnswerError as error:
        if str(error) != "no JSON":
            raise
        found = next(_objects(whole, key), None)
        if found is None:
            raise
    if isinstance(found, list) and key == "claims":
        found = {key: found}  # some models leave out the outermost braces
    if not isinstance(found, dict) or key not in found:
        raise AnswerError(f"no {key!r} in it")
    return found


def _objects(text: str, key: str) -> Iterator[dict[str, Any]]:
    decoder = json.JSONDecoder(object_pairs_hook=_once, parse_constant=_constant)
    at = -1
    for _ in range(MOST_STARTS):
        at = text.find("{", at + 1)
        if at < 0:
            return
        start = at
        try:
            found, end = _guarded(lambda start=start: decoder.raw_decode(text, start))
        except AnswerError as error:
            if str(error) != "no JSON":
                raise
            continue
        if isinstance(found, dict) and key in found:
            yield found
        at = end - 1


def answer_text(body: str, streamed: bool) -> str:
    """What the model said, out of what its server sent.

    Parameters
    ----------
    streamed
        The server sent it in pieces though nobody asked for that.

    Raises
    ------
    AnswerError
        If no message is in it.

    Examples
    --------
    >>> answer_text('{"choices": [{"message": {"content": "yes"}}]}', streamed=False)
    'yes'
    """
    if streamed or body.lstrip().startswith("data:"):
        return "".join(_pieces(body))
    found = strict_json(body)
    content = _content(found, "message")
    if content is None:
        raise AnswerError("no message in what the server sent")
    return content


def _content(found: Any, part: str) -> str | None:
    """``choices[0].message.content``, whatever else there is."""
    choices = found.get("choices") if isinstance(found, dict) else None
    first = choices[0] if isinstance(choices, list) and choices else None
    message = first.get(part) if isinstance(first, dict) else None
    content = message.get("content") if isinstance(message, dict) else None
    return content if isinstance(content, str) else None


def _pieces(body: str) -> Iterator[str]:
    for line in body.splitlines():
        name, _, data = line.partition(":")
        if name.strip() != "data":
            continue
        if data.strip() == "[DONE]":
            return
        found = strict_json(data)
        piece = _content(found, "delta") or _content(found, "message")
        if piece:
            yield piece
