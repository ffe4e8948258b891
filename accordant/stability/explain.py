"""Why a state is stable or not: the improvement, the counter-move and the states, in a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from accordant.errors import InputError, did_you_mean
from accordant.model.graph import ArcMoves, Moves
from accordant.stability.bounds import Bounds, bounds
from accordant.stability.concept import Concept
from accordant.stability.concepts import find
from accordant.stability.result import Explanation
from accordant.stability.sequences import Answer, Step, best_answer
from accordant.stability.telling import Telling, listed

if TYPE_CHECKING:
    from accordant.model.view import View


def explain(view: View, state: str | int, party: str, concept: str) -> Explanation:
    """Why a state is stable or not for a party under a concept.

    Parameters
    ----------
    view
        The case in one setting.
    state
        A state by name or number.
    party
        A party's id.
    concept
        A solution concept's name.

    Returns
    -------
    Explanation
        Where orders are unknown, ``stable`` says whether the state is stable whatever they are.

    Raises
    ------
    InputError
        If the state, the party or the concept is unknown.
    """
    where, who, chosen = _state(view, state), _party(view, party), find([concept])[0]
    if not view.known.all() and any(len(view.incomparable(p)) for p in view.parties):
        from accordant.stability.pairwise.incomparable import explain_pairs

        return explain_pairs(view, where, who, chosen)
    return _Explainer(view, where, who, chosen).explanation()


def _state(view: View, state: str | int) -> int:
    if isinstance(state, int):
        return state
    if state not in view.space.numbers:
        raise unknown("state", state, view.space.names)
    return view.space.numbers[state]


def _party(view: View, party: str) -> int:
    if party not in view.parties:
        raise unknown("party", party, view.parties)
    return view.parties.index(party)


def unknown(what: str, name: str, known: Sequence[str]) -> InputError:
    """The error for a name that does not exist, with the nearest one or those there are.

    Examples
    --------
    >>> str(unknown("party", "nrth", ["north", "south"]))
    "there is no party 'nrth'; did you mean 'north'?"
    """
    hint = did_you_mean(name, known[:4000])
    return InputError(f"there is no {what} {name!r}; " + (hint or f"known: {', '.join(known[:12])}"))


class _Explainer(Telling):
    def __init__(self, view: View, state: int, party: int, concept: Concept) -> None:
        super().__init__(view, state, party, concept.name)
        self.concept = concept
        self.orders, self.model = view.orders, view.model
        self.credible = concept.sanctions == "improvements"
        self.gain = ", to {} own advantage," if self.credible else ""
        self.targets = [int(t) for t in self.model.movers[party].moves.from_state(state)]
        u = self.orders[party]
        better = [t for t in self.targets if u[t] > u[state]]
        self.improvements = sorted(better, key=lambda t: (-u[t], t))

    def explanation(self) -> Explanation:
        """The whole explanation."""
        who, here = self.name(self.party), self.view.space.name(self.state)
        if not self.targets:
            return self.verdict(True, f"{who} has no move from {here}, so it stays.")
        if not self.view.known[self.party]:
            return self._unknown_order()
        self.compare(self.party, self.state, self.targets)
        if not self.improvements:
            return self.verdict(
                True, f"{who} has no move from {here} to anything it likes better, so it stays."
            )
        if self.concept.sanctions == "none":
            there = self.view.space.name(self.improvements[0])
            return self.verdict(
                False,
                f"{who} would leave {here} for {there}, which it likes better.",
                improvement=self.move(self._first(self.improvements[0])),
            )
        return self._answered()

    def _answered(self) -> Explanation:
        answers: list[tuple[int, Answer]] = []
        for there in self.improvements:
            answer = self._answer(there)
            if not answer.sanctioned:
                return self._unanswered(there, answer)
            self._compare_answer(answer)
            answers.append((there, answer))
        told = [(self.move(self._first(q)), self.moves(a.steps)) for q, a in answers]
        return self.verdict(True, self._stays(answers), *told[0], sanctions=tuple(told))

    def _answer(self, there: int) -> Answer:
        return best_answer(
            self.model,
            self.orders,
            self.party,
            self.state,
            there,
            credible=self.credible,
            answers=self.concept.answers,
        )

    def _stays(self, answers: Sequence[tuple[int, Answer]]) -> str:
        space, who = self.view.space, self.name(self.party)
        here, (there, first) = space.name(self.state), answers[0]
        end = first.steps[-1].end
        text = f"{who} would leave {here} for {space.name(there)}; {self.told(first.steps, self.gain)}, "
        text += "where it started" if end == self.state else f"which {who} likes no better than {here}"
        if self.concept.answers:
            moves = len(self.model.movers[self.party].moves.from_state(end)) > 0
            text += " and from which it has no move"
            text += f" to anything better than {here}" if moves else ""
        text += ", so it stays."
        others = [space.name(q) for q, _ in answers[1:]]
        if others:
            one = len(others) == 1
            text += f" Its other improvement{'' if one else 's'}, to {listed(others)}, "
            text += f"{'is' if one else 'are'} answered too."
        return text

    def _unanswered(self, there: int, answer: Answer) -> Explanation:
        space, who = self.view.space, self.name(self.party)
        here, gone = space.name(self.state), space.name(there)
        self._compare_answer(answer)
        text = f"{who} would leave {here} for {gone}; {self._in_vain(there, answer)}"
        text += ", so it does not stay."
        waiting = self._waiting_for()
        if waiting:
            text += f" What {listed(waiting)} would do is not known, and may change that."
        worse = self._ends_worse(there, answer)
        return self.verdict(
            False, text, self.move(self._first(there)), self.moves(answer.steps if worse else ())
        )

    def _in_vain(self, there: int, answer: Answer) -> str:
        """What the others can do about an improvement, none of which deters the party."""
        if not answer.steps:
            return f"nobody else {'gains by a move' if self.credible else 'has a move'} from there"
        space, who, u = self.view.space, self.name(self.party), self.orders[self.party]
        gone, end = space.name(there), space.name(answer.steps[-1].end)
        on = f"it can move to {space.name(answer.left)}, which it likes better than {space.name(self.state)}"
        if u[answer.left] >= u[there]:
            nothing = (
                f"nothing that others can lead on to{', to their own advantage,' if self.credible else ''} "
            )
            if not self._ends_worse(there, answer):
                return f"{nothing}is worse for {who} than {gone} itself"
            return f"{nothing}leaves {who} worse off than {gone}: from {end}, say, {on}"
        text = f"the most that others can do about it{' to their own advantage' if self.credible else ''} "
        text += f"is to lead on to {end}, "
        if answer.left == answer.steps[-1].end:
            return f"{text}which {who} still likes better than {space.name(self.state)}"
        return text + "from which " + on.replace("it", who, 1)

    def _ends_worse(self, there: int, answer: Answer) -> bool:
        """Whether the others can lead on to anything that the party likes less than its improvement."""
        u = self.orders[self.party]
        return bool(answer.steps) and bool(u[answer.steps[-1].end] < u[there])

    def _waiting_for(self) -> list[str]:
        """Opponents whose unknown orders decide whether the party stays."""
        silent = {p for p in range(len(self.view.parties)) if not self.view.known[p]}
        movers = self.model.opponents(self.party)
        able = {p for m in movers for p in m.parties if _moves(m.moves)}
        if not self.credible or not silent & able or not self._bounds().may[self.party, self.state]:
            return []
        return [self.name(p) for p in sorted(silent & able)]

    def _bounds(self) -> Bounds:
        name = self.concept.name
        return bounds(self.model, self.orders, self.view.known, [name])[name]

    def _unknown_order(self) -> Explanation:
        who, here = self.name(self.party), self.view.space.name(self.state)
        if self._bounds().must[self.party, self.state]:
            how = "undo to their own advantage" if self.credible else "undo"
            text = f"What {who} wants is not known, but the others can {how} every move it has from {here}, "
            return self.verdict(True, f"{text}so it stays in any case.")
        text = f"What {who} wants is not known: it has moves from {here}, and may or may not stay."
        return self.verdict(False, text)

    def _compare_answer(self, answer: Answer) -> None:
        """Note the comparisons that an answer rests on."""
        for step in answer.steps:
            if self.credible:
                for party in step.mover:
                    self.compare(party, step.start, [step.end])
        if answer.steps:
            end = answer.steps[-1].end
            self.compare(self.party, self.state, [end])
            if self.concept.answers:
                on = self.model.movers[self.party].moves.from_state(end)
                self.compare(self.party, self.state, map(int, on))

    def _first(self, there: int) -> Step:
        return Step((self.party,), self.state, there)


def _moves(moves: Moves) -> bool:
    """Whether there is anything to move, as far as can be seen without listing moves."""
    if isinstance(moves, ArcMoves):
        return len(moves.targets) > 0
    return any(int(a.sum()) > len(a) for a in moves.allowed)
