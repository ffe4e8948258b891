"""A case that was opened, and from which something is taken before anybody else sees it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from accordant.case.digest import digest
from accordant.case.redacting import Held, redacted
from accordant.errors import InputError
from accordant.opened import OpenCase
from accordant.opened_history import IN_BRIEF
from accordant.opened_leaving import Withheld
from accordant.reliance.questions.wording import in_words, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from accordant.case.objects import Case
    from accordant.evidence.handling import Handling
    from accordant.history.changes_diff import DiffResult, Side
    from accordant.reliance.questions import QuestionsResult
    from accordant.reliance.questions.result import Question, Undecided


class OpenRedacted(OpenCase):
    """A case without what is withheld: every answer is that of the case as others see it.

    Attributes
    ----------
    out
        What was taken out of it.
    """

    def __init__(self, whole: OpenCase, held: Handling) -> None:
        self.out = Withheld(whole, self, held)
        # its files would tell what is withheld: nothing of them is kept
        super().__init__(replace(whole.folder, case=self.out.made.case, problems=(), files={}))
        self.foreign = whole.foreign
        self.withheld = self.out

    def _own(self) -> None:
        """Refuse to change the case, or to tell its versions: they hold what is withheld."""
        raise InputError("this is a case as others may see it; ask the whole case")

    def diff(self, *_: object, **__: object) -> DiffResult:
        """Refused: versions hold what is withheld; :meth:`since` tells what may be told.

        Raises
        ------
        InputError
            Always.
        """
        self._own()
        raise AssertionError

    def questions(
        self,
        conclusions: Sequence[str] | None = None,
        *,
        without: Iterable[str] = (),
        progress: Callable[[int, int], None] | None = None,
    ) -> QuestionsResult:
        """What would settle the case, but for questions whose answers only what is withheld would tell."""
        found = super().questions(conclusions, without=without, progress=progress)
        masked = self.out.made.masked
        blank = self.out.made.blank | set(masked)
        return replace(
            found,
            questions=tuple(_asked(self.case, q, masked) for q in found.questions if q.id not in blank),
            undecided=tuple(_without(one, blank) for one in found.undecided),
        )

    def since(self) -> DiffResult | None:
        """What changed since the last version, as far as it may be seen: of neither side what is withheld."""
        from accordant.history.changes_diff import diff
        from accordant.history.versions_sides import latest

        found = None if self.foreign is not None else latest(self.out.whole.folder)
        if found is None:
            return None

        def answer() -> DiffResult:
            old, new, masked = self._sides(*found)
            return _untold(diff(old, new, most=IN_BRIEF), masked)

        return self._once("since", answer)

    def _sides(self, old: Side, new: Side) -> tuple[Side, Side, Mapping[str, str]]:
        """Both sides without what is withheld now, or was withheld then and is gone; lines not told."""
        before = self._held(old.case)
        words = [*self.out.made.veil.veiled, *redacted(old.case, before).veil.veiled]
        made = redacted(old.case, before, words)
        self.out.veils.append(made.veil)
        now = redacted(self.out.whole.case, self._held(new.case), words)
        masked = {**made.masked, **now.masked}
        cover = made.veil.any_case.cover
        return _side(old, made.case, cover), _side(new, now.case, cover), masked

    def _held(self, case: Case) -> Held:
        """What of a version must not be seen: the marks of today count before those of then."""
        from accordant.evidence.handling import Handling

        then, now = Handling(case, audience=self.out.held.audience), self.out.made.case
        whole = self.out.whole.case
        called = self.out.made.renamed
        gone = {c for c in case.claims if c in whole.claims and called.get(c, c) not in now.claims}
        gone |= {c for c in then.withheld if c not in whole.claims}
        register = whole.sources.register_
        entries = {e for e in case.sources.register_ if e in register and e in self.out.held.entries}
        entries |= {e for e in then.entries if e not in register}
        return Held(frozenset(gone), frozenset(entries))


def _asked(case: Case, one: Question, masked: Mapping[str, str]) -> Question:
    """A question that quotes no line beside it that is not told."""
    party = one.id.partition(".")[0]
    own = [words for id_, words in masked.items() if id_.partition(".")[0] == party]
    if not own:
        return one

    def untold(text: str) -> str:
        for words in own:
            text = text.replace(quoted(in_words(case, words)), quoted("withheld"))
        return text

    answers = tuple(replace(a, says=untold(a.says)) for a in one.answers)
    return replace(one, asks=untold(one.asks), detail=untold(one.detail), answers=answers)


def _without(one: Undecided, blank: Collection[str]) -> Undecided:
    """A conclusion that is open without questions that are not asked, and sets of answers with them."""
    known = tuple(q for q in one.questions if q not in blank)
    if len(known) == len(one.questions):
        return one
    whole = one.together is not None and not set(one.together) & set(blank)
    return replace(
        one,
        questions=known,
        together=one.together if whole else None,
        first=one.first if whole else None,
        at_most=one.at_most if whole else None,
        always=tuple(c for c in one.always if not any(asked in blank for asked, _ in c)),
        never=tuple(c for c in one.never if not any(asked in blank for asked, _ in c)),
    )


def _untold(found: DiffResult, masked: Mapping[str, str]) -> DiffResult:
    """What changed, without the words of lines that nothing shown stands behind."""
    said = {}
    for change in found.changes:
        places = {place.removeprefix("preferences.") for place in (change.old, change.new)}
        if any(m == p or m.startswith(f"{p}.") for m in masked for p in places if p):
            said[change.id] = f"{change.subject or 'the case'}: a line that is withheld is {change.kind}"
        else:
            said[change.id] = _quoted(found.said[change.id], masked)
    conclusions = tuple(
        replace(
            one,
            sets=tuple(replace(w, through=tuple(_quoted(t, masked) for t in w.through)) for w in one.sets),
        )
        for one in found.moves.conclusions
    )
    return replace(found, said=said, moves=replace(found.moves, conclusions=conclusions))


def _quoted(text: str, masked: Mapping[str, str]) -> str:
    for words in masked.values():
        text = text.replace(f"'{words}'", "'withheld'")
    return text


def _side(side: Side, case: Case, cover: Callable[[str], str]) -> Side:
    """A side of a comparison that says only what may be seen; answers that were kept with it told more."""
    about = side.version
    if about is not None:
        fields = ("id", "parent", "by", "because", "note")
        said = {name: text and cover(text) for name in fields for text in [getattr(about, name)]}
        about = about.model_copy(update=said)
    return replace(side, case=case, digest=digest(case), version=about, answers=None)
