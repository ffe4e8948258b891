"""The grammar of expressions: from text to a tree of words, before any issue is known.

The lexer is the basic one, so that ``and``, ``or`` and ``not`` are words of the language wherever
they stand. A word runs until white space, a bracket, a comparison sign, a quotation mark, a comma
or an arrow; ``-`` belongs to it unless an arrow begins there, so that ``a->b`` and ``some-thing``
both read as expected.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast

from accordant.errors import ExpressionError

if TYPE_CHECKING:
    from lark import Lark, Token
    from lark.exceptions import UnexpectedInput, UnexpectedToken

LONGEST = 20_000
"""Most characters of an expression."""
DEEPEST = 100
"""Most levels of nesting: evaluation holds one array for each, and nobody reads more."""

GRAMMAR = r"""
?start: equivalence
?equivalence: implication (IFF implication)*
?implication: disjunction (IMPLIES implication)?
?disjunction: conjunction (OR conjunction)*
?conjunction: negation (AND negation)*
?negation: atom
    | NOT negation -> invert
?atom: name
    | name COMPARE name -> comparison
    | _OPEN equivalence _CLOSE
name: WORD | QUOTED

IFF: "<->"
IMPLIES: "->"
OR: "or"
AND: "and"
NOT: "not"
COMPARE: "!=" | "<=" | ">=" | "=" | "<" | ">"
_OPEN: "("
_CLOSE: ")"
QUOTED: /"[^"]*"|'[^']*'/
WORD: /(?:[^\s()=!<>"',&|\-]|-(?!>))(?:[^\s()=!<>",&|\-]|-(?!>))*/
%ignore /\s+/
"""


@dataclass(frozen=True, slots=True)
class Name:
    """An issue or a value, with its place in the text."""

    word: str
    at: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """An issue compared with one of its values."""

    issue: Name
    operator: str
    value: Name


@dataclass(frozen=True, slots=True)
class Not:
    """A negated expression."""

    inner: Syntax


@dataclass(frozen=True, slots=True)
class Chain:
    """Expressions with one operator between them: ``and``, ``or``, ``->`` (two parts) or ``<->``."""

    operator: str
    parts: tuple[Syntax, ...]


Syntax = Name | Comparison | Not | Chain


class _TooDeepError(Exception):
    """Nesting beyond what is allowed, at a place in the text."""

    def __init__(self, at: int) -> None:
        self.at = at


@dataclass(frozen=True, slots=True)
class _Part:
    """A piece of the tree with the levels of nesting below it."""

    syntax: Syntax
    depth: int = 0


class _Build:
    """Builds the tree while the parser reads: called by rule name, bottom up, never recursing."""

    def name(self, children: list[Token]) -> _Part:
        (token,) = children
        word = token[1:-1] if token.type == "QUOTED" else str(token)
        return _Part(Name(word, token.start_pos or 0))

    def comparison(self, children: list[Any]) -> _Part:
        issue, operator, value = children
        return _Part(Comparison(issue.syntax, str(operator), value.syntax))

    def invert(self, children: list[Any]) -> _Part:
        token, inner = children
        return _Part(Not(inner.syntax), _deeper(inner.depth, token))

    def chain(self, children: list[Any]) -> _Part:
        parts, token = children[::2], children[1]
        depth = _deeper(max(part.depth for part in parts), token)
        return _Part(Chain(str(token), tuple(part.syntax for part in parts)), depth)

    equivalence = implication = disjunction = conjunction = chain


def _deeper(depth: int, token: Token) -> int:
    if depth >= DEEPEST:
        raise _TooDeepError(token.start_pos or 0)
    return depth + 1


@lru_cache(maxsize=1)
def _parser() -> Lark:
    from lark import Lark

    return Lark(GRAMMAR, parser="lalr", lexer="basic", transformer=_Build(), propagate_positions=False)


@lru_cache(maxsize=8192)
def read(text: str) -> Syntax:
    """Read an expression without asking which issues there are.

    Raises
    ------
    ExpressionError
        With the place and what is allowed there.

    Examples
    --------
    >>> read("not a")
    Not(inner=Name(word='a', at=4))
    """
    from lark.exceptions import UnexpectedInput, VisitError

    if len(text) > LONGEST:
        message = f"an expression of {len(text):,} characters; at most {LONGEST:,} are allowed"
        raise ExpressionError(message, text[:60] + "…", 0)
    if not text.strip():
        raise ExpressionError("an empty expression", text, 0, hint="write an issue, such as 'truce'")
    try:
        return cast("_Part", _parser().parse(text)).syntax
    except UnexpectedInput as error:
        raise _explain(error, text) from None
    except (VisitError, _TooDeepError) as error:
        deep = error.orig_exc if isinstance(error, VisitError) else error
        if not isinstance(deep, _TooDeepError):
            raise
        message = f"nested more than {DEEPEST} levels deep"
        raise ExpressionError(message, text, deep.at, hint="split it into several lines") from None


_SAID = {
    "WORD": "an issue",
    "QUOTED": "an issue",
    "NOT": "not",
    "_OPEN": "(",
    "_CLOSE": ")",
    "AND": "and",
    "OR": "or",
    "IMPLIES": "->",
    "IFF": "<->",
    "COMPARE": "= != < <= > >=",
    "$END": "the end",
}
_MEANT = {
    "==": "write a single =",
    "&": "write and",
    "&&": "write and",
    "|": "write or",
    "||": "write or",
    "!": "write not",
    "=>": "write ->",
    "<=>": "write <->",
    "<>": "write !=",
    "AND": "write and in small letters",
    "OR": "write or in small letters",
    "NOT": "write not in small letters",
}


def _explain(error: UnexpectedInput, text: str) -> ExpressionError:
    from lark.exceptions import UnexpectedCharacters, UnexpectedToken

    ended = isinstance(error, UnexpectedToken) and error.token.type == "$END"
    at = len(text) if ended else (error.pos_in_stream or 0)
    if text[at : at + 1] in ("'", '"') and isinstance(error, UnexpectedCharacters):
        return ExpressionError("a quotation mark that is not closed", text, at)
    expected: Iterable[str] = ()
    after_comparison = False
    if isinstance(error, UnexpectedToken):
        expected = _accepted(error)
        after_comparison = set(expected) == {"WORD", "QUOTED"}
    allowed = ("a value",) if after_comparison else _in_words(expected)
    if ended:
        return ExpressionError("the expression breaks off", text, at, allowed=allowed)
    found = str(error.token) if isinstance(error, UnexpectedToken) else text[at]
    return ExpressionError(
        f"{found!r} is not expected here", text, at, allowed=allowed, hint=_hint(error, text, at)
    )


def _accepted(error: UnexpectedToken) -> set[str]:
    # `accepts` drops what the parser's tables list but could not follow here; lark leaves it untyped.
    return set(error.interactive_parser.accepts())  # type: ignore[no-untyped-call]


def _in_words(expected: Iterable[str]) -> tuple[str, ...]:
    return tuple(said for said in dict.fromkeys(_SAID.values()) if said in {_SAID.get(e) for e in expected})


def _hint(error: UnexpectedInput, text: str, at: int) -> str | None:
    rest, before = text[at:], text[:at].rstrip()
    for sign, meant in sorted(_MEANT.items(), key=lambda pair: -len(pair[0])):
        if not sign.isalpha():
            # The second half of == or => is where the parser stumbles.
            if rest.startswith(sign) or (text[max(at - 1, 0) :].startswith(sign) and at):
                return meant
        elif rest.split(maxsplit=1)[0] == sign:
            return meant
    word = re.match(r"(and|or|not)\b", rest)
    if word and before.endswith(("=", "<", ">")):
        return f'as a name it stands in quotation marks: "{word[0]}"'
    from lark.exceptions import UnexpectedToken

    if isinstance(error, UnexpectedToken) and error.token.type in ("WORD", "QUOTED"):
        return "a name of several words stands in quotation marks; between two statements stands and, or, ->"
    return None
