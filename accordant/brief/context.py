"""One case with its answers, its numbering and its cross references: what every part is built from."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from accordant.brief import words
from accordant.brief.characters import any_leftward
from accordant.brief.document import Ref, Rich, Said, Text, joined, rich
from accordant.brief.ids import Ids
from accordant.brief.relevant import Relevant, relevant
from accordant.case import grounds
from accordant.errors import InputError
from accordant.evidence.handling import Handling

if TYPE_CHECKING:
    from accordant.agreement.frontier_result import FrontierResult
    from accordant.agreement.phases.result import StagesResult
    from accordant.case.switches import Switch
    from accordant.opened import OpenCase, Withheld

MANY, FEW = 5, 2
"""From how many parties on they are told as all but a few, and how many those are at most."""


class Context:
    """Everything that the parts of a brief share. Answers are computed once."""

    def __init__(
        self, opened: OpenCase, released: Collection[str] = (), trying: Collection[Switch] = ()
    ) -> None:
        self.opened = opened
        self.left_out: Withheld | None = getattr(opened, "withheld", None)
        self.case = opened.case if self.left_out is None else self.left_out.made.told
        self.digest = opened.folder.digest
        self.states = opened.states()
        self.stability = opened.stability()
        self.deals = opened.deals()
        self.rests = opened.rests(trying=trying) if trying else opened.rests()
        self.ids = Ids()
        self.handling = Handling(self.case, released)
        self.elements = {e.id: e for e in grounds.elements(opened.case)}
        self.standing = grounds.standings(self.case)
        # what is unsure and has no ground is not taken as given: nothing is assumed by it
        self.assumptions = {
            id_: made
            for id_, made in grounds.assumptions(opened.case).items()
            if made.stated or not all(self.elements[e].unsure for e in made.elements)
        }
        self.unnamed = grounds.unnamed_claims(self.case)

    @property
    def drawn(self) -> str:
        """What to say where verdicts come from settings drawn at random; empty where all were looked at."""
        if "seed" not in dict(self.stability.method.parameters):
            return ""
        cut = self.stability.method.cut or "not every setting was looked at"
        return f"Settings were drawn at random ({cut}): verdicts show what may be, not what must be."

    @cached_property
    def sure(self) -> dict[str, frozenset[str]]:
        """Under each concept the states that hold in every setting."""
        return {name: frozenset(c.equilibria) for name, c in self.stability.concepts.items()}

    @cached_property
    def maybe(self) -> dict[str, frozenset[str]]:
        """Under each concept the states that hold in some settings and not in all."""
        found = self.stability.concepts.items()
        return {name: frozenset(c.possible_equilibria) - self.sure[name] for name, c in found}

    @cached_property
    def silent(self) -> tuple[str, ...]:
        """Parties of whose order nothing is known, since nothing stands behind it."""
        lost = (e for e in self.elements.values() if e.kind in ("ranking", "worth") and e.unsure)
        return tuple(dict.fromkeys(e.subject for e in lost))

    @cached_property
    def frontier(self) -> FrontierResult | None:
        """The frontier in numbers; None where nobody has given any, or nothing can be compared."""
        fairness = self.deals.fairness
        if fairness is None or not fairness.numbers:
            return None
        try:
            return self.opened.frontier()
        except InputError:
            return None

    @cached_property
    def plans(self) -> dict[str, StagesResult | InputError]:
        """What comes of each proposal in stages, or why that cannot be worked out."""
        found: dict[str, StagesResult | InputError] = {}
        for name, proposal in self.case.proposals.items():
            if proposal.stages:
                try:
                    found[name] = self.opened.stages(name)
                except InputError as error:
                    found[name] = error
        return found

    # Numbering

    @cached_property
    def groups(self) -> dict[str, tuple[str, ...]]:
        """Standing claims by their own origin, in the order of the file; those without one last."""
        order = [*self.case.origins, ""]
        found: dict[str, list[str]] = {origin: [] for origin in order}
        for id_, claim in self.case.claims.items():
            if self.standing[id_].stands:
                found[claim.origin or ""].append(id_)
        return {origin: tuple(claims) for origin, claims in found.items() if claims}

    @cached_property
    def counting(self) -> tuple[str, ...]:
        """Claims that count, in the order of the file."""
        return tuple(c for c in self.case.claims if self.standing[c].stands)

    @cached_property
    def out(self) -> tuple[str, ...]:
        """Claims that do not count, in the order of the file."""
        return tuple(c for c in self.case.claims if not self.standing[c].stands)

    @property
    def withheld(self) -> bool:
        """Whether claims are withheld, so that what nobody says here may have been said."""
        return self.left_out is not None and self.left_out.count > 0

    @cached_property
    def labels(self) -> dict[str, str]:
        """The label of every claim (3) and every assumption (A2), in the order they are listed."""
        claims = [*(c for group in self.groups.values() for c in group), *self.out]
        stated = [a for a, made in self.assumptions.items() if made.stated]
        implicit = [a for a, made in self.assumptions.items() if not made.stated]
        return {
            **{c: str(k) for k, c in enumerate(claims, 1)},
            **{a: f"A{k}" for k, a in enumerate([*stated, *implicit], 1)},
        }

    # References

    def ground(self, id_: str) -> Ref:
        """A claim or an assumption by its label: ``[3]``, ``[A2]``."""
        kind = "claim" if id_ in self.case.claims else "assumption"
        out = ", out" if id_ in self.standing and not self.standing[id_].stands else ""
        return Ref(self.ids(kind, id_), (Text(f"[{self.labels[id_]}{out}]"),))

    def ordered(self, ids: Iterable[str]) -> list[str]:
        """Claims and assumptions in the order of their labels, each once."""
        place = {id_: k for k, id_ in enumerate(self.labels)}
        return sorted({i for i in ids if i in place}, key=lambda i: place[i])

    def grounds(self, ids: Iterable[str]) -> Rich:
        """Claims and assumptions by their labels: ``[1] [3] [A2]``."""
        return joined([rich(self.ground(i)) for i in self.ordered(ids)], " ")

    def basis(self, element: str) -> Rich:
        """What an element stands on, by label, with the number of origins behind its claims."""
        found = self.elements[element]
        if not self.ordered(found.grounds):
            return rich(Text("no ground", "muted"))
        origins = self.origins_behind(found.standing)
        tail = f" · {words.counted(len(origins), 'origin')}" if origins else ""
        return rich(self.grounds(found.grounds), Text(tail, "muted") if tail else "")

    def origins_behind(self, ids: Iterable[str]) -> tuple[str, ...]:
        """The distinct origins that standing claims first come from: what corroboration counts."""
        own = (self.case.claims[c].origin for c in ids if c in self.case.claims)
        return tuple(dict.fromkeys(o for o in own if o))

    def origin_words(self, origin: str) -> Said:
        """An origin as its report describes it, or by its name."""
        found = self.case.origins.get(origin)
        if found is None:
            return Said(origin)
        return words.said(self.case, found.name or found.words or origin)

    def origin(self, origin: str) -> Rich:
        """An origin in words, linked to its claims, ``(unnamed)`` where nobody can be asked."""
        ref = Ref(self.ids("origin", origin), (self.origin_words(origin),))
        found = self.case.origins.get(origin)
        return rich(ref, " (unnamed)" if found is not None and found.unnamed else "")

    def element_words(self, id_: str) -> Rich:
        """An element of the case in words."""
        return rich(*_element(self, id_))

    def element(self, id_: str) -> Ref:
        """An element in words, linked to where it is listed."""
        text = tuple(p for p in self.element_words(id_) if not isinstance(p, Ref))
        return Ref(self.ids("element", id_), text)

    def place(self, id_: str) -> Ref:
        """An element by its place only, ``line 2.1``, linked to where it is listed."""
        found = self.elements[id_]
        number = ".".join(id_.split(".")[2:]) if found.subject in self.case.parties else ""
        kind = {"red-line": "red line", "line": "line", "term": "term"}.get(
            found.kind, found.kind.replace("-", " ")
        )
        words_ = f"{kind} {number}" if number else kind
        return Ref(self.ids("element", id_), (Text(words_),))

    # Names

    def party(self, party: str) -> Said:
        """The name of a party."""
        return words.said(self.case, self.case.party_name(party))

    def parties(self, parties: Iterable[str]) -> Rich:
        """Several parties by name."""
        return words.either([rich(self.party(p)) for p in parties])

    def parties_in_short(
        self, parties: Sequence[str], but: str = "", of: str = "", every: str = "all"
    ) -> Rich:
        """Several parties by name; many that are all that decide, or nearly all, as such.

        Parameters
        ----------
        parties
            Who is meant.
        but
            A party that the words are about and that is not counted: the rest are then the others.
        of, every
            What stands before names, and before "parties that decide".
        """
        core = [p for p, found in self.case.parties.items() if found.role == "party" and p != but]
        left = [p for p in core if p not in parties]
        if len(parties) < MANY or len(left) > FEW or any(p not in core for p in parties):
            return rich(of, self.parties(parties))
        who = f"{'others' if but else 'parties'} that decide"
        if not left:
            return rich(f"{every} {words.number(len(core))} {who}")
        return rich(f"{every} {who} but ", self.parties(left))

    @cached_property
    def relevant(self) -> Relevant:
        """The states that the brief names."""
        return relevant(self.states, self.stability, self.deals)

    @cached_property
    def values(self) -> dict[str, Mapping[str, str]]:
        """The values of every state."""
        return dict(zip(self.states.states, self.states.values, strict=True))

    def state(self, name: str) -> Ref | Said:
        """A state by its name, linked to its row where it has one."""
        text = words.said(self.case, name)
        return Ref(self.ids("state", name), (text,)) if name in self.relevant.names else text

    def state_words(self, name: str) -> Rich:
        """What a state is: what differs from the status quo, or all of its values."""
        values = self.values.get(name, {})
        start = self.values.get(self.states.status_quo or "", {})
        if name == self.states.status_quo:
            return rich("the status quo")
        differ = {i: v for i, v in values.items() if v != "*" and start.get(i) != v}
        return words.package(self.case, differ)

    def state_in_full(self, name: str) -> Rich:
        """A state by name, with what it is in brackets."""
        what = self.state_words(name)
        return rich(self.state(name), " (", what, ")") if what else rich(self.state(name))

    @cached_property
    def landings(self) -> dict[str, tuple[str, ...]]:
        """For each state the proposals that lead to it."""
        found: dict[str, list[str]] = {}
        for name, answer in self.deals.proposals.items():
            if answer.state is not None:
                found.setdefault(answer.state, []).append(name)
        return {state: tuple(names) for state, names in found.items()}

    def roles(self, state: str) -> list[Rich]:
        """What a state is in this case: status quo, no deal, where a proposal leads."""
        found = [rich("status quo")] if state == self.states.status_quo else []
        if state in self.states.no_deal:
            found.append(rich("no deal"))
        return found + [rich(words.said(self.case, p)) for p in self.landings.get(state, ())]

    # Sentences made elsewhere

    @cached_property
    def _names(self) -> re.Pattern[str]:
        """What is set apart in a sentence: quoted elements, names, states, foreign words."""
        names = {self.case.party_name(p) for p in self.case.parties}
        strange = (*self.case.parties, *self.case.issues, *self.relevant.names, *self.case.proposals)
        issues = self.case.issues
        values = (v for i, issue in issues.items() for v in (words.issue_name(self.case, i), *issue.values))
        names |= {n for n in (*strange, *values) if not n.isascii()}
        longest_first = sorted(filter(None, {*names, *self._quoted}), key=len, reverse=True)
        known = "|".join(map(re.escape, longest_first))
        return re.compile(rf"(?<!\w)({known}|[sx]\d+'*)(?!\w)")

    @cached_property
    def _quoted(self) -> dict[str, str]:
        """Elements as other rooms quote them, ``'not departure' (south.priorities.1)``."""
        found = {}
        for id_, element in self.elements.items():
            said = re.sub(r"^(wants|never|rule): ", "", element.says)
            found.update({f"'{said}' ({id_})": id_, f"({id_})": id_})
        return found

    def sentence(self, text: str) -> Rich:
        """A sentence of another room: names set apart, states and lines in words and linked."""
        return rich(*self._pieces(self.rounded(text)))

    def named_issues(self, text: str) -> Rich:
        """A sentence of another room with issues by name that stand in it by id: ``wage = 2``."""
        found: list[Rich] = []
        for k, piece in enumerate(self._issues.split(text)):
            if k % 2:
                found.append(rich(words.said(self.case, words.issue_name(self.case, piece))))
            else:
                equal = piece.startswith(" = ") and k
                found.append(rich(": " if equal else "", self.sentence(piece[3:] if equal else piece)))
        return rich(*found)

    @cached_property
    def _issues(self) -> re.Pattern[str]:
        """Ids of issues where a sentence speaks of the issue, not of what may be called the same."""
        ids = "|".join(map(re.escape, sorted(self.case.issues, key=len, reverse=True))) or "(?!)"
        return re.compile(rf"(?<![\w-])({ids})(?= = | at (?:about )?-?\d| alone\b|, nobody would)")

    def rounded(self, text: str) -> str:
        """A sentence with its fractions as what they are about; those that the case itself writes stand."""
        told = _BOTH.sub(r"about \2\1", text)
        return _FRACTION.sub(lambda m: m[0] if m[0] in self._fractions else _about(m[0]), told)

    @cached_property
    def _fractions(self) -> frozenset[str]:
        """Fractions in names and values of the case, ``24/7``: words, not numbers."""
        case = self.case
        own = map(str, (case.parties, case.issues, case.proposals, case.terms))
        return frozenset(found for text in own for found in _FRACTION.findall(text))

    def note(self, text: str) -> Rich:
        """A remark of the case's authors; claims that it names by their ids become links."""
        found: list[Text | Said | Ref] = []
        for piece in re.split(r"(?<![\w-])([A-Za-z]+[-_]?\d+)(?![\w-])", text):
            known = piece in self.case.claims
            found.append(self.ground(piece) if known else words.said(self.case, piece))
        return rich(*(p for p in found if isinstance(p, Ref) or p.text))

    def _pieces(self, text: str) -> Iterator[Text | Said | Ref]:
        for k, piece in enumerate(self._names.split(text)):
            if k % 2 and piece in self._quoted:
                yield from self._line(piece)
            elif k % 2:
                yield self.state(piece) if piece in self.values else words.said(self.case, piece)
            elif piece:
                yield Said(piece) if any_leftward(piece) else Text(piece)

    def _line(self, piece: str) -> Rich:
        ref = self.element(self._quoted[piece])
        if self.left_out is not None and self._quoted[piece] in self.left_out.made.masked:
            ref = Ref(ref.target, (Text("withheld", "emphasis"),))
        return rich("(", Ref(ref.target, (Text("see"),)), ")") if piece[0] == "(" else rich("“", ref, "”")


_FRACTION = re.compile(r"(?<![\w/.])-?\d+/\d+(?![\w/]|\.\d)")
_BOTH = re.compile(r"(?<![\w/.])-?\d+/\d+( [^()\d]+)? \(about (-?[\d.]+)\)")
"""A fraction that already says what it is about: ``2/3 million crowns (about 0.67)``."""


def _about(text: str) -> str:
    """A fraction rounded, where it is one in lowest terms."""
    from fractions import Fraction

    from accordant.agreement.lenses.telling import readable

    top, bottom = map(int, text.split("/"))
    return text if bottom == 0 or str(Fraction(top, bottom)) != text else readable(Fraction(top, bottom))


def _element(context: Context, id_: str) -> Iterator[str | Rich | Said]:
    """An element in words, by its kind."""
    case, found = context.case, context.elements[id_]
    if context.left_out is not None and id_ in context.left_out.made.masked:
        kind = {"red-line": "a red line", "line": "a line", "rule": "a rule"}.get(found.kind, "a number")
        yield f"{kind} that is withheld"
        return
    grounded = next(g for i, _, _, _, g in grounds.parts(context.opened.case) if i == id_)
    rule = getattr(grounded, "want", None) or getattr(grounded, "rule", None)
    if found.kind == "line" and rule:
        yield words.expression(case, rule)
    elif found.kind == "red-line" and rule:
        yield from ("never: ", words.expression(case, rule))
    elif found.kind == "rule" and rule:
        yield from ("in every state, ", words.expression(case, rule))
    elif found.kind == "control":
        issue = case.issues[found.subject]
        how = "all of " if issue.joint else "any of " if len(issue.holders) > 1 else ""
        yield from (words.said(case, words.issue_name(case, found.subject)), f" is controlled by {how}")
        yield context.parties(issue.holders)
    elif found.kind in ("ranking", "worth", "moves"):
        what = {"ranking": "the ranking of ", "worth": "the worths of ", "moves": "the moves of "}
        yield from (what[found.kind], context.party(found.subject))
    elif found.kind == "proposal":
        yield from ("the proposal ", words.said(case, found.subject), " was made")
    elif found.kind == "term" and grounded is not None:
        yield from (f"worth {getattr(grounded, 'worth', '')} more if ",)
        yield words.expression(case, getattr(grounded, "if_", ""))
    else:
        yield context.sentence(found.says)
