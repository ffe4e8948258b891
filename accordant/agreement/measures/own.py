"""What packages are worth to one party, whether or not anything is known of the others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from accordant.agreement.bargain import Worths
from accordant.agreement.stands import acceptors
from accordant.model.preferences import Held
from accordant.model.view import View


@dataclass(frozen=True, eq=False)
class Own:
    """One party's row.

    Attributes
    ----------
    worths
        Of every package, on the party's scale; ranks where it has given an order only.
    cardinal
        Whether they are numbers.
    no_deal
        What no deal is worth, on the same scale: the high end of a range; None where it may be several
        things.
    """

    worths: Worths
    scale: int
    cardinal: bool
    no_deal: int | None = None

    def sign(self, state: int, before: int) -> int:
        """Whether one package is better than another (1), worse (-1), or as good (0)."""
        a, b = int(self.worths[state]), int(self.worths[before])
        return (a > b) - (a < b)

    def more(self, state: int, before: int) -> Fraction | None:
        """By how much one package is worth more than another; None for a difference in ranks."""
        less = int(self.worths[state]) - int(self.worths[before])
        return None if less and not self.cardinal else Fraction(less, self.scale)

    def worth(self, state: int) -> Fraction | None:
        """What a package is worth; None for a rank."""
        return Fraction(int(self.worths[state]), self.scale) if self.cardinal else None

    def over(self, state: int) -> Fraction | None:
        """What a package is worth more than no deal; None where that is not a number or not known."""
        if self.no_deal is None or not self.cardinal:
            return None
        return Fraction(int(self.worths[state]) - self.no_deal, self.scale)

    def accepts(self, state: int) -> bool | None:
        """Whether a package is worth at least no deal; None where that is not known."""
        return None if self.no_deal is None else int(self.worths[state]) >= self.no_deal


def owned(view: View) -> Mapping[str, Own]:
    """The rows of the parties whose orders are known in a setting, in the order of the case.

    Examples
    --------
    >>> from accordant.case.objects import Case
    >>> from accordant.model.compiler import Compiler
    >>> view = Compiler(Case.model_validate({
    ...     "title": "t", "parties": {"a": {}, "b": {}}, "issues": {"x": {"by": "a"}},
    ...     "preferences": {"a": {"worth": {"x": {"no": 0, "yes": "0.5"}}}}})).view()
    >>> found = owned(view)
    >>> list(found), found["a"].more(1, 0), found["a"].no_deal
    (['a'], Fraction(1, 2), None)
    """
    found = {}
    for party in acceptors(view.case):
        order = view.frame.orders.get(party)
        ranks = view.ranks(party)
        if order is None or ranks is None:
            continue
        score = order.score
        numbers = score is not None and score.cardinal
        worths = score.ranks_in(view.setting.off) if score is not None and numbers else ranks
        scale = score.scale if score is not None and numbers else 1
        found[party] = Own(worths, scale, numbers, _no_deal(view, order.reservation, worths))
    return found


def _no_deal(view: View, held: Held | None, worths: Worths) -> int | None:
    if held is not None and held.element in view.setting.off:
        return None
    if held is not None and held.high is not None:
        return held.high
    states = view.no_deal if held is None or held.state is None else (held.state,)
    found = {int(worths[s]) for s in states}
    return found.pop() if len(found) == 1 else None
