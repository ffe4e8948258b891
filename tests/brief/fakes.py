"""A small case with its answers filled in by hand: what the brief is given, without the other rooms.

The north proposes that the south's leaders leave, within a truce. Two unnamed people say so; one
page retells it; a claim of the south is retracted. The south's name is Arabic.
"""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

from accordant.agreement.result import Acceptance, Agreement, DealsResult, Lever, ProposalAnswer
from accordant.case.objects import Case
from accordant.evidence.network import NetworkResult, Node, Step
from accordant.model.result import StateMove, StatesResult
from accordant.reliance.questions import QuestionsResult
from accordant.reliance.result import Rest, RestsResult
from accordant.stability.result import ConceptResult, Explanation, Move, StabilityResult
from accordant.tables import Method

SOUTH = "الجبهة الجنوبية"
METHOD = Method("by hand", settings=2)
STATES = ("s1", "s2", "s3", "s4")
VALUES = tuple({"truce": t, "departure": d} for t in ("none", "lasting") for d in ("no", "yes"))
CONCEPTS = ("nash", "gmr", "smr", "seq", "sseq")

CASE: dict[str, Any] = {
    "title": "Departure, as part of a truce",
    "question": "Would the offer be accepted?",
    "as_of": "2024-01-30",
    "parties": {
        "north": {"name": "Northern Council", "aliases": ["The North"]},
        "south": {"name": SOUTH},
        "envoy": {"name": "Envoys", "role": "mediator"},
        "street": {"name": "Families of captives", "role": "constituency", "of": "north"},
    },
    "issues": {
        "truce": {"by": {"joint": ["north", "south"]}, "values": ["none", "lasting"], "name": "Truce"},
        "departure": {"by": "south", "moves": "forward", "assumed": "leaders decide for themselves"},
    },
    "status_quo": {"truce": "none", "departure": "no"},
    "preferences": {
        "north": {
            "priorities": [{"want": "departure", "because": ["c1"]}, {"want": "truce", "unsure": True}]
        },
        "south": {
            "priorities": [
                {
                    "either": [
                        {"want": "not departure", "because": ["c2"], "note": "As c2 says."},
                        {"want": "truce", "assumed": "tired"},
                    ]
                }
            ],
            "never": [{"rule": "departure and truce = none", "assumed": "no departure for nothing"}],
        },
    },
    "proposals": {
        "offer-1": {
            "by": "north",
            "via": "envoy",
            "to": "south",
            "date": "2024-01",
            "status": "floated",
            "package": {"truce": "lasting", "departure": "yes"},
            "because": ["c1"],
        },
    },
    "positions": {
        "north": {"departure": {"wants": "yes", "importance": "high", "because": ["c1"]}},
        "south": {
            "departure": {"wants": "no", "interest": "its hold", "assumed": "it said nothing"},
            "truce": {"wants": "lasting", "unsure": True, "because": ["c2"]},
        },
    },
    "relations": [{"from": "envoy", "to": "south", "kind": "channel", "because": ["c1"]}],
    "judgements": {
        "j1": {
            "by": "the reporter",
            "about": "acceptable(offer-1, south)",
            "likelihood": "unlikely",
            "confidence": "low",
            "because": ["c2"],
        },
    },
    "events": {
        "e1": {
            "date": "2023-11",
            "what": "A first meeting",
            "who": ["north", "envoy"],
            "place": "Doha",
            "because": ["c1"],
        },
        "e2": {"what": "A call", "who": ["south"]},
    },
}

SOURCES: dict[str, Any] = {
    "reports": {
        "r1": {
            "file": "r1.txt",
            "sha256": "a" * 64,
            "title": "First report",
            "outlet": "Daily",
            "published": "2024-01-30",
        },
        "r2": {
            "file": "r2.txt",
            "sha256": "b" * 64,
            "title": "تقرير",
            "outlet": "Page",
            "original": "r1",
            "language": "ar",
        },
    },
    "origins": {
        "two": {
            "kind": "described",
            "words": "two people familiar with the talks",
            "count": 2,
            "outlet": "Daily",
        },
        "spokesman": {"kind": "named", "name": "A. Spokesman", "words": "a spokesman", "side": "south"},
    },
    "claims": {
        "c1": {
            "report": "r1",
            "quote": "the leaders would leave",
            "at": [10, 33],
            "says": "North proposed departure",
            "kind": "offer",
            "by": "north",
            "origin": "two",
            "attribution": "described",
            "event": "2024-01",
        },
        "c2": {
            "report": "r2",
            "quote": "لن يغادر القادة",
            "at": [0, 15],
            "says": "The leaders will not leave",
            "kind": "position",
            "by": "south",
            "origin": "spokesman",
            "attribution": "named",
            "grade": "B3",
        },
        "c3": {
            "report": "r2",
            "quote": "a deal is done",
            "at": [20, 34],
            "says": "A deal is done",
            "kind": "assessment",
            "origin": "spokesman",
            "status": "retracted",
        },
    },
}


def case(changes: dict[str, Any] | None = None, sources: dict[str, Any] | None = None) -> Case:
    """The case, with top-level keys replaced."""
    return Case.model_validate({**CASE, **(changes or {}), "sources": sources or SOURCES})


def opened(case_: Case | None = None, **results: Any) -> Any:
    """A stand-in for an open case: results filled in by hand, some of them replaced."""
    found = {"states": STATES_RESULT, "stability": stability(), "deals": DEALS, "rests": RESTS}
    found |= {"questions": QUESTIONS, **results}
    made = SimpleNamespace(
        case=case_ or case(),
        folder=SimpleNamespace(digest="0123456789abcdef" * 4, path=Path("talks")),
        states=lambda: found["states"],
        stability=lambda: found["stability"],
        deals=lambda: found["deals"],
        rests=lambda: found["rests"],
        questions=lambda: found["questions"],
        since=lambda: found.get("since"),
        network=lambda **_: NETWORK,
    )
    made.redacted = lambda **_: made
    return made


QUESTIONS = QuestionsResult("t", (), (), (), {}, {}, {}, METHOD)

NETWORK = NetworkResult(
    title="t",
    nodes=(
        Node("talkers", "source", "two people", unnamed=True, people=2, claims=("c1",)),
        Node("outlet:wire", "outlet", "Wire"),
        Node("r1", "report", "First", claims=("c1",)),
        Node("r2", "report", "Second", claims=("c4",)),
    ),
    steps=(
        Step("told", "talkers", "outlet:wire", ("c1",)),
        Step("published", "outlet:wire", "r1", ("c1",)),
        Step("retold in", "r1", "r2"),
    ),
    left_out=0,
    handling="",
)

STATES_RESULT = StatesResult(
    title="t",
    issues={"truce": ("none", "lasting"), "departure": ("no", "yes")},
    states=STATES,
    values=VALUES,
    parties=("north", "south"),
    status_quo="s1",
    no_deal=("s1",),
    ranks={"north": (4, 2, 3, 1), "south": (3, 4, 1, 2)},
    moves=(
        StateMove(("south",), "s1", "s2"),
        StateMove(("south",), "s3", "s4"),
        StateMove(("north", "south"), "s1", "s3"),
        StateMove(("north", "south"), "s2", "s4"),
        StateMove(("north",), "s3", "s1"),
    ),
    method=METHOD,
)


def stability() -> StabilityResult:
    """Status quo and truce always hold; the offer sometimes, under Nash only."""
    concepts = {}
    for name in CONCEPTS:
        sometimes = ("s1", "s3", "s4") if name == "nash" else ("s1", "s3")
        concepts[name] = ConceptResult(
            name,
            stable={"north": ("s1", "s3", "s4"), "south": ("s1", "s3")},
            possible={"north": STATES, "south": sometimes},
            equilibria=("s1", "s3"),
            possible_equilibria=sometimes,
            counts={"s1": (2, 2), "s2": (0, 2), "s3": (2, 2), "s4": (1, 2) if name == "nash" else (0, 2)},
        )
    return StabilityResult("t", STATES, VALUES, ("north", "south"), concepts, METHOD, explain)


def explain(state: str, party: str, concept: str) -> Explanation:
    """A sentence with states and names in it."""
    name = SOUTH if party == "south" else "Northern Council"
    line = "south.priorities.1.1" if party == "south" else "north.priorities.1"
    if state == "s2":
        move = Move((party,), "s2", "s4")
        says = f"{name} would leave s2 for s4."
        return Explanation(state, party, concept, False, says, move, elements=(line,))
    says = f"{name} has no move from {state} that it prefers."
    return Explanation(state, party, concept, True, says, elements=(line,))


BY_PARTY = {
    "north": Acceptance(
        "north",
        "yes",
        "yes",
        (),
        (),
        "Northern Council prefers s4 to s1: 'departure' (north.priorities.1) is the first line that counts.",
        "north.priorities.1",
        (2, 2),
    ),
    "south": Acceptance(
        "south",
        "no",
        "no",
        (),
        ("street",),
        f"{SOUTH} prefers s1 to s4",
        "south.priorities.1.1",
        (0, 2),
    ),
}
LEVER = Lever(
    {"departure": ("yes", "no")}, "s3", ("south",), ("north",), "Without departure, both accept s3."
)
OFFER = ProposalAnswer(
    "offer-1", "s4", "", BY_PARTY, "no", "no", dict.fromkeys(CONCEPTS, "no"), (LEVER,), levers_found=1
)
DEALS = DealsResult(
    title="t",
    no_deal={"states": ["s1"]},
    proposals={"offer-1": OFFER},
    agreements=(Agreement("s3", VALUES[2], ("north", "south"), "yes", True, dict.fromkeys(CONCEPTS, "yes")),),
    exists="yes",
    one_serves=("s3",),
    blocks=(),
    method=METHOD,
)


def rest(
    conclusion: str,
    status: Any,
    counts: tuple[int, int],
    falls: tuple[str, ...] = (),
    unnamed: bool = False,
) -> Rest:
    """One conclusion; what it falls without makes it open."""
    grounds = ("c1", "c2", "two", "spokesman", "assumed:south.never.1")
    without: dict[str, Any] = {g: "sometimes" if g in falls else status for g in grounds}
    supports = ((tuple(g for g in falls if g.startswith("c")) or ("c2",)),) if status != "sometimes" else ()
    return Rest(
        conclusion,
        conclusion,
        status,
        counts,
        without,
        "sometimes" if unnamed else status,
        status,
        {"south": status},
        supports,
        (),
    )


RESTS = RestsResult(
    "t",
    (
        rest("acceptable(offer-1, north)", "always", (2, 2), ("c1", "two"), unnamed=True),
        rest("acceptable(offer-1, south)", "never", (0, 2), ("c2", "spokesman")),
        rest("agreement(offer-1)", "never", (0, 2), ("c2", "spokesman")),
        rest("agreement-exists", "always", (2, 2)),
        *(rest(f"holds(s1, {c})", "always", (2, 2)) for c in CONCEPTS),
        *(rest(f"holds(s4, {c})", "sometimes", (1, 2)) for c in CONCEPTS),
    ),
    {},
    METHOD,
)
