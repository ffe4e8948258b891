"""``read --model`` and ``--learned``: what is asked of a person first, and the reports read with them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from accordant.cli.finding import find_case
from accordant.cli.leaving_for_model import Cases, agree
from accordant.cli.output import complain, safe, working
from accordant.errors import InputError

if TYPE_CHECKING:
    from accordant.evidence.intake import Source
    from accordant.evidence.learned.training import Trained
    from accordant.evidence.model_layer.sending import Sending
    from accordant.evidence.result import ReadResult


def _cases(paths: list[Path] | None) -> list[Path]:
    return [find_case(path) for path in paths or []]


ModelAddress: TypeAlias = Annotated[
    str | None,
    typer.Option("--model", metavar="ADDRESS", help="Ask a language model too; says what is sent, and asks."),
]
ModelName: TypeAlias = Annotated[
    str | None, typer.Option("--model-name", metavar="NAME", help="With --model: the model to ask for.")
]
ModelMinutes: TypeAlias = Annotated[
    int,
    typer.Option("--model-minutes", metavar="N", min=1, max=1440, help="With --model: the time it may take."),
]
Named: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--restricted",
        metavar="REPORT",
        help="With --model: send this report though it is marked; repeat.",
        show_default=False,
    ),
]
Learned: TypeAlias = Annotated[
    list[Path] | None,
    typer.Option(
        "--learned",
        metavar="CASE",
        help="Mark what you mostly rejected in this case; repeat.",
        show_default=False,
        callback=_cases,
    ),
]


@dataclass(frozen=True, slots=True)
class Beside:
    """What is asked beside the rules; by default nothing."""

    address: str | None = None
    name: str | None = None
    minutes: int = 30
    named: tuple[str, ...] = ()
    learned: tuple[Path, ...] = ()
    yes: bool = False
    into: Path | None = None

    @classmethod
    def chosen(
        cls,
        address: str | None,
        name: str | None,
        minutes: int,
        named: Sequence[str] | None,
        learned: Sequence[Path] | None,
        yes: bool,
        into: Path | None,
    ) -> Beside:
        """The options of one command.

        Raises
        ------
        typer.BadParameter
            If options of a model are given without its address.
        """
        if address is None and (name is not None or minutes != 30 or named):
            raise typer.BadParameter("--model-name, --model-minutes and --restricted go with --model ADDRESS")
        return cls(address, name, minutes, tuple(named or ()), tuple(learned or ()), yes, into)

    @property
    def anything(self) -> bool:
        """Whether anything is asked at all."""
        return self.address is not None or bool(self.learned)


NOTHING = Beside()
"""The rules alone."""


def reading(
    found: Iterable[Source], published: str | None, retrieved: str | None, beside: Beside
) -> Iterator[tuple[Source, ReadResult]]:
    """Each report with what was found in it; with a model only after a person agreed to what is sent.

    Raises
    ------
    InputError, FailedError
        If a model cannot be asked, or there is too little to learn from.
    """
    from accordant.evidence.reading import read_source

    read = ((source, read_source(source, published, retrieved)) for source in found)
    trained = _trained(beside.learned) if beside.learned else None
    results = read if beside.address is None else _with_model(read, beside)
    for source, result in results:
        if trained is None:
            yield source, result
        else:
            from accordant.evidence.learned.marking import with_marks

            yield source, with_marks(result, trained)


def _trained(cases: Sequence[Path]) -> Trained:
    from accordant.evidence.learned.examples import examples_of
    from accordant.evidence.learned.training import train

    with working("Learning from earlier decisions"):
        trained = train([example for case in cases for example in examples_of(case)])
    complain(trained.agreement.says(), prefix="")
    return trained


def _with_model(
    read: Iterator[tuple[Source, ReadResult]], beside: Beside
) -> Iterator[tuple[Source, ReadResult]]:
    from accordant.evidence.model_layer.address import KEY, read_address
    from accordant.evidence.model_layer.asking import with_model
    from accordant.evidence.model_layer.client import Client, ModelLimits, NoModelError
    from accordant.evidence.model_layer.outgoing import SCHEMA

    address = read_address(beside.address or "")
    key = os.environ.get(KEY)
    client = Client(address, beside.name, key, SCHEMA, ModelLimits(total=60.0 * beside.minutes))
    every = list(read)
    leaving = _leaving(every, beside)
    agree(leaving, address, client.name, has_key=bool(key), yes=beside.yes)
    answered, over = False, ""
    for (source, result), going in zip(every, leaving, strict=True):
        if going.leaves and not over:
            try:
                with working(f"Asking {client.shown} about {safe(going.name)}, paragraph") as progress:
                    result = with_model(result, source.intake, client, progress)
                answered = True
            except NoModelError as error:
                if not answered:
                    raise
                over = str(error)
                complain(f"{over}; the reports from {going.name} on are read by the rules alone", "note: ")
        yield source, result


def _leaving(every: Sequence[tuple[Source, ReadResult]], beside: Beside) -> list[Sending]:
    """What would leave of each report, by the marks of the cases that have it."""
    from accordant.evidence.model_layer.sending import sending

    cases = Cases(beside.into)
    found = [
        sending(source.name, result, source.intake, cases.around(source, result), beside.named)
        for source, result in every
    ]
    known = {name for going in found for name in going.known}
    unknown = [name for name in beside.named if name not in known]
    if unknown:
        raise InputError(f"--restricted {unknown[0]}: no report of that name is read")
    return found
