"""Reports, origins and claims: what ``claims.yaml`` holds."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, field_validator

from accordant.case.base import Frozen, Names, Node
from accordant.case.dates import when

ClaimKind = Literal[
    "offer",
    "position",
    "red-line",
    "preference",
    "interest",
    "alternative",
    "capability",
    "constituency",
    "contact",
    "third-party",
    "interpretation",
    "assessment",
]
OriginKind = Literal[
    "named", "role", "institution", "document", "described", "group", "outlet", "unattributed"
]
Attribution = Literal["named", "described", "unattributed"]
ClaimStatus = Literal["open", "confirmed", "contradicted", "retracted", "superseded"]
Handling = Literal["public", "team", "restricted"]


class Report(Node):
    """A text as received, never edited."""

    file: str = Field(description="its place in the case folder, such as reports/r1.txt")
    sha256: str = Field(description="SHA-256 of the file as received, so that a changed report is noticed")
    title: str | None = Field(default=None, description="its headline")
    outlet: str | None = Field(default=None, description="who published it")
    author: str | None = Field(default=None, description="who wrote it")
    address: str | None = Field(default=None, description="where it was published")
    published: str | None = Field(default=None, description="when it was published")
    retrieved: str | None = Field(default=None, description="when it was received")
    original: str | None = Field(default=None, description="id of the report that this one rewrites")
    text: str | None = Field(
        default=None,
        description="where the file is not plain text: the file of the text that was taken from it, once",
    )
    text_sha256: str | None = Field(default=None, description="SHA-256 of that text file")
    language: str | None = Field(default=None, description="the language that it is written in")
    note: str | None = Field(default=None, description="a remark for readers; nothing depends on it")


class Reliability(Node):
    """How reliable a source was found to be, from a date on."""

    grade: Annotated[str, Field(pattern="^[A-F]$")] = Field(
        description="A to F; F means that it cannot be judged, not that it is bad"
    )
    from_: str | None = Field(
        default=None, alias="from", description="the date from which it holds; left out: from the beginning"
    )
    reason: str = Field(description="why, in a sentence")

    @field_validator("from_")
    @classmethod
    def _begins(cls, value: str | None) -> str | None:
        # Checked here so that it is told together with a grade that is none.
        if value is not None and ("/" in value or when(value) is None):
            raise ValueError("is no date that a grade can begin at; write YYYY, YYYY-MM or YYYY-MM-DD")
        return value


class Registered(Node):
    """A source in the analyst's own register, with its reliability over time."""

    name: str = Field(description="what it is called; for an unnamed source, the words that describe it")
    kind: OriginKind = Field(default="named", description="what sort of source it is")
    aliases: Names = Field(default=(), description="other names under which reports quote it")
    reliability: tuple[Reliability, ...] = Field(
        default=(), description="its reliability, earliest first; none: it has not been judged"
    )
    handling: Handling = Field(default="public", description="who may see this entry")
    note: str | None = Field(default=None, description="a remark for readers; nothing depends on it")


class Origin(Node):
    """Where a claim first comes from: one person, one document, one unnamed pair."""

    kind: OriginKind = Field(description="what sort of source it is")
    words: str | None = Field(default=None, description="how the report describes it")
    name: str | None = Field(default=None, description="its name, where it has one")
    count: int | None = Field(
        default=None, ge=1, description="how many people spoke together; a pair is one origin"
    )
    side: str | None = Field(default=None, description="the party that it belongs to, or none")
    outlet: str | None = Field(default=None, description="the outlet that first had it")
    register_: str | None = Field(
        default=None, alias="register", description="id of its entry in the register of sources"
    )
    note: str | None = Field(default=None, description="a remark for readers; nothing depends on it")

    @property
    def unnamed(self) -> bool:
        """Whether nobody can be asked by name."""
        return self.kind in ("described", "unattributed")


class Claim(Node):
    """One assertion, with its exact words and place in a report."""

    report: str = Field(description="id of the report that it stands in")
    quote: str = Field(description="the words, exactly as they stand there")
    at: tuple[int, int] = Field(
        description="where they stand: code points in the report's text, from the first to after the last"
    )
    says: str = Field(description="what is asserted, in the analyst's words")
    kind: ClaimKind = Field(description="what sort of assertion it is")
    by: str | None = Field(default=None, description="the party said to act or hold this")
    origin: str | None = Field(default=None, description="id of the origin that it first comes from")
    within: str | None = Field(default=None, description="the claim that this one is said inside of")
    contradicts: Names = Field(default=(), description="claims that cannot be true if this one is")
    confirms: Names = Field(
        default=(), description="claims that assert the same, reported separately; counted by origin"
    )
    attribution: Attribution = Field(default="unattributed", description="how the report attributes it")
    grade: Annotated[str, Field(pattern="^[A-F][1-6]$")] = Field(
        default="F6",
        description="source A to F, item 1 to 6; F and 6 mean that it cannot be judged",
    )
    graded_because: str | None = Field(default=None, description="why it is graded so, in a sentence")
    event: str | None = Field(default=None, description="when it happened")
    reported: str | None = Field(default=None, description="when it was published")
    entered: str | None = Field(default=None, description="when the analyst learnt it")
    status: ClaimStatus = Field(default="open", description="what has become of it since")
    handling: Handling = Field(default="public", description="who may see it")
    entered_by: str | None = Field(default=None, description="who entered it")
    reviewed_by: str | None = Field(default=None, description="who looked at it again, if anybody did")
    note: str | None = Field(default=None, description="a remark for readers; nothing depends on it")


class Sources(Node):
    """Everything in ``claims.yaml``."""

    reports: Annotated[dict[str, Report], Frozen] = Field(
        default_factory=dict, validate_default=True, description="texts as received, by id"
    )
    origins: Annotated[dict[str, Origin], Frozen] = Field(
        default_factory=dict, validate_default=True, description="where claims first come from, by id"
    )
    claims: Annotated[dict[str, Claim], Frozen] = Field(
        default_factory=dict, validate_default=True, description="assertions, by id"
    )
    register_: Annotated[dict[str, Registered], Frozen] = Field(
        default_factory=dict,
        validate_default=True,
        alias="register",
        description="the analyst's own register of sources, by id",
    )
