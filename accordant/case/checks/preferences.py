"""Rules, priorities, red lines and rankings."""

from __future__ import annotations

from accordant.case.checks.states import check_state
from accordant.case.checks.subject import Subject
from accordant.case.objects import MARKED_GAP, Either
from accordant.case.places import Path

GROUNDS = ("because", "assumed", "unsure")


def check_rules(subject: Subject) -> None:
    """Every rule is an expression over the issues."""
    if subject.case.issues:
        for k, rule in enumerate(subject.case.feasible):
            subject.expression(("feasible", k, "rule"), rule.rule)


def check_whose(subject: Subject) -> None:
    """Preferences belong to parties of the case."""
    parties = subject.case.parties
    for party in subject.case.preferences:
        if party not in parties:
            subject.findings.unknown(("preferences", party), "party", party, parties, on_key=True)


def check_form(subject: Subject) -> None:
    """At most one kind of order for each party, and grounds where they count."""
    for path, _, preference in subject.preferences():
        kinds = ("priorities", "ranking", "worth", "table")
        given = [k for k in kinds if getattr(preference, k) is not None]
        if len(given) > 1:
            message = f"gives {' and '.join(given)}; a party has one order"
            subject.findings.error((*path, given[1]), message, hint="keep one of them", on_key=True)
        if preference.also and preference.worth is None:
            subject.findings.error((*path, "also"), "'also' adds to 'worth', which is missing", on_key=True)
        grounds = ("unsure",) if preference.incomparable or preference.degrees else GROUNDS
        stray = [k for k in grounds if getattr(preference, k)]
        if stray and preference.ranking is None and not preference.cardinal:
            hint = "write it on each line: {want: ..., because: [...]}"
            message = f"{stray[0]!r} here belongs to a ranking or to worths, and there are none"
            subject.findings.error((*path, stray[0]), message, hint=hint, on_key=True)


def check_lines(subject: Subject) -> None:
    """Every line, red line and condition is an expression over the issues."""
    for path, _, preference in subject.preferences():
        for k, red in enumerate(preference.never):
            subject.expression((*path, "never", k, "rule"), red.rule)
        for k, entry in enumerate(preference.priorities or ()):
            at: Path = (*path, "priorities", k)
            if not isinstance(entry, Either):
                subject.expression((*at, "want"), entry.want)
                continue
            if len(entry.either) < 2:
                hint = "write the line itself, or add the others"
                subject.findings.error((*at, "either"), "'either' needs at least two lines", hint=hint)
            for m, line in enumerate(entry.either):
                subject.expression((*at, "either", m, "want"), line.want)
        for k, term in enumerate(preference.also):
            subject.expression((*path, "also", k, "if"), term.if_)


def check_rankings(subject: Subject) -> None:
    """Rankings name states that exist, none of them twice."""
    for path, _, preference in subject.preferences():
        seen: set[object] = set()
        for k, entry in enumerate(preference.ranking or ()):
            tie = isinstance(entry, tuple)
            for m, ref in enumerate(entry if isinstance(entry, tuple) else (entry,)):
                if ref == MARKED_GAP:
                    continue  # no state: where it stands is checked with the pairs
                at: Path = (*path, "ranking", k, *((m,) if tie else ()))
                check_state(subject, at, ref)
                if ref in seen:
                    shown = ref if isinstance(ref, str) else ", ".join(f"{i}: {v}" for i, v in ref.items())
                    subject.findings.error(at, f"names {shown} twice", found=shown)
                seen.add(ref)
