"""Run the benchmarks and print a table: ``python -m benchmarks [NAME…]``.

Each one runs in a process of its own, so that its peak memory is its own.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from benchmarks.measures import MEASURES

ROOT = Path(__file__).parent.parent


def main(names: list[str]) -> int:
    """Run the named benchmarks, or all; 1 if one is over its limit."""
    from rich.console import Console
    from rich.table import Table

    unknown = set(names) - set(MEASURES)
    if unknown:
        print(f"no benchmark {', '.join(sorted(unknown))}; there are {', '.join(MEASURES)}", file=sys.stderr)
        return 2
    table = Table("benchmark", "seconds", "at most", "MB", "at most")
    over = 0
    for name in names or MEASURES:
        measure = MEASURES[name]
        ran = subprocess.run(
            [sys.executable, "-m", "benchmarks.measures", name], cwd=ROOT, stdout=subprocess.PIPE, check=False
        )
        if ran.returncode:
            over += 1
            table.add_row(measure.title, "failed", f"{measure.seconds:g}", "", "")
            continue
        found = json.loads(ran.stdout.splitlines()[-1])
        late = found["seconds"] > measure.seconds
        large = measure.megabytes is not None and found["megabytes"] > measure.megabytes
        over += late or large
        table.add_row(
            measure.title,
            f"{found['seconds']:.3f}" + ("  over" if late else ""),
            f"{measure.seconds:g}",
            f"{found['megabytes']:.0f}" + ("  over" if large else ""),
            "" if measure.megabytes is None else f"{measure.megabytes:g}",
        )
    Console(width=100).print(table)
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
