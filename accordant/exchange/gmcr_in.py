"""From a ``.gmcr`` file to a case; the rules are on the page docs/exchange.md."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path as FilePath
from typing import Any

from accordant.case.expressions import quote
from accordant.case.findings import Findings
from accordant.case.places import Path
from accordant.case.syntax import LONGEST
from accordant.errors import Problem, TooLargeError
from accordant.exchange.formats import Imported, Named
from accordant.exchange.gmcr_json import Text, parse
from accordant.exchange.gmcr_model import DIRECTIONS, Condition, DecisionMaker, GmcrModel, Level, Statement
from accordant.exchange.gmcr_shape import RANKING, model_of
from accordant.exchange.gmcr_states import States, has_states, matches_some, text
from accordant.exchange.ids import ids

COMPARED = 4096
"""Most states for which payoffs are compared with the preferences that they are worked out from."""
YES, NO = "yes", "no"


def imported(raw: bytes, path: FilePath) -> Imported:
    """A ``.gmcr`` file as a case, or every mistake in it.

    Parameters
    ----------
    raw
        The file's bytes.
    path
        Its path, for messages and for the title of the case.
    """
    parsed = parse(raw, str(path))
    if isinstance(parsed, Problem):
        return Imported(None, (parsed,))
    data, words = parsed
    model, found = model_of(data)
    say = Findings(found)
    if model is None:
        return Imported(None, words.problems(say.all))
    reader = _Reader(model, say, _keys(data), {"id": "gmcr", "says": f"as in {path.name}"})
    try:
        made = reader.case(path) if reader.sound else None
    except TooLargeError as error:
        say.error((), f"is too large: {error}")
        made = None
    problems = words.problems(say.all)
    if made is None or any(p.severity == "error" for p in problems):
        return Imported(None, problems)
    return _checked(made, problems, reader, words)


def _keys(data: dict[str, Any]) -> tuple[str, ...]:
    """Which of its names each decision maker's ranking has."""
    makers = data.get("decisionMakers")
    return tuple(
        next((key for key in RANKING if isinstance(maker, dict) and key in maker), RANKING[0])
        for maker in (makers if isinstance(makers, list) else ())
    )


def _checked(made: dict[str, Any], problems: tuple[Problem, ...], reader: _Reader, words: Text) -> Imported:
    """The case, once the checks of every case have been made."""
    from accordant.case.checks import check_case
    from accordant.case.objects import Case
    from accordant.model.checks import check_states
    from accordant.model.compiler import Compiler

    case = Case.model_validate(made)
    findings = list(check_case(case, sources_known=True))
    wrong = [f for f in findings if f.severity == "error"]
    compiler = Compiler(case)
    if not wrong:
        findings += check_states(compiler)
        reader.compare_payoffs(compiler)
    problems = words.problems(reader.say.all)
    problems += tuple(words.problem(finding) for finding in findings)
    if any(p.severity == "error" for p in problems):
        return Imported(None, problems)
    return Imported(case, problems, reader.names(), "gmcr")


@dataclass
class _Reader:
    """Makes one case.

    Attributes
    ----------
    ranking_keys
        What each decision maker's ranking is called in the file, for paths.
    assumed
        What everything in the case stands on: the file.
    """

    model: GmcrModel
    say: Findings
    ranking_keys: Sequence[str]
    assumed: dict[str, str]
    decimals: bool = field(default=False, init=False)

    @property
    def sound(self) -> bool:
        """Whether options, their owners and the infeasible patterns are right, so that there are states."""
        doubtful = ("options", "infeasibles")
        wrong = [f.path for f in self.say.all if f.severity == "error"]
        doubts = any(not p or p[0] in doubtful or "options" in p for p in wrong)
        return bool(self.model.options and self.model.makers) and not doubts

    @cached_property
    def parties(self) -> tuple[str, ...]:
        from accordant.case.checks.names import RESERVED

        return ids((maker.name for maker in self.model.makers), "party", RESERVED["parties"])

    @cached_property
    def issues(self) -> tuple[str, ...]:
        from accordant.case.checks.names import RESERVED

        # an option may be called like a decision maker; an issue must not be taken for a party
        reserved = (*RESERVED["issues"], *self.parties)
        return ids((option.name for option in self.model.options), "option", reserved)

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The issues as expressions write them."""
        return tuple(quote(issue) for issue in self.issues)

    @cached_property
    def states(self) -> States:
        """The feasible states."""
        return States.of(self.model)

    def case(self, path: FilePath) -> dict[str, Any] | None:
        """The case as plain data; None where no state is feasible."""
        if not has_states(self.model):
            self.say.error(("infeasibles",), "together they forbid every combination of options")
            return None
        program = f", written by {self.model.program}" if self.model.program else ""
        made: dict[str, Any] = {
            "title": path.stem or "A model of GMCR+",
            "note": f"Made from {path.name}{program}.",
            "parties": dict(zip(self.parties, map(self.party, range(len(self.parties))), strict=True)),
            # last option first: the states of the case then have the numbers that they have in the file
            "issues": {self.issues[k]: self.issue(k) for k in reversed(range(len(self.issues)))},
            "feasible": [{"rule": rule, "assumed": self.assumed} for rule in self.rules()],
            "preferences": self.preferences(),
            "perceptions": self.perceptions(),
            "coalitions": tuple(self.coalitions()),
        }
        return made

    def party(self, k: int) -> dict[str, Any]:
        name = self.model.makers[k].name
        return {} if name == self.parties[k] else {"name": name}

    def issue(self, k: int) -> dict[str, Any]:
        option, path = self.model.options[k], ("options", k)
        made: dict[str, Any] = {} if option.name == self.issues[k] else {"name": option.name}
        by = [p for p, maker in zip(self.parties, self.model.makers, strict=True) if k in maker.options]
        moves: Any = DIRECTIONS[option.direction]
        if not by:
            self.say.warning(path, "belongs to no decision maker: nobody can change it", found=option.name)
            by, moves = [self.parties[0]], ()
            made["note"] = "no decision maker controls this option in the file; it never changes"
        elif len(by) > 1:
            self.say.warning(
                path, f"belongs to {' and '.join(by)}: read as each of them may change it", found=option.name
            )
        return {**made, "by": by, "moves": moves, "assumed": self.assumed}

    def rules(self) -> Iterator[str]:
        for k, statement in enumerate(self.model.infeasibles):
            (first, *more) = statement
            if not more and (len(first) == 1 or not any(taken for _, taken in first)):
                # forbidding that none is taken is the same as asking for one of them
                yield text(tuple(((option, not taken),) for option, taken in first), self.words)
            else:
                yield self.expression(("infeasibles", k), statement, "not ({})")

    def expression(self, path: Path, statement: Statement, form: str = "{}") -> str:
        made = form.format(text(statement, self.words))
        if len(made) > LONGEST:
            message = f"is longer than an expression may be ({LONGEST:,} characters)"
            self.say.error(path, message, hint="split it, or rank the states by hand")
        return made

    # -- preferences -----------------------------------------------------------------------------

    def preferences(self) -> dict[str, Any]:
        self.decimals = self.by_decimals()
        made = (self.preference(k, maker) for k, maker in enumerate(self.model.makers))
        return {party: one for party, one in zip(self.parties, made, strict=True) if one is not None}

    def by_decimals(self) -> bool:
        if not self.model.manual:
            return False
        found = self.states.by_decimals([maker.ranking or () for maker in self.model.makers])
        if found:
            message = "its rankings name states by their decimals, not by their numbers; read so"
            self.say.warning(("decisionMakers",), message)
        return found

    def preference(self, k: int, maker: DecisionMaker) -> dict[str, Any] | None:
        path: Path = ("decisionMakers", k)
        if self.model.manual:
            return self.ranking(path, k, maker)
        if maker.ranking:
            message = "is not in use: the file says that statements count; left out"
            self.say.warning((*path, self.ranking_keys[k]), message, on_key=True)
        if not maker.preferences:
            hint = "a program that needs an order may take it as indifferent between all states"
            message = "says nothing of what it prefers; read as of unknown order"
            self.say.warning(path, message, found=maker.name, hint=hint)
            return None
        wants = (
            self.expression((*path, "preferences", m), statement)
            for m, statement in enumerate(maker.preferences)
        )
        return {"priorities": [{"want": want, "assumed": self.assumed} for want in wants]}

    def ranking(self, path: Path, k: int, maker: DecisionMaker) -> dict[str, Any] | None:
        if maker.preferences:
            message = "are not in use: the file says that rankings count; left out"
            self.say.warning((*path, "preferences"), message, on_key=True)
        at = (*path, self.ranking_keys[k])
        if maker.ranking is None:
            hint = "list the states, most preferred first; a tie is an inner list"
            self.say.error(path, f"the key {RANKING[0]!r} is missing, though rankings count", hint=hint)
            return None
        if not maker.ranking:
            hint = "a program that needs an order will refuse it"
            self.say.warning(at, "ranks no state; read as of unknown order", found=maker.name, hint=hint)
            return None
        levels = self.states.ranking(self.say, at, maker.ranking, decimals=self.decimals)
        return {"ranking": [self._level(level) for level in levels], "assumed": self.assumed}

    def _level(self, level: Level) -> Any:
        names = tuple(f"s{state}" for state in level)
        return names[0] if len(names) == 1 else names

    def compare_payoffs(self, compiler: Any) -> None:
        """Payoffs are worked out from statements or rankings; where they say otherwise, that is said."""
        import numpy as np

        from accordant.model.preferences import dense

        view = compiler.view()
        if view.space.n > COMPARED or not any(maker.payoffs for maker in self.model.makers):
            return
        for k, (party, maker) in enumerate(zip(self.parties, self.model.makers, strict=True)):
            ranks = view.ranks(party)
            if maker.payoffs is None or ranks is None:
                continue
            given = np.array(maker.payoffs)
            if len(given) != view.space.n or (dense(given) != dense(ranks)).any():
                message = "are not those that the preferences give; left out"
                self.say.warning(("decisionMakers", k, "payoffs"), message, on_key=True)

    # -- what a case has keys of its own for -----------------------------------------------------

    def perceptions(self) -> dict[str, Any]:
        made = {}
        for k, (party, maker) in enumerate(zip(self.parties, self.model.makers, strict=True)):
            unseen = [
                {self.issues[option]: YES if taken else NO for option, taken in condition}
                for condition in dict.fromkeys(self.unseen(k, maker))
            ]
            whole = replace(self.model, infeasibles=self.model.infeasibles + maker.misperceptions)
            if unseen and not has_states(whole):
                message = "leave no state that the decision maker knows to be possible"
                self.say.error(("decisionMakers", k, "misperceptions"), message, on_key=True)
            elif unseen:
                made[party] = {"unseen": unseen, "assumed": self.assumed}
        return made

    def unseen(self, k: int, maker: DecisionMaker) -> Iterator[Condition]:
        for m, statement in enumerate(maker.misperceptions):
            for condition in statement:
                if matches_some(self.model, condition):
                    yield condition
                else:
                    path = ("decisionMakers", k, "misperceptions", m)
                    self.say.warning(path, "is true of no feasible state; left out")

    def coalitions(self) -> Iterator[tuple[str, ...]]:
        for block in self.model.coalitions:
            if len(block) > 1:
                yield tuple(self.parties[k] for k in block)

    def names(self) -> tuple[Named, ...]:
        """What parties and options are called on both sides; states have the same numbers."""
        parties = [
            Named("party", id_, m.name) for id_, m in zip(self.parties, self.model.makers, strict=True)
        ]
        options = [
            Named("option", id_, o.name) for id_, o in zip(self.issues, self.model.options, strict=True)
        ]
        return (*parties, *options)
