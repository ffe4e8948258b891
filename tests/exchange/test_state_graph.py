"""The state graph as GraphML and DOT: read back, it is the graph of the case, whatever things are called."""

from __future__ import annotations

import re
import subprocess
from io import BytesIO
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import accordant
from accordant.case.folder import CaseFolder
from accordant.case.objects import Case
from accordant.errors import CaseError, TooLargeError
from accordant.exchange import dot, graphml, state_graph
from accordant.exchange.dot_out import label, quoted
from accordant.opened import OpenCase

TALKS: dict[str, Any] = {
    "title": 'Talks on "A & B" <soon>',
    "parties": {"north": {"name": "North & Co"}, "south": {}, "west": {}},
    "issues": {
        "truce": {"by": {"joint": ["north", "south"]}, "values": ["none", "lasting"]},
        "raids": {"by": "south", "values": ["few", "many"]},
        "pay": {"by": "north", "range": {"from": "0", "to": "1", "step": "1"}, "unit": "percent"},
    },
    "feasible": ["truce = lasting -> raids = few"],
    "status_quo": {"truce": "none", "raids": "many", "pay": "0"},
    "no_deal": {"truce": "none", "raids": "few", "pay": "0"},
    "preferences": {
        "north": {"priorities": ["truce = lasting", "raids = few", "pay = 0"]},
        "south": {"worth": {
            "truce": {"none": "0", "lasting": "0.5"}, "raids": {"few": "0", "many": "1"},
            "pay": {"linear": [["0", "0"], ["1", "3"]]},
        }},
    },
}  # fmt: skip


def opened(case: dict[str, Any]) -> OpenCase:
    return OpenCase(CaseFolder(Path("talks"), Case.model_validate(case)))


def from_graphml(raw: bytes) -> Any:
    return nx.read_graphml(BytesIO(raw), force_multigraph=True)


# -- a reader of the part of DOT that is written ---------------------------------------------------------

_TOKEN = re.compile(r'\s*(?:("(?:\\.|[^"\\])*")|(->)|([\[\]{},;=])|([A-Za-z_]\w*|-?\d+))', re.DOTALL)


def tokens(text: str) -> list[str]:
    found, at, end = [], 0, len(text.rstrip())
    while at < end:
        token = _TOKEN.match(text, at)
        assert token is not None, text[at : at + 60]
        found.append(token.group(1) or token.group(2) or token.group(3) or token.group(4))
        at = token.end()
    return found


def plain(token: str) -> str:
    """What a string says; ids and numbers stand for themselves."""
    if not token.startswith('"'):
        return token
    return re.sub(r'\\(["\\])', r"\1", token[1:-1])


def from_dot(text: str) -> tuple[str, dict[str, dict[str, str]], list[tuple[str, str, dict[str, str]]]]:
    """The title, nodes and edges of a file."""
    words = tokens(text)
    assert words[0] == "digraph"
    assert words[2] == "{"
    assert words[-1] == "}"
    nodes: dict[str, dict[str, str]] = {}
    edges = []
    statements, k = words[3:-1], 0
    while k < len(statements):
        end = statements.index(";", k)
        head, listed = statements[k:end], {}
        start = head.index("[")
        assert head[-1] == "]"
        inside = head[start + 1 : -1]
        for m in range(0, len(inside), 4):
            assert inside[m + 1] == "="
            assert inside[m + 3 : m + 4] in ([","], [])
            listed[plain(inside[m])] = inside[m + 2] if inside[m] == "label" else plain(inside[m + 2])
        if start == 3:
            edges.append((head[0], head[2], listed))
        elif head[0] not in ("graph", "node"):
            nodes[head[0]] = listed
        k = end + 1
    return plain(words[1]), nodes, edges


def text_of(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def both(one: OpenCase) -> Any:
    """The graph of the GraphML file, after making sure that the DOT file says the same."""
    found = from_graphml(graphml.FORMAT.write(one, None).content)
    title, nodes, edges = from_dot(dot.FORMAT.write(one, None).content.decode())
    assert title == found.graph["title"] == one.case.title
    drawn = {"label", "style", "peripheries"}
    assert {n: {k: v for k, v in a.items() if k not in drawn} for n, a in nodes.items()} == {
        n: {k: text_of(v) for k, v in a.items() if k != "label"} for n, a in found.nodes(data=True)
    }
    assert sorted((s, t, a["by"], a["joint"], a["better"]) for s, t, a in edges) == sorted(
        (s, t, a["by"], text_of(a["joint"]), a["better"]) for s, t, a in found.edges(data=True)
    )
    return found


# -- what the files say -----------------------------------------------------------------------------------


def agree(one: OpenCase) -> None:
    """The file holds the states, moves, ranks and verdicts of the case, and nothing else."""
    found, states, stability = both(one), one.states(), one.stability()
    assert isinstance(found, nx.MultiDiGraph)
    node = {found.nodes[n]["state"]: n for n in found}
    assert list(node) == list(states.states)
    moves = sorted(
        (node[m.start], node[m.end], " + ".join(m.movers), len(m.movers) > 1) for m in states.moves
    )
    assert sorted((s, t, a["by"], a["joint"]) for s, t, a in found.edges(data=True)) == moves
    assert len({key for _, _, key in found.edges(keys=True)}) == len(moves)
    for k, state in enumerate(states.states):
        held = found.nodes[node[state]]
        assert held["label"] == state
        assert held["status_quo"] is (state == states.status_quo)
        assert held["no_deal"] is (state in states.no_deal)
        assert {n[5:]: r for n, r in held.items() if n.startswith("rank.")} == {
            party: ranks[k] for party, ranks in states.ranks.items()
        }
        for name, verdict in stability.concepts.items():
            sure, possible = state in verdict.equilibria, state in verdict.possible_equilibria
            assert (held[f"holds.{name}"] == "yes") is sure
            assert (held[f"holds.{name}"] == "no") is not possible
        shown = {i: one.case.issues[i].shown(v) for i, v in states.values[k].items()}
        assert {n[6:]: v for n, v in held.items() if n.startswith("issue.")} == shown


def test_states_moves_ranks_and_what_holds_are_written() -> None:
    one = opened(TALKS)
    agree(one)
    found = both(one)
    start = next(n for n in found if found.nodes[n]["status_quo"])
    assert found.nodes[start]["issue.pay"] == "0 percent"
    assert {a["by"] for _, _, a in found.edges(data=True)} == {"north", "south", "north + south"}
    raised = [a for s, t, a in found.edges(data=True) if s == start and a["by"] == "north"]
    assert [a["better"] for a in raised] == ["no"]  # north pays, and would rather not


def test_whether_movers_prefer_the_end_is_said_as_far_as_it_is_known() -> None:
    pairs = [[{"truce": "none", "raids": r, "pay": "0"} for r in ("few", "many")]]
    south = {**TALKS["preferences"]["south"], "incomparable": pairs}
    one = opened({**TALKS, "preferences": {"south": south}})
    found, states = both(one), one.states()
    place = {s: k for k, s in enumerate(states.states)}
    unknown = {frozenset(pair) for pair in states.incomparable["south"]}
    assert unknown
    for s, t, a in found.edges(data=True):
        start, end = (found.nodes[n]["state"] for n in (s, t))
        ranks = states.ranks["south"]
        prefers = "yes" if ranks[place[end]] < ranks[place[start]] else "no"
        if frozenset((start, end)) in unknown or "south" not in a["by"]:
            prefers = "unknown"
        elif "north" in a["by"]:  # of north nothing is known
            prefers = "unknown" if prefers == "yes" else "no"
        assert a["better"] == prefers
    told = [str(p) for p in graphml.FORMAT.write(one, None).problems]
    assert any("incomparable" in line for line in told)
    assert sum("no ranks are written" in line for line in told) == 2


NAMES = st.text(min_size=1, max_size=8).map(lambda s: f"{s}.") | st.sampled_from(
    [
        '"',
        "\\",
        '\\"',
        "a\\",
        "&amp;",
        "<b>",
        "]]>",
        "n1 -> n2",
        "é",
        "北",
        "\u202e",
        "line\nbreak",
        "-->",
        "\\N",
    ]
)


@settings(max_examples=80, deadline=None)
@given(st.lists(NAMES, min_size=4, max_size=4, unique=True), NAMES, NAMES)
def test_names_come_back_as_they_were(states: list[str], title: str, value: str) -> None:
    from accordant.exchange.xml_text import sayable

    # line ends are read as one in XML, and what XML cannot hold is replaced
    states = [sayable(s).replace("\r", " ") for s in states]
    title, value = (sayable(s).replace("\r", " ") for s in (title, value))
    if len(set(states)) < 4 or value in ("no", "yes"):
        return
    rows = [{"x": x, "y": y} for x in ("no", value) for y in ("no", "yes")]
    case = {
        "title": title,
        "parties": {"a": {"name": title}, "b": {}},
        "issues": {"x": {"by": "a", "values": ["no", value], "name": value}, "y": {"by": "b"}},
        "states": dict(zip(states, rows, strict=True)),
        "preferences": {"a": {"ranking": states}, "b": {"ranking": states[::-1]}},
    }
    agree(opened(case))


@pytest.mark.parametrize("path", ["cuba-1962", "elmira"])
def test_cases_of_every_kind_are_written(path: str) -> None:
    agree(accordant.load(Path(__file__).parents[2] / "cases" / path))


def test_graphs_without_issues_are_written() -> None:
    one = opened(
        {
            "title": "t",
            "parties": {"a": {}, "b": {}},
            "states": ["start", "mid", "end"],
            "moves": {"a": {"start": "mid"}, "b": {"mid": "end", "start": "mid"}},
            "preferences": {
                "a": {"ranking": ["mid", "start", "end"]},
                "b": {"ranking": ["end", "mid", "start"]},
            },
        }
    )
    agree(one)
    assert len(both(one).edges) == 3  # two parties may make the same move


def test_flags_are_those_of_xml_and_words_stay_words() -> None:
    issues = {"x": {"by": "a", "values": ["True", "False"]}}
    content = graphml.FORMAT.write(
        opened({"title": "t", "parties": {"a": {}}, "issues": issues}), None
    ).content
    found = from_graphml(content)
    assert {a["issue.x"] for _, a in found.nodes(data=True)} == {"True", "False"}
    assert {a["joint"] for _, _, a in found.edges(data=True)} == {False}
    assert content.count(b">false</data>") == 2 * 2 + 2  # two flags of two states, one of two moves
    assert content.count(b">False</data>") == 1


# -- DOT as Graphviz reads it -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ('say "no"', r'"say \"no\""'),
        ("back\\", r'"back\\"'),
        ('\\"', r'"\\\""'),
        ("two\nlines", '"two\nlines"'),
        ("R&amp;D", '"R&amp;D"'),
    ],
)
def test_strings_are_quoted(text: str, written: str) -> None:
    assert quoted(text) == written
    assert plain(written) == text


def test_labels_show_what_things_are_called() -> None:
    assert label("R&amp;D", "a\tb\nc", "", "\\N") == r'"R&amp;amp;D\na b c\n\\N"'


def test_the_drawing_marks_the_status_quo_no_deal_and_joint_moves() -> None:
    _, nodes, edges = from_dot(dot.FORMAT.write(opened(TALKS), None).content.decode())
    quo = next(a for a in nodes.values() if a["status_quo"] == "true")
    no_deal = next(a for a in nodes.values() if a["no_deal"] == "true")
    assert quo["style"] == "bold"
    assert no_deal["peripheries"] == "2"
    assert "(status quo)" in quo["label"]
    assert r"\npay: 0 percent\n" in quo["label"]
    assert r"\nranks: North &amp; Co " in quo["label"]
    assert {a["label"] for _, _, a in edges} == {'"North &amp; Co"', '"south"', '"North &amp; Co + south"'}


def test_graphviz_reads_it(graphviz: str) -> None:
    content = dot.FORMAT.write(opened(TALKS), None).content
    ran = subprocess.run([graphviz, "-Tsvg"], input=content, capture_output=True, check=False)
    assert ran.returncode == 0
    assert not ran.stderr


# -- what is left out, and what is refused ----------------------------------------------------------------


def test_what_has_no_place_is_said() -> None:
    case = {
        **TALKS,
        "proposals": {"plan": {"by": "north", "package": {"truce": "lasting", "raids": "few"}}},
        "feasible": [{"rule": "truce = lasting -> raids = few", "unsure": "true"}],
    }
    for format in (graphml, dot):
        made = format.FORMAT.write(opened(case), None)
        told = {(p.path, p.message) for p in made.problems}
        ending = format.FORMAT.endings[0]
        assert ("proposals.plan", f"has no place in a {ending} file; left out") in told
        assert ("feasible.1", "is unsure; written as if it counted") in told
        assert ("parties.west", "has an order that is not wholly known: no ranks are written") in told
        assert [(n.case, n.file) for n in made.names][:2] == [("s1", "n1"), ("s2", "n2")]


def test_graphs_of_too_many_moves_or_states_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    one = opened(TALKS)
    many = len(one.states().moves)
    monkeypatch.setattr(state_graph, "MOST_MOVES", many)
    agree(one)
    monkeypatch.setattr(state_graph, "MOST_MOVES", many - 1)
    with pytest.raises(CaseError, match=f"come to more than {many - 1} moves; at most so many are written"):
        dot.FORMAT.write(one, None)
    monkeypatch.setattr(state_graph, "MOST_STATES", 5)
    with pytest.raises(CaseError, match="cannot be written for GraphML for this reason") as caught:
        graphml.FORMAT.write(one, None)
    assert "come to 6 states; at most 5 are written" in str(caught.value)


def test_cases_that_cannot_be_listed_are_refused() -> None:
    issues = {f"x{k}": {"by": "a"} for k in range(100)}
    with pytest.raises(TooLargeError):
        graphml.FORMAT.write(opened({"title": "t", "parties": {"a": {}}, "issues": issues}), None)


@pytest.mark.parametrize("name", ["talks.graphml", "talks.dot", "talks.gv"])
def test_graphs_are_written_by_ending_and_never_read(tmp_path: Path, name: str) -> None:
    result = opened(TALKS).save_as(tmp_path / name)
    assert result.target_format == ("graphml" if name.endswith("ml") else "dot")
    with pytest.raises(CaseError, match="cannot be read"):
        accordant.load(tmp_path / name)
