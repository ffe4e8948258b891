"""Two versions of a case, or two cases, side by side: what changed, what came of it, and why."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from accordant.case.objects import Case
from accordant.evidence.handling import WITHHELD, Handling
from accordant.history.changes import Change
from accordant.history.changes_words import quoted, told
from accordant.history.versions import VersionFile
from accordant.history.why import LOOKED, Moved, Moves, moved
from accordant.history.why_answers import Answer
from accordant.tables import Method, Table
from accordant.version import __version__


@dataclass(frozen=True)
class Side:
    """One of the two.

    Attributes
    ----------
    label
        What it is called: the name of a version, ``now``, or a folder.
    case
        What it says.
    version
        What is written of the version; None for a case as it stands in its folder.
    answers
        The answers that were kept with the version.
    warnings
        What is wrong with the version, or with others that were passed over for it.
    """

    label: str
    case: Case
    digest: str
    version: VersionFile | None = None
    answers: Mapping[str, Any] | None = field(default=None, repr=False)
    warnings: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The side as plain data."""
        about = self.version
        return {
            "label": self.label,
            "version": about.id if about else None,
            "as_of": self.case.as_of,
            "title": self.case.title,
            "case": self.digest,
            "direction": about.direction if about else None,
            "because": about.because if about else None,
            "program": about.program if about else __version__,
        }


@dataclass(frozen=True)
class DiffResult:
    """What changed between two versions, and why conclusions did.

    Attributes
    ----------
    old, new
        The two sides.
    moves
        Every conclusion of either, those with another answer explained by the changes.
    drifted
        Conclusions to which this version of Accordant gives the old case another answer than the one that
        froze it: (conclusion, answer then, answer now).
    said
        The words of each change, by its id.
    left_out
        Changes of origins and reports to which only restricted claims lead, that stay behind.
    """

    old: Side
    new: Side
    moves: Moves
    drifted: tuple[tuple[str, str, str], ...]
    said: Mapping[str, str]
    method: Method
    left_out: int = 0

    @property
    def changes(self) -> tuple[Change, ...]:
        """Every change, by the parts of a case."""
        return self.moves.changes

    @property
    def warnings(self) -> tuple[str, ...]:
        """What is wrong with the versions that are compared, or with others passed over for them."""
        return tuple(dict.fromkeys((*self.old.warnings, *self.new.warnings)))

    @property
    def changed(self) -> tuple[Moved, ...]:
        """The conclusions with another answer."""
        return self.moves.changed

    @property
    def title(self) -> str:
        """What it found, in a sentence."""
        between = f"from {self.old.label} to {self.new.label}"
        if not self.changes and not self.left_out:
            return f"Nothing changed {between}"
        n, of = len(self.changed), len(self.moves.conclusions)
        answers = f"{n} of {of} answers differ" if n else "no answer differs"
        many = f"{len(self.changes):,} change" + ("s" if len(self.changes) != 1 else "")
        return f"{many} {between}; {answers}"

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The number under which each change is listed, by its id."""
        return {change.id: k for k, change in enumerate(self.changes, 1)}

    def sets(self, about: Moved) -> str:
        """What moved a conclusion, by the numbers of changes: any one of the sets does.

        Sets are divided by semicolons; changes that are needed together by plus signs.
        """
        return "; ".join(" + ".join(str(self.numbers[c.id]) for c in why.changes) for why in about.sets)

    @cached_property
    def through(self) -> dict[str, tuple[str, ...]]:
        """For sets of changes, by their numbers, what they do to lines that they do not change themselves."""
        found: dict[str, dict[str, None]] = {}
        for about in self.changed:
            for why in about.sets:
                if why.through:
                    key = " + ".join(str(self.numbers[c.id]) for c in why.changes)
                    found.setdefault(key, {}).update(dict.fromkeys(why.through))
        return {key: tuple(said) for key, said in found.items()}

    def to_json(self) -> dict[str, Any]:
        """The documented form of ``diff --json``."""
        return {
            "schema": "accordant/diff/1",
            "from": self.old.to_json(),
            "to": self.new.to_json(),
            "changes": [
                {
                    "id": change.id,
                    "section": change.section,
                    "kind": change.kind,
                    "subject": change.subject or None,
                    "from": change.old or None,
                    "to": change.new or None,
                    "says": self.said[change.id],
                    "matters": change.matters,
                }
                for change in self.changes
            ],
            "conclusions": [_conclusion_json(about) for about in self.changed],
            "unchanged": len(self.moves.conclusions) - len(self.changed),
            "drifted": [{"conclusion": c, "then": then, "now": now} for c, then, now in self.drifted],
            "left_out": self.left_out,
            "warnings": list(self.warnings),
            "method": self.method.to_json(),
        }

    def table(self) -> Table:
        """Changes first, then conclusions with another answer."""
        rows: list[tuple[Any, ...]] = [
            (change.section, change.id, change.kind, self.said[change.id], "", "", self.numbers[change.id])
            for change in self.changes
        ]
        rows += [
            ("answers", about.conclusion, "changed", about.says, *_sides(about), self.sets(about))
            for about in self.changed
        ]
        columns = ("part", "id", "kind", "says", "was", "is", "number or moved by")
        return Table(self.title, columns, tuple(rows))

    def tables(self) -> dict[str, Table]:
        """The changes and the conclusions, each as a table of its own."""
        listed = tuple(
            (self.numbers[c.id], c.section, c.kind, c.id, self.said[c.id], "yes" if c.matters else "no")
            for c in self.changes
        )
        columns = ("number", "part", "kind", "id", "says", "answers can depend on it")
        answers = tuple(
            (about.conclusion, about.was, about.says, *_sides(about), self.sets(about), about.cut)
            for about in self.changed
        )
        heads = ("conclusion", "in the old case", "says", "was", "is", "moved by changes", "not looked at")
        return {
            "Changes": Table(self.title, columns, listed),
            "Answers": Table("Answers that differ, and what moved them", heads, answers),
        }

    def to_frame(self) -> Any:
        """The table as a pandas data frame."""
        return self.table().to_frame()

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()

    def cleared(self, released: Collection[str]) -> DiffResult:
        """The same without the words of restricted claims, but for those that are named.

        Parameters
        ----------
        released
            Restricted claims and entries of either case that may leave all the same.

        Raises
        ------
        InputError
            If one is restricted in neither case.
        """
        held = _held(self.old.case, self.new.case, released)
        shown = tuple(c for c in self.changes if not _unknown(c, held))
        said = {c.id: _withheld(c, held) or self.said[c.id] for c in shown}
        left = self.left_out + len(self.changes) - len(shown)
        return replace(self, said=said, moves=replace(self.moves, changes=shown), left_out=left)


def _conclusion_json(about: Moved) -> dict[str, Any]:
    return {
        "conclusion": about.conclusion,
        "was": about.was or None,
        "says": about.says,
        "before": about.before and about.before.to_json(),
        "after": about.after and about.after.to_json(),
        "moved_by": [
            {"changes": [c.id for c in why.changes], "through": list(why.through)} for why in about.sets
        ],
        "cut": about.cut or None,
    }


def _sides(about: Moved) -> tuple[str, str]:
    """The two answers in words."""
    return (
        about.before.says if about.before else "not drawn",
        about.after.says if about.after else "not drawn",
    )


def _held(old: Case, new: Case, released: Collection[str]) -> tuple[Handling, Handling]:
    every = [Handling(case) for case in (old, new)]
    known = [[*held.withheld, *held.entries] for held in every]
    for name in released:
        if not any(name in names for names in known):
            Handling(new, (name,))  # raises, with what is allowed
    one, other = (
        Handling(case, [name for name in released if name in names])
        for case, names in zip((old, new), known, strict=True)
    )
    return one, other


def _unknown(change: Change, held: Sequence[Handling]) -> bool:
    """Whether a change is of an origin or a report to which only withheld claims lead: no id leaves."""
    if change.section not in ("origins", "reports"):
        return False
    return any(change.subject in h.by_table()[change.section] for h in held)


def _withheld(change: Change, held: Sequence[Handling]) -> str | None:
    """What may be said of a change that concerns something withheld; None where all of it may."""
    named = change.subject
    concerned = {
        "claims": any(named in h.withheld for h in held),
        "register": any(named in h.entries for h in held),
    }
    if not concerned.get(change.section, False):
        return None
    if change.section == "claims" and change.aspect in ("status", "grade"):
        return told(change)
    return f"{named} is {change.kind} ({WITHHELD})"


def diff(
    old: Side,
    new: Side,
    *,
    conclusions: Sequence[str] | None = None,
    why: bool = True,
    most: tuple[int, int] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> DiffResult:
    """What changed from one version or case to another, and why conclusions did.

    Parameters
    ----------
    conclusions
        Ids of conclusions to look at; by default those that either case draws by default.
    why
        Whether to look for the changes that moved each.
    most
        Most sets of changes gone through and most half-way cases judged, where that is to take less time.
    progress
        Called with (done, total) half-way cases.

    Raises
    ------
    InputError
        If a conclusion is one of neither.
    """
    looked, judged = most or (LOOKED, None)
    found = moved(old.case, new.case, conclusions, why=why, looked=looked, judged=judged, progress=progress)
    named = {**{p: old.case.party_name(p) for p in old.case.parties}}
    named |= {p: new.case.party_name(p) for p in new.case.parties}
    said = {
        change.id: told(change, lambda party: named.get(party, party), quoted(new.case, change.subject))
        for change in found.changes
    }
    cuts = sorted({about.cut for about in found.changed if about.cut})
    method = Method(
        "each answer over all admissible settings of both cases; the smallest sets of changes that move it, "
        "made on the old case",
        exact=not cuts and not found.notes and all(_exact(about) for about in found.changed),
        settings=1,
        cut="; ".join([*found.notes, *cuts]),
        parameters=(
            ("sets of changes looked at", str(found.looked)),
            ("half-way cases judged", str(found.judged)),
            ("sets that make no right case", str(found.refused)),
        ),
    )
    return DiffResult(old, new, found, _drifted(old, found), said, method)


def _exact(about: Moved) -> bool:
    return all(answer is None or answer.exact for answer in (about.before, about.after))


def _drifted(old: Side, found: Moves) -> tuple[tuple[str, str, str], ...]:
    """Answers kept with a version that this version of Accordant gives otherwise."""
    kept = old.answers.get("conclusions") if old.answers else None
    if not isinstance(kept, list):
        return ()
    now = {about.was: about.before for about in found.conclusions if about.was and about.before}
    drifted = []
    for entry in kept:
        answer = now.get(str(entry.get("conclusion"))) if isinstance(entry, dict) else None
        if answer is None:
            continue
        settings = entry.get("settings")
        counted = isinstance(settings, list) and len(settings) == 2 and settings[1]
        then = Answer(entry.get("status", "sometimes"), (settings[0], settings[1]) if counted else None)
        if not then.like(answer):
            drifted.append((str(entry["conclusion"]), then.says, answer.says))
    return tuple(drifted)
