"""General metarationality: any answer of the opponents deters, whatever it costs them."""

from accordant.stability.concept import Concept

CONCEPT = Concept(
    name="gmr",
    title="general metarationality",
    explanation="Whatever better state {party} moves to, the others can lead on to one that it likes no "
    "better than where it started, even at their own cost.",
    sanctions="any moves",
    answers=False,
    source="N. Howard, Paradoxes of Rationality, MIT Press 1971",
    read=False,
)
