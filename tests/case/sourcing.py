"""Random cases with nothing but sources in them: origins, rewrites, nesting, contradictions, a register."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from accordant.case.objects import Case
from accordant.case.sources import Sources

ORIGINS = ("o1", "o2", "o3", "o4")
REPORTS = ("r1", "r2", "r3")
ENTRIES = ("e1", "e2")
CLAIMS = ("c1", "c2", "c3", "c4", "c5")
KINDS = ("named", "described", "outlet", "outlet", "unattributed", "institution", "role", "document")
DATES = ("2024", "2024-01", "2024-01-15", "2024-02", "2024-02-29", "2024-01-10/2024-03")
SAID: dict[str, Any] = {"quote": "q", "at": (0, 1), "says": "s", "kind": "offer"}


def some(names: tuple[str, ...]) -> st.SearchStrategy[str]:
    return st.sampled_from(names)


steps = st.lists(
    st.fixed_dictionaries(
        {"grade": st.sampled_from("ABCDEF"), "reason": st.just("why")},
        optional={"from": st.sampled_from(["2023", "2024-01", "2024-01-12", "2024-02", "2024-03-01"])},
    ),
    max_size=4,
)
register = st.dictionaries(
    some(ENTRIES),
    st.fixed_dictionaries(
        {"name": some(("Ida", "Per", "CNN")), "reliability": steps}, optional={"aliases": st.just(("I. R.",))}
    ),
)
origins = st.fixed_dictionaries(
    {
        o: st.fixed_dictionaries(
            {"kind": some(KINDS)},
            optional={
                "name": some(("ida", "I. R.", "Bo", "Ida Renn", "The Bo")),
                "words": some(("a clerk of the port", "the port", "Bo")),
                "register": some(ENTRIES),
                "outlet": some(("Bo", "CNN")),
                "side": some(("none", "north", "south")),
            },
        )
        for o in ORIGINS
    }
)
reports = st.fixed_dictionaries(
    {
        r: st.fixed_dictionaries(
            {"file": st.just(f"reports/{r}.txt"), "sha256": st.just(r)},
            optional={"original": some(REPORTS), "published": some(DATES), "outlet": some(("Bo", "CNN"))},
        )
        for r in REPORTS
    }
)
links = st.lists(some(CLAIMS), max_size=2, unique=True)
claims = st.fixed_dictionaries(
    {
        c: st.fixed_dictionaries(
            {
                **{key: st.just(value) for key, value in SAID.items()},
                "report": some(REPORTS),
                "grade": st.sampled_from(["F6", "B1", "F2", "A3", "F4", "E5"]),
            },
            optional={
                "origin": some(ORIGINS),
                "within": some(CLAIMS),
                "confirms": links,
                "contradicts": links,
                "status": some(("open", "open", "confirmed", "contradicted", "retracted", "superseded")),
            },
        )
        for c in CLAIMS
    }
)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """A case that may be wrong in every way that its form allows, circles included."""
    sources = {
        "register": draw(register),
        "origins": draw(origins),
        "reports": draw(reports),
        "claims": draw(claims),
    }
    return Case(title="t", parties={}, sources=Sources.model_validate(sources))
