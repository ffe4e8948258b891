"""From a case in one setting to the arrays that the bargaining methods take."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from accordant.agreement.bargain import ROOM, Bargain, Bools, Worths
from accordant.agreement.stands import constituencies, no_deals, voice, with_vetoes
from accordant.model.preferences import Held, PartyOrder
from accordant.model.view import View

End = Literal["low", "high"]


@dataclass(frozen=True, slots=True)
class NoBargain:
    """Why packages cannot be compared here."""

    reason: str


@dataclass(frozen=True, slots=True, eq=False)
class _Own:
    """One party's row: worths, their scale, what no deal is worth, whether they are numbers."""

    worths: Worths
    scale: int
    reservation: int
    cardinal: bool


def bargain_of(view: View, ends: Mapping[str, End] | None = None) -> Bargain | NoBargain:
    """What every state is worth to every party in a setting, as exact whole numbers.

    Parameters
    ----------
    ends
        For parties whose no deal is worth a range, the end to take; the high one where none is given.

    Returns
    -------
    Bargain
        Its packages are the states, by number; or the reason why there is none.

    Examples
    --------
    >>> from accordant.case.objects import Case
    >>> from accordant.model.compiler import Compiler
    >>> view = Compiler(Case.model_validate({
    ...     "title": "t", "parties": {"a": {}, "b": {}},
    ...     "issues": {"x": {"by": {"joint": ["a", "b"]}}}, "status_quo": {"x": "no"},
    ...     "preferences": {"a": {"worth": {"x": {"no": "0.5", "yes": 2}}},
    ...                     "b": {"priorities": ["x"]}}})).view()
    >>> bargain = bargain_of(view)
    >>> bargain.worths.tolist(), bargain.scales, bargain.reservations, bargain.cardinal
    ([[1, 4], [0, 1]], (2, 1), (1, 0), (True, False))
    """
    if not no_deals(view):
        return NoBargain("The case gives neither no deal nor a status quo to compare packages with.")
    rows = []
    for party in constituencies(view.case):
        row = _own(view, party, (ends or {}).get(party, "high"))
        if isinstance(row, NoBargain):
            return row
        rows.append(row)
    if not rows:
        return NoBargain("The case has no party whose acceptance counts.")
    return Bargain(
        tuple(constituencies(view.case)),
        np.stack([row.worths for row in rows]),
        tuple(row.scale for row in rows),
        tuple(row.reservation for row in rows),
        tuple(row.cardinal for row in rows),
        _allowed(view),
    )


def ranged(view: View) -> tuple[str, ...]:
    """Parties whose no deal is worth a range."""
    found = []
    for party in constituencies(view.case):
        held = _reservation(view, party)
        if held is not None and held.low is not None and held.low != held.high:
            found.append(party)
    return tuple(found)


def numbered(view: View) -> tuple[str, ...]:
    """Parties that have given numbers."""
    orders = {party: _order(view, party) for party in constituencies(view.case)}
    return tuple(p for p, order in orders.items() if order and order.score and order.score.cardinal)


def _order(view: View, party: str) -> PartyOrder | None:
    return view.frame.orders.get(party)


def _reservation(view: View, party: str) -> Held | None:
    order = _order(view, party)
    return None if order is None else order.reservation


def _own(view: View, party: str, end: End) -> _Own | NoBargain:
    order, off = _order(view, party), view.setting.off
    name = view.case.parties[party].name or party
    if order is not None and order.ranged and order.bounded(off):
        return NoBargain(_loose(name))
    if order is None or not order.known(off):
        return NoBargain(_unknown(name))
    held = order.reservation
    if held is not None and held.element in off:
        return NoBargain(f"What no deal is worth to {name} is not known.")
    score = order.score
    if score is not None and score.cardinal:
        worths: Worths = score.ranks_in(off)
        value = None if held is None else held.high if end == "high" else held.low
        wide = worths.dtype == object or int(np.abs(worths).max(initial=0)) >= ROOM
        if wide or abs(value or 0) >= ROOM:
            return NoBargain(f"The numbers of {name} have too many digits to be compared exactly.")
        if value is not None:
            return _Own(worths, score.scale, value, True)
        return _at_no_deal(view, party, worths, score.scale, cardinal=True)
    ranks = view.ranks(party)
    if ranks is None:
        return NoBargain(_unknown(name))
    return _at_no_deal(view, party, ranks, 1, cardinal=False)


def _loose(name: str) -> str:
    return (
        f"The worths of {name} are ranges: what is efficient, what a lens would pick and what there is to "
        "gain for everybody takes one number for each worth."
    )


def _unknown(name: str) -> str:
    return (
        f"The whole order of {name} is not known: what is efficient, what a lens would pick and what there "
        "is to gain for everybody cannot be said before it is."
    )


def _at_no_deal(view: View, party: str, worths: Worths, scale: int, *, cardinal: bool) -> _Own | NoBargain:
    held = _reservation(view, party)
    states = view.no_deal if held is None or held.state is None else (held.state,)
    name = view.case.parties[party].name or party
    if not states:
        return NoBargain(f"The case does not say what no deal is to {name}.")
    values = {int(worths[s]) for s in states}
    if len(values) > 1:
        return NoBargain(f"No deal may be several states, which are not worth the same to {name}.")
    return _Own(np.asarray(worths, dtype=np.int64), scale, values.pop(), cardinal)


def _allowed(view: View) -> Bools:
    """Packages that no red line and no constituency surely or possibly refuses."""
    columns = np.arange(view.model.n)
    allowed = np.ones(view.model.n, dtype=bool)
    for party, vetoes in constituencies(view.case).items():
        if not vetoes and not view.red_lines(party):
            continue
        stand = with_vetoes(voice(view, party, columns), [voice(view, c, columns) for c in vetoes])
        allowed &= stand.sure.all(axis=0)
    return allowed
