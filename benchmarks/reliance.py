"""How fast what answers rest on is found, in process, of a case that is opened already.

    python -m benchmarks.reliance [NAME…]

Each scenario runs in a process of its own, so that its peak memory is its own, on one core; the best
of several runs counts, after one that is not counted. Everything by default: each proposal for each
party, whether an agreement exists, and which states hold under each concept, with and without each
ground, with all smallest supports and breaks.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random
from time import process_time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from accordant.case.objects import Case

ROOT = Path(__file__).parent.parent
SEED = 20240130
GRADES = ("A1", "B2", "B3", "C3", "D4", "F6", None)


@dataclass(frozen=True)
class Measure:
    """What is measured, the seconds and the megabytes it may take, and how often it runs."""

    title: str
    case: Callable[[], Case]
    seconds: float
    megabytes: float
    runs: int = 3


def shipped(name: str) -> Case:
    """A case that comes with the program."""
    import accordant

    return accordant.load(ROOT / "cases" / name).case


def sourced(issues: int, claims: int, parties: int = 4, lines: int = 8) -> Case:
    """Binary issues in the hands of some parties; every line and controller stands on one to four claims.

    One line of each party is unsure, two stand in an order that is not known; a third of the origins
    is unnamed, and some claims are said inside others.
    """
    from accordant.case.objects import Case

    random = Random(SEED)
    names, who = [f"i{k}" for k in range(issues)], [f"p{k}" for k in range(parties)]
    origins = {
        f"o{k}": {"kind": "described" if k % 3 else "named", "side": random.choice([*who, "none"])}
        for k in range(claims // 3)
    }
    reports = {f"r{k}": {"file": f"reports/r{k}.txt", "sha256": f"{k:064x}"} for k in range(10)}
    given = {f"c{k}": claim(random, k, list(origins), list(reports)) for k in range(claims)}
    left = list(given)
    random.shuffle(left)

    def because(most: int = 4) -> dict[str, list[str]]:
        """A few claims, every one used at least once while there are enough."""
        chosen = [left.pop() for _ in range(random.randint(1, most)) if left]
        return {"because": chosen or random.sample(list(given), 2)}

    def line() -> dict[str, Any]:
        one, other = random.sample(names, 2)
        want = random.choice([one, f"not {one}", f"{one} and {other}", f"{one} or not {other}"])
        return {"want": want, **because()}

    def wants(party: int) -> dict[str, Any]:
        own = [{"want": names[party], **because()}] + [line() for _ in range(lines - 3)]
        return {
            "priorities": [*own[:2], {"either": [line(), line()]}, *own[2:-1], {**own[-1], "unsure": True}]
        }

    raw = {
        "title": "benchmark",
        "parties": {p: {} for p in who},
        "issues": {i: {"by": who[k % parties], **because(2)} for k, i in enumerate(names)},
        "status_quo": {"state": dict.fromkeys(names, "no"), **because()},
        "preferences": {p: wants(k) for k, p in enumerate(who)},
        "proposals": {
            f"offer-{k}": {"package": dict.fromkeys(random.sample(names, parties), "yes"), **because()}
            for k in range(3)
        },
    }
    return Case.model_validate({**raw, "sources": {"reports": reports, "origins": origins, "claims": given}})


def claim(random: Random, k: int, origins: list[str], reports: list[str]) -> dict[str, Any]:
    """A claim of an origin in a report; one in ten is said inside an earlier one."""
    found: dict[str, Any] = {
        "report": random.choice(reports),
        "quote": "q",
        "at": [0, 1],
        "says": f"claim {k}",
        "kind": "position",
        "origin": random.choice(origins),
        "attribution": random.choice(["named", "described"]),
    }
    if grade := random.choice(GRADES):
        found["grade"] = grade
    if k >= 10 and random.random() < 0.1:
        found["within"] = f"c{random.randrange(10)}"
    return found


MEASURES = {
    "january": Measure("`cases/january-2024`, 67 conclusions", lambda: shipped("january-2024"), 0.3, 400, 5),
    "labour": Measure("`cases/labour`, 134 conclusions", lambda: shipped("labour"), 1, 400),
    "supply": Measure("`cases/supply`, 215 conclusions", lambda: shipped("supply"), 3, 400),
    "sourced": Measure("64 states, 4 parties, 100 claims", lambda: sourced(6, 100), 15, 500),
    "large": Measure("4,096 states, 4 parties, 200 claims", lambda: sourced(12, 200), 30, 2000, 1),
}


def measure(name: str) -> dict[str, Any]:
    """Seconds of the processor, peak megabytes, and how many conclusions came out how."""
    from accordant.model.compiler import Compiler
    from accordant.reliance import analyse

    case, best = MEASURES[name].case(), float("inf")
    for run in range(MEASURES[name].runs + 1):
        start = process_time()
        result = analyse(Compiler(case))
        spent = process_time() - start
        best = min(best, spent) if run else best
    rests = result.conclusions
    return {
        "seconds": best,
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "statuses": dict(Counter(r.status for r in rests)),
        "whole": sum(r.exact for r in rests),
        "cuts": dict(Counter(r.cut for r in rests if r.cut).most_common(3)),
        "frames": dict(result.method.parameters).get("frames looked at"),
        "notes": result.method.cut,
    }


def main() -> int:
    """Measure what is named, or everything; 1 where a target is missed."""
    missed = False
    for name in sys.argv[1:] or MEASURES:
        words = [
            sys.executable,
            "-c",
            f"import json, benchmarks.reliance as b; print(json.dumps(b.measure({name!r})))",
        ]
        done = subprocess.run(words, cwd=ROOT, check=True, capture_output=True, text=True)
        found, target = json.loads(done.stdout.splitlines()[-1]), MEASURES[name]
        late = found["seconds"] > target.seconds or found["megabytes"] > target.megabytes
        missed |= late
        print(
            f"{target.title}: {found['seconds']:.2f} s of {target.seconds:g}, {found['megabytes']:.0f} MB; "
            f"{found['statuses']}, {found['whole']} without a cut{' MISSED' if late else ''}"
        )
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
