"""Random bargains with many ties, and the definitions read straight off lists of fractions."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import strategies as st

from accordant.agreement.bargain import Bargain, make_bargain


@st.composite
def bargains(draw, least=1, most=4, cardinal=True, top=6):
    k = draw(st.integers(least, most))
    n = draw(st.integers(1, 12))
    worth = st.integers(-1, top)
    return make_bargain(
        [draw(st.lists(worth, min_size=n, max_size=n)) for _ in range(k)],
        [draw(st.integers(-1, 3)) for _ in range(k)],
        scales=[draw(st.sampled_from([1, 2, 10])) for _ in range(k)],
        cardinal=[cardinal or draw(st.booleans()) for _ in range(k)],
        allowed=draw(st.lists(st.sampled_from([True, True, False]), min_size=n, max_size=n)),
    )


def worths(bargain: Bargain) -> list[list[Fraction]]:
    """For each package its worth to each party, in the numbers of the case."""
    return [
        [Fraction(int(bargain.worths[i, k]), bargain.scales[i]) for i in range(len(bargain.parties))]
        for k in range(bargain.n)
    ]


def no_deal(bargain: Bargain) -> list[Fraction]:
    return [Fraction(d, s) for d, s in zip(bargain.reservations, bargain.scales, strict=True)]


def rational(bargain: Bargain) -> list[int]:
    """X_d."""
    d = no_deal(bargain)
    return [
        k
        for k, u in enumerate(worths(bargain))
        if bargain.allowed[k] and all(x >= y for x, y in zip(u, d, strict=True))
    ]


def dominates(a, b) -> bool:
    return all(x >= y for x, y in zip(a, b, strict=True)) and any(x > y for x, y in zip(a, b, strict=True))


def efficient(bargain: Bargain) -> list[int]:
    u, among = worths(bargain), rational(bargain)
    return [k for k in among if not any(dominates(u[other], u[k]) for other in among)]
