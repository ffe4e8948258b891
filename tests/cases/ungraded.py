"""The January case before anybody has judged its sources: what grading starts from."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from tests.cases.shipped import CASES


def ungraded(folder: Path) -> Path:
    """A copy of the January case without its register, its grades and what its claims confirm."""
    shutil.copytree(CASES / "january-2024", folder)
    file = folder / "claims.yaml"
    text = file.read_text(encoding="utf-8")
    head, _, _ = text.partition("\n# The analyst's own register.")
    head = re.sub(r"\n    (grade|graded_because|confirms|register): .*", "", head)
    head = re.sub(r", register: [\w-]+", "", head)
    # the three that the case's authors graded before all others, so that not everything is open
    for id_ in ("d1", "d2", "d3"):
        head = re.sub(rf"(\n  {id_}:\n(?:    .*\n)*?    attribution: .*)", r"\1\n    grade: B2", head)
    file.write_text(head.rstrip() + "\n", encoding="utf-8")
    return folder
