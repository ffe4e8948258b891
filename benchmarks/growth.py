"""How the time for the verdicts grows with the number of states, as figures and as a picture.

    python -m benchmarks.growth [--to ISSUES] [-o docs/images/growth.svg]

Four parties, 2^10 to 2^24 states in option form without rules, strict random orders, five concepts
for every party; each size in a process of its own, the best of three runs. Beside it the figures of
GMCR+ that were measured elsewhere on two cores, quoted and not run here.
"""

from __future__ import annotations

import argparse
import json
import math
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

from benchmarks.stability import ROOT, binary, judged, option_form

SIZES = range(10, 25, 2)
QUOTED = ((1_024, 4.4, 91), (4_096, 93.0, 1_052), (8_192, 569.0, 4_131))
"""States, processor seconds and megabytes of GMCR+ for four parties and four concepts."""


def measured(issues: int) -> dict[str, float]:
    """Processor seconds and peak memory for one size."""
    ran = subprocess.run(
        [sys.executable, "-m", "benchmarks.growth", "--alone", str(issues)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        check=True,
    )
    found: dict[str, float] = json.loads(ran.stdout)
    return found


def alone(issues: int) -> None:
    """Measure one size in this process and print it."""
    times = judged(lambda: option_form(binary(issues), 4))()
    clock, used = (min(each) for each in zip(*times, strict=True))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"states": 1 << issues, "seconds": clock, "processors": used, "megabytes": memory}))


def slope(rows: list[dict[str, float]]) -> float:
    """The exponent of the growth, by least squares on logarithms, over the sizes above 2^14."""
    some = [r for r in rows if r["states"] > 1 << 14]
    x = [math.log(r["states"]) for r in some]
    y = [math.log(r["processors"]) for r in some]
    mid_x, mid_y = sum(x) / len(x), sum(y) / len(y)
    over = sum((a - mid_x) * (b - mid_y) for a, b in zip(x, y, strict=True))
    return over / sum((a - mid_x) ** 2 for a in x)


def picture(rows: list[dict[str, float]]) -> str:
    """The figures as SVG: both axes logarithmic, so that linear growth is a straight line of slope 1."""
    import altair as alt
    import vl_convert

    ours, theirs = "Accordant, five concepts", "GMCR+, four concepts (quoted)"
    last = rows[-1]
    line = [
        {"states": n, "seconds": last["processors"] * n / last["states"], "what": "exactly linear"}
        for n in (rows[0]["states"], last["states"])
    ]
    points = [{"states": r["states"], "seconds": r["processors"], "what": ours} for r in rows]
    points += [{"states": n, "seconds": s, "what": theirs} for n, s, _ in QUOTED]
    colours = alt.Scale(domain=[ours, theirs], range=["#1f5c99", "#b2660a"])
    shapes = alt.Scale(domain=[ours, theirs], range=["circle", "square"])
    sizes = [1 << k for k in SIZES]
    decades = [10.0**k for k in range(-4, 4)]
    x = alt.X(
        "states:Q",
        scale=alt.Scale(type="log", base=2),
        title="states",
        axis=alt.Axis(format=",", values=sizes, labelAngle=-40),
    )
    y = alt.Y(
        "seconds:Q",
        scale=alt.Scale(type="log"),
        title="processor seconds",
        axis=alt.Axis(format="~g", values=decades),
    )
    marks = (
        alt.Chart(alt.Data(values=points))
        .mark_point(filled=True, size=70)
        .encode(
            x=x,
            y=y,
            color=alt.Color(
                "what:N", scale=colours, title=None, legend=alt.Legend(orient="top", labelLimit=400)
            ),
            shape=alt.Shape("what:N", scale=shapes, title=None),
        )
    )
    straight = alt.Chart(alt.Data(values=line)).mark_line(strokeDash=[4, 3], color="#5b646c").encode(x=x, y=y)
    chart: Any = (straight + marks).properties(width=520, height=320, background="white")
    made: str = vl_convert.vegalite_to_svg(chart.to_dict(), allowed_base_urls=[])
    return made


def main() -> None:
    """Measure every size, print the table, and draw it where that is asked for."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    asked.add_argument("--alone", type=int, help=argparse.SUPPRESS)
    asked.add_argument("--to", type=int, default=24, help="largest number of issues, 24 by default")
    asked.add_argument("-o", "--output", type=Path, help="where the picture goes")
    given = asked.parse_args()
    if given.alone is not None:
        alone(given.alone)
        return
    rows = []
    print(f"{'states':>12}{'seconds':>10}{'CPU':>10}{'MB':>8}{'CPU ns per state':>18}")
    for issues in (k for k in SIZES if k <= given.to):
        found = measured(issues)
        rows.append(found)
        each = found["processors"] / found["states"] * 1e9
        print(
            f"{int(found['states']):>12,}{found['seconds']:>10.4f}{found['processors']:>10.4f}"
            f"{found['megabytes']:>8.0f}{each:>18.0f}",
            flush=True,
        )
    if len(rows) > 3:
        print(f"growth above 2^14 states: states to the power of {slope(rows):.2f}")
    if given.output:
        given.output.write_text(picture(rows), encoding="utf-8")
        print(f"wrote {given.output}")


if __name__ == "__main__":
    main()
