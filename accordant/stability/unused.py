"""Options that none of the concepts asked for would look at: refused, so that nobody thinks they counted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from accordant.stability.further import Options

_OWN_HORIZON = re.compile(r"(l|mr)\d+", re.ASCII)


def unused(names: Sequence[str], options: Options) -> list[str]:
    """What is wrong with the options for concepts of these names, each with what to try.

    Examples
    --------
    >>> from accordant.stability.further import Options
    >>> unused(["l3"], Options(horizon=4))
    ['a horizon is for limited and mr, and l3 has its own: ask for l4, or leave the horizon away']
    """
    parts = [part.strip() for name in names for part in name.replace("=", ",").split(",")]
    return [*_horizon(parts, options), *_thresholds(parts, options)]


def _horizon(parts: Sequence[str], options: Options) -> Iterator[str]:
    if options.horizon is None or {"limited", "mr"} & set(parts):
        return
    own = [found for part in parts if (found := _OWN_HORIZON.fullmatch(part))]
    if own:
        asked = f"{own[0][1]}{options.horizon}"
        hint = f"ask for {asked}, or " if asked != own[0][0] else ""
        yield f"a horizon is for limited and mr, and {own[0][0]} has its own: {hint}leave the horizon away"
    else:
        yield "a horizon is for limited and mr, as in --concept limited --horizon 3"


def _thresholds(parts: Sequence[str], options: Options) -> Iterator[str]:
    fuzzy = [part for part in parts if part.startswith("fuzzy-")]
    likely = [part for part in parts if part.startswith("p-")]
    if not options.thresholds:
        return
    if not fuzzy and not likely:
        yield "a threshold is for fuzzy and p concepts, as in --concept fuzzy-seq --threshold 0.5"
        return
    from accordant.stability.families.probabilistic import LETTERS, USED, wanted

    used = {letter for part in likely for letter in USED.get(part.removeprefix("p-"), ())}
    for name, _ in options.thresholds:
        if name in LETTERS and not likely:
            yield (
                f"{name} is a threshold of p concepts; {fuzzy[0]} has one for all parties or for each: "
                "--threshold 0.3 or --threshold PARTY=0.3"
            )
        elif name in LETTERS and used and not used & {n for n, _ in options.thresholds}:
            yield f"{name} is not looked at by {' or '.join(likely)}; {wanted(likely[0])}"
        elif name not in LETTERS and not fuzzy and used and LETTERS & {n for n, _ in options.thresholds}:
            yield f"{name or 'a threshold without a name'} is none of {likely[0]}; {wanted(likely[0])}"
