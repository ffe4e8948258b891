"""The results that are written beside the tables of a case: to be read there, and never read back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from accordant.errors import InputError
from accordant.exchange.tables.export import RESULTS
from accordant.tables import Table

if TYPE_CHECKING:
    from accordant.opened import OpenCase


def answers(opened: OpenCase) -> dict[str, Table]:
    """What comes of a case, by the sheet: conclusions, proposals, agreements, and states with what holds.

    Where an answer cannot be worked out, such as where there are too many states to list, its sheet says why.

    Examples
    --------
    >>> import accordant
    >>> made = answers(accordant.load("cases/elmira"))
    >>> list(made)
    ['results conclusions', 'results proposals', 'results agreements', 'results states']
    >>> made["results states"].columns[-5:]
    ('nash', 'gmr', 'smr', 'seq', 'sseq')
    """
    made: Mapping[str, Callable[[OpenCase], Table]] = {
        "conclusions": _conclusions,
        "proposals": lambda case: case.deals().tables()["acceptance"],
        "agreements": lambda case: case.deals().tables()["agreements"],
        "states": _states,
    }
    return {f"{RESULTS} {name}": _or_why(opened, make) for name, make in made.items()}


def _conclusions(opened: OpenCase) -> Table:
    """Every conclusion, in words too."""
    found = opened.rests(supports=False)
    table = found.table()
    says = [rest.says for rest in found.conclusions]
    rows = tuple((row[0], said, *row[1:]) for row, said in zip(table.rows, says, strict=True))
    return Table(table.title, (table.columns[0], "in words", *table.columns[1:]), rows)


def _states(opened: OpenCase) -> Table:
    """Every state with its values, how each party ranks it, and under which concepts it holds."""
    states, holds = opened.states().table(), opened.stability().table()
    concepts = [k for k, name in enumerate(holds.columns) if name not in states.columns]
    told = {row[0]: [row[k] for k in concepts] for row in holds.rows}
    rows = tuple((*row, *told.get(row[0], [""] * len(concepts))) for row in states.rows)
    return Table(states.title, (*states.columns, *(holds.columns[k] for k in concepts)), rows)


def _or_why(opened: OpenCase, make: Callable[[OpenCase], Table]) -> Table:
    try:
        return make(opened)
    except InputError as error:
        return Table("not worked out", ("not worked out",), ((str(error),),))
