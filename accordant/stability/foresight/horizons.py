"""How many moves are looked ahead, as names and options say it."""

from __future__ import annotations

import re

from accordant.errors import InputError
from accordant.stability.further import Options


def horizon_of(name: str, prefix: str, alone: str, options: Options) -> int | None:
    """The horizon of a concept named by a prefix and a number, or by a word and ``--horizon``.

    Returns
    -------
    int or None
        None when the name has neither form.

    Raises
    ------
    InputError
        If the name is of the family but gives no usable horizon.

    Examples
    --------
    >>> horizon_of("l4", "l", "limited", Options()), horizon_of("limited", "l", "limited", Options(3))
    (4, 3)
    >>> horizon_of("seq", "l", "limited", Options()) is None
    True
    """
    if name == alone:
        if options.horizon is None:
            raise InputError(
                f"{name} needs a horizon, the number of moves looked ahead: add --horizon 4, or ask for "
                f"{prefix}4"
            )
        horizon = options.horizon
    elif found := re.fullmatch(rf"{prefix}(-?\d+)", name, re.ASCII):
        horizon = int(found[1])
    else:
        return None
    if horizon < 1:
        raise InputError(
            f"{name} looks {horizon} moves ahead, but a horizon is at least 1; {prefix}1 is Nash stability"
        )
    return horizon
