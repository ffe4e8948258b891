"""Nash stability: a party stays where it has no improvement at all."""

from accordant.stability.concept import Concept

CONCEPT = Concept(
    name="nash",
    title="Nash stability",
    explanation="{party} has no move to anything better.",
    sanctions="none",
    answers=False,
    source="J. F. Nash, Equilibrium points in n-person games, PNAS 36 (1950) 48-49; in the graph model: "
    "D. M. Kilgour, K. W. Hipel, L. Fang, The graph model for conflicts, Automatica 23 (1987) 41-55",
    read=False,
)
