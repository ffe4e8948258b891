"""How often a program parts from the definitions that lets every opponent move at most once.

    python -m benchmarks.departures [MODELS]

Random models in option form with ties, irreversible options and rules, 6 options each; the slow
program of the tests judges each of them by that reading, the engine by the definition.
"""

from __future__ import annotations

import sys
from random import Random

from accordant.conformance.form import _moves, _ranks, compiled
from accordant.conformance.models import _options
from accordant.stability import engine
from tests.conformance.twin import stable


def share(parties: int, models: int, concept: str) -> tuple[int, int, int]:
    """Models with a wrong verdict, wrong verdicts, and all verdicts."""
    random = Random(5)
    wrong = verdicts = models_wrong = 0
    for _ in range(models):
        view = compiled(_options("drawn", parties, 6, random)).view()
        plain = {
            "parties": list(view.parties),
            "states": list(view.space.names),
            "moves": [_moves(view, k) for k in range(len(view.model.movers))],
            "ranks": {p: _ranks(view, p) for p in view.parties},
        }
        exact = engine.judge(view.model, view.orders, [concept])[concept]
        once = stable(plain, concept, once=True)
        parted = sum(
            len({int(s) for s in exact[i].nonzero()[0]} ^ set(once[p])) for i, p in enumerate(view.parties)
        )
        wrong, verdicts, models_wrong = wrong + parted, verdicts + exact.size, models_wrong + (parted > 0)
    return models_wrong, wrong, verdicts


def main() -> None:
    """Print the shares."""
    models = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    for parties in (2, 3, 4):
        for concept in ("gmr", "seq"):
            found, wrong, verdicts = share(parties, models, concept)
            print(
                f"{parties} parties, {concept}: {found} of {models} models with a wrong verdict, "
                f"{wrong} of {verdicts:,} verdicts wrong"
            )


if __name__ == "__main__":
    main()
