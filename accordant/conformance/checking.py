"""Another program's verdicts against ours: where they part, and the legal sequence that decides it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from accordant.conformance.form import asked, compiled, judged
from accordant.conformance.models import Model
from accordant.conformance.writing import MANIFEST
from accordant.conformance.writing import SCHEMA as SUITE
from accordant.errors import CaseError, InputError, Problem, did_you_mean
from accordant.tables import Method, Table

if TYPE_CHECKING:
    from accordant.stability.result import Explanation, StabilityResult

SCHEMA = "accordant/conformance-answers/1"
CHANGED = "the model is not as it was written"
_ANEW = "write the models anew into another folder: accordant conformance --to DIR"
UNREADABLE = "the model cannot be read"


@dataclass(frozen=True)
class Departure:
    """One verdict on which two programs part.

    Attributes
    ----------
    theirs, ours
        Whether the state is stable for the party.
    explanation
        Ours, with the moves that decide it.
    """

    model: str
    concept: str
    party: str
    state: str
    theirs: bool
    ours: bool
    explanation: Explanation

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        why = self.explanation
        first = [why.improvement] if why.improvement else []
        return {
            "model": self.model,
            "concept": self.concept,
            "party": self.party,
            "state": self.state,
            "theirs": self.theirs,
            "ours": self.ours,
            "because": why.sentence,
            "sequence": [
                {"by": list(m.mover), "from": m.start, "to": m.end} for m in (*first, *why.sanction)
            ],
        }


@dataclass(frozen=True)
class Conformance:
    """How far another program agrees.

    Attributes
    ----------
    compared
        Verdicts compared, by concept: those that agree, and all.
    missing
        Models without an answer.
    """

    folder: Path
    programs: tuple[str, ...]
    models: int
    compared: Mapping[str, tuple[int, int]]
    departures: tuple[Departure, ...]
    missing: tuple[str, ...]

    @property
    def agrees(self) -> bool:
        """Whether no verdict differs."""
        return not self.departures

    @property
    def method(self) -> Method:
        """What was compared."""
        return Method("verdicts compared with those by definition", settings=1)

    def to_json(self) -> dict[str, Any]:
        """The documented form of ``conformance check --json``."""
        return {
            "schema": "accordant/conformance-check/1",
            "programs": list(self.programs),
            "models": self.models,
            "compared": {c: {"agree": k, "of": n} for c, (k, n) in self.compared.items()},
            "departures": [d.to_json() for d in self.departures],
            "missing": list(self.missing),
            "method": self.method.to_json(),
        }

    def table(self) -> Table:
        """One row per verdict that differs."""
        word = {True: "stable", False: "unstable"}
        rows = tuple(
            (d.model, d.concept, d.party, d.state, word[d.theirs], word[d.ours], d.explanation.sentence)
            for d in self.departures
        )
        return Table(
            "Where the verdicts part",
            ("model", "concept", "party", "state", "theirs", "ours", "because"),
            rows,
        )

    def to_frame(self) -> Any:
        """The table as a data frame."""
        return self.table().to_frame()

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()


def check_answers(folder: str | Path, *, progress: Callable[[int, int], None] | None = None) -> Conformance:
    """Compare the answers in a suite's folder with verdicts worked out anew.

    Parameters
    ----------
    folder
        A folder that :func:`accordant.conformance.writing.write_suite` wrote, with files under
        ``answers/``.
    progress
        Told after each model how many answers there are and how many are done.

    Raises
    ------
    CaseError
        With every mistake in the answers at once, and every model that is not as it was written.
    InputError
        If the folder is no suite, or holds no answers.
    """
    root = Path(folder)
    listed = _manifest(root)
    problems: list[Problem] = []
    answers = {row["name"]: _answers(root, row, problems) for row in listed}
    known = set(answers)
    for path in sorted((root / "answers").glob("*.json")) if (root / "answers").is_dir() else ():
        if path.stem not in known:
            problems.append(_nameless(path, sorted(known)))
    given = {name: a for name, a in answers.items() if a is not None}
    if not given and not problems:
        raise InputError(
            f"{root / 'answers'} holds no answers; put NAME.json there for the models that your program "
            f"judged (README.md in {root} shows the form)"
        )
    tally: dict[str, tuple[int, int]] = {}
    departures: list[Departure] = []
    for k, (name, answer) in enumerate(given.items()):
        model = _model(root, next(r for r in listed if r["name"] == name), problems)
        if model is not None:
            departures += _compared(model, answer, tally, problems)
        if progress:
            progress(k + 1, len(given))
    if problems:
        raise CaseError(problems, _closing(problems))
    return Conformance(
        folder=root,
        programs=tuple(dict.fromkeys(str(a.data.get("program", "")) for a in given.values())),
        models=len(given),
        compared=tally,
        departures=tuple(departures),
        missing=tuple(name for name, a in answers.items() if a is None),
    )


def _nameless(path: Path, known: Sequence[str]) -> Problem:
    near = did_you_mean(path.stem, known)
    return Problem(
        "there is no model of this name",
        file=str(path),
        found=path.stem,
        allowed=() if near else tuple(known),
        hint=near or f"name the file after the model that it answers for, such as {known[0]}.json",
    )


def _closing(problems: Sequence[Problem]) -> str:
    """What is wrong with the folder, counted.

    Examples
    --------
    >>> _closing([Problem(CHANGED), Problem("there is no such party"), Problem("there is no such state")])
    '1 model cannot be used, and 2 mistakes in the answers'
    """
    models = sum(problem.message.startswith((CHANGED, UNREADABLE)) for problem in problems)
    answers = len(problems) - models
    told = []
    if models:
        told.append(f"{models:,} model{'' if models == 1 else 's'} cannot be used")
    if answers:
        told.append(f"{answers:,} mistake{'' if answers == 1 else 's'} in the answers")
    return ", and ".join(told)


@dataclass(frozen=True)
class _Answer:
    file: Path
    data: Mapping[str, Any]


def _manifest(root: Path) -> list[Mapping[str, Any]]:
    try:
        found = json.loads((root / MANIFEST).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise InputError(
            f"{root} is no suite of models: it has no {MANIFEST}; make one with accordant conformance"
        ) from None
    except (OSError, ValueError) as error:
        raise InputError(f"{root / MANIFEST} cannot be read: {error}") from error
    if (
        not isinstance(found, dict)
        or found.get("schema") != SUITE
        or not isinstance(found.get("models"), list)
    ):
        raise InputError(f"{root / MANIFEST} is not of the form {SUITE}")
    models: list[Mapping[str, Any]] = found["models"]
    return models


def _answers(root: Path, row: Mapping[str, Any], problems: list[Problem]) -> _Answer | None:
    file = root / "answers" / f"{row['name']}.json"
    if not file.is_file():
        return None
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        problems.append(Problem(f"cannot be read: {error}", file=str(file)))
        return None
    verdicts = data.get("verdicts") if isinstance(data, dict) else None
    if not isinstance(verdicts, dict) or data.get("schema") != SCHEMA:
        problems.append(
            Problem(
                "is not of the form of answers",
                file=str(file),
                hint=f'it needs "schema": "{SCHEMA}" and "verdicts" by concept',
            )
        )
        return None
    return _Answer(file, data)


def _model(root: Path, row: Mapping[str, Any], problems: list[Problem]) -> Model | None:
    file = root / str(row["file"])
    try:
        content = file.read_bytes()
    except OSError as error:
        problems.append(Problem(f"{UNREADABLE}: {error.strerror}", file=str(file), hint=_ANEW))
        return None
    if hashlib.sha256(content).hexdigest() != row["sha256"]:
        problems.append(Problem(CHANGED, file=str(file), hint=_ANEW))
        return None
    found = json.loads(content)
    return Model(found["name"], found["kind"], found["about"], found["case"])


def _compared(
    model: Model, answer: _Answer, tally: dict[str, tuple[int, int]], problems: list[Problem]
) -> Iterator[Departure]:
    """The verdicts on one model that differ; counts those that agree."""
    mistakes, compared = len(problems), 0
    compiler = compiled(model)
    questions = dict(asked(compiler.view()))
    given = answer.data["verdicts"]
    for concept in given:
        if concept not in questions:
            hint = did_you_mean(concept, list(questions))
            allowed = () if hint else tuple(questions)
            problems.append(
                Problem(
                    "has no such verdict",
                    file=str(answer.file),
                    path=f"verdicts.{concept}",
                    allowed=allowed,
                    hint=hint,
                )
            )
    wanted = ((key, questions[key]) for key in given if key in questions)
    for concept, result in judged(compiler, wanted):
        for party, stable in _theirs(given[concept], concept, result, answer.file, problems):
            agree, compared = 0, compared + 1
            (ours,) = result.concepts.values()
            must, may = set(ours.stable[party]), set(ours.possible[party])
            for state in result.states:
                if state in must or state not in may:
                    if (state in stable) == (state in must):
                        agree += 1
                        continue
                    why = result.explain(state, party, ours.concept)
                    yield Departure(model.name, concept, party, state, state in stable, state in must, why)
                else:
                    agree += 1  # the definition leaves it open
            before = tally.get(concept, (0, 0))
            tally[concept] = (before[0] + agree, before[1] + len(result.states))
    if not compared and len(problems) == mistakes:
        problems.append(_nothing(answer, list(questions), compiler.parties))


def _nothing(answer: _Answer, questions: Sequence[str], parties: Sequence[str]) -> Problem:
    """An answer that says nothing is no agreement."""
    return Problem(
        "no verdict compared: no party's stable states are given under any concept",
        file=str(answer.file),
        path="verdicts",
        found=json.dumps(answer.data["verdicts"])[:60],
        allowed=tuple(questions),
        hint=f"{_form(parties)} under each concept that the program judges, or take the file away",
    )


def _form(parties: Sequence[str]) -> str:
    return f'write {{"stable": {{"{parties[0]}": [names or numbers of states], …}}}}'


def _theirs(
    given: Any, concept: str, result: StabilityResult, file: Path, problems: list[Problem]
) -> Iterator[tuple[str, set[str]]]:
    """The states that another program calls stable, by party."""
    path = f"verdicts.{concept}"
    stable = given.get("stable") if isinstance(given, dict) else None
    if not isinstance(stable, dict):
        found = ", ".join(given) if isinstance(given, dict) else json.dumps(given)[:60]
        problems.append(
            Problem(
                "needs 'stable': states by party",
                file=str(file),
                path=path,
                found=found or "nothing",
                allowed=("stable",),
                hint=_form(result.parties),
            )
        )
        return
    for party, states in stable.items():
        where = f"{path}.stable.{party}"
        if party not in result.parties:
            hint = did_you_mean(party, result.parties)
            problems.append(
                Problem(
                    "there is no such party", file=str(file), path=where, allowed=result.parties, hint=hint
                )
            )
            continue
        if not isinstance(states, list):
            problems.append(Problem("has to be a list of states", file=str(file), path=where))
            continue
        yield party, set(_named(states, result.states, file, where, problems))


def _named(
    states: Sequence[Any], names: Sequence[str], file: Path, path: str, problems: list[Problem]
) -> Iterator[str]:
    for state in states:
        if isinstance(state, int) and not isinstance(state, bool) and 0 <= state < len(names):
            yield names[state]
        elif isinstance(state, str) and state in names:
            yield state
        else:
            allowed = f"numbers from 0 to {len(names) - 1}, or names such as {names[0]}"
            problems.append(
                Problem("there is no such state", file=str(file), path=path, found=str(state), hint=allowed)
            )
