"""Every check of a case that needs no compiled states, one theme to a module.

Each check has the same shape: it takes a :class:`~accordant.case.checks.subject.Subject` and adds
what it finds. Adding a check means adding a function and one line here. What can only be seen with
the states at hand is checked in :mod:`accordant.model.checks`.
"""

from __future__ import annotations

from collections.abc import Callable

from accordant.case.checks import (
    dates,
    deals,
    grades,
    grounds,
    issues,
    judgements,
    names,
    numbers,
    others,
    pairs,
    parties,
    preferences,
    records,
    register,
    sources,
    states,
    worths,
)
from accordant.case.checks.grounds import UNGROUNDED
from accordant.case.checks.subject import Subject
from accordant.case.findings import Finding
from accordant.case.objects import Case

Check = Callable[[Subject], None]

CASE_CHECKS: tuple[Check, ...] = (
    names.check_ids,
    names.check_collisions,
    parties.check_roles,
    parties.check_part_played,
    parties.check_names_shown,
    numbers.check_ranges,
    numbers.check_numeric,
    issues.check_values,
    issues.check_control,
    issues.check_directions,
    states.check_form,
    states.check_patterns,
    states.check_graph,
    states.check_anchors,
    states.check_proposals,
    preferences.check_rules,
    preferences.check_whose,
    preferences.check_form,
    preferences.check_lines,
    preferences.check_rankings,
    worths.check_worths,
    worths.check_tables,
    worths.check_reservations,
    worths.check_delays,
    worths.check_transfers,
    issues.check_valued,
    pairs.check_marks,
    pairs.check_incomparable,
    pairs.check_degrees,
    deals.check_stages,
    deals.check_terms,
    others.check_attitudes,
    others.check_perceptions,
    others.check_coalitions,
    grounds.check_claims_exist,
    grounds.check_grounded,
    grounds.check_wording,
    records.check_positions,
    records.check_relations,
    judgements.check_judgements,
    judgements.check_outcomes,
    records.check_events,
    dates.check_case_dates,
)
SOURCE_CHECKS: tuple[Check, ...] = (
    names.check_source_ids,
    sources.check_reports,
    sources.check_origins,
    sources.check_claims,
    sources.check_nesting,
    sources.check_contradictions,
    grades.check_items,
    grades.check_source_grades,
    register.check_register,
    register.check_unnamed,
    dates.check_source_dates,
)

__all__ = ["CASE_CHECKS", "SOURCE_CHECKS", "UNGROUNDED", "check_case", "check_sources"]


def check_case(case: Case, *, sources_known: bool = True) -> list[Finding]:
    """What is wrong in ``case.yaml`` beyond its form.

    Parameters
    ----------
    sources_known
        False where ``claims.yaml`` could not be read, so that its claims cannot be asked for.

    Examples
    --------
    >>> case = Case.model_validate({"title": "t", "parties": {"a": {}}, "issues": {"x": {"by": "b"}}})
    >>> [f.message for f in check_case(case) if f.severity == "error"]
    ["there is no party 'b'"]
    """
    return _run(CASE_CHECKS, Subject(case, sources_known=sources_known))


def check_sources(case: Case, *, parties_known: bool = True) -> list[Finding]:
    """What is wrong in ``claims.yaml`` beyond its form.

    Parameters
    ----------
    parties_known
        False where ``case.yaml`` could not be read, so that its parties cannot be asked for.
    """
    return _run(SOURCE_CHECKS, Subject(case, parties_known=parties_known))


def _run(checks: tuple[Check, ...], subject: Subject) -> list[Finding]:
    for check in checks:
        check(subject)
    # what only a range that is wrong makes wrong is not said: the range is
    doubtful = {id_ for id_, issue in subject.case.issues.items() if issue.range and not issue.range.sound}
    return [finding for finding in subject.findings.all if finding.values_of not in doubtful]
