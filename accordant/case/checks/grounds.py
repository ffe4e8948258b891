"""What the parts of a case stand on: claims that exist, and what stands on nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from accordant.case.base import Assumption, Grounded, Node
from accordant.case.checks.subject import Subject
from accordant.case.grounds import elements, standings
from accordant.case.objects import Case, Either
from accordant.case.places import Path

UNGROUNDED = "stands on no claim and no stated assumption: it counts as an assumption"
"""The message of every such warning, so that they can be shown together."""
FALLEN = "none of its claims counts any more: it is unsure"


def grounded_parts(case: Case) -> Iterator[tuple[Path, Grounded]]:
    """Everything in ``case.yaml`` that can have grounds, with its path."""
    yield from _grounded(case, ())


def _grounded(part: Any, path: Path) -> Iterator[tuple[Path, Grounded]]:
    if isinstance(part, Grounded):
        yield path, part
    if isinstance(part, Node) and not isinstance(part, Assumption):
        for name, field in type(part).model_fields.items():
            if not field.exclude:
                yield from _grounded(getattr(part, name), (*path, field.alias or name))
    elif isinstance(part, dict):
        for key, value in part.items():
            yield from _grounded(value, (*path, key))
    elif isinstance(part, tuple):
        for k, value in enumerate(part):
            yield from _grounded(value, (*path, k))


def element_paths(case: Case) -> dict[str, Path]:
    """The path of every element of the case, by its id."""
    found: dict[str, Path] = {f"issues.{i}": ("issues", i) for i in case.issues}
    found.update({f"feasible.{k + 1}": ("feasible", k) for k in range(len(case.feasible))})
    found.update({f"moves.{p}": ("moves", p) for p in case.moves or {}})
    found.update({anchor: (anchor,) for anchor in ("status_quo", "no_deal")})
    found.update({f"proposals.{p}": ("proposals", p) for p in case.proposals})
    found.update({f"terms.{t}": ("terms", t) for t in case.terms})
    for name, proposal in case.proposals.items():
        for k in range(len(proposal.stages)):
            found[f"proposals.{name}.stages.{k + 1}"] = ("proposals", name, "stages", k)
    for party, preference in case.preferences.items():
        path: Path = ("preferences", party)
        for k in range(len(preference.never)):
            found[f"{party}.never.{k + 1}"] = (*path, "never", k)
        for k, entry in enumerate(preference.priorities or ()):
            found[f"{party}.priorities.{k + 1}"] = (*path, "priorities", k)
            for m in range(len(entry.either) if isinstance(entry, Either) else 0):
                found[f"{party}.priorities.{k + 1}.{m + 1}"] = (*path, "priorities", k, "either", m)
        for kind in ("ranking", "worth", "table", "reservation", "delay"):
            found[f"{party}.{kind}"] = (*path, kind)
        for k in range(len(preference.also)):
            found[f"{party}.also.{k + 1}"] = (*path, "also", k)
    return found


def check_claims_exist(subject: Subject) -> None:
    """Every claim under ``because`` exists, is named once, and still counts."""
    if not subject.sources_known:
        return
    claims, say = subject.case.claims, subject.findings
    standing = standings(subject.case)
    for path, part in grounded_parts(subject.case):
        for k, claim in enumerate(part.because):
            at: Path = (*path, "because", k)
            if claim not in claims:
                say.unknown(at, "claim", claim, claims)
            elif claim in part.because[:k]:
                say.error(at, f"names {claim!r} twice", found=claim)
            elif not standing[claim].stands:
                say.warning(at, f"{claim} does not count: it is {standing[claim].reason}", found=claim)


def check_grounded(subject: Subject) -> None:
    """What an answer can depend on stands on something; where it does not, that is said."""
    if not subject.sources_known:
        return
    paths = element_paths(subject.case)
    for element in elements(subject.case):
        path = paths[element.id]
        if not element.stated:
            hint = "add 'because: [claim]' or 'assumed: why'"
            if element.kind == "moves":
                hint = "a graph's moves have no place for grounds"
            subject.findings.warning(path, UNGROUNDED, hint=hint, on_key=True)
        elif not element.standing:
            subject.findings.warning(path, FALLEN, found=", ".join(sorted(element.grounds)), on_key=True)


def check_wording(subject: Subject) -> None:
    """An assumption that several parts share says the same in each of them."""
    first: dict[str, str] = {}
    for path, part in grounded_parts(subject.case):
        if part.assumed and part.assumed.id:
            says = first.setdefault(part.assumed.id, part.assumed.says)
            if says != part.assumed.says:
                message = f"the assumption {part.assumed.id} says something else elsewhere: {says!r}"
                subject.findings.error((*path, "assumed"), message, found=part.assumed.says)
