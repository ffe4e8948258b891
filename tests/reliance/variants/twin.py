"""Each variant written out as a case of its own, with nothing unsure in it, and asked by itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from accordant.agreement.stands import no_deals
from accordant.case.grounds import falls_with
from accordant.case.objects import Case, Either
from accordant.model.compiler import Compiler
from accordant.model.settings import Setting
from accordant.reliance.conclusions import Conclusion
from accordant.reliance.variants.columns import NO, UNKNOWN, YES
from accordant.reliance.variants.dimensions import (
    Anchor,
    Counting,
    Dimension,
    Ground,
    Lines,
    Number,
    States,
)
from accordant.reliance.variants.planning import Plan
from accordant.stability.coalitions.as_one import as_one_bounds
from tests.reliance.twin import truth

GONE = {"report": "r", "quote": "", "at": [0, 0], "says": "", "kind": "offer", "status": "retracted"}
"""A claim that counts for nothing: what stands on it alone is lost."""
GROUNDED = ("because", "assumed", "unsure")


class Variant:
    """One variant: what is chosen, and what follows for each part of the case."""

    def __init__(self, plan: Plan, choice: Sequence[int]) -> None:
        self.plan, self.case = plan, plan.case
        self.chosen: list[tuple[Dimension, int]] = list(zip(plan.dimensions, map(int, choice), strict=True))
        out = {d.element for d, k in self.chosen if isinstance(d, Counting) and k}
        taken = {d.ground for d, k in self.chosen if isinstance(d, Ground) and k}
        gone = falls_with(self.case, taken)
        fallen = {e.id for e in plan.compiler.elements if e.standing and e.standing <= gone}
        # what nothing stands behind, as the case is written, counts unless it is a whole order
        whole = ("ranking", "worth", "reservation")
        unfounded = {e.id for e in plan.compiler.elements if e.unsure and e.kind in whole}
        self.out = frozenset(out | fallen | unfounded)

    def of(self, kind: type[Any], party: str) -> list[tuple[Any, int]]:
        """What is chosen of one kind about a party."""
        return [(d, k) for d, k in self.chosen if isinstance(d, kind) and d.party == party]

    def written(self, *, packages: bool) -> Case:
        """The variant as a case.

        An issue that nobody controls is written with no moves; where packages lead does not change with who
        controls what, so that for packages the moves stay.
        """
        raw: dict[str, Any] = self.case.model_dump(by_alias=True, exclude_defaults=True, mode="json")
        for issue, given in raw.get("issues", {}).items():
            _bare(given)
            if f"issues.{issue}" in self.out and not packages:
                given["moves"] = []
        rules = enumerate(raw.get("feasible", []), 1)
        raw["feasible"] = [r["rule"] for k, r in rules if f"feasible.{k}" not in self.out]
        for which in ("status_quo", "no_deal"):
            self._anchor(raw, which)
        for party, given in raw.get("preferences", {}).items():
            raw["preferences"][party] = self._preference(party, given)
        for d, k in self.chosen:
            if isinstance(d, States) and d.party not in raw.get("preferences", {}):
                raw.setdefault("preferences", {})[d.party] = {"ranking": _ranking(d, k)}
        for given in raw.get("proposals", {}).values():
            _bare(given)
        for part in ("judgements", "events", "positions", "relations"):
            raw.pop(part, None)
        return Case.model_validate({**raw, "sources": {"claims": {"gone": GONE}}})

    def _anchor(self, raw: dict[str, Any], which: str) -> None:
        found = [d.names[k] for d, k in self.chosen if isinstance(d, Anchor) and d.which == which]
        if found:
            space = self.plan.compiler.space()
            raw[which] = space.values_of(space.numbers[found[0]]) if space.issues else found[0]
        elif isinstance(raw.get(which), dict):
            raw[which] = raw[which]["state"]

    def _preference(self, party: str, given: dict[str, Any]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        red = enumerate(given.get("never", []), 1)
        found["never"] = [r["rule"] for k, r in red if f"{party}.never.{k}" not in self.out]
        orders = self.of(States, party)
        if held := self._reservation(party, given):
            found["reservation"] = held
        if orders:
            found["ranking"] = _ranking(*orders[0])
            return found
        if "priorities" in given:
            found["priorities"] = self._lines(party)
        for whole in ("ranking", "worth", "table"):
            if whole in given:
                found[whole] = self._numbers(party, given[whole], whole)
                if f"{party}.{whole}" in self.out:
                    found["because"] = ["gone"]
        terms = [(k, {"if": t["if"], "worth": t["worth"]}) for k, t in enumerate(given.get("also", []))]
        for d, k in self.of(Number, party):
            for j, term in terms:
                if d.place == ("also", j):
                    term["worth"] = str(d.values[k])
        if terms:
            found["also"] = [t for k, t in terms if f"{party}.also.{k + 1}" not in self.out]
        return found

    def _reservation(self, party: str, given: dict[str, Any]) -> dict[str, Any] | None:
        held = given.get("reservation")
        if held is None:
            return None
        found = {k: v for k, v in held.items() if k not in GROUNDED}
        for d, k in self.of(Number, party):
            if d.place == ("reservation",):
                found["worth"] = str(d.values[k])
        if f"{party}.reservation" in self.out:
            found["because"] = ["gone"]
        return found

    def _numbers(self, party: str, given: Any, whole: str) -> Any:
        for d, k in self.of(Number, party):
            if whole == "worth" and d.place[0] == "worth":
                _, key, *within = d.place
                if within:
                    given[key][within[0]] = str(d.values[k])
                else:
                    given[key] = str(d.values[k])
            if whole == "table" and d.place[0] == "table":
                given[d.place[1]][1] = str(d.values[k])
        return given

    def _lines(self, party: str) -> list[str]:
        """The wants that count, in the order chosen."""
        entries = self.case.preferences[party].priorities or ()
        groups = {d.group: (d, k) for d, k in self.of(Lines, party)}
        found: list[tuple[str, str]] = []
        for k, entry in enumerate(entries, 1):
            here = f"{party}.priorities.{k}"
            if isinstance(entry, Either):
                lines = [(f"{here}.{m}", line.want) for m, line in enumerate(entry.either, 1)]
                found += _permuted(lines, *groups[here]) if here in groups else lines
            else:
                found.append((here, entry.want))
        if "" in groups:
            found = _permuted(found, *groups[""])
        return [want for element, want in found if element not in self.out]

    def answers(self) -> dict[str, int]:
        """What is true of the variant, column by column, and how many states hold."""
        found: dict[str, int] = {}
        base = self.plan.compiler.space()
        for packages in (False, True):
            compiler = Compiler(self.written(packages=packages))
            view = compiler.view(Setting(frozenset(compiler.setting_space().lost)))
            for column in self.plan.columns:
                if (column.kind != "holds") != packages:
                    continue
                subject = column.subject
                if column.block:
                    continue
                if column.kind == "holds":
                    subject = _named(compiler, base.values_of(base.numbers[subject]), subject)
                said = truth(compiler, view, Conclusion(column.kind, subject, column.detail))  # type: ignore[arg-type]
                if column.kind == "agreement-exists" and not no_deals(view):
                    said = False, True
                found[column.id] = YES if said[0] else UNKNOWN if said[1] else NO
                if f"proposals.{subject}" in self.out and column.kind != "holds":
                    found[column.id] = NO
            if not packages:
                found |= self._counts(compiler, view)
                found |= self._as_one(compiler, view)
        return found

    def _as_one(self, compiler: Compiler, view: Any) -> dict[str, int]:
        """The same where the parties of a coalition act as one: of this case, by itself."""
        found: dict[str, int] = {}
        base = self.plan.compiler.space()
        for block, name in zip(self.plan.blocks, self.plan.players, strict=True):
            _, judged = as_one_bounds(view, [block], self.plan.concepts)
            for concept, judgement in judged.items():
                must, may = (end.all(axis=0) for end in (judgement.must, judgement.may))
                for count in self.plan.counts:
                    if (count.block, count.concept) == (name, concept):
                        found[count.id] = int((may if count.possible else must).sum())
                for state in self.plan.states:
                    named = _named(compiler, base.values_of(base.numbers[state]), state)
                    at = view.space.numbers[named]
                    said = YES if must[at] else UNKNOWN if may[at] else NO
                    found[f"holds({state}, {concept}, {name})"] = said
        return found

    def _counts(self, compiler: Compiler, view: Any) -> dict[str, int]:
        names = view.space.names
        found = {}
        for count in (c for c in self.plan.counts if not c.block):
            both = [truth(compiler, view, Conclusion("holds", s, count.concept)) for s in names]
            found[count.id] = sum(end[count.possible] for end in both)
        return found


def _bare(given: Any) -> None:
    for key in GROUNDED:
        given.pop(key, None)


def _permuted(lines: list[tuple[str, str]], d: Lines, k: int) -> list[tuple[str, str]]:
    """The lines in the order that the row names: ``2>1>3``."""
    said = d.labels(np.array([k]))[0].split(">")
    return [lines[d.names.index(name)] for name in said]


def _ranking(d: States, k: int) -> list[Any]:
    """The levels that the row names: ``s2>s1=s3``."""
    label = d._label(k)
    return [level.split("=") if "=" in level else level for level in label.split(">")]


def _named(compiler: Compiler, values: Mapping[str, str], name: str) -> str:
    space = compiler.space()
    if not space.issues:
        return name
    state = int(space.state_of[space.matching(values)[0]])
    return str(space.name(state))
