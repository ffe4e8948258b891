"""Sequential stability: only credible answers deter, by moves that improve for whoever makes them."""

from accordant.stability.concept import Concept

CONCEPT = Concept(
    name="seq",
    title="sequential stability",
    explanation="Whatever better state {party} moves to, the others can lead on, each by moves to its own "
    "advantage, to one that {party} likes no better than where it started.",
    sanctions="improvements",
    answers=False,
    source="N. M. Fraser, K. W. Hipel, Solving complex conflicts, IEEE Transactions on Systems, Man, and "
    "Cybernetics 9 (1979) 805-816",
    read=False,
)
