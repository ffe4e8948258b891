"""A case with awkward names and hand-made answers, so that rendering is tested apart from analysis."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

from accordant.agreement.result import Acceptance, Agreement, Block, DealsResult, Lever, ProposalAnswer
from accordant.case.objects import Case
from accordant.model.compiler import Compiler
from accordant.model.result import StatesResult, states_result
from accordant.reliance.result import GroundKind, Rest, RestsResult
from accordant.stability.result import ConceptResult, Explanation, Move, StabilityResult
from accordant.tables import Method

LONG = "the-very-long-identifier-of-a-federation-of-unions"
PARTIES = ("north", "south", LONG, "الجنوب", "ירושלים")
CONCEPTS = ("nash", "gmr", "smr", "seq", "sseq")
SENTENCE = (
    "The Federation would leave s1 for s2; North can then move to s3, which the Federation likes no better "
    "than s1, so it stays"
)
QUOTE = "they would not accept «any» departure, two people familiar with the talks said"


def case() -> Case:
    """Five parties, one issue each, a claim behind one line."""
    return Case.model_validate(
        {
            "title": "Talks with awkward names",
            "as_of": "2024-01-30",
            "parties": {p: {"name": p * 2} for p in PARTIES},
            "issues": {f"{p}-moves": {"by": p} for p in PARTIES},
            "status_quo": {f"{p}-moves": "no" for p in PARTIES},
            "preferences": {
                "north": {"priorities": [{"want": "north-moves", "because": ["c1"]}, "south-moves"]}
            },
            "sources": {
                "reports": {"r1": {"file": "reports/r1.txt", "sha256": "0", "outlet": "A Paper"}},
                "origins": {"o1": {"kind": "described", "words": "two people", "count": 2}},
                "claims": {
                    "c1": {
                        "report": "r1",
                        "quote": QUOTE,
                        "at": [10, 90],
                        "says": "North wants to move",
                        "kind": "position",
                        "origin": "o1",
                        "attribution": "described",
                    }
                },
            },
        }
    )


class StandIn:
    """What ``accordant.load`` gives, with answers made by hand."""

    def __init__(self) -> None:
        self.case = case()
        self.compiler = Compiler(self.case)
        self.problems: tuple[Any, ...] = ()
        self.path = Path("talks")
        self.asked: list[object] = []

    def states(self) -> StatesResult:
        return states_result(self.compiler)

    def stability(self, concepts: Any = None, **besides: Any) -> StabilityResult:
        self.asked.append(concepts)
        found = self.states()
        names = tuple(concepts or CONCEPTS)
        every = dict.fromkeys(PARTIES, found.states[:4])
        counts = dict.fromkeys(found.states, (3, 8))
        return StabilityResult(
            title=self.case.title,
            states=found.states,
            values=found.values,
            parties=PARTIES,
            concepts={
                n: ConceptResult(n, every, every, found.states[:1], found.states[:4], counts) for n in names
            },
            method=Method("stability", settings=8),
            explainer=lambda state, party, concept: Explanation(
                state,
                party,
                concept,
                True,
                SENTENCE,
                Move((party,), "s1", "s2"),
                (Move(("north",), "s2", "s3"),),
                ("north.priorities.1", "north.priorities.2"),
            ),
        )

    def deals(self, lenses: Any = None, **besides: Any) -> DealsResult:
        accepts = {p: Acceptance(p, "no", "no", (), (), SENTENCE, None, (0, 8)) for p in PARTIES}
        lever = Lever({"north-moves": ("no", "yes")}, "s9", PARTIES[:1], (), "With north-moves it would do")
        offer = ProposalAnswer("offer-1", "s2", "", accepts, "no", "unknown", {"nash": "no"}, (lever,))
        lost = ProposalAnswer("offer-2", None, "rule 1 forbids it", {}, "no", "no", {}, ())
        agreement = Agreement("s9", {"north-moves": "yes"}, PARTIES[:2], "yes", True, {"nash": "yes"})
        return DealsResult(
            self.case.title,
            {"states": ["s1"]},
            {"offer-1": offer, "offer-2": lost},
            (agreement,),
            "yes",
            ("s9",),
            (Block("north", 3, 32, "North refuses 3 of 32 states"),),
            Method("deals", settings=8),
        )

    def rests(
        self, conclusions: Any = None, *, without: Any = (), supports: bool = True, progress: Any = None
    ) -> RestsResult:
        self.asked.append((conclusions, without))
        progress(1, 1)
        rest = Rest(
            conclusion=f"acceptable(offer-1, {LONG})",
            says="the offer is acceptable",
            status="always",
            settings=(8, 8),
            without={"c1": "sometimes", "o1": "sometimes"},
            without_unnamed="sometimes",
            without_assumptions="always",
            without_side={},
            supports=(("c1",),),
            breaks=(("c1",),),
            single_points=("c1",),
        )
        method = Method("rests", parameters=(("without", ""),))
        kinds: dict[str, GroundKind] = {"c1": "claim"}
        return RestsResult(self.case.title, (rest,), {"c1": "North wants to move"}, method, kinds=kinds)

    def brief(
        self, kind: str = "brief", *, restricted: Any = (), audience: str = "team", without: Any = ()
    ) -> Any:
        self.asked.append(restricted)
        return SimpleNamespace(markdown=lambda: "# Brief\n", save=lambda path, house=None: path)
