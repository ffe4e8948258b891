"""Packages against no deal: who accepts them, which are agreements, which are efficient."""

from accordant.agreement.agreements import (
    Opinion,
    acceptable,
    agreements,
    dominating,
    efficient_agreements,
    is_agreement,
    opinion,
    possible_agreements,
)
from accordant.agreement.analysis import analyse

__all__ = [
    "Opinion",
    "acceptable",
    "agreements",
    "analyse",
    "dominating",
    "efficient_agreements",
    "is_agreement",
    "opinion",
    "possible_agreements",
]
