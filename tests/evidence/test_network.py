"""Who told whom: every claim's way from its source to its report, and nothing that is withheld."""

from __future__ import annotations

import json
import shutil
from io import BytesIO
from pathlib import Path

import networkx as nx
import pytest

import accordant
from accordant.case.grounds import chain
from accordant.evidence.handling import Handling
from accordant.evidence.network import NetworkResult, network
from accordant.exchange.network_out import dot, graphml

ROOT = Path(__file__).parents[2] / "cases"
CASES = [ROOT / name for name in ("january-2024", "labour", "river", "supply")]


def of(path: Path) -> NetworkResult:
    opened = accordant.load(path)
    return network(opened.folder, Handling.everything(opened.case))


@pytest.mark.parametrize("path", CASES, ids=lambda p: p.name)
def test_every_claim_with_a_source_can_be_followed_to_its_report(path: Path) -> None:
    """From the definition: along steps that carry it, and what an outlet published or another retells."""
    case, result = accordant.load(path).case, of(path)
    outlets = {n.id for n in result.of_kind("outlet")}
    for id_, claim in case.claims.items():
        origin = case.origins.get(claim.origin or "")
        if origin is None or origin.kind == "outlet":
            continue
        at = {claim.origin}
        for _ in range(len(result.nodes)):
            at |= {
                s.end
                for s in result.steps
                if (
                    s.start in at
                    and (id_ in s.claims or (s.start in outlets and s.how in ("published", "credited in")))
                )
                or (s.start in at and s.how == "retold in")
            }
        assert claim.report in at or any(n in outlets for n in at), id_


@pytest.mark.parametrize("path", CASES, ids=lambda p: p.name)
def test_nodes_are_the_origins_outlets_and_reports_of_the_case(path: Path) -> None:
    case, result = accordant.load(path).case, of(path)
    assert {n.id for n in result.of_kind("report")} == set(case.reports)
    used = {
        o
        for c in case.claims
        for around in chain(case, c)
        if (o := case.claims[around].origin) and case.origins[o].kind != "outlet"
    }
    assert {n.id for n in result.of_kind("source")} == used
    assert {n.id for n in result.nodes if n.unnamed} == {o for o in used if case.origins[o].unnamed}
    ids = {n.id for n in result.nodes}
    assert all({s.start, s.end} <= ids for s in result.steps)
    assert "unnamed" in result.finding or not any(n.unnamed for n in result.nodes)


def test_a_retelling_is_a_step_from_what_it_retells() -> None:
    result = of(ROOT / "january-2024")
    assert any((s.how, s.start, s.end) == ("retold in", "exclusive", "rewrite") for s in result.steps)


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    """The labour case with every claim of its first origin restricted."""
    shutil.copytree(ROOT / "labour", tmp_path / "labour")
    case = accordant.load(tmp_path / "labour").case
    origin = next(o for o, x in case.origins.items() if x.kind == "named")
    text = (tmp_path / "labour" / "claims.yaml").read_text(encoding="utf-8")
    for id_, claim in case.claims.items():
        if claim.origin == origin:
            text = text.replace(f"\n  {id_}:\n", f"\n  {id_}:\n    handling: restricted\n")
    (tmp_path / "labour" / "claims.yaml").write_text(text, encoding="utf-8")
    return tmp_path / "labour"


def test_whatever_only_restricted_claims_lead_to_is_left_out(secret: Path) -> None:
    opened = accordant.load(secret)
    held = Handling(opened.case)
    hidden = held.by_table()["origins"]
    assert hidden
    result = network(opened.folder, held)
    everything = network(opened.folder, Handling.everything(opened.case))
    texts = (str(result.to_json()), result.table().to_csv(), dot(result).decode(), graphml(result).decode())
    for text in texts:
        assert not any(opened.case.origins[o].name in text for o in hidden)
        assert not any(c in text.replace("'", '"').split('"') for c in held.withheld)
    assert result.left_out == len(held.withheld)
    assert len(everything.nodes) > len(result.nodes)


@pytest.mark.parametrize("path", CASES, ids=lambda p: p.name)
def test_graphs_for_other_programs_hold_the_same(path: Path) -> None:
    result = of(path)
    read = nx.read_graphml(BytesIO(graphml(result)), force_multigraph=True)
    assert set(read.nodes) == {n.id for n in result.nodes}
    assert sorted((a, b, d["how"], d["claims"]) for a, b, d in read.edges(data=True)) == sorted(
        (s.start, s.end, s.how, len(s.claims)) for s in result.steps
    )
    text = dot(result).decode()
    assert text.count(" -> ") == len(result.steps)
    assert text.count("peripheries=2") == sum(n.unnamed for n in result.nodes)


def test_hostile_names_stay_names() -> None:
    opened = accordant.load(ROOT / "labour")
    odd = 'x"]; a -> b [label="<&\x00\\'
    origins = {o: x.model_copy(update={"name": odd, "words": odd}) for o, x in opened.case.origins.items()}
    case = opened.case.model_copy(
        update={"sources": opened.case.sources.model_copy(update={"origins": origins})}
    )
    from dataclasses import replace

    result = network(replace(opened.folder, case=case), Handling.everything(case))
    assert dot(result).decode().count(" -> n") == len(result.steps)
    assert nx.read_graphml(BytesIO(graphml(result)))
    assert json.dumps(result.to_json())
