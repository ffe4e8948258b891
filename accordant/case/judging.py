"""Judgements: people's own views and forecasts, what became of them, and what a case may say of them."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from accordant.case.base import Grounded, Names, Node

Came = Literal["yes", "no", "void"]


class Outcome(Node):
    """What became of what was judged."""

    came: Came = Field(description="whether it came true; void where that can no longer be told")
    date: str | None = Field(default=None, description="when that was settled")
    says: str | None = Field(default=None, description="what settled it, in a sentence")
    because: Names = Field(default=(), description="claims that tell it")


class Judgement(Grounded):
    """An analyst's or a reporter's own view, kept beside what the model says."""

    by: str = Field(description="whose view it is")
    about: str | None = Field(
        default=None,
        description="a conclusion: acceptable(proposal, party), agreement(proposal), agreement-exists or "
        "holds(state, concept)",
    )
    question: str | None = Field(
        default=None, description="what is judged to come, as a question that will have the answer yes or no"
    )
    likelihood: str | None = Field(default=None, description="in the words used, such as unlikely")
    band: str | None = Field(
        default=None,
        description="the term of the case's yardstick that a person takes these words to mean",
    )
    confidence: Literal["low", "moderate", "high"] | None = Field(
        default=None, description="how strong the basis is; separate from the likelihood"
    )
    made: str | None = Field(default=None, description="when it was judged so")
    until: str | None = Field(default=None, description="by when the question is to be answered")
    revises: str | None = Field(default=None, description="the judgement that this one takes the place of")
    outcome: Outcome | None = Field(default=None, description="what became of it")
