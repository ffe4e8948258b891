"""Random small cases for property tests: constituencies, red lines, ties, several no-deal states."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import assume
from hypothesis import strategies as st

from accordant.case.objects import Case
from accordant.errors import CaseError
from accordant.model.compiler import Compiler

ISSUES = {"x": ("no", "yes"), "y": ("no", "yes"), "z": ("low", "mid", "high")}
HELD = st.sampled_from(["-1", "0", "0.1", "0.25", "0.3", "0.4", "0.6"])
NUMBERS = st.sampled_from(["0", "0.1", "0.2", "0.3", "-1"])


def compiled(data) -> Case:
    """The case, if it compiles; a merged state of two minds or an infeasible status quo does not."""
    case = Case.model_validate(data)
    try:
        compiler = Compiler(case)
        compiler.view()
    except CaseError:
        assume(False)
    return case


@st.composite
def expressions(draw, issues):
    def atom():
        issue = draw(st.sampled_from(sorted(issues)))
        return f"{issue} {draw(st.sampled_from(['=', '!=', '>=']))} {draw(st.sampled_from(issues[issue]))}"

    joined = draw(st.sampled_from(["", "and", "or"]))
    return f"({atom()} {joined} {atom()})" if joined else atom()


@st.composite
def elements(draw, key, text, doubt):
    """One line or rule, unsure now and then."""
    unsure = doubt and draw(st.integers(0, 3)) == 0
    return {key: text, "unsure": True} if unsure else {key: text}


@st.composite
def preferences(draw, issues, doubt, wrap, silent):
    """Priorities or worths with red lines; nothing certain but red lines where ``silent``."""
    found = {}
    texts = expressions(issues).map(wrap)
    if draw(st.booleans()):
        narrow = st.tuples(expressions(issues), expressions(issues)).map(
            lambda t: wrap(f"({t[0]} and {t[1]})")
        )
        found["never"] = [draw(elements("rule", r, doubt)) for r in draw(st.lists(narrow, max_size=2))]
    if silent:  # nothing is given, or nothing that stands: red lines are all that is left
        worths = {i: {v: draw(NUMBERS) for v in values} for i, values in issues.items()}
        return {**found, "worth": worths, "unsure": True} if found else None
    if wrap("x") == "x" and draw(st.integers(0, 2)) == 0:
        found["worth"] = {i: {v: draw(NUMBERS) for v in values} for i, values in issues.items()}
        terms = draw(st.lists(texts, max_size=2))
        found["also"] = [{**draw(elements("if", t, doubt)), "worth": draw(NUMBERS)} for t in terms]
        return found
    found["priorities"] = []
    for text in draw(st.lists(texts, max_size=3)):
        line = draw(elements("want", text, doubt))
        if doubt and draw(st.integers(0, 4)) == 0:
            line = {"either": [line, draw(elements("want", draw(texts), doubt))]}
        found["priorities"].append(line)
    return found


@st.composite
def cases(draw, doubt=True, silent=False, merged=False, held=False):
    """A case that compiles; with ``silent`` party b has no order, in a model of four states.

    With ``held`` some hold reservations, and there may be no status quo.
    """
    names = ("x", "y") if silent else draw(st.sampled_from([("x", "y"), ("x", "z"), ("x", "y", "z")]))
    issues = {i: ISSUES[i] for i in names}
    everyone = {"a": {}, "b": {}}
    if not silent and draw(st.booleans()):
        everyone["c"] = {}
    actors = sorted(everyone)
    if draw(st.booleans()):
        everyone["street"] = {"role": "constituency", "of": draw(st.sampled_from(actors))}
    if draw(st.booleans()):
        everyone["envoy"] = {"role": "mediator"}
        actors.append("envoy")
    # inside a merged state every line must be of one mind
    wrap = (lambda t: f"x = yes or ({t})") if merged else (lambda t: t)
    wanted = {
        who: draw(preferences(issues, doubt, wrap, silent and who == "b"))
        for who in everyone
        if who != "envoy" or draw(st.booleans())
    }
    start = {i: draw(st.sampled_from(v)) for i, v in issues.items()}
    for preference in wanted.values() if held else ():
        if preference is not None and draw(st.booleans()):
            preference["reservation"] = draw(reservations(issues, doubt, "worth" in preference))
    data = {
        "title": "random",
        "parties": everyone,
        "issues": {
            i: {
                "by": draw(st.sampled_from(actors)),
                "values": list(values),
                "moves": draw(st.sampled_from(["any", "any", "forward", "backward"])),
            }
            for i, values in issues.items()
        },
        "status_quo": start,
        "preferences": {who: p for who, p in wanted.items() if p is not None},
        "proposals": {f"p{k}": draw(proposals(issues, doubt)) for k in range(draw(st.integers(1, 2)))},
    }
    if draw(st.integers(0, 2)) == 0:
        rule = f"{draw(expressions(issues))} or {draw(expressions(issues))}"
        data["feasible"] = [draw(elements("rule", rule, doubt))]
    if draw(st.integers(0, 2)) == 0:
        free = draw(st.sampled_from(names))
        data["no_deal"] = {i: v for i, v in start.items() if i != free}
    if doubt and draw(st.integers(0, 7)) == 0:
        anchor = draw(st.sampled_from(["status_quo", "no_deal"]))
        data[anchor] = {"state": data.get(anchor, start), "unsure": True}
    compared = any("reservation" in data["preferences"].get(who, {}) for who in everyone if who != "envoy")
    if held and compared and draw(st.integers(0, 3)) == 0:
        del data["status_quo"]
        data.pop("no_deal", None)
    if merged:
        data["states"] = {"gone": {"x": "yes"}}
    return compiled(data)


@st.composite
def reservations(draw, issues, doubt, numbers):
    """A number, a range or a state; unsure now and then."""
    found = {"state": {i: draw(st.sampled_from(v)) for i, v in issues.items()}}
    if numbers and draw(st.integers(0, 3)):
        ends = sorted(draw(st.lists(HELD, min_size=1, max_size=2)), key=Decimal)
        found = {"worth": ends[0] if len(ends) == 1 else ends}
    if doubt and draw(st.integers(0, 4)) == 0:
        found["unsure"] = True
    return found


@st.composite
def proposals(draw, issues, doubt):
    named = draw(st.lists(st.sampled_from(sorted(issues)), min_size=1, max_size=2, unique=True))
    return draw(elements("package", {i: draw(st.sampled_from(issues[i])) for i in named}, doubt))
