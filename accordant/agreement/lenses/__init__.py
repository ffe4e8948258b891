"""Fairness lenses, one module each: what they assume, what they pick, when they fail.

:data:`MODULES` names them. :func:`find` gives the lenses, :func:`apply` asks one of them and says why
where it cannot answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib import import_module
from typing import TYPE_CHECKING

from accordant.errors import InputError, did_you_mean

if TYPE_CHECKING:
    from accordant.agreement.bargain import Points
    from accordant.agreement.lenses.contract import Lens, Solution
    from accordant.agreement.lenses.weights import Number

MODULES: dict[str, str] = {
    "nash": "nash",
    "kalai-smorodinsky": "kalai_smorodinsky",
    "egalitarian": "egalitarian",
    "utilitarian": "utilitarian",
    "raiffa": "raiffa",
    "fallback": "fallback",
}
"""The module of each lens, in the order in which results show them."""

_ELSEWHERE = {
    "kalai": "programs mean different things by it; here they are 'kalai-smorodinsky' and 'egalitarian'",
    "proportional": "it is called 'egalitarian', with weights",
    "welfare": "the greatest sum is 'utilitarian'",
    "maximin": "it is called 'egalitarian'",
    "bucklin": "without numbers it is 'fallback'",
}


def find(names: Iterable[str] | None = None) -> tuple[Lens, ...]:
    """The lenses with the given names, all of them for None.

    Raises
    ------
    InputError
        If a name is unknown, with the nearest known one.

    Examples
    --------
    >>> [lens.title for lens in find(["nash"])]
    ['Nash bargaining solution']
    >>> find(["nahs"])
    Traceback (most recent call last):
    ...
    accordant.errors.InputError: there is no lens 'nahs'; did you mean 'nash'?
    """
    found = []
    for name in MODULES if names is None else dict.fromkeys(names):
        if name not in MODULES:
            hint = _ELSEWHERE.get(name.casefold()) or did_you_mean(name, tuple(MODULES))
            raise InputError(f"there is no lens {name!r}; {hint or 'known: ' + ', '.join(MODULES)}")
        found.append(import_module(f"{__name__}.{MODULES[name]}").LENS)
    return tuple(found)


def apply(lens: Lens, points: Points, weights: Mapping[str, Number] | None = None) -> Solution:
    """What a lens picks among the points, or why it cannot be applied.

    Parameters
    ----------
    points
        The efficient worths in ``X_d``.
    weights
        A positive number for each party by name, or None for parties that count alike.

    Raises
    ------
    InputError
        If weights are missing for some of the parties, or are no positive numbers.

    Examples
    --------
    >>> import numpy as np
    >>> from accordant.agreement.bargain import Points
    >>> points = Points(("union", "firm"), np.array([[6, 4, 1], [1, 3, 4]]), (1, 1), (0, 0), (True, True))
    >>> solution = apply(find(["nash"])[0], points)
    >>> solution.points.tolist(), solution.compared
    ([1], 'product of the gains over no deal: union 4, firm 3, product 12')
    """
    from accordant.agreement.lenses.applying import applied

    return applied(lens, points, weights)
