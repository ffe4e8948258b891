"""What the YAML reader says, in words that say what to do."""

from __future__ import annotations

import re
from typing import Any

from accordant.errors import Problem

# What the reader says (a pattern) -> what went wrong, what to do. The first match counts.
_WORDS: tuple[tuple[str, str, str | None], ...] = (
    (r"character '\\t'", "a tab", "indent with spaces; YAML allows no tabs there"),
    (r"character '([@`%>|])'", "a text cannot begin with {0}", "put the text in quotation marks"),
    (
        r"expected (?:chomping|indentation).*found '(.)'",
        "a text cannot begin with > or |",
        "put the text in quotation marks, such as '>>'",
    ),
    (
        "mapping values are not allowed",
        "a colon where none can stand",
        "put a text that holds ': ' in quotation marks, or check how this line and the last are indented",
    ),
    (
        "sequence entries are not allowed",
        "a list item ('- ') where none can stand",
        "begin the list on a line of its own",
    ),
    (
        r"expected ',' or '([}\]])', but got '<stream end>'",
        "a bracket that is not closed",
        "close it with {0}",
    ),
    (
        r"expected ',' or '([}\]])', but got '(.*)'",
        "'{1}' where a comma or {0} has to be",
        "put a text that holds a comma, a colon or a bracket in quotation marks",
    ),
    (r"found unexpected end of stream", "a quotation mark that is not closed", None),
    (
        r"unknown escape character '(.)'",
        "the sign \\{0} is not known inside double quotation marks",
        "use single ones",
    ),
    (
        r"expected <block end>, but found '<scalar>'",
        "text where a new line with a key has to be",
        "inside single quotation marks write two of them for an apostrophe; "
        "put a text over several lines in quotation marks",
    ),
    (
        "expected <block end>",
        "a line that is not indented like those it belongs with",
        "give every key and every '- ' of one list or mapping the same indentation",
    ),
    ("could not find expected ':'", "a line without a colon", "write 'key: value'"),
    (r"expected the node content, but found '(.*)'", "'{0}' where a value has to be", None),
    (r"expected '<document start>'", "something after the end of the case", "remove it"),
    (
        "expected alphabetic or numeric character",
        "a text cannot begin with * or &",
        "put the text in quotation marks",
    ),
)


def in_plain_words(error: Exception, text: str, file: str) -> Problem:
    """The problem behind an error of the YAML reader.

    Examples
    --------
    >>> from ruamel.yaml import YAML
    >>> from ruamel.yaml.error import YAMLError
    >>> text = "title: Talks: round two"
    >>> try:
    ...     _ = list(YAML(typ="safe", pure=True).parse(text))
    ... except YAMLError as error:
    ...     print(in_plain_words(error, text, "case.yaml").where)
    case.yaml:1:13
    """
    from ruamel.yaml.error import MarkedYAMLError
    from ruamel.yaml.reader import ReaderError

    if isinstance(error, ReaderError):
        return _unprintable(error, text, file)
    if not isinstance(error, MarkedYAMLError):
        return Problem(f"this is not YAML: {error}", file=file)
    said = str(error.problem)
    message, hint = f"this is not YAML: {said}", None
    for pattern, words, advice in _WORDS:
        match = re.search(pattern, said)
        if match:
            message = words.format(*match.groups())
            hint = advice.format(*match.groups()) if advice else None
            break
    mark = error.problem_mark or error.context_mark
    opened = error.context_mark
    if opened is not None and mark is not None and opened.line != mark.line and "not closed" in message:
        message += f", opened in line {opened.line + 1}"
    return _at(message, hint, file, mark)


def _at(message: str, hint: str | None, file: str, mark: Any) -> Problem:
    if mark is None:
        return Problem(message, file=file, hint=hint)
    return Problem(message, file=file, line=mark.line + 1, column=mark.column + 1, hint=hint)


def _unprintable(error: Any, text: str, file: str) -> Problem:
    before = text[: error.position]
    code = error.character if isinstance(error.character, int) else ord(error.character)
    return Problem(
        f"a character that no text has (U+{code:04X})",
        file=file,
        line=before.count("\n") + 1,
        column=len(before) - before.rfind("\n"),
        hint="remove it; was the file saved as plain text?",
    )
