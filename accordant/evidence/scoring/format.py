"""The annotation format: what a careful reader marks in a report, as a file beside it.

Strings are the words of the report as they stand there; white space may differ. Places are found
from the words, so that a person can write, read and correct a file without counting characters.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, get_args

from pydantic import BeforeValidator, Field, model_validator

from accordant.case.base import Flag, Names, Node, Version
from accordant.case.sources import Attribution, OriginKind
from accordant.evidence.act import Polarity
from accordant.evidence.cues import Act

CueType = Literal["speech", "other"]
MarkedAct = Act
ACTS: tuple[str, ...] = get_args(Act)


def _pieces(value: object) -> object:
    return (value,) if isinstance(value, str) else value


def _empty(value: object) -> object:
    return "" if value is None else value


Pieces = Annotated[tuple[str, ...], BeforeValidator(_pieces, json_schema_input_type=str | list[str])]
Words = Annotated[str, BeforeValidator(_empty, json_schema_input_type=str)]


class About(Node):
    """What sort of report it is."""

    genre: str = Field(description="such as wire, rewrite, interview, communiqué, translated")
    domain: str = Field(description="such as diplomacy, labour, water, commerce")
    published: str | None = Field(default=None, description="the date it gives, which times count from")
    outlet: str | None = Field(default=None, description="who published it")
    language: str = Field(default="en", description="the language that it is written in")
    note: str | None = Field(default=None, description="a remark")


class MarkedClaim(Node):
    """One attribution: who says what, by which words."""

    id: str = Field(description="such as a1")
    near: str | None = Field(
        default=None,
        description="a stretch of the text that tells which place is meant",
    )
    content: Pieces = Field(description="what is said; a list of pieces where the attribution interrupts it")
    cue: str = Field(description="the attributing words")
    source: Words = Field(default="", description="who says so, with all that describes them; empty: nobody")
    kind: OriginKind = Field(description="what sort of source it is")
    attribution: Attribution = Field(description="named, described or unattributed")
    count: int | None = Field(default=None, ge=1, description="how many people speak, where it is said")
    at_least: int | None = Field(default=None, ge=1, description="how many at least, where only that is said")
    stands_for: str | None = Field(
        default=None, description="for a pronoun or a bare surname: the mention that says who"
    )
    cue_type: CueType = Field(default="speech", description="saying and writing, or anything else")
    act: MarkedAct = Field(default="claim", description="what is done with the words")
    polarity: Polarity = Field(default="positive", description="negative where it is denied")
    in_: str | None = Field(default=None, alias="in", description="id of the claim that it is said inside of")
    told: str | None = Field(default=None, description="whoever was told")
    unsure: Flag = Field(default=False, description="readers may differ: it is left out of the count")
    note: str | None = Field(default=None, description="a remark")


class MarkedFlag(Node):
    """Something odd about the text that a reader is warned of."""

    kind: str = Field(description="a kind of flag, as docs/reading-reports.md lists them")
    words: Pieces = Field(default=(), description="where it shows")
    note: str | None = Field(default=None, description="a remark")


class Annotations(Node):
    """What a careful reader marks in one report."""

    version: Version = Field(alias="accordant-annotations", description="version of the format")
    report: str = Field(description="the report's file, beside this one")
    sha256: str = Field(description="SHA-256 of the report as annotated")
    about: About = Field(description="what sort of report it is")
    claims: tuple[MarkedClaim, ...] = Field(default=(), description="every attribution, in order of the text")
    flags: tuple[MarkedFlag, ...] = Field(default=(), description="what a careful reader is warned of")
    not_claims: Names = Field(default=(), description="stretches in which nothing may be suggested")
    note: str | None = Field(default=None, description="a remark")

    @model_validator(mode="before")
    @classmethod
    def _lists_may_be_empty(cls, data: Any) -> Any:
        if not isinstance(data, dict):
            return data
        return {k: [] if v is None and k in ("claims", "flags", "not_claims") else v for k, v in data.items()}
