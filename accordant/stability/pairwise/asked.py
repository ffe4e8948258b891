"""A family of concepts over degrees of preference: how it is judged, explained and told.

Degrees are taken over all settings of what each party wants, so that the case is judged once and
not once per setting.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from accordant.model.compiler import Compiler
from accordant.model.graph import GraphModel
from accordant.model.view import View
from accordant.stability.further import Judgement
from accordant.stability.pairwise import relational
from accordant.stability.pairwise.degrees import Degrees, degrees_of_case, degrees_of_view
from accordant.stability.pairwise.relational import Goals, Words
from accordant.stability.result import Explanation

MEANING = (
    "degrees of preference",
    "shares of the settings of each party's own lines, with states, moves and rules as written; "
    "degrees that the case gives stand in place of shares",
)
"""What a result says of the degrees that it was made from."""

GoalsOf = Callable[[View, Sequence[Degrees], bool], Goals]
"""The relations of a family: view, degrees, and whether what is not known counts as preferred."""


@dataclass(eq=False)
class Asked:
    """One concept over degrees, as it was asked for.

    The degrees of the case that was judged last are kept, because an explanation is asked for
    afterwards and must tell of the same ones.

    Attributes
    ----------
    name, kind
        The concept's name, and its form in :data:`accordant.stability.pairwise.relational.KINDS`.
    goals
        What everybody would move for, from degrees.
    words
        How that is told, from degrees.
    able
        What is said of nobody else where no credible move is left.
    """

    name: str
    kind: str
    goals: GoalsOf
    words: Callable[[Sequence[Degrees]], Words]
    able: str
    _kept: tuple[GraphModel, list[Degrees]] | None = field(default=None, repr=False)

    def whole(self, compiler: Compiler) -> Judgement:
        """The verdicts of a case."""
        view, degrees = degrees_of_case(compiler)
        self._kept = (view.model, degrees)
        return self._judged(view, degrees)

    def judge(self, view: View) -> Judgement:
        """The verdicts of one setting, in which only given degrees are not 0 or 1."""
        return self._judged(view, degrees_of_view(view))

    def explain(self, view: View, state: int, party: int) -> Explanation:
        """Why a state is stable or not: in the case that was judged, or in the view by itself."""
        kept = self._kept
        degrees = kept[1] if kept is not None and kept[0] is view.model else degrees_of_view(view)
        sure, possible = self._relations(view, degrees)
        return relational.explain(
            view,
            state,
            party,
            self.name,
            self.kind,
            sure,
            possible,
            self.words(degrees),
            settings=lambda p: degrees[p].views,
            able=self.able,
        )

    def _judged(self, view: View, degrees: Sequence[Degrees]) -> Judgement:
        return relational.judge(view.model, self.kind, *self._relations(view, degrees))

    def _relations(self, view: View, degrees: Sequence[Degrees]) -> tuple[Goals, Goals]:
        sure = self.goals(view, degrees, False)
        if not any(d.open.any() for d in degrees):
            return sure, sure
        return sure, self.goals(view, degrees, True)
