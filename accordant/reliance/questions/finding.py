"""Which questions a case leaves open: everything unsure of it, each with the answers that it can get."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import permutations
from math import factorial

from accordant.case.grounds import Element, parts
from accordant.case.objects import Case, Either, Line
from accordant.model.compiler import Compiler
from accordant.model.settings import AS_WRITTEN, Answers, SettingSpace
from accordant.reliance.questions.asked import Asked, Given, Levels, Reply
from accordant.reliance.questions.places import at_point, places, range_words
from accordant.reliance.questions.wording import in_words, listed, names, quoted, values_in_words
from accordant.stability.weak_orders import weak_orders

ORDERS = 120
"""Most orders of the lines of one group that are listed as answers."""
STATES = 4
"""Most states whose every weak order is listed as an answer."""
EXAMPLES = 4096
"""Most states of which an order is put into the case as an example."""
ANCHORS = 12
"""Most states of which each is listed as an answer to what the status quo, or no deal, is."""


def open_questions(
    compiler: Compiler, space: SettingSpace, subjects: Iterable[str] = ()
) -> tuple[Asked, ...]:
    """Every question that is open over some settings, in the order of the file.

    Parameters
    ----------
    compiler
        The compiled case.
    space
        The admissible settings, as :meth:`Compiler.setting_space` gives them.
    subjects
        Proposals and states that conclusions are drawn about: of a party of which nothing is known it is
        asked whether it would rather have these than no deal.
    """
    finder = _Finder(compiler, space)
    found = [*finder.unsure(), *finder.groups(), *finder.lost()]
    found += [*finder.unknown(tuple(subjects)), *finder.vague(), *finder.ranged()]
    place = {e.id: k for k, e in enumerate(compiler.elements)}
    last = len(place)
    return tuple(sorted(found, key=lambda q: min((place[e] for e in q.elements), default=last)))


class _Finder:
    """The questions of one case, by what is open."""

    def __init__(self, compiler: Compiler, space: SettingSpace) -> None:
        self.compiler, self.case, self.space = compiler, compiler.case, space
        self._parts = {id_: grounded for id_, _, _, _, grounded in parts(self.case)}

    def unsure(self) -> Iterator[Asked]:
        """Elements that count or do not."""
        for id_ in self.space.free:
            element = self.compiler.element[id_]
            who = element.subject if element.subject in self.case.parties else ""
            yes = Reply("yes", _YES.get(element.kind, "yes"), Answers(counts=frozenset({id_})))
            no = Reply("no", _NO.get(element.kind, "no"), Answers(out=frozenset({id_})))
            yield Asked(
                id_,
                element.kind,  # type: ignore[arg-type]
                self._asks(element),
                self._place(id_),
                who,
                frozenset({id_}),
                (yes, no),
            )

    def groups(self) -> Iterator[Asked]:
        """The order of lines between which it is unknown."""
        for group, size in self.space.groups.items():
            party, _, number = group.split(".")
            entry = (self.case.preferences[party].priorities or ())[int(number) - 1]
            assert isinstance(entry, Either)
            said = [quoted(in_words(self.case, line.want)) for line in entry.either]
            lines = [f"{group}.{k}" for k in range(1, size + 1)]
            orders = list(permutations(range(size))) if factorial(size) <= ORDERS else []
            replies = [
                Reply(
                    " > ".join(str(k + 1) for k in order),
                    f"{said[order[0]]} matters more"
                    if size == 2
                    else " before ".join(said[k] for k in order),
                    Answers(orders=((group, order),)),
                )
                for order in orders
            ]
            name = self.case.party_name(party)
            asks = (
                f"Which matters more to {name}: {said[0]} or {said[1]}?"
                if size == 2
                else f"In which order do these matter to {name}: {', '.join(said)}?"
            )
            elements = frozenset(lines)
            yield Asked(
                group, "order", asks, self._place(group), party, elements, tuple(replies), bool(replies)
            )

    def lost(self) -> Iterator[Asked]:
        """Rankings, worths, reservations and anchors that nothing stands behind any more."""
        for id_ in self.space.lost:
            element = self.compiler.element[id_]
            as_is = Reply("yes", "yes, as the case has it", Answers(counts=frozenset({id_})))
            other = Reply("no", "no, and how it is stays open")
            yield Asked(
                id_,
                element.kind,  # type: ignore[arg-type]
                self._asks_lost(element),
                "",
                element.subject,
                frozenset({id_}),
                (as_is, other),
                whole=False,
                settles=False,
            )
        for id_, states in self.space.anchors.items():
            element = self.compiler.element[id_]
            yield Asked(
                id_,
                element.kind,  # type: ignore[arg-type]
                self._asks_lost(element),
                "",
                "",
                frozenset({id_}),
                tuple(self._anchors(id_, states)),
                whole=len(states) <= ANCHORS,
                settles=len(states) <= ANCHORS,
            )

    def _anchors(self, id_: str, states: Iterable[str]) -> Iterator[Reply]:
        known = Answers(counts=frozenset({id_}))
        every = tuple(states)
        if len(every) > ANCHORS:
            yield Reply("yes", "yes, as the case has it", known)
            yield Reply("no", "no, and how it is stays open")
        else:
            for state in every:
                yield Reply(state, f"{state} it is", known, Given(anchors=((id_, state),)))

    def unknown(self, subjects: tuple[str, ...]) -> Iterator[Asked]:
        """What those want of whom nothing is known: in all, and of each package against no deal."""
        for party in self.space.unknown:
            known = self.compiler.orders().get(party)
            name = self.case.party_name(party)
            partly = known is not None and known.open
            if known is not None and not partly:
                continue  # its ranking, or its worths, are asked for: see lost()
            asks = f"What does {name} want: which outcomes does it like better than which?"
            if partly:
                asks = f"Of the pairs of outcomes whose order is open, which does {name} like better?"
            replies = () if partly else self._orders(party)
            whole = bool(replies)
            asked_about = () if partly or whole else self._asked_about(subjects)
            if asked_about:
                replies = tuple(self._examples(party, asked_about))
            yield Asked(f"{party}.order", "unknown", asks, "", party, frozenset(), replies, whole)
            yield from (self._acceptance(party, name, *about) for about in asked_about)

    def _orders(self, party: str) -> tuple[Reply, ...]:
        """Every weak order, where there are few and no further states may appear."""
        space = self.compiler.space()
        more = any(self.compiler.element[e].kind == "rule" for e in self.space.free)
        if space.n > STATES or more:
            return ()
        found = []
        for row in weak_orders(space.n).tolist():
            levels = tuple(
                tuple(space.names[s] for s in range(space.n) if row[s] == level)
                for level in sorted(set(row), reverse=True)
            )
            said = " > ".join(" = ".join(tie) for tie in levels)
            found.append(Reply(said, said, _as_ranked(party), _ranked(party, levels)))
        return tuple(found)

    def _asked_about(self, subjects: tuple[str, ...]) -> list[tuple[int, list[str]]]:
        """Each state other than no deal that is asked about, with what is called so."""
        view, space = self.compiler.view(AS_WRITTEN), self.compiler.space()
        if len(view.no_deal) != 1 or self.space.anchors or space.n > EXAMPLES:
            return []
        by_state: dict[int, list[str]] = {}
        for subject in dict.fromkeys(subjects):
            made = subject in self.case.proposals
            state = view.package(subject).state if made else space.numbers.get(subject)
            if state is not None and state != view.no_deal[0]:
                by_state.setdefault(state, []).append(subject)
        return list(by_state.items())

    def _examples(self, party: str, asked_about: list[tuple[int, list[str]]]) -> Iterator[Reply]:
        """Some orders of which it is easily told what follows from them."""
        names_, against = tuple(self.compiler.space().names), self.compiler.view().no_deal[0]
        yield Reply("all one", "it is all one to it", _as_ranked(party), _ranked(party, (names_,)))
        called = [(against, ["no deal"]), *asked_about]
        for state, told in called[:ANCHORS]:
            levels = ((names_[state],), tuple(n for n in names_ if n != names_[state]))
            says = f"{listed(told, 'or')} before all else, and the rest is all one to it"
            yield Reply(f"{told[0]} first", says, _as_ranked(party), _ranked(party, levels))

    def _acceptance(self, party: str, name: str, state: int, called: list[str]) -> Asked:
        """Whether somebody would rather have a package than no deal: nothing else of its order matters."""
        package = self.case.proposals[called[0]].package if called[0] in self.case.proposals else ""
        what = f" ({values_in_words(self.case, package)})" if package else ""
        names_ = tuple(self.compiler.space().names)
        rest, alone = tuple(n for n in names_ if n != names_[state]), (names_[state],)
        each = (
            ("yes", "yes", (alone, rest)),
            ("equal", "it is all one to it", ((*alone, *rest),)),
            ("no", "no, rather no deal", (rest, alone)),
        )
        return Asked(
            f"{party}.accepts.{called[0]}",
            "acceptance",
            f"Would {name} rather have {listed(called, 'or')}{what} than no deal?",
            who=party,
            replies=tuple(Reply(i, says, _as_ranked(party), _ranked(party, lv)) for i, says, lv in each),
            subjects=frozenset(called),
        )

    def vague(self) -> Iterator[Asked]:
        """What no deal is worth to those who say nothing of it, where the case has no state for it."""
        ranges = self.space.ranges
        elsewhere = (*ranges.parties, *ranges.reserved) if ranges else ()
        for party in self.space.vague:
            id_ = f"{party}.reservation"
            if id_ not in self.space.lost and party not in elsewhere:
                asks = f"What is no deal worth to {self.case.party_name(party)}?"
                yield Asked(id_, "reservation", asks, who=party, whole=False)

    def ranged(self) -> Iterator[Asked]:
        """Worths, and what no deal is worth, of which only the ends are known."""
        ranges = self.space.ranges
        settled = {*self.space.lost, *self.space.ordered}
        for party in ranges.parties if ranges else ():
            if not {f"{party}.worth", f"{party}.table"} & settled:
                yield self._worths(party)
        for party in ranges.reserved if ranges else ():
            id_ = f"{party}.reservation"
            if ranges and party not in ranges.parties and id_ not in settled:
                found = places(self.compiler, party, self.space)
                asks = f"What is no deal worth to {self.case.party_name(party)}"
                replies = tuple(
                    Reply(says, says, given=Given(held=((party, worth),))) for says, worth in found.each
                )
                yield Asked(
                    id_,
                    "reservation",
                    f"{asks}, between {found.low} and {found.high}?",
                    who=party,
                    elements=frozenset({id_}),
                    replies=replies,
                    whole=found.whole,
                )

    def _worths(self, party: str) -> Asked:
        """What is a range of somebody's worths, one answer for each order that the ranges admit."""
        each = range_words(self.case, party)
        elements = {f"{party}.worth", f"{party}.table", f"{party}.reservation"} & set(self.compiler.element)
        ranges, replies = self.space.ranges, tuple[Reply, ...]()
        own = ranges is None or ranges.own(party, self.space)
        gone = frozenset((*self.space.lost, *self.space.out))
        points = None if own or ranges is None else ranges.points(party, gone, self.space, deals=True)
        if points is not None and len(points) <= ORDERS:
            replies = tuple(
                Reply(str(k), at_point(self.compiler, party, point), Answers(orders=point))
                for k, point in enumerate(points, 1)
            )
        asks = f"What are these worth to {self.case.party_name(party)}: {'; '.join(each)}?"
        return Asked(
            f"{party}.ranges",
            "worth",
            asks,
            who=party,
            elements=frozenset(elements),
            replies=replies,
            whole=bool(replies),
        )

    # Words

    def _asks(self, element: Element) -> str:
        grounded = self._parts[element.id]
        case, name = self.case, self._name(element)
        text = getattr(grounded, "want", None) or getattr(grounded, "rule", None) or ""
        said = quoted(in_words(case, text)) if text else ""
        if element.kind == "line":
            return f"Does {name} want {said} in itself?"
        if element.kind == "red-line":
            return f"Would {name} refuse whatever has {said}, however good the rest of it?"
        if element.kind == "rule":
            return f"Must every outcome have {said}?"
        if element.kind == "control":
            issue = case.issues[element.subject]
            how = "all of them together" if issue.joint else "any of them"
            many = f" ({how})" if len(issue.holders) > 1 else ""
            return f"Can {names(case, issue.holders)}{many} decide on {issue.name or element.subject}?"
        if element.kind == "moves":
            return f"Can {name} make the moves that the case gives it?"
        if element.kind == "proposal":
            made = case.proposals[element.subject]
            by = f" by {names(case, made.by)}" if made.by else ""
            return f"Was {element.subject} really proposed{by}: {values_in_words(case, made.package)}?"
        term = quoted(in_words(case, getattr(grounded, "if_", "")))
        return f"Does {term} change what an outcome is worth to {name}, by {getattr(grounded, 'worth', '')}?"

    def _asks_lost(self, element: Element) -> str:
        case, name = self.case, self._name(element)
        if element.kind == "ranking":
            return f"Does {name} rank the outcomes as the case has it?"
        if element.kind == "worth":
            return f"Are the outcomes worth to {name} what the case says?"
        if element.kind == "reservation":
            return f"Is no deal worth to {name} what the case says?"
        anchor = case.status_quo if element.kind == "status-quo" else case.no_deal
        said = "" if anchor is None else _anchor_words(case, anchor.state)
        if element.kind == "status-quo":
            return f"Do things stand as the case says ({said})?"
        return f"If talks fail, does it come to what the case says ({said})?"

    def _name(self, element: Element) -> str:
        return self.case.party_name(element.subject) if element.subject in self.case.parties else ""

    def _place(self, id_: str) -> str:
        """After which line of the party, and before which, a line or a group stands."""
        party, part, *_ = [*id_.split("."), ""]
        if part != "priorities":
            return ""
        entries = self.case.preferences[party].priorities or ()
        at = int(id_.split(".")[2]) - 1
        told = []
        if id_.count(".") == 3:
            told.append("one of several lines whose order is open as well")
        if at > 0:
            told.append(f"it comes after {_entry(self.case, entries[at - 1])}")
        if at + 1 < len(entries):
            told.append(f"it comes before {_entry(self.case, entries[at + 1])}")
        return "; ".join(told)


_YES = {"line": "yes, it matters", "rule": "yes, it must", "proposal": "yes, it was"}
_NO = {"line": "no, it makes no difference", "rule": "no, it need not", "proposal": "no, it was not"}


def _as_ranked(party: str) -> Answers:
    return Answers(counts=frozenset({f"{party}.ranking"}))


def _ranked(party: str, levels: Levels) -> Given:
    return Given(orders=((party, levels),))


def _entry(case: Case, entry: Line | Either) -> str:
    lines = entry.either if isinstance(entry, Either) else (entry,)
    return listed([quoted(in_words(case, line.want)) for line in lines])


def _anchor_words(case: Case, state: object) -> str:
    if state == "status_quo":
        return "the status quo"
    return values_in_words(case, state)  # type: ignore[arg-type]
