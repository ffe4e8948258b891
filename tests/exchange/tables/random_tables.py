"""Random cases made of everything that the tables hold, sensible or not: the tables must carry them all."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from accordant.case.objects import Case
from accordant.case.sources import Sources

NAMES = ("a", "b", "north", "south-2")
AWKWARD = [
    "=1+1",
    "a, b",
    " x ",
    '"',
    '""',
    "'q",
    "joint: a",
    "x = y",
    "no",
    "0.10",
    "007",
    "-3",
    "{a",
    "[b]",
    "two\nlines",
]
texts = st.sampled_from(AWKWARD) | st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8)
ids = st.sampled_from(NAMES)
values = st.sampled_from(["no", "yes", "0.10", "a b", "x, y", "p = q", "5"])
numbers = st.integers(-50, 50).map(str) | st.decimals(-9, 9, places=2).map(lambda d: format(d, "f"))
patterns = st.dictionaries(ids, values, max_size=3)
states = texts | patterns
names = st.lists(ids | st.sampled_from(["x, y", "'z"]), max_size=3, unique=True)


def maybe(**parts: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional=parts)


def part(
    needed: dict[str, st.SearchStrategy[Any]], **others: st.SearchStrategy[Any]
) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(needed, optional=others)


GROUNDS = {
    "because": names,
    "assumed": texts | st.fixed_dictionaries({"says": texts}, optional={"id": texts}),
    "unsure": st.booleans(),
    "note": texts,
}


def section(one: st.SearchStrategy[Any], size: int = 3) -> st.SearchStrategy[dict[str, Any]]:
    return st.dictionaries(ids, one, max_size=size)


parties = st.dictionaries(
    ids,
    maybe(
        name=texts,
        role=st.sampled_from(["party", "mediator", "constituency"]),
        of=ids,
        aliases=st.lists(texts.map(str.strip).filter(bool), max_size=2),
        note=texts,
    ),
    min_size=1,
)
control = ids | st.lists(ids, min_size=2, max_size=2) | st.fixed_dictionaries({"joint": names})
issues = section(
    part(
        {"by": control},
        name=texts,
        values=st.lists(values, min_size=1, max_size=3, unique=True),
        unit=texts,
        moves=st.sampled_from(["any", "forward"])
        | st.lists(st.tuples(values, values), min_size=1, max_size=2),
        binding=st.booleans(),
        divisible=st.booleans(),
        tags=names,
        transfer=st.fixed_dictionaries({"from": ids, "to": ids}),
        **GROUNDS,
    )
    | part({"by": control, "range": st.just({"from": "0", "to": "2", "step": "0.5"})}, unit=texts, **GROUNDS)
)
line = part({"want": texts}, decisive=st.booleans(), **GROUNDS)
worths = (
    numbers
    | st.dictionaries(values, numbers, min_size=1, max_size=3)
    | st.builds(
        lambda ys, values: {"linear": [[v, y] for v, y in zip(values, ys, strict=False)]},
        st.lists(numbers, min_size=1, max_size=3),
        st.sampled_from([("0", "1", "2"), ("none", "most", "all"), ("none", "5", "2"), ("5", "low", "no")]),
    )
)
preferences = section(
    maybe(
        priorities=st.lists(
            line | st.builds(lambda ls: {"either": ls}, st.lists(line, min_size=1, max_size=2)),
            min_size=1,
            max_size=3,
        ),
        never=st.lists(part({"rule": texts}, decisive=st.booleans(), **GROUNDS), max_size=2),
        also=st.lists(part({"if": texts, "worth": numbers}, **GROUNDS), max_size=2),
        reservation=numbers
        | st.tuples(numbers, numbers)
        | part({"state": states}, **GROUNDS)
        | part({"worth": numbers}, **GROUNDS),
        delay=part({"cost": numbers}, days=st.integers(1, 9), **GROUNDS)
        | part({"factor": numbers}, **GROUNDS),
        incomparable=st.lists(st.tuples(states, states), max_size=2),
        degrees=st.lists(st.tuples(states, states, numbers), max_size=2),
        **GROUNDS,
    )
    | maybe(
        ranking=st.lists(
            states | st.just(">>") | st.lists(states, min_size=1, max_size=2), min_size=1, max_size=3
        ),
        **GROUNDS,
    )
    | maybe(worth=st.dictionaries(ids, worths, min_size=1, max_size=2), **GROUNDS)
    | maybe(table=st.lists(st.tuples(states, numbers), min_size=1, max_size=2), **GROUNDS)
)
stage = part({"name": texts, "package": states}, day=st.integers(0, 99), event=texts, **GROUNDS)
said = {"by": names, "via": names, "to": names, "date": texts, "status": texts, "terms": names}
proposals = section(
    part({"package": states}, stages=st.lists(stage, max_size=2), **said, **GROUNDS)
    | part({"stages": st.lists(stage, min_size=1, max_size=2)}, **said, **GROUNDS)
)
removal = part({"party": ids, "to": texts}, **{"if": texts})
terms = section(
    part(
        {"kind": st.sampled_from(["guarantee", "inducement"])},
        name=texts,
        by=names,
        worth=st.dictionaries(ids, numbers, max_size=2),
        removes=st.lists(removal, max_size=2),
        **{"if": texts},
        **GROUNDS,
    )
)
positions = section(
    st.dictionaries(
        ids,
        part(
            {"wants": texts.map(str.strip).filter(bool)},
            interest=texts,
            importance=st.sampled_from(["high", "low"]),
            **GROUNDS,
        ),
        min_size=1,
        max_size=2,
    )
)
rules = st.lists(texts | part({"rule": texts}, **GROUNDS), max_size=3)
relations = st.lists(part({"from": ids, "to": ids, "kind": texts}, **GROUNDS), max_size=3)
judgements = section(
    part(
        {"by": texts, "about": texts},
        likelihood=texts,
        confidence=st.sampled_from(["low", "high"]),
        **GROUNDS,
    )
)
events = section(part({"what": texts}, date=texts, place=texts, who=names, **GROUNDS))
reports = section(
    part({"file": texts, "sha256": ids}, title=texts, author=texts, text=texts, text_sha256=ids, note=texts)
)
origins = section(
    part(
        {"kind": st.sampled_from(["named", "role"])},
        words=texts,
        count=st.integers(1, 9),
        side=ids,
        register=ids,
    )
)
days = st.sampled_from(["2023", "2024-01", "2024-01-30"])
judged = part({"grade": st.sampled_from("ABCDEF"), "reason": texts}, **{"from": days})
register = section(
    part(
        {"name": texts},
        kind=st.sampled_from(["named", "outlet", "described"]),
        aliases=names,
        reliability=st.lists(judged, max_size=3),
        handling=st.sampled_from(["public", "team"]),
        note=texts,
    )
)
claims = section(
    part(
        {
            "report": ids,
            "quote": texts,
            "at": st.tuples(st.integers(0, 99), st.integers(0, 99)),
            "says": texts,
            "kind": st.just("offer"),
        },
        by=ids,
        origin=ids,
        within=ids,
        contradicts=names,
        grade=st.sampled_from(["A1", "B2"]),
        status=st.sampled_from(["open", "confirmed"]),
        graded_because=texts,
        entered_by=texts,
        reviewed_by=texts,
        note=texts,
    )
)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """A case of which nothing but the form is right."""
    parties_ = draw(parties)
    data = {
        "title": "t",
        "parties": parties_,
        "issues": draw(issues),
        "feasible": draw(rules),
        "preferences": draw(preferences),
        "proposals": draw(proposals),
        "terms": draw(terms),
        "positions": {p: said for p, said in draw(positions).items() if p in parties_},
        "relations": draw(relations),
        "judgements": draw(judgements),
        "events": draw(events),
    }
    sources = {"reports": draw(reports), "origins": draw(origins), "claims": draw(claims)}
    sources["register"] = draw(register)
    case = Case.model_validate(data)
    return case.model_copy(update={"sources": Sources.model_validate(sources)})
