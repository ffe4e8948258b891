"""How long documents take: what they tell, worked out once, and each form of it.

    python -m benchmarks.documents [NAME…]

``january`` is the shipped case, ``large`` a made-up one (:mod:`benchmarks.large_case`) of 200 claims, whose
brief has more than forty pages. Each runs in a process of its own: once to warm up on another case, then from
opening the case to the last form, in seconds of the processor, so that a busy machine changes them least.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from time import monotonic, process_time

from benchmarks.large_case import write

ROOT = Path(__file__).parent.parent
FORMS = (".html", ".md", ".docx", ".pdf", ".xlsx")
MOST = {"january": 10.0, "large": 30.0}
"""Seconds for the brief in all forms, by case."""
TELL = 15
"""Seconds after which it is said again that something is being done."""


def measured(case: Path) -> dict[str, float]:
    """Seconds for the content and for each form, the pages of the PDF, and megabytes at most."""
    import accordant

    _now("warming up")
    warm = accordant.load(ROOT / "cases" / "elmira").brief()
    for ending in FORMS:
        warm.form(ending)
    found: dict[str, float] = {}
    _now("content")
    start = process_time()
    brief = accordant.load(case).brief()
    found["content"] = process_time() - start
    made = {}
    for ending in FORMS:
        _now(ending)
        began = process_time()
        made[ending] = brief.form(ending)
        found[ending] = process_time() - began
    found["all"] = process_time() - start
    found["pages"] = _pages(made[".pdf"])
    found["megabytes"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return found


def _now(doing: str) -> None:
    """What is being done, on standard error: of a large case everything takes its time."""
    print(f"  {doing} …", file=sys.stderr, flush=True)


def _pages(content: bytes) -> int:
    import pypdfium2  # type: ignore[import-untyped]  # it has no types

    return len(pypdfium2.PdfDocument(content))


def report(name: str, found: dict[str, float]) -> bool:
    """Print what was measured, and say whether the target is met."""
    forms = ", ".join(f"{ending} {found[ending]:.1f} s" for ending in FORMS)
    met = found["all"] <= MOST[name]
    print(
        f"{name}: {found['all']:.1f} s of {MOST[name]:g} s ({'met' if met else 'MISSED'}), content "
        f"{found['content']:.1f} s, {forms}; {found['pages']:.0f} pages, {found['megabytes']:.0f} MB",
        flush=True,
    )
    return met


def alone(name: str) -> dict[str, float]:
    """One case, measured in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.documents", "--alone", name]
    began = monotonic()
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as process:
        while True:
            try:
                told, _ = process.communicate(timeout=TELL)
                break
            except subprocess.TimeoutExpired:
                _now(f"{monotonic() - began:.0f} s by the clock")
    if process.returncode:
        raise SystemExit(process.returncode)
    found: dict[str, float] = json.loads(told)
    return found


def main(words: list[str]) -> int:
    """Measure the cases that are named, or both; 1 where one misses its target, 2 where there is none."""
    if words[:1] == ["--alone"]:
        with tempfile.TemporaryDirectory() as folder:
            large = words[1] == "large"
            case = write(Path(folder) / "large") if large else ROOT / "cases" / "january-2024"
            print(json.dumps(measured(case)))
        return 0
    if unknown := [word for word in words if word not in MOST]:
        print(f"{unknown[0]}: there is no such case; there are {', '.join(MOST)}", file=sys.stderr)
        return 2
    met = True
    for name in words or MOST:
        print(f"{name}, opened and written in every form", file=sys.stderr, flush=True)
        met &= report(name, alone(name))
    return 0 if met else 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
