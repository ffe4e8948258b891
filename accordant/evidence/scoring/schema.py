"""The JSON Schema of annotation files, made from the model that reads them.

``python -m accordant.evidence.scoring.schema`` writes the file anew.
"""

from __future__ import annotations

from pathlib import Path

from accordant.case.schema import as_file, schema_of
from accordant.case.writer import write_whole
from accordant.evidence.scoring.format import Annotations

FILE = Path(__file__).parent / "annotations.schema.json"


def text() -> str:
    """The schema as the text of its file."""
    return as_file(schema_of(Annotations, "Accordant annotations of a report"))


if __name__ == "__main__":
    print(write_whole(FILE, text()))
