"""Packages against no deal: who accepts them, which are agreements, which are efficient.

The names below are loaded when they are first used: results are light, the rest brings numpy.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from accordant.agreement.analysis import analyse
    from accordant.agreement.result import Acceptance, Agreement, DealsResult, Lever, ProposalAnswer
    from accordant.agreement.verdicts import (
        Opinion,
        acceptable,
        agreement_exists,
        agreements,
        dominating,
        efficient_agreements,
        is_agreement,
        opinion,
        possible_agreements,
    )

_HOME = {
    "Acceptance": "result",
    "Agreement": "result",
    "DealsResult": "result",
    "Lever": "result",
    "Opinion": "verdicts",
    "ProposalAnswer": "result",
    "acceptable": "verdicts",
    "agreement_exists": "verdicts",
    "agreements": "verdicts",
    "analyse": "analysis",
    "dominating": "verdicts",
    "efficient_agreements": "verdicts",
    "is_agreement": "verdicts",
    "opinion": "verdicts",
    "possible_agreements": "verdicts",
}

__all__ = [
    "Acceptance",
    "Agreement",
    "DealsResult",
    "Lever",
    "Opinion",
    "ProposalAnswer",
    "acceptable",
    "agreement_exists",
    "agreements",
    "analyse",
    "dominating",
    "efficient_agreements",
    "is_agreement",
    "opinion",
    "possible_agreements",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
