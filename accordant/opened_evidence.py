"""The half of an opened case that answers about its evidence: sources, grades, and what is made of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accordant.opened_base import OpenBase

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from pathlib import Path

    from accordant.evidence.claims import Asked, ClaimsResult
    from accordant.evidence.grading import GradesResult
    from accordant.evidence.network import NetworkResult
    from accordant.evidence.parity import ParityResult
    from accordant.evidence.register import SourcesResult
    from accordant.evidence.registering import RegisterChange
    from accordant.evidence.regrading import Regraded
    from accordant.evidence.timeline import TimelineResult
    from accordant.evidence.together.linking import LinksResult
    from accordant.exchange.webannotation_in import AnnotationsImport


class OpenEvidence(OpenBase):
    """What an opened case says about its evidence; :class:`accordant.opened.OpenCase` is made of it."""

    def sources(self, *, restricted: Collection[str] = ()) -> SourcesResult:
        """Who is behind the claims, how reliable the register makes each of them, and who may see it.

        Restricted claims and entries of the register are withheld unless they are named in ``restricted``.
        """
        from accordant.evidence.handling import Handling
        from accordant.evidence.register import sources

        return sources(self.folder.case, Handling(self.folder.case, restricted))

    def register(
        self,
        *,
        origin: str | None = None,
        entry: str | None = None,
        grade: str | None = None,
        start: str | None = None,
        because: str | None = None,
        handling: str | None = None,
    ) -> RegisterChange:
        """A source put into the register, or graded there from a date on; ``.apply()`` writes it.

        Arguments and errors as for :func:`accordant.evidence.registering.registered`.
        """
        from accordant.evidence.registering import registered

        self._own()
        return registered(
            self.folder,
            origin=origin,
            entry=entry,
            grade=grade,
            start=start,
            because=because,
            handling=handling,
        )

    def parity(self, *, words: Sequence[str | Path] = (), restricted: Collection[str] = ()) -> ParityResult:
        """Whose word the case rests on, what it calls the parties, and which of its own words lean.

        ``words`` are further lists of words that lean, beside the case's own ``leaning.yaml``. Restricted
        claims are not counted unless they are named in ``restricted``.
        """
        from pathlib import Path

        from accordant.evidence.handling import Handling
        from accordant.evidence.leaning import words_for
        from accordant.evidence.parity import parity

        case, known = self.folder.case, words_for(self.folder.path, map(Path, words))
        return parity(case, Handling(case, restricted), known)

    def grades(self, *, restricted: Collection[str] = ()) -> GradesResult:
        """Each claim with its two grades, what is suggested for each and why, what forbids a better one.

        Restricted claims and entries of the register are withheld unless they are named in ``restricted``.
        """
        from accordant.evidence.grading import grades
        from accordant.evidence.handling import Handling

        return grades(self.folder.case, Handling(self.folder.case, restricted))

    def grade(
        self,
        claims: Sequence[str],
        *,
        source: str | None = None,
        item: str | None = None,
        because: str | None = None,
        by: str | None = None,
    ) -> Regraded:
        """Claims graded by hand, each axis by itself; ``.apply()`` writes it.

        Arguments and errors as for :func:`accordant.evidence.regrading.regraded`.
        """
        from accordant.evidence.regrading import regraded

        self._own()
        return regraded(self.folder, claims, source=source, item=item, because=because, by=by)

    def accept_grades(self, claims: Sequence[str] | None = None) -> Regraded:
        """The suggested grades, wherever nobody has judged, or for ``claims``; ``.apply()`` writes them."""
        from accordant.evidence.regrading import accepted

        self._own()
        return accepted(self.folder, claims)

    def links(
        self,
        *,
        again: bool = False,
        restricted: Collection[str] = (),
        progress: Callable[[int, int], None] | None = None,
    ) -> LinksResult:
        """Links between reports, origins and claims that a person may make, with what was decided before.

        ``again`` asks for skipped ones too; the words of restricted claims are withheld from what is
        exported unless they are named in ``restricted``.
        """
        from accordant.evidence.decisions import read_decisions
        from accordant.evidence.together.linking import suggested_links

        self._own()
        decided = read_decisions(self.folder)
        told = progress or (lambda _done, _total: None)
        return suggested_links(self.folder, decided, again=again, restricted=restricted, progress=told)

    def claims(self, asked: Asked | None = None, *, restricted: Collection[str] = ()) -> ClaimsResult:
        """Every claim with its words, place, sources, grades, dates and standing, or those asked for.

        Of restricted claims only the kind, the grades and the standing are told unless they are named in
        ``restricted``.
        """
        from accordant.evidence.claims import claims
        from accordant.evidence.handling import Handling

        return claims(self.folder.case, Handling(self.folder.case, restricted), asked)

    def import_annotations(self, path: str | Path) -> AnnotationsImport:
        """What Web Annotations of the case's reports would add to it; ``.apply()`` writes the new claims.

        Errors as for :func:`accordant.exchange.webannotation_in.import_annotations`.
        """
        from accordant.exchange.webannotation_in import import_annotations

        self._own()
        return import_annotations(self.folder, path)

    def timeline(
        self, show: Sequence[str] | None = None, *, restricted: Collection[str] = ()
    ) -> TimelineResult:
        """Contacts, events and proposals by date, as exactly as it is known, or the kinds in ``show``.

        What is known from restricted claims only is left out unless they are named in ``restricted``.
        """
        from accordant.evidence.handling import Handling
        from accordant.evidence.timeline import SHOWN, timeline

        case = self.folder.case
        return timeline(case, Handling(case, restricted), SHOWN if show is None else show)

    def network(self, *, suspected: bool = False, restricted: Collection[str] = ()) -> NetworkResult:
        """Who told whom: sources, outlets and reports, with reports that may retell others if asked for.

        Restricted claims are left out, with whatever only they lead to, unless they are named in
        ``restricted``.
        """
        from accordant.evidence.handling import Handling
        from accordant.evidence.network import network

        return network(self.folder, Handling(self.folder.case, restricted), suspected=suspected)
