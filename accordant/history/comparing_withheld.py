"""What of two models side by side must not leave: what only restricted claims of either lead to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import replace

from accordant.case.objects import Case
from accordant.errors import InputError, did_you_mean
from accordant.evidence.handling import Handling
from accordant.history.changes import Change
from accordant.history.comparing_align import Alignment, Suggestion, stand_behind


def held_of(
    ours: Case, theirs: Case, released: Collection[str], *, everything: bool
) -> tuple[Handling, Handling]:
    """What is withheld of each; what is released has to be restricted in one of them."""
    if everything:
        return Handling.everything(ours), Handling.everything(theirs)
    restricted = [Handling(case).withheld | Handling(case).entries for case in (ours, theirs)]
    known = sorted(restricted[0] | restricted[1])
    for name in released:
        if name not in known:
            hint = did_you_mean(name, known)
            allowed = ", ".join(known) or "none: neither model has restricted claims"
            message = f"{name!r} is not a restricted claim of either model; allowed: {allowed}"
            raise InputError(message + (f"; {hint}" if hint else ""))
    mine, its = (frozenset(released) & part for part in restricted)
    return Handling(ours, mine), Handling(theirs, its)


def hidden_of(align: Alignment, held: tuple[Handling, Handling]) -> tuple[frozenset[str], frozenset[str]]:
    """What is withheld of each, by the ids that it has here: claims."""
    new = align.names.get("claims", {})
    return held[0].withheld, frozenset(new.get(c, c) for c in held[1].withheld)


def is_secret(change: Change, hidden: tuple[frozenset[str], frozenset[str]]) -> bool:
    """Whether a difference is known from withheld claims only; answers never depend on those parts."""
    if change.section not in ("positions", "relations", "judgements", "events"):
        return False
    for whole, held in zip((change.before, change.after), hidden, strict=True):
        parts = whole if isinstance(whole, list | tuple) else [whole]
        for part in parts:
            because = part.get("because") if isinstance(part, dict) else getattr(part, "because", None)
            if because and all(claim in held for claim in because):
                return True
    return False


def matches_of(align: Alignment, held: tuple[Handling, Handling]) -> Iterator[tuple[str, str, str]]:
    """What is the same under two ids; nothing that only withheld claims lead to."""
    hidden = [one.by_table() for one in held]
    for section in ("parties", "issues", "proposals", "reports", "origins", "claims"):
        ours, theirs = (one.get(section, frozenset()) for one in hidden)
        for b, a in align.names.get(section, {}).items():
            # an id that was only set apart is matched with nothing
            if a != b and not a.endswith(f":{b}") and a not in ours and b not in theirs:
                yield section, a, b


def suggestions_of(
    ours: Case, theirs: Case, align: Alignment, held: tuple[Handling, Handling]
) -> Iterator[Suggestion]:
    """What may be the same; of origins only what claims that are shown say."""
    shown = {b: a for b, a in align.claims.items() if a not in held[0].withheld and b not in held[1].withheld}
    behind = Counter((ours.claims[a].origin, theirs.claims[b].origin) for b, a in shown.items())
    for one in align.suggestions:
        if one.kind != "origin":
            yield one
        elif times := behind[one.ours, one.theirs]:
            yield replace(one, because=stand_behind(times))
