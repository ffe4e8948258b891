"""What of a case leaves in a document, what stays behind, and which answers that changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from accordant.case.grounds import elements
from accordant.case.objects import Case
from accordant.case.redacting import Redacted
from accordant.case.register import entry_of
from accordant.evidence.handling import Handling, strictest
from accordant.tables import Method, Table

METHOD = Method("what leaves in a document, by the marks of claims and of entries of the register")


@dataclass(frozen=True, slots=True)
class Item:
    """Something of a case that leaves, or stays behind.

    Attributes
    ----------
    kind
        ``claim``, ``source``, ``entry``, ``report`` or ``name``.
    mark
        Who may see it.
    says
        What it says, or what it is called.
    by
        What stands in its place where it stays behind; empty where nothing does.
    """

    kind: str
    id: str
    mark: str
    says: str
    by: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """A conclusion, as it is with everything and as it leaves."""

    conclusion: str
    says: str
    whole: str
    leaves: str

    @property
    def differs(self) -> bool:
        """Whether it would be another one with what is withheld."""
        return self.whole != self.leaves


@dataclass(frozen=True, slots=True)
class Unsure:
    """A part of the case that nothing shown stands behind any more.

    Attributes
    ----------
    told
        Whether its words leave.
    """

    element: str
    says: str
    told: bool


@dataclass(frozen=True)
class Leaving:
    """What leaves in a document, before it is written.

    Attributes
    ----------
    audience
        For whom the document is.
    mark
        The mark that stands on it: the most confidential of what leaves.
    leaves, stays
        Claims, sources, entries of the register, reports and names.
    unsure
        Parts of the case that nothing stands behind any more.
    dropped
        Parts of the case that stay behind, since only withheld claims tell of them.
    answers
        The conclusions that the document tells.
    """

    title: str
    audience: str
    mark: str
    leaves: tuple[Item, ...]
    stays: tuple[Item, ...]
    unsure: tuple[Unsure, ...]
    dropped: tuple[str, ...]
    answers: tuple[Answer, ...] = ()
    method: Method = METHOD

    def to_json(self) -> dict[str, Any]:
        """The list as plain data; of what stays behind only ids and marks."""
        return {
            "schema": "accordant/leaving/1",
            "title": self.title,
            "for": self.audience,
            "handling": self.mark or "public",
            "leaves": [{"kind": i.kind, "id": i.id, "handling": i.mark, "says": i.says} for i in self.leaves],
            "stays": [
                # the id of a source or of a report may be its name, and nothing is released by it
                {
                    "kind": i.kind,
                    "id": i.id if i.kind in ("claim", "entry") else None,
                    "handling": i.mark,
                    "instead": i.by or None,
                }
                for i in self.stays
            ],
            "unsure": [{"element": u.element, "says": u.says if u.told else None} for u in self.unsure],
            "dropped": list(self.dropped),
            "answers": [
                {"conclusion": a.conclusion, "says": a.says, "status": a.leaves, "differs": a.differs}
                for a in self.answers
            ],
            "method": self.method.to_json(),
        }

    def table(self) -> Table:
        """Everything that leaves, then what stays behind."""
        rows = [("leaves", i.kind, i.id, i.mark, i.says) for i in self.leaves]
        rows += [("stays", i.kind, i.id, i.mark, i.by) for i in self.stays]
        return Table(self.title, ("where", "kind", "id", "handling", "says"), tuple(rows))


def leaving(held: Handling, made: Redacted, answers: tuple[Answer, ...] = ()) -> Leaving:
    """What leaves of a case, and what stays behind.

    Parameters
    ----------
    held
        The whole case, with what is withheld of it.
    made
        The case without that.
    """
    case = held.case
    left = tuple(_left(case, made))
    words = {e.id: e.says for e in elements(case)}
    untold = {*made.masked, *made.blank}
    return Leaving(
        title=made.case.title,
        audience=held.audience,
        mark=strictest(i.mark for i in left),
        leaves=left,
        stays=tuple(_stays(held, made)),
        unsure=tuple(Unsure(e, words[e], e not in untold) for e in made.unsure),
        dropped=made.dropped,
        answers=answers,
    )


def _left(case: Case, made: Redacted) -> Iterator[Item]:
    """Everything with words of a claim or a name that leaves."""
    shown = made.case
    for id_, claim in shown.claims.items():
        yield Item("claim", id_, claim.handling, claim.says)
    for id_, origin in shown.origins.items():
        mark = strictest(c.handling for c in shown.claims.values() if c.origin == id_) or "public"
        yield Item("source", id_, mark, origin.name or origin.words or origin.kind)
    for id_, entry in shown.sources.register_.items():
        if id_ in case.sources.register_:
            yield Item("entry", id_, entry.handling, entry.name)
    for id_, report in shown.reports.items():
        mark = strictest(c.handling for c in shown.claims.values() if c.report == id_) or "public"
        yield Item("report", id_, mark, report.title or report.file)
    for name, where in _names(shown).items():
        yield Item("name", where, "public", name)


def _names(case: Case) -> Mapping[str, str]:
    """Names of people that leave besides those of sources, each with where it stands."""
    found: dict[str, str] = {}
    for id_, judged in case.judgements.items():
        found.setdefault(judged.by, f"judgements.{id_}")
    for id_, report in case.reports.items():
        if report.author:
            found.setdefault(report.author, f"reports.{id_}")
    return found


def _stays(held: Handling, made: Redacted) -> Iterator[Item]:
    case = held.case
    for id_, claim in case.claims.items():
        if made.renamed.get(id_, id_) not in made.case.claims:
            yield Item("claim", id_, claim.handling, claim.says)
    for id_, origin in case.origins.items():
        entry = entry_of(case, id_)
        words = origin.name or origin.words or origin.kind
        if entry is not None and entry.id in held.entries:
            by = made.described.get(id_, "")
            yield Item("source", id_, case.sources.register_[entry.id].handling, words, by)
        elif id_ in made.origins:
            marks = (c.handling for c in case.claims.values() if c.origin == id_)
            yield Item("source", id_, strictest(marks), words, made.described.get(id_, ""))
    for id_ in sorted(held.entries):
        entered = case.sources.register_[id_]
        yield Item("entry", id_, entered.handling, entered.name, made.described.get(id_, ""))
        for alias in entered.aliases:
            yield Item("name", id_, entered.handling, alias, made.described.get(id_, ""))
    for id_ in sorted(made.reports & set(case.reports)):
        marks = (c.handling for c in case.claims.values() if c.report == id_)
        report = case.reports[id_]
        yield Item("report", id_, strictest(marks), report.title or report.file)
