"""What a person types at a suggestion: a key or a word, and what follows it."""

from __future__ import annotations

from dataclasses import dataclass

from accordant.errors import did_you_mean

KEYS = {
    "a": "accept",
    "e": "edit",
    "p": "split",
    "m": "merge",
    "r": "reject",
    "s": "skip",
    "h": "hand",
    "u": "undo",
    "q": "quit",
    "?": "help",
    "c": "context",
    "d": "details",
    "l": "list",
}
"""Every key with its word."""
FIELDS = (
    "says",
    "kind",
    "by",
    "origin",
    "source",
    "item",
    "event",
    "handling",
    "why",
    "note",
)
"""What a claim's fields are called when they are typed."""
WORDS = {word: key for key, word in KEYS.items()} | {
    "yes": "a",
    "y": "a",
    "no": "s",
    "n": "s",
    "join": "m",
    "mark": "h",
    "by hand": "h",
    "back": "u",
    "exit": "q",
    "stop": "q",
    "grade": "grade",
    "when": "event",
    "date": "event",
}
"""Words that stand for keys and fields."""
LINE = "[a]ccept [e]dit s[p]lit [m]erge [r]eject [s]kip [h]and [u]ndo [q]uit [?]"
SHORT_LINE = "a e p m r s h u q · ? says what they do"
AT_THE_END = "[u]ndo [h]and [l]ist, a number to go back to, [q]uit and keep"
HELP = (
    ("a", "accept as shown"),
    ("e", "edit every field in turn; then it is accepted"),
    ("FIELD VALUE", "change one field: says, kind, by, origin, source, item, event, handling, why, note"),
    ("p", "split into two claims or more, by number or by the words that begin the next"),
    ("m", "merge with the one before"),
    ("r", "reject: this is no claim; a reason may follow (r only a headline)"),
    ("s", "skip: not now; --again asks for it another time"),
    ("h", "mark by hand: words of the report that nothing was suggested for"),
    ("u", "undo the last step, and the ones before it"),
    ("c", "context: the text around"),
    ("d", "details: how it was found"),
    ("l", "list everything; a number goes there"),
    ("q", "quit, and keep what was decided; the rest comes next time"),
    ("Ctrl-C", "stop; you are asked whether to keep what was decided"),
)


@dataclass(frozen=True, slots=True)
class Command:
    """A key, a field or the number of a suggestion, with the words after it."""

    key: str
    rest: str = ""


def parsed(line: str) -> Command | str:
    """What a line asks for, or what is wrong with it.

    Examples
    --------
    >>> parsed("r only a headline"), parsed("By north"), parsed("17")
    (Command(key='r', rest='only a headline'), Command(key='by', rest='north'), Command(key='17', rest=''))
    >>> parsed("acept")
    "There is no 'acept'; did you mean 'accept'?"
    """
    word, _, rest = line.strip().partition(" ")
    rest = rest.strip()
    key = word.casefold()
    if key == "by" and rest.casefold() == "hand":
        return Command("h")
    key = WORDS.get(key, key)
    if key in KEYS or key in FIELDS or key == "grade" or key.isdecimal():
        return Command(key, rest)
    if not word:
        return f"Answer with one of {', '.join(KEYS)}, a field, or a number."
    hint = did_you_mean(word, [*KEYS.values(), *FIELDS]) if len(word) > 2 else None
    if hint is None:
        return f"There is no {word[:40]!r}. Answer with one of {', '.join(KEYS)}, a field, or a number."
    return f"There is no {word[:40]!r}; {hint}"
