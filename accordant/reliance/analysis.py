"""What every conclusion of a case rests on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial

import numpy as np

from accordant.agreement.result import DealsResult
from accordant.agreement.stands import no_deals
from accordant.case.grounds import assumptions, claims_of_side, falls_with, unnamed_claims
from accordant.case.objects import Case
from accordant.case.switches import Switch, default_switches, ground_words, parse_switches
from accordant.model.compiler import Compiler
from accordant.model.settings import AS_WRITTEN, SettingSpace
from accordant.reliance.conclusions import (
    Conclusion,
    about_packages,
    about_states,
    parse_conclusions,
)
from accordant.reliance.drawing import Sample, draw
from accordant.reliance.footing import footings, single_points
from accordant.reliance.result import GroundKind, Rest, RestsResult, Status
from accordant.reliance.supports import Stands, Supports
from accordant.reliance.sweep import ALWAYS, SOMETIMES, STATUS, Group, Sweep, groups_of, relevant
from accordant.tables import Method

STATES = 40
"""Equilibria up to which each gets conclusions of its own by default."""

NAMED = 12
"""Of more equilibria than that, how many get them: those that lenses or agreements name."""

SEARCHED = 20_000
"""Most states among which equilibria are looked for by default."""

Progress = Callable[[int, int], None]
Deals = Callable[[], DealsResult]


def analyse(
    compiler: Compiler,
    conclusions: Sequence[str] | None = None,
    *,
    without: Iterable[str | Switch] = (),
    trying: Iterable[str | Switch] = (),
    supports: bool = True,
    progress: Progress | None = None,
    deals: Deals | None = None,
) -> RestsResult:
    """What conclusions rest on.

    Parameters
    ----------
    compiler
        The compiled case.
    conclusions
        Ids of conclusions; the default ones when None (see :func:`default_conclusions`).
    without
        What to take away from the start: claims, origins and assumptions by id, and switches such as
        ``unnamed`` or ``below:C3`` (see :func:`accordant.case.switches.parse_switches`).
    trying
        Switches to try beside those that always are: their statuses stand under ``under``.
    supports
        Whether to look for smallest supports and breaks.
    progress
        Called with (done, total) as conclusions are gone through.
    deals
        Gives the lenses' picks and the efficient agreements; asked only where equilibria are very many,
        which of them matter.

    Raises
    ------
    InputError
        If a conclusion or a switch is not known.
    """
    asked_for = parse_switches(compiler.case, without)
    tried = parse_switches(compiler.case, trying)
    taken = frozenset(g for switch in asked_for for g in switch.grounds)
    switches = {s.id: s for s in (*asked_for, *default_switches(compiler.case), *tried)}
    notes: list[str] = []
    if conclusions is None:
        asked = default_conclusions(compiler, taken, notes, deals)
    else:
        asked = [c for text in conclusions for c in parse_conclusions(text, compiler)]
    groups = groups_of(compiler, asked)
    rests: dict[Conclusion, Rest] = {}
    total = sum(len(group.conclusions) for group in groups)
    for group in groups:
        told = None if progress is None else partial(_told, progress, len(rests), total)
        rests.update(_Reliance(compiler, group, taken, switches).rests(supports, told))
        if progress is not None:
            progress(len(rests), total)
    space = compiler.setting_space(taken)
    looked = sum(g.frames_looked_at for g in groups)
    method = Method(
        "status of each conclusion over all admissible settings, and without each ground",
        exact=all(r.exact for r in rests.values()) and not notes,
        settings=space.of_packages if any(g.topic == "packages" for g in groups) else space.count,
        cut="; ".join(notes),
        parameters=(
            ("without", ", ".join(switch.id for switch in asked_for)),
            ("unsure", ", ".join(space.free)),
            ("unknown orders", ", ".join(space.unknown)),
            ("frames looked at", str(looked)),
        ),
    )
    ordered = tuple(rests[c] for c in dict.fromkeys(asked))
    case = compiler.case
    return RestsResult(
        case.title,
        ordered,
        ground_words(case),
        method,
        switches=tuple(switches.values()),
        taken=tuple(switch.id for switch in asked_for),
        standing=footings(case, _used(case, ordered)),
        kinds=_kinds(case),
    )


def _used(case: Case, rests: Iterable[Rest]) -> frozenset[str]:
    """The claims that some answer rests on: it is among a smallest support or break, or falls without it."""
    sets = ((*r.supports, *r.breaks, r.falls_without) for r in rests)
    return frozenset(g for found in sets for one in found for g in one if g in case.claims)


def _kinds(case: Case) -> dict[str, GroundKind]:
    """What each ground is."""
    found: dict[str, GroundKind] = dict.fromkeys(case.claims, "claim")
    found |= {o: "unnamed origin" if one.unnamed else "origin" for o, one in case.origins.items()}
    return {**found, **dict.fromkeys(assumptions(case), "assumption")}


def _told(progress: Progress, before: int, total: int, done: int) -> None:
    progress(before + done, total)


def known_grounds(case: Case, names: Iterable[str | Switch]) -> frozenset[str]:
    """Every claim, origin and assumption that some switches take away (see :mod:`accordant.case.switches`).

    Raises
    ------
    InputError
        If a name is none of these.
    """
    return frozenset(g for switch in parse_switches(case, names) for g in switch.grounds)


def default_conclusions(
    compiler: Compiler, taken: frozenset[str], notes: list[str], deals: Deals | None = None
) -> list[Conclusion]:
    """Each proposal against no deal, whether an agreement exists, and which states hold.

    The states are no deal, the status quo, the proposals' states and every state that is an
    equilibrium in some setting; of very many, those that lenses pick and efficient agreements. What
    was left out is said in ``notes``.
    """
    case, space = compiler.case, compiler.space()
    view = compiler.view(AS_WRITTEN)
    states = [space.name(s) for s in view.no_deal]
    if view.status_quo is not None:
        states.append(space.name(view.status_quo))
    states += [space.name(s) for p in case.proposals if (s := view.package(p).state) is not None]
    states += _equilibria(compiler, taken, notes, states, deals)
    only_then = [e for e in compiler.setting_space(taken).free if compiler.element[e].kind == "rule"]
    if only_then:
        notes.append("states that are feasible only where an unsure rule does not hold are not listed")
    return [*about_packages(case), *about_states(dict.fromkeys(states))]


def _equilibria(
    compiler: Compiler, taken: frozenset[str], notes: list[str], told: Sequence[str], deals: Deals | None
) -> list[str]:
    """Further states that are an equilibrium under some concept in some setting, if they are few."""
    n = compiler.space().n
    if n > SEARCHED:
        notes.append(f"equilibria among {n:,} states were not looked for; {_BY_NAME}")
        return []
    held, whole = Group(compiler, "states", ()).equilibria(compiler.setting_space(taken))
    if not whole:
        notes.append("not every setting was looked at for equilibria")
    if len(held) <= STATES:
        return held
    among = set(held) - set(told)
    chosen = [s for s in dict.fromkeys(_named(deals()) if deals else ()) if s in among][:NAMED]
    left = len(among) - len(chosen)
    notes.append(
        f"{len(held):,} states are equilibria in some setting; {left:,} of them are left out; {_BY_NAME}"
    )
    return chosen


def _named(found: DealsResult) -> list[str]:
    """The states that lenses pick, then the efficient agreements."""
    lenses = {} if found.fairness is None else found.fairness.lenses
    picks = [pick.package for lens in lenses.values() for pick in lens.picks]
    return [*picks, *(agreement.state for agreement in found.efficient)]


_BY_NAME = "ask for one by its name, such as --conclusion 'holds(s1, every concept)'"


class _Reliance:
    """The conclusions of one group, with and without each ground."""

    def __init__(
        self, compiler: Compiler, group: Group, taken: frozenset[str], switches: Mapping[str, Switch]
    ) -> None:
        self.compiler, self.group, self.taken, self.switches = compiler, group, taken, switches
        self.full = compiler.setting_space(taken)
        self.count = self.full.of_packages if group.topic == "packages" else self.full.count
        every = np.ones(len(group.conclusions), dtype=bool)
        # without a count there is nothing to count: the first counter-example is enough
        self.base = group.sweep(self.full, None if self.count is not None else every)
        self.drawn = self._drawn()
        for k, sample in self.drawn.items():
            # a setting that was drawn is as good a counter-example as any
            if sample.true < sample.drawn if self.base.status[k] == ALWAYS else sample.true > 0:
                self.base.status[k], self.base.cut[k] = SOMETIMES, False
        self.pending = self.base.status != SOMETIMES
        self._seen: dict[object, Sweep] = {_key(self.full): self.base}

    def rests(self, supports: bool, told: Callable[[int], None] | None = None) -> dict[Conclusion, Rest]:
        """Every conclusion of the group; ``told`` takes how many have been gone through."""
        case = self.compiler.case
        single = {g: self._without({g}) for g in ground_words(case)}
        under = {name: self._without(switch.grounds) for name, switch in self.switches.items()}
        together = {
            "unnamed": self._without(unnamed_claims(case)),
            "assumptions": self._without(assumptions(case)),
            **under,
        }
        sides = sorted({o.side for o in case.origins.values() if o.side and o.side != "none"})
        by_side = {side: self._without(claims_of_side(case, side)) for side in sides}
        lines = {e: self._without((), (e,)) for e in self._sure()}
        if supports:
            stands = Supports(self.compiler, self.group, self.base.status, self.taken).find(told)
        else:
            stands = [Stands()] * len(self.group.conclusions)
        found = {}
        for k, conclusion in enumerate(self.group.conclusions):
            cuts = self._cuts(k, {**{f"without {name}": s for name, s in together.items()}, **single})
            rest = Rest(
                conclusion=conclusion.id,
                says=conclusion.says(case),
                status=_word(self.base, k),
                settings=self._count(k),
                without=_words(single, k),
                without_unnamed=_word(together["unnamed"], k),
                without_assumptions=_word(together["assumptions"], k),
                without_side=_words(by_side, k),
                supports=stands[k].supports,
                breaks=stands[k].breaks,
                cut="; ".join(c for c in (*cuts, stands[k].cut) if c),
                note=self._note(conclusion),
                under=_words(under, k),
                elements=tuple(e for e, s in lines.items() if s.status[k] != self.base.status[k]),
                origin_supports=stands[k].origin_supports,
                origin_breaks=stands[k].origin_breaks,
                sample=self.drawn.get(k),
            )
            points = single_points(case, rest.falls_without)
            found[conclusion] = replace(rest, exact=not rest.cut, single_points=points)
        return found

    def _sure(self) -> list[str]:
        """The elements that an answer of this group may depend on and that are not open."""
        of_use = frozenset[str]().union(*(relevant(self.compiler, c) for c in self.group.conclusions))
        gone = falls_with(self.compiler.case, self.taken)
        elements = self.compiler.elements
        return [e.id for e in elements if e.id in of_use and not e.unsure and e.standing - gone]

    def _without(self, grounds: Iterable[str], unsure: Iterable[str] = ()) -> Sweep:
        space = self.compiler.setting_space({*self.taken, *grounds}, unsure=unsure)
        key = _key(space)
        if key not in self._seen:
            self._seen[key] = self.group.sweep(space, self.pending)
        return self._seen[key]

    def _drawn(self) -> dict[int, Sample]:
        """Settings drawn for the conclusions that could not be counted, where settings can be."""
        if self.count is None or self.full.ranges is not None:
            return {}
        left = [k for k, s in enumerate(self.base.shares) if s is None and not self._nothing_to_compare(k)]
        if not left:
            return {}
        samples = draw(self.compiler, self.full, [self.group.conclusions[k] for k in left])
        return dict(zip(left, samples, strict=True))

    def _count(self, k: int) -> tuple[int, int] | None:
        """Settings over all parties together."""
        share = self.base.shares[k] if self.base.shares else None
        if self.count is None or share is None or self._nothing_to_compare(k):
            return None
        return int(share * self.count), self.count

    def _cuts(self, k: int, sweeps: Mapping[str, Sweep]) -> list[str]:
        cuts = []
        open_ = [name for name, s in sweeps.items() if s.cut[k]]
        drawn = self.drawn.get(k)
        if drawn is not None:
            cuts.append(
                f"settings are too many to count; {drawn.drawn:,} were drawn with the seed {drawn.seed}"
            )
        if self.base.cut[k]:
            seen = "; no counter-example was seen" if drawn else ""
            cuts.append(f"not every admissible setting was looked at{seen}")
        elif open_:
            shown = ", ".join(open_[:4]) + (f" and {len(open_) - 4} more" if len(open_) > 4 else "")
            cuts.append(f"no counter-example found, but not every setting looked at: {shown}")
        unproved = [name for name, s in {"": self.base, **sweeps}.items() if s.open[k]]
        if unproved:
            cuts.append(
                "an order is unknown, wholly or in part: 'sometimes' is not excluded, but not shown either"
            )
        return cuts

    def _nothing_to_compare(self, k: int) -> bool:
        """Whether a conclusion is about packages in a case that does not say what no deal is."""
        return self.group.conclusions[k].kind != "holds" and not no_deals(self.compiler.view())

    def _note(self, conclusion: Conclusion) -> str:
        if conclusion.kind != "holds" and not no_deals(self.compiler.view()):
            return "the case gives neither a status quo nor a no deal to compare with"
        element = self.compiler.element.get(f"proposals.{conclusion.subject}")
        if element is not None and element.id in self.full.free:
            return f"it is not sure that {conclusion.subject} was made"
        return ""


def _key(space: SettingSpace) -> tuple[object, ...]:
    """Equal for spaces with the same settings."""
    return (space.free, space.lost, space.unknown, tuple(space.anchors), space.out, space.perms)


def _word(sweep: Sweep, k: int) -> Status:
    word = STATUS[int(sweep.status[k])]
    return word  # type: ignore[return-value]


def _words(sweeps: Mapping[str, Sweep], k: int) -> dict[str, Status]:
    return {name: _word(sweep, k) for name, sweep in sweeps.items()}
