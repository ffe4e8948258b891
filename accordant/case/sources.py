"""Reports, origins and claims: what ``claims.yaml`` holds."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from accordant.case.base import Frozen, Names, Node

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

    file: str
    sha256: str
    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    address: str | None = None
    published: str | None = None
    retrieved: str | None = None
    original: str | None = Field(default=None, description="id of the report that this one rewrites")
    language: str | None = None
    note: str | None = None


class Origin(Node):
    """Where a claim first comes from: one person, one document, one unnamed pair."""

    kind: OriginKind
    words: str | None = Field(default=None, description="how the report describes it")
    name: str | None = None
    count: int | None = Field(default=None, ge=1)
    side: str | None = Field(default=None, description="a party, or none")
    outlet: str | None = None
    note: str | None = None

    @property
    def unnamed(self) -> bool:
        """Whether nobody can be asked by name."""
        return self.kind in ("described", "unattributed")


class Claim(Node):
    """One assertion, with its exact words and place in a report."""

    report: str
    quote: str
    at: tuple[int, int] = Field(description="code points in the report's text: [start, end)")
    says: str
    kind: ClaimKind
    by: str | None = Field(default=None, description="who is said to act or hold this")
    origin: str | None = None
    within: str | None = Field(default=None, description="the claim that this one is said inside of")
    contradicts: Names = ()
    attribution: Attribution = "unattributed"
    grade: Annotated[str, Field(pattern="^[A-F][1-6]$")] = "F6"
    event: str | None = None
    reported: str | None = None
    entered: str | None = None
    status: ClaimStatus = "open"
    handling: Handling = "public"
    note: str | None = None


class Sources(Node):
    """Everything in ``claims.yaml``."""

    reports: Annotated[dict[str, Report], Frozen] = Field(default_factory=dict, validate_default=True)
    origins: Annotated[dict[str, Origin], Frozen] = Field(default_factory=dict, validate_default=True)
    claims: Annotated[dict[str, Claim], Frozen] = Field(default_factory=dict, validate_default=True)
