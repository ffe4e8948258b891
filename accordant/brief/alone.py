"""One figure by itself, as a document: a page with its table, or a picture with its finding over it."""

from __future__ import annotations

from accordant.brief.document import Brief, Figure, Rich, Section, rich
from accordant.brief.words import said
from accordant.case.objects import Case

TITLES = {"timeline": "What has happened", "network": "Who told whom"}


def page(figure: Figure, case: Case, digest: str, kind: str, notices: tuple[Rich, ...] = ()) -> Brief:
    """The figure with its table as a document of its own.

    Parameters
    ----------
    kind
        What it is, in a word, such as ``timeline``.
    """
    from accordant.version import __version__

    return Brief(
        title=said(case, case.title),
        question=rich(said(case, case.question)) if case.question else (),
        as_of=case.as_of or "",
        notices=notices,
        sections=(Section("figure", rich(TITLES.get(kind, kind)), (figure,)),),
        version=__version__,
        digest=digest,
        kind=kind,
        label=kind.capitalize(),
    )
