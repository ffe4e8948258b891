"""Symmetric metarationality: any answer deters from which the party cannot escape."""

from accordant.stability.concept import Concept

CONCEPT = Concept(
    name="smr",
    title="symmetric metarationality",
    explanation="Whatever better state {party} moves to, the others can lead on to one that it likes no "
    "better than where it started and cannot leave for anything better, even at their own cost.",
    sanctions="any moves",
    answers=True,
    source="N. Howard, Paradoxes of Rationality, MIT Press 1971",
    read=False,
)
