"""A sample set with a template: what is wrong with styles and pages shows only then."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from accordant.brief.forms import form
from accordant.brief.house import House
from accordant.brief.house_folder import STYLES, TYPST
from accordant.brief.house_sample import sample
from accordant.errors import InputError, Problem


def tried(folder: Path, house: House, files: Sequence[Path] = ()) -> Iterator[Problem | Path]:
    """Mistakes that show when a document is set, and the samples that were written.

    Parameters
    ----------
    folder
        The template folder, for the places of mistakes.
    files
        Where to write samples; what a template has a part for is tried in any case.

    Raises
    ------
    InputError
        For a file whose ending there is no form for, or a folder that does not exist.
    """
    for file in files:
        form(file)
    document = sample()
    for ending, name, given in ((".docx", STYLES, house.docx), (".pdf", TYPST, house.typst)):
        if not given:
            continue
        try:
            document.form(ending, house)
        except InputError as error:
            yield Problem(str(error), file=str(folder / name))
            files = [file for file in files if file.suffix.lower() != ending]
    for file in files:
        yield document.save(file, house)
