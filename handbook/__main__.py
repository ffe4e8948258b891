"""``python -m handbook [FOLDER [CASE…]]``: the site in FOLDER (``out/site``), with these cases, or all."""

from __future__ import annotations

import sys
from pathlib import Path

from handbook.building import build

ROOT = Path(__file__).parent.parent


def main(words: list[str]) -> int:
    """Build the site and say where it is; 1 with every warning where it has some."""
    out = Path(words[0]) if words else ROOT / "out" / "site"
    status = build(ROOT, out, words[1:])
    if status == 0:
        print(f"wrote {out}/index.html")
    return status


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
