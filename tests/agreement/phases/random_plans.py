"""Random small cases with a deal in stages: every kind of preference, moves, terms and days."""

from __future__ import annotations

from hypothesis import assume
from hypothesis import strategies as st

from accordant.case.objects import Case
from accordant.errors import CaseError
from accordant.model.compiler import Compiler

ISSUES = {"x": ("no", "yes"), "y": ("no", "yes"), "z": ("low", "mid", "high")}
NUMBERS = st.sampled_from(["0", "0.1", "0.3", "1", "2.5", "4"])


def atoms():
    return st.sampled_from(sorted(ISSUES)).flatmap(
        lambda i: st.tuples(st.just(i), st.sampled_from(["=", "!=", ">="]), st.sampled_from(ISSUES[i]))
    )


def expressions():
    one = atoms().map(" ".join)
    return st.one_of(
        one, st.tuples(one, st.sampled_from([" and ", " or "]), one).map(lambda t: f"({''.join(t)})")
    )


@st.composite
def lines(draw, key):
    unsure = draw(st.integers(0, 3)) == 0
    return {key: draw(expressions()), **({"unsure": True} if unsure else {})}


@st.composite
def preferences(draw):
    found = {"never": draw(st.lists(lines("rule"), max_size=1))}
    if draw(st.booleans()):
        found["priorities"] = [
            {"either": [draw(lines("want")), draw(lines("want"))]} if draw(st.integers(0, 4)) == 0 else line
            for line in draw(st.lists(lines("want"), max_size=3))
        ]
        return found
    found["worth"] = {i: {v: draw(NUMBERS) for v in values} for i, values in ISSUES.items()}
    if draw(st.booleans()):
        found["also"] = [{**draw(lines("if")), "worth": draw(NUMBERS)}]
    if draw(st.booleans()):
        low, high = sorted((draw(NUMBERS), draw(NUMBERS)), key=float)
        found["reservation"] = draw(st.sampled_from([low, [low, high]]))
    if draw(st.booleans()):
        cost = (
            {"cost": draw(NUMBERS)}
            if draw(st.booleans())
            else {"factor": draw(st.sampled_from(["0.5", "0.9", "1"]))}
        )
        found["delay"] = {**cost, "days": draw(st.sampled_from([1, 7, 30]))}
        if draw(st.integers(0, 4)) == 0:
            found["delay"]["unsure"] = True
    return found


@st.composite
def issues(draw, actors):
    found = {}
    for name, values in ISSUES.items():
        joint = draw(st.booleans())
        issue = {
            "by": {"joint": actors} if joint else draw(st.sampled_from(actors)),
            "values": list(values),
            "moves": draw(st.sampled_from(["any", "any", "any", "forward", "forward"])),
        }
        if joint and draw(st.integers(0, 3)) == 0:
            issue["binding"] = True
        if draw(st.integers(0, 9)) == 0:
            issue["unsure"] = True
        found[name] = issue
    if draw(st.integers(0, 9)) == 0:
        found["z"]["moves"] = [["low", "high"], ["high", "mid"]]
    return found


@st.composite
def stages(draw):
    found, day = [], 0
    for k in range(draw(st.integers(1, 3))):
        named = draw(st.lists(st.sampled_from(sorted(ISSUES)), min_size=1, max_size=2, unique=True))
        stage = {
            "name": f"stage {k + 1}",
            "package": {i: draw(st.sampled_from(ISSUES[i][1:])) for i in named},
        }
        day += draw(st.sampled_from([0, 3, 20, 31]))
        stage |= {"event": "something happens"} if draw(st.integers(0, 4)) == 0 else {"day": day}
        if draw(st.integers(0, 7)) == 0:
            stage["unsure"] = True
        found.append(stage)
    return found


@st.composite
def terms(draw, actors):
    found = {}
    for name in draw(st.lists(st.sampled_from(["watch", "aid"]), max_size=2, unique=True)):
        term = {"kind": "guarantee"}
        if draw(st.booleans()):
            term["if"] = draw(expressions())
        if draw(st.booleans()):
            term["worth"] = {draw(st.sampled_from(actors)): draw(NUMBERS)}
        else:
            removal = {"party": draw(st.sampled_from(actors)), "to": draw(expressions())}
            if draw(st.booleans()):
                removal["if"] = draw(expressions())
            term["removes"] = [removal]
        if draw(st.integers(0, 3)) == 0:
            term["unsure"] = True
        found[name] = term
    return found


@st.composite
def plans(draw):
    """A case with a proposal ``plan`` in stages, and its terms as part of it."""
    actors = ["a", "b", "c"] if draw(st.integers(0, 3)) == 0 else ["a", "b"]
    everyone = {actor: {} for actor in actors}
    if draw(st.integers(0, 2)) == 0:
        everyone["street"] = {"role": "constituency", "of": draw(st.sampled_from(actors))}
    start = {i: v[0] for i, v in ISSUES.items()}
    if draw(st.integers(0, 3)) == 0:
        start["z"] = "mid"
    known = draw(terms(actors))
    data = {
        "title": "random",
        "parties": everyone,
        "issues": draw(issues(actors)),
        "status_quo": start,
        "preferences": {who: draw(preferences()) for who in everyone},
        "terms": known,
        "proposals": {"plan": {"stages": draw(stages()), "terms": sorted(known)}},
    }
    if draw(st.integers(0, 2)) == 0:
        unsure = {"unsure": True} if draw(st.booleans()) else {}
        data["feasible"] = [{"rule": f"{draw(expressions())} or {draw(expressions())}", **unsure}]
    if draw(st.integers(0, 2)) == 0:
        data["no_deal"] = {i: draw(st.sampled_from(v)) for i, v in ISSUES.items()}
        if draw(st.integers(0, 2)) == 0:
            data["no_deal"].pop(draw(st.sampled_from(sorted(ISSUES))))
    try:
        case = Case.model_validate(data)
        Compiler(case).view()
    except CaseError:
        assume(False)
    return case
