"""Cases, and odd but legal ways of writing them down, for property tests."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import strategies as st

from accordant.case.objects import Case

_PLAIN = [
    "no",
    "yes",
    "0.10",
    "007",
    "2024-01",
    "1e3",
    "true",
    "some-thing",
    "a b",
    "احتمال",
    "naïve 😀",
    "?x",
]
_ODD = [
    "it's",
    'say "hi"',
    "x: y",
    "#no",
    "a #b",
    "null",
    "~",
    "- x",
    "a, b",
    "[x]",
    "end:",
    ": ",
    "-",
    "{",
    "'",
    '"',
]
_ODDER = [
    "*x",
    "&y",
    "!z",
    "%",
    "@c",
    "`d",
    "back\\slash",
    "two\nlines",
    "end\n",
    " edge ",
    "\t",
    ".5",
    "\u2028",
]
WORDS = st.sampled_from([*_PLAIN, *_ODD, *_ODDER])
ISSUE_NAMES = ("truce", "departure", "captives")
PARTY_NAMES = ("north", "south", "envoy")


def grounds() -> st.SearchStrategy[dict[str, Any]]:
    assumed = WORDS | st.fixed_dictionaries({"id": st.just("a1"), "says": st.just("the same")})
    return st.fixed_dictionaries(
        {},
        optional={
            "because": st.lists(st.sampled_from(["c1", "c2", "c3"]), min_size=1, max_size=3, unique=True),
            "assumed": assumed,
            "unsure": st.just("true"),
            "note": WORDS,
        },
    )


def with_grounds(**required: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.builds(lambda a, b: {**a, **b}, st.fixed_dictionaries(required), grounds())


EXPRESSIONS = st.sampled_from(["truce", "not departure", "captives != no -> truce", 'truce = "a b"'])
PATTERNS = st.dictionaries(st.sampled_from(ISSUE_NAMES), WORDS, min_size=1, max_size=3)
MARKED = st.just("true")


def line_or_rule(key: str) -> st.SearchStrategy[Any]:
    """A line or a red line: a bare expression, with grounds, or marked as decisive."""
    long = with_grounds(**{key: EXPRESSIONS})
    marked = st.builds(lambda a, b: {**a, "decisive": b}, long, MARKED)
    return EXPRESSIONS | long | marked


LINES = line_or_rule("want")
ENTRIES = LINES | st.fixed_dictionaries({"either": st.lists(LINES, min_size=2, max_size=3)})
RULES = EXPRESSIONS | with_grounds(rule=EXPRESSIONS)
NUMBERS = st.sampled_from(["1", "0.10", "-3.5", "1e3"])
PARTIES = st.fixed_dictionaries(
    {},
    optional={
        "name": WORDS,
        "role": st.sampled_from(["mediator", "observer"]),
        "aliases": st.lists(WORDS, max_size=2),
    },
)
RANGES = st.sampled_from(
    [{"from": "0", "to": "1", "step": "0.1"}, {"from": "-1e1", "to": "10.0", "step": "5"}]
)
ISSUES = st.builds(
    lambda a, b: {**a, **b},
    st.fixed_dictionaries(
        {"by": st.sampled_from(["north", ["south"], ["north", "south"], {"joint": ["north", "south"]}])},
        optional={
            "values": st.lists(WORDS, min_size=2, max_size=3, unique=True),
            "moves": st.sampled_from(["forward", [["no", "yes"]]]),
            "name": WORDS,
            "range": RANGES,
            "unit": WORDS,
            "divisible": MARKED,
            "transfer": st.just({"from": "north", "to": "south"}),
        },
    ),
    grounds(),
)
ENDS = NUMBERS | st.lists(NUMBERS, min_size=2, max_size=2)
REFS = st.sampled_from(["s1", "s2"]) | PATTERNS
_PREFERENCES = st.fixed_dictionaries(
    {},
    optional={
        "priorities": st.lists(ENTRIES, max_size=4),
        "never": st.lists(line_or_rule("rule"), max_size=3),
        "ranking": st.lists(REFS | st.just(">>") | st.lists(st.just("s3"), min_size=1), max_size=3),
        "incomparable": st.lists(st.tuples(REFS, REFS).map(list), max_size=3),
        "degrees": st.lists(st.tuples(REFS, REFS, st.sampled_from(["0.10", "1"])).map(list), max_size=3),
        "worth": st.dictionaries(
            st.sampled_from(ISSUE_NAMES),
            NUMBERS
            | st.dictionaries(WORDS, NUMBERS, max_size=2)
            | st.fixed_dictionaries(
                {"linear": st.lists(st.tuples(NUMBERS | WORDS, NUMBERS).map(list), min_size=1, max_size=3)}
            ),
        ),
        "table": st.lists(st.tuples(REFS, NUMBERS).map(list), max_size=3),
        "reservation": ENDS | with_grounds(worth=ENDS) | with_grounds(state=REFS),
        "delay": with_grounds(cost=NUMBERS) | with_grounds(factor=NUMBERS, days=st.just("30")),
    },
)


@st.composite
def preferences(draw: Any) -> dict[str, Any]:
    """What one party wants, or is believed to want."""
    found: dict[str, Any] = draw(_PREFERENCES)
    return found


PREFERENCES = preferences()
PERCEPTIONS = st.builds(
    lambda a, b: {**a, **b},
    st.fixed_dictionaries(
        {},
        optional={
            "unseen": st.lists(REFS, max_size=2),
            "preferences": st.dictionaries(st.sampled_from(PARTY_NAMES), PREFERENCES, max_size=2),
        },
    ),
    grounds(),
)
PACKAGES = PATTERNS | st.just("s1")
STAGES = st.lists(
    with_grounds(name=WORDS, package=PACKAGES)
    | with_grounds(name=WORDS, day=st.just("42"), event=WORDS, package=PACKAGES),
    min_size=1,
    max_size=3,
)
PROPOSALS = (
    with_grounds(package=PACKAGES)
    | with_grounds(stages=STAGES)
    | with_grounds(stages=STAGES, package=PACKAGES, terms=st.sampled_from(["t1", ["t1", "t2"]]))
)
TERMS = st.builds(
    lambda a, b: {**a, **b},
    st.fixed_dictionaries(
        {"kind": st.sampled_from(["guarantee", "inducement"])},
        optional={
            "name": WORDS,
            "by": st.sampled_from(["envoy", ["north", "envoy"]]),
            "if": EXPRESSIONS,
            "worth": st.dictionaries(st.sampled_from(PARTY_NAMES), NUMBERS, max_size=2),
            "removes": st.lists(
                st.fixed_dictionaries(
                    {"party": st.just("south"), "to": EXPRESSIONS}, optional={"if": EXPRESSIONS}
                ),
                max_size=2,
            ),
        },
    ),
    grounds(),
)
CASES = st.fixed_dictionaries(
    {"title": WORDS, "parties": st.dictionaries(st.sampled_from(PARTY_NAMES), PARTIES, min_size=1)},
    optional={
        "accordant": st.just("1"),
        "note": WORDS,
        "issues": st.dictionaries(st.sampled_from(ISSUE_NAMES), ISSUES),
        "feasible": st.lists(RULES, max_size=3),
        "states": st.dictionaries(st.sampled_from(["s1", "peace"]), PATTERNS),
        "status_quo": PATTERNS | with_grounds(state=PATTERNS),
        "no_deal": st.just("status_quo") | PATTERNS,
        "preferences": st.dictionaries(st.sampled_from(PARTY_NAMES), PREFERENCES),
        "attitudes": st.dictionaries(
            st.sampled_from(PARTY_NAMES),
            st.dictionaries(st.sampled_from(PARTY_NAMES), st.sampled_from(["positive", "negative"])),
        ),
        "perceptions": st.dictionaries(st.sampled_from(PARTY_NAMES), PERCEPTIONS),
        "coalitions": st.lists(st.lists(st.sampled_from(PARTY_NAMES), max_size=3), max_size=3),
        "proposals": st.dictionaries(st.sampled_from(["offer-1", "offer-2"]), PROPOSALS),
        "terms": st.dictionaries(st.sampled_from(["t1", "t2"]), TERMS),
        "relations": st.lists(
            st.fixed_dictionaries({"from": st.just("north"), "to": st.just("south"), "kind": WORDS}),
            max_size=2,
        ),
    },
)


class Pen:
    """Writes data as YAML in whatever legal way the draw says."""

    def __init__(self, draw: Any) -> None:
        self.draw = draw
        self.notes = 0

    def maybe(self) -> bool:
        return bool(self.draw(st.booleans()))

    def comment(self) -> str:
        self.notes += 1
        return f"# remark {self.notes}, with a 'quote and a - dash: {{"

    def scalar(self, text: str, inside: bool) -> str:
        style = self.draw(st.sampled_from(["plain", "'", '"']))
        if style == "'" and "\n" not in text:
            return "'" + text.replace("'", "''") + "'"
        simple = text[:1].isalnum() and text.replace("-", "").replace(".", "").isalnum()
        spaced = all(part.isalnum() for part in text.split(" "))
        if style == "plain" and (simple or spaced) and text not in ("null",):
            return text
        return json.dumps(text, ensure_ascii=self.maybe() and all(ord(c) < 0x10000 for c in text))

    def flow(self, data: Any) -> str:
        gap = self.draw(st.sampled_from(["", " ", "  "]))
        if isinstance(data, str):
            return self.scalar(data, True)
        if isinstance(data, list):
            return "[" + gap + f",{gap} ".join(self.flow(d) for d in data) + gap + "]"
        inner = f"{gap}, ".join(f"{self.scalar(k, True)}: {self.flow(v)}" for k, v in data.items())
        return "{" + gap + inner + gap + "}"

    def value(self, data: Any, indent: int) -> str:
        """From after the colon to the end of the line or lines, no line end."""
        literal = isinstance(data, str) and data and "\n" not in data and data == data.strip()
        if literal and self.draw(st.integers(0, 3)) == 0:
            return f" |-\n{' ' * (indent + 2)}{data}"
        if isinstance(data, str) or not data or self.maybe():
            tail = f"  {self.comment()}" if self.maybe() else ""
            text = self.scalar(data, False) if isinstance(data, str) else self.flow(data)
            return f" {text}{tail}"
        head = f" {self.comment()}" if self.maybe() else ""
        return head + "\n" + self.block(data, indent)

    def block(self, data: Any, indent: int) -> str:
        if isinstance(data, list):
            inner = indent + self.draw(st.sampled_from([0, 2, 4]))
            return "\n".join(self.item(d, inner) for d in data)
        inner = indent + self.draw(st.sampled_from([1, 2, 4]))
        return "\n".join(self.entry(k, v, inner) for k, v in data.items())

    def lead(self, indent: int) -> str:
        kind = self.draw(st.sampled_from(["", "", "", "blank", "comment", "far"]))
        if kind == "blank":
            return "\n"
        if kind == "comment":
            return " " * indent + self.comment() + "\n"
        return self.comment() + "\n" if kind == "far" else ""

    def entry(self, key: str, data: Any, indent: int) -> str:
        return self.lead(indent) + " " * indent + f"{self.scalar(key, False)}:" + self.value(data, indent)

    def item(self, data: Any, indent: int) -> str:
        head = self.lead(indent) + " " * indent + "-"
        if isinstance(data, dict) and data and self.maybe():
            first, *rest = data.items()
            inner = indent + 2
            lines = [f" {self.scalar(first[0], False)}:" + self.value(first[1], inner)]
            lines += [self.entry(k, v, inner) for k, v in rest]
            return head + "\n".join(lines)
        if isinstance(data, list | dict):
            return head + f" {self.flow(data)}"
        return head + self.value(data, indent)


@st.composite
def texts(draw: Any, data: st.SearchStrategy[dict[str, Any]] = CASES) -> str:
    """A case written down in some odd but legal way."""
    pen = Pen(draw)
    lines = "\n".join(pen.entry(k, v, 0) for k, v in draw(data).items())
    text = lines + draw(st.sampled_from(["", "\n", "\n\n# the end\n"]))
    return text.replace("\n", draw(st.sampled_from(["\n", "\n", "\r\n"])))


def case_of(data: dict[str, Any]) -> Case:
    return Case.model_validate(data)
