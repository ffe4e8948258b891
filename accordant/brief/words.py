"""How things are put in words: numbers, lists, grades, concepts, expressions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from accordant.brief.document import Rich, Said, Text, joined, rich
from accordant.case.wording import listed

if TYPE_CHECKING:
    from accordant.case.expressions import Test, Tree
    from accordant.case.objects import Case

LENSES = {
    "nash": "Nash",
    "kalai-smorodinsky": "Kalai-Smorodinsky",
    "egalitarian": "egalitarian",
    "utilitarian": "utilitarian",
    "raiffa": "Raiffa",
    "fallback": "fallback",
}
"""Short name of each fairness lens."""

_SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")

CONCEPTS: dict[str, tuple[str, str, str]] = {
    "nash": (
        "Nash",
        "Nash stability",
        "A party stays if no move of its own leads to a state that it prefers.",
    ),
    "gmr": (
        "GMR",
        "general metarationality",
        "A party stays if each improvement of its own can be answered by moves of the others, whatever those "
        "moves cost them, after which it is no better off than where it started.",
    ),
    "smr": (
        "SMR",
        "symmetric metarationality",
        "As GMR, and after the answer no further move of its own would leave the party better off than where "
        "it started.",
    ),
    "seq": (
        "SEQ",
        "sequential stability",
        "As GMR, but the others answer only with moves that are improvements for whoever makes them.",
    ),
    "sseq": (
        "SSEQ",
        "symmetric sequential stability",
        "As SEQ, and after the answer no further move of its own would leave the party better off than where "
        "it started.",
    ),
}
"""Short name, full name and one-sentence definition of each solution concept."""

SOURCE_GRADES = {
    "A": "completely reliable source",
    "B": "usually reliable source",
    "C": "fairly reliable source",
    "D": "not usually reliable source",
    "E": "unreliable source",
    "F": "reliability of the source cannot be judged",
}
ITEM_GRADES = {
    "1": "confirmed by other sources",
    "2": "probably true",
    "3": "possibly true",
    "4": "doubtful",
    "5": "improbable",
    "6": "truth cannot be judged",
}


def number(n: int) -> str:
    """A number in running text: words up to ten, then digits in groups of three.

    Examples
    --------
    >>> number(3), number(1234)
    ('three', '1,234')
    """
    return _SMALL[n] if 0 <= n < len(_SMALL) else f"{n:,}"


def counted(n: int, noun: str, plural: str = "") -> str:
    """A number with its noun.

    Examples
    --------
    >>> counted(1, "party", "parties"), counted(12, "claim")
    ('one party', '12 claims')
    """
    return f"{number(n)} {noun if n == 1 else plural or noun + 's'}"


def upper_first(text: str) -> str:
    """The text with a capital at its start.

    Examples
    --------
    >>> upper_first("two parties")
    'Two parties'
    """
    return text[:1].upper() + text[1:]


def either(parts: Sequence[Rich]) -> Rich:
    """A list that ends in ``and``."""
    return joined(parts, last=" and ")


def grade(code: str) -> str:
    """A grade spelt out, the two axes apart; F and 6 mean that nothing can be judged.

    Examples
    --------
    >>> grade("F3")
    'F3: reliability of the source cannot be judged; possibly true'
    """
    return f"{code}: {SOURCE_GRADES[code[0]]}; {ITEM_GRADES[code[1]]}"


def concept(name: str) -> str:
    """The short name of a solution concept."""
    return CONCEPTS[name][0] if name in CONCEPTS else name.upper()


def concept_in_full(name: str) -> str:
    """The full name with the short one: ``sequential stability (SEQ)``."""
    if name not in CONCEPTS:
        return name.upper()
    short, full, _ = CONCEPTS[name]
    return full if short in full else f"{full} ({short})"


def concepts(names: Sequence[str], of: int) -> str:
    """Several concepts: ``all five concepts``, or their short names.

    Examples
    --------
    >>> concepts(["gmr", "seq"], of=5)
    'GMR and SEQ'
    >>> concepts(["nash"], of=1)
    'Nash'
    """
    if len(names) == of and of > 2:
        return f"all {number(of)} concepts"
    return listed([concept(n) for n in names])


def issue_name(case: Case, issue: str) -> str:
    """The name shown for an issue."""
    found = case.issues.get(issue)
    return (found.name if found else None) or issue


def value(case: Case, issue: str, text: str) -> str:
    """A value of an issue as readers see it, with its unit."""
    found = case.issues.get(issue)
    return found.shown(text) if found is not None else text


def package(case: Case, values: Mapping[str, str]) -> Rich:
    """Values of some issues, with their units: ``truce: lasting; pay: 5 percent``."""
    parts = [
        rich(said(case, issue_name(case, i)), ": ", Said(value(case, i, v), case_lang(case), "emphasis"))
        for i, v in values.items()
    ]
    return joined(parts, "; ")


def case_lang(case: Case) -> str:
    """The language of the case's own words; empty for English, in which briefs are written."""
    return "" if case.language.split("-")[0].lower() == "en" else case.language


def said(case: Case, text: str) -> Said:
    """Words of the case, in its language."""
    return Said(text, case_lang(case))


def expression(case: Case, text: str) -> Rich:
    """An expression of the case in words; as it is written where it cannot be read.

    ``not departure`` becomes ``departure: no``; several values are listed with a stroke.
    """
    from accordant.case.expressions import parse
    from accordant.case.redacting import UNTOLD
    from accordant.errors import ExpressionError

    if text == UNTOLD:
        return rich(Text("withheld", "emphasis"))
    try:
        tree = parse(text, {name: issue.values for name, issue in case.issues.items()}).tree
    except ExpressionError:
        return rich(Said(text, style="code"))
    return _tree(case, tree, inside=False)


def _tree(case: Case, tree: Tree, inside: bool) -> Rich:
    from accordant.case.expressions import Join, Negation, Test

    if isinstance(tree, Test):
        return _values(case, tree, negated=False)
    if isinstance(tree, Negation):
        if isinstance(tree.inner, Test):
            return _values(case, tree.inner, negated=True)
        return rich("not (", _tree(case, tree.inner, inside=False), ")")
    assert isinstance(tree, Join)
    between = {"and": " and ", "or": " or ", "->": " only if ", "<->": " if and only if "}[tree.operator]
    text = joined([_tree(case, part, inside=True) for part in tree.parts], between)
    return rich("(", text, ")") if inside else text


def _values(case: Case, test: Test, negated: bool) -> Rich:
    names = case.issues[test.issue].values
    kept = [v for k, v in enumerate(names) if bool(test.column(k)) != negated]
    head = rich(said(case, issue_name(case, test.issue)), ": ")
    told = {v: value(case, test.issue, v) for v in names}
    return head + _set(case, [told[v] for v in kept], list(told.values()))


def _set(case: Case, kept: Sequence[str], names: Sequence[str]) -> Rich:
    """The values that are meant, as briefly as they can be told."""
    if not kept:
        return rich("no value")
    lang = case_lang(case)
    if len(kept) > 2 and len(kept) == len(names) - 1:
        left = next(v for v in names if v not in kept)
        return rich("not ", Said(left, lang, "emphasis"))
    if len(kept) > 3 and list(names[-len(kept) :]) == list(kept):
        return rich("at least ", Said(kept[0], lang, "emphasis"))
    if len(kept) > 3 and list(names[: len(kept)]) == list(kept):
        return rich("at most ", Said(kept[-1], lang, "emphasis"))
    return joined([rich(Said(v, lang, "emphasis")) for v in kept], "/")


def short_codes(names: Sequence[str]) -> list[str]:
    """A short code for each party, for arrows that have no room for names.

    Examples
    --------
    >>> short_codes(["Northern Council", "Southern Front"])
    ['NC', 'SF']
    >>> short_codes(["Army", "Artists"])
    ['A', 'B']
    """
    codes = ["".join(word[0] for word in name.split()[:3]).upper() for name in names]
    fine = all(code.isascii() and code.isalpha() for code in codes)
    if fine and len(set(codes)) == len(codes):
        return codes
    return [_letter(k) for k in range(len(names))]


def _letter(k: int) -> str:
    return chr(ord("A") + k) if k < 26 else f"P{k + 1}"
