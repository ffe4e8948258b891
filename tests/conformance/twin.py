"""The five concepts worked out from the plain data of a model alone, as another program would."""

from __future__ import annotations

from typing import Any


def stable(model: dict[str, Any], concept: str, *, once: bool = False) -> dict[str, list[int]]:
    """For each party its stable states; ``once`` lets every opponent move at most once."""
    return {
        p: [s for s in range(len(model["states"])) if _stays(model, concept, p, s, once)]
        for p in model["parties"]
    }


def _stays(model: dict[str, Any], concept: str, party: str, s: int, once: bool) -> bool:
    u = model["ranks"][party]
    own = next(m["to"] for m in model["moves"] if m["by"] == [party])
    for q in own[s]:
        if u[q] <= u[s]:
            continue
        if concept == "nash":
            return False
        ends = _ends(model, party, q, credible=concept in ("seq", "sseq"), once=once)
        deterring = [t for t in ends if u[t] <= u[s]]
        if concept in ("smr", "sseq"):
            deterring = [t for t in deterring if all(u[r] <= u[s] for r in own[t])]
        if not deterring:
            return False
    return True


def _ends(model: dict[str, Any], party: str, start: int, *, credible: bool, once: bool) -> set[int]:
    """Where legal sequences of a party's opponents lead, state by state."""
    ranks = model["ranks"]
    front: list[tuple[int, tuple[int, ...]]] = [(start, ())]
    seen = set(front)
    ends = set()
    while front:
        at, before = front.pop()
        for k, mover in enumerate(model["moves"]):
            if party in mover["by"] or k in (before if once else before[-1:]):
                continue
            for t in mover["to"][at]:
                if credible and not all(ranks[p][t] > ranks[p][at] for p in mover["by"]):
                    continue
                ends.add(t)
                step = (t, tuple(sorted({*before, k})) if once else (k,))
                if step not in seen:
                    seen.add(step)
                    front.append(step)
    return ends
