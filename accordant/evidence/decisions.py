"""What a person decided on suggestions: ``review.yaml`` in the folder of a case.

A decision belongs to a place in a text, and a text is known by the SHA-256 of its normalised form,
so that a second reading of the same text, from whatever file, does not ask again. Decisions on links
(a report that rewrites another, claims that contradict each other) stand beside them, by the ids of
what they join. Nothing that an answer depends on stands here: the file is no part of a case's digest.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field, model_validator

from accordant.case.base import Frozen, Names, Node, Version
from accordant.case.files import REVIEW_FILE as REVIEW_FILE
from accordant.evidence.spans import Span

if TYPE_CHECKING:
    from accordant.case.folder import CaseFolder

Decided = Literal["accepted", "rejected", "skipped", "split", "merged", "by-hand"]
"""What can be decided on a suggestion; ``by-hand``: there was none, a person marked the words."""
LinkDecided = Literal["accepted", "rejected", "skipped"]
TAKEN: tuple[Decided, ...] = ("accepted", "split", "merged", "by-hand")
"""Decisions by which claims entered the case."""
_DAY = r"^\d{4}-\d{2}-\d{2}$"
_SHA256 = r"^[0-9a-f]{64}$"


class Decision(Node):
    """What a person decided on one place of a text."""

    at: tuple[Annotated[int, Field(ge=0)], Annotated[int, Field(ge=1)]] = Field(
        description="the words: code points of the normalised text, from the first to after the last"
    )
    cue: tuple[Annotated[int, Field(ge=0)], Annotated[int, Field(ge=1)]] | None = Field(
        default=None, description="the words that attribute, in the same way; none where marked by hand"
    )
    rule: str | None = Field(default=None, description="the rule that suggested it")
    decision: Decided = Field(description="what was decided")
    claims: Names = Field(default=(), description="ids of the claims that came of it")
    on: Annotated[str, Field(pattern=_DAY)] = Field(description="the day, YYYY-MM-DD")
    by: str | None = Field(default=None, description="who decided")
    because: str | None = Field(default=None, description="why, in a sentence")

    @model_validator(mode="after")
    def _forwards(self) -> Decision:
        for name in ("at", "cue"):
            place = getattr(self, name)
            if place is not None and place[0] >= place[1]:
                raise ValueError(f"{name} must go from the first to after the last code point")
        return self

    @property
    def place(self) -> tuple[Span, Span | None]:
        """The words and the cue, which together tell one suggestion from another."""
        return Span(*self.at), None if self.cue is None else Span(*self.cue)


class TextDecisions(Node):
    """Everything that was decided on one text."""

    file: str | None = Field(default=None, description="the name under which it was read first, for people")
    decided: tuple[Decision, ...] = Field(default=(), description="the decisions, in the order of the text")

    @cached_property
    def _by_place(self) -> dict[tuple[Span, Span | None], Decision]:
        return {decision.place: decision for decision in self.decided}

    @cached_property
    def _by_cue(self) -> dict[Span | None, list[Decision]]:
        found: dict[Span | None, list[Decision]] = {}
        for decision in self.decided:
            found.setdefault(decision.place[1], []).append(decision)
        return found

    def on(self, at: tuple[int, int], cue: tuple[int, int] | None = None) -> Decision | None:
        """What was decided on a suggestion; None where nothing was.

        A later version of the rules may end the same words a little sooner or later. A decision
        therefore holds for a suggestion with the same cue whose words meet those decided on.

        Examples
        --------
        >>> made = Decision(at=(0, 12), cue=(14, 18), decision="rejected", on="2031-05-04")
        >>> text = TextDecisions(decided=(made,))
        >>> text.on((0, 12), (14, 18)) is made, text.on((0, 9), (14, 18)) is made
        (True, True)
        >>> text.on((0, 12), (30, 34)), text.on((20, 25), (14, 18))
        (None, None)
        """
        words, where = Span(*at), None if cue is None else Span(*cue)
        exact = self._by_place.get((words, where))
        if exact is not None or where is None:
            return exact
        near = [d for d in self._by_cue.get(where, ()) if Span(*d.at).meets(words)]
        return max(near, key=lambda d: d.at[1] - d.at[0], default=None)  # of a split one the whole

    def by_hand(self) -> tuple[Decision, ...]:
        """The places that a person marked where no rule suggested anything."""
        return tuple(d for d in self.decided if d.decision == "by-hand")


class Link(Node):
    """What a person decided on a link between reports, origins or claims."""

    kind: str = Field(min_length=1, description="the kind of link, such as original, confirms, contradicts")
    of: Annotated[tuple[str, ...], Field(min_length=1)] = Field(
        description="ids of what it joins, in the order that the kind gives them"
    )
    decision: LinkDecided = Field(description="what was decided")
    on: Annotated[str, Field(pattern=_DAY)] = Field(description="the day, YYYY-MM-DD")
    by: str | None = Field(default=None, description="who decided")
    because: str | None = Field(default=None, description="why, in a sentence")


class ReviewFile(Node):
    """Everything in ``review.yaml``."""

    version: Version = Field(
        default=1, alias="accordant-review", validate_default=True, description="version of the format"
    )
    texts: Annotated[dict[Annotated[str, Field(pattern=_SHA256)], TextDecisions], Frozen] = Field(
        default_factory=dict,
        validate_default=True,
        description="decisions by the SHA-256 of the normalised text",
    )
    links: tuple[Link, ...] = Field(default=(), description="decisions on links")


@dataclass(frozen=True)
class Decisions:
    """The decisions kept with a case; every change gives new ones.

    Attributes
    ----------
    raw
        The file as it was read, None where there is none: what has to stand there still on writing.
    comments
        Lines of comment at the head of the file, which stay.

    Examples
    --------
    >>> made = Decision(at=(0, 5), decision="rejected", on="2031-05-04")
    >>> sha = text_sha256("We will wait.")
    >>> after = Decisions().with_text(sha, [made], file="note.txt")
    >>> after.text(sha).on((0, 5)).decision, Decisions().text(sha).on((0, 5))
    ('rejected', None)
    """

    texts: Mapping[str, TextDecisions] = field(default_factory=dict)
    links: tuple[Link, ...] = ()
    raw: bytes | None = field(default=None, repr=False)
    comments: str = ""

    def text(self, sha256: str) -> TextDecisions:
        """What was decided on the text with this hash; see :func:`text_sha256`."""
        return self.texts.get(sha256, _NONE)

    def link(self, kind: str, of: Sequence[str]) -> Link | None:
        """What was decided on a link; None where nothing was.

        The order of ``of`` counts. Whoever asks about links that have no direction sorts the ids.
        """
        return self._links.get((kind, tuple(of)))

    @cached_property
    def _links(self) -> dict[tuple[str, tuple[str, ...]], Link]:
        return {(link.kind, link.of): link for link in self.links}

    def with_text(self, sha256: str, made: Iterable[Decision], file: str | None = None) -> Decisions:
        """With decisions on a text; one on the same place takes the place of an earlier one."""
        before = self.text(sha256)
        places = {d.place: d for d in before.decided}
        places.update((d.place, d) for d in made)
        kept = tuple(sorted(places.values(), key=lambda d: (d.at, d.cue or d.at)))
        if kept == before.decided:
            return self
        entry = TextDecisions(file=before.file or file, decided=kept)
        return replace(self, texts={**self.texts, sha256: entry})

    def without(self, sha256: str, places: Iterable[tuple[Span, Span | None]]) -> Decisions:
        """Without what was decided on some places of a text, so that it is asked again."""
        gone = set(places)
        before = self.text(sha256)
        kept = tuple(d for d in before.decided if d.place not in gone)
        if kept == before.decided:
            return self
        texts = {name: text for name, text in self.texts.items() if name != sha256}
        if kept:
            texts[sha256] = before.model_copy(update={"decided": kept})
        return replace(self, texts=texts)

    def with_link(self, link: Link) -> Decisions:
        """With a decision on a link, in place of an earlier one on the same link."""
        kept = tuple(one for one in self.links if (one.kind, one.of) != (link.kind, link.of))
        return replace(self, links=(*kept, link))

    def without_link(self, kind: str, of: Sequence[str]) -> Decisions:
        """Without what was decided on a link, so that it is asked again."""
        return replace(self, links=tuple(k for k in self.links if (k.kind, k.of) != (kind, tuple(of))))

    def to_bytes(self) -> bytes:
        """The content of ``review.yaml``: a line for each decision."""
        from accordant.evidence.decisions_file import written

        return written(self).encode()

    def beside(self) -> dict[str, tuple[bytes | None, bytes]]:
        """What ``CaseFolder.save(…, beside=…)`` writes together with the case; nothing if unchanged."""
        if self.raw is None and not self.texts and not self.links:
            return {}
        new = self.to_bytes()
        return {} if new == self.raw else {REVIEW_FILE: (self.raw, new)}

    def saved(self) -> Decisions:
        """The same decisions once they have been written."""
        files = self.beside()
        return replace(self, raw=files[REVIEW_FILE][1]) if files else self


_NONE = TextDecisions()


def text_sha256(text: str) -> str:
    """The hash by which a normalised text is known: SHA-256 of its UTF-8.

    Examples
    --------
    >>> text_sha256("")[:8]
    'e3b0c442'
    """
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def read_decisions(folder: CaseFolder | str | Path) -> Decisions:
    """The decisions kept with a case; none where it has no ``review.yaml``.

    Parameters
    ----------
    folder
        The case, or its folder.

    Raises
    ------
    CaseError
        With every mistake in the file.
    """
    from accordant.evidence.decisions_file import read

    path = Path(folder) if isinstance(folder, str | Path) else folder.path
    return read(path / REVIEW_FILE)
