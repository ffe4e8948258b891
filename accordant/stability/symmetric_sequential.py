"""Symmetric sequential stability: credible answers deter from which the party cannot escape."""

from accordant.stability.concept import Concept

CONCEPT = Concept(
    name="sseq",
    title="symmetric sequential stability",
    explanation="Whatever better state {party} moves to, the others can lead on, each by moves to its own "
    "advantage, to one that {party} likes no better than where it started and cannot leave for anything "
    "better.",
    sanctions="improvements",
    answers=True,
    source="L. C. Rêgo, G. I. A. Vieira, Symmetric sequential stability in the graph model for conflict "
    "resolution with multiple decision makers, Group Decision and Negotiation 26 (2017) 775-792",
    read=False,
)
