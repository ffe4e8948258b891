"""What a person decided in a review, as it is kept: a decision for each suggestion, part and marked place."""

from __future__ import annotations

from collections.abc import Mapping

from accordant.evidence.adding import Added
from accordant.evidence.decisions import Decided, Decision
from accordant.evidence.result import Suggestion
from accordant.evidence.reviewing import Given, Item, Review


def decisions(review: Review, added: Added | None, day: str, by: str | None = None) -> list[Decision]:
    """What was decided, as it is kept.

    Parameters
    ----------
    added
        What entered the case; None where nothing did.
    day
        The date, ``YYYY-MM-DD``.
    by
        Who decided.
    """
    ids = {} if added is None else added.of
    standing: dict[str, list[Item]] = {}
    made: list[Decision] = []
    for item in review.items:
        for name in item.replaces:
            standing.setdefault(name, []).append(item)
        own = _own(review, item, ids, day, by)
        if own is not None:
            made.append(own)
    for name, items in standing.items():
        found = _on(review, name, items, ids, day, by)
        if found is not None:
            made.append(found)
    told = {d.place for d in made}
    # A suggestion that was taken in because it tells of another was decided on with that one.
    for claim in review.result.claims:
        known = claim.id in review.earlier and review.earlier[claim.id].decision != "skipped"
        if claim.id in ids and (claim.at, claim.cue_at) not in told and not known:
            made.append(_decision(claim, "accepted", (ids[claim.id],), day, by, None))
    return made


def _own(review: Review, item: Item, ids: Mapping[str, str], day: str, by: str | None) -> Decision | None:
    """The decision on a part of a suggestion, or on words marked by hand."""
    if item.kind == "by-hand":
        return _by_hand(review, item, ids, day, by)
    answer = review.answers.get(item.id)
    if item.kind != "part" or not any(i.id in ids for i in review.siblings(item)):
        return None
    given: Given = "skipped" if answer is None else answer.given
    claims = (ids[item.id],) if item.id in ids else ()
    return _decision(item.suggestion, given, claims, day, by, answer.because if answer else None)


def _by_hand(review: Review, item: Item, ids: Mapping[str, str], day: str, by: str | None) -> Decision | None:
    """Words marked by hand: with their claim, or without one as long as they are open."""
    answer, at = review.answers.get(item.id), item.suggestion.at
    given: Decided = "by-hand" if answer is None or answer.given == "accepted" else answer.given
    if given == "rejected" and item.id not in review.kept:
        return None
    claims = (ids[item.id],) if given == "by-hand" and item.id in ids else ()
    because = None if answer is None else answer.because
    return Decision(at=(at.start, at.end), decision=given, claims=claims, on=day, by=by, because=because)


def _on(
    review: Review, name: str, items: list[Item], ids: Mapping[str, str], day: str, by: str | None
) -> Decision | None:
    """The decision on one suggestion, whatever became of it."""
    answers = [answer for item in items if (answer := review.answers.get(item.id)) is not None]
    if not answers:
        return None
    claims = tuple(dict.fromkeys(ids[item.id] for item in items if item.id in ids))
    because = next((a.because for a in answers if a.because), None)
    given: Decided = answers[0].given if len(items) == 1 else "split"
    if given == "accepted" and len(items[0].replaces) > 1:
        given = "merged"
    if given == "split" and not claims:
        every = len(answers) == len(items) and all(a.given == "rejected" for a in answers)
        given = "rejected" if every else "skipped"  # no part was taken: the whole comes again, whole
    if given == "skipped" and name in ids:
        given, claims = "accepted", (ids[name],)  # taken in after all, because it tells of another
    return _decision(review.result[name], given, claims, day, by, because)


def _decision(
    claim: Suggestion,
    decision: Decided,
    claims: tuple[str, ...],
    day: str,
    by: str | None,
    because: str | None,
) -> Decision:
    at, cue = claim.at, claim.cue_at
    return Decision(
        at=(at.start, at.end), cue=(cue.start, cue.end) if cue.start < cue.end else None, rule=claim.rule,
        decision=decision, claims=claims, on=day, by=by, because=because,
    )  # fmt: skip
