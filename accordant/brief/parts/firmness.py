"""How likely others call something, and how firm the basis of an answer is: never in one sentence.

A likelihood is only ever a person's own word. The confidence is in the basis alone, and follows from a rule
that is printed beside it, so that a reader can check it and disagree.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING, Literal

from accordant.brief import words
from accordant.brief.document import Basis, Paragraph, Rich, joined, rich
from accordant.brief.standing import falls, falls_in_words, named_claims
from accordant.case.yardsticks import YARDSTICKS

if TYPE_CHECKING:
    from accordant.brief.context import Context
    from accordant.case.judging import Judgement as Judged
    from accordant.reliance.result import Rest

Confidence = Literal["low", "moderate", "high"]
LABEL = "Confidence in the basis"
NAMED = 2
"""Most sources that are named where an answer falls without them."""

RULE = (
    "Confidence is in the basis of an answer and follows from a rule. Low: one assumption, or one source "
    "that is unnamed or not judged, carries the answer alone. Moderate: one named and graded source does, or "
    "all unnamed sources or all assumptions together do. High: none of these. It does not say how likely "
    "anything is."
)
"""The rule by which confidence is told."""


def confidence(context: Context, rest: Rest) -> Confidence | None:
    """How firm the basis of an answer is, by :data:`RULE`; None where the answer is open."""
    if rest.status == "sometimes":
        return None
    single = [*falls(context, rest)]
    if any(_weak(context, ground, rest) for ground in single):
        return "low"
    if rest.falls_without and not single:
        return "low"  # what carries it is withheld: nothing better can be said of it
    together = rest.status not in (rest.without_unnamed, rest.without_assumptions) or not (
        rest.without_unnamed == rest.without_assumptions == rest.status
    )
    return "moderate" if single or together else "high"


def _weak(context: Context, ground: str, rest: Rest) -> bool:
    """Whether a single ground is an assumption, unnamed, or of a source that nobody has judged."""
    if ground in context.assumptions:
        return True
    within = {g for one in (*rest.supports, *rest.breaks) for g in one} | set(rest.falls_without)
    claims = named_claims(context, ground, within) or named_claims(context, ground)
    if any(c in context.unnamed for c in claims):
        return True
    origin = context.case.origins.get(ground)
    unnamed = origin is not None and origin.unnamed
    return unnamed or all(
        context.case.claims[c].grade.startswith("F") for c in claims if c in context.case.claims
    )


def basis(context: Context, rests: Sequence[Rest]) -> list[Basis]:
    """The confidence in the basis of a judgement, in a line of its own; of several answers the least firm."""
    order = ("low", "moderate", "high")
    found = [(order.index(c), rest) for rest in rests if (c := confidence(context, rest)) is not None]
    if not found:
        return []
    least, rest = min(found, key=lambda one: one[0])
    return [Basis(LABEL, rich(f"{order[least]} – ", _why(context, rest)))]


def _why(context: Context, rest: Rest) -> Rich:
    named = falls_in_words(context, rest, NAMED)
    if named:
        return rich("open without ", words.either(named) if len(named) < 3 else joined(named, "; "))
    lost = []
    if rest.without_unnamed != rest.status:
        lost.append(rich("all unnamed sources"))
    if rest.without_assumptions != rest.status:
        lost.append(rich("all assumptions"))
    if lost:
        return rich("open only without ", joined(lost, " or without "), " together")
    return rich(
        "no single source or assumption carries it, nor do all unnamed sources or all assumptions together"
    )


# What others call likely


def judged(context: Context, conclusions: Collection[str]) -> list[Judged]:
    """The judgements that people made on some conclusions."""
    revised = {j.revises for j in context.case.judgements.values()}
    found = context.case.judgements.items()
    return [j for id_, j in found if j.about in conclusions and id_ not in revised]


def likelihoods(context: Context, conclusions: Collection[str]) -> list[Basis]:
    """What people called the likelihood of some conclusions, in their own words, and on the yardstick."""
    said = [rich(_said(context, j)) for j in judged(context, conclusions) if j.likelihood]
    return [Basis("Others’ likelihood", joined(said, "; "))] if said else []


def _said(context: Context, one: Judged) -> Rich:
    word = rich(words.said(context.case, one.by), ": “", words.said(context.case, one.likelihood or ""), "”")
    about = _about(context, one)
    on = f", on the yardstick “{one.band}”" if one.band else ""
    grounds = context.grounds(one.because)
    return rich(word, on, rich(" (that ", about, ")") if about else "", " " if grounds else "", grounds)


def _about(context: Context, one: Judged) -> Rich:
    from accordant.brief.plainly import conclusion

    return conclusion(context, one.about) if one.about else ()


def stated(context: Context, conclusions: Collection[str]) -> list[Basis]:
    """How firm people called the basis of their own judgements, apart from the likelihood."""
    said = [
        rich(words.said(context.case, j.by), f": {j.confidence}")
        for j in judged(context, conclusions)
        if j.confidence
    ]
    return [Basis("Others’ confidence", joined(said, "; "))] if said else []


def yardstick(context: Context, conclusions: Iterable[str]) -> Paragraph | None:
    """The yardstick in a line, where a likelihood stands; and whether anybody put the words on it."""
    found = [j for j in judged(context, set(conclusions)) if j.likelihood]
    if not found:
        return None
    used = YARDSTICKS[context.case.yardstick]
    steps = "; ".join(f"{b.term} {b.low}–{b.high}" for b in used.bands)
    placed = "" if any(j.band for j in found) else " Nobody has said where on it the words above belong."
    says = f"Yardstick for likelihoods ({used.name}), in 100: {steps}.{placed}"
    return Paragraph("yardstick", rich(says), "note")
