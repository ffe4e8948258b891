"""From a case to the JSON files of GeniusWeb and NegoLog."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from itertools import product
from math import prod
from typing import TYPE_CHECKING, Any

from accordant.case.ranges import shortest
from accordant.exchange.formats import Exported, Scale, Told
from accordant.exchange.genius_out import DOMAIN, stems
from accordant.exchange.normal import Digits, Normal, normal
from accordant.exchange.outgoing import TABLED, Asked, Outgoing, Wants, outgoing
from accordant.exchange.scaling import text

if TYPE_CHECKING:
    from accordant.opened import OpenCase


def geniusweb(opened: OpenCase) -> Exported:
    """A case as a GeniusWeb domain and a profile for each party.

    Raises
    ------
    CaseError
        With every reason why the format cannot say it, and its place in the case.
    """
    made = _additive(opened, "GeniusWeb")
    digits = Digits()
    pairs = [normal(one, made, "genius") for one in made.parties]
    told = [said for _, said in pairs]
    domain = {"name": made.case.title, "issuesValues": {a.name: _values(a, made) for a in made.issues}}
    files = {f"{DOMAIN}.json": _document(domain)}
    for one, stem, (numbers, _) in zip(made.parties, stems(made), pairs, strict=True):
        bid = _bid(one, made)
        if bid is not None and isinstance(one.reservation, Fraction):
            told.append(_as_bid(one, made, bid))
        space = {
            "name": one.name,
            "domain": domain,
            "issueUtilities": {a.name: _utilities(a, made, numbers, digits) for a in made.issues},
            "issueWeights": {a.name: Spelt(digits(numbers.weights[a.id])) for a in made.issues},
            "reservationBid": None if bid is None else {"issuevalues": bid},
        }
        files[f"{stem}.json"] = _document({"LinearAdditiveUtilitySpace": space})
    return _exported(made, files, digits, told, "genius")


def negolog(opened: OpenCase, scale: Scale) -> Exported:
    """A case as NegoLog profiles: ``profileA.json``, ``profileB.json``, ….

    Raises
    ------
    CaseError
        With every reason why the format cannot say it, and its place in the case.
    """
    made = _additive(opened, "NegoLog")
    digits = Digits()
    pairs = [normal(one, made, scale) for one in made.parties]
    if len(made.parties) != 2:
        message = f"has {len(made.parties)} parties, and NegoLog reads two profiles: profileA and profileB"
        made.say.warning(("parties",), message, on_key=True)
    files, told = {}, [said for _, said in pairs]
    for k, (one, (numbers, _)) in enumerate(zip(made.parties, pairs, strict=True)):
        held = numbers.reservation
        if held is None:
            message = "says nothing of no deal, and NegoLog needs a reservation: 0 is written"
            made.say.warning(("preferences", one.id), message, on_key=True)
        content = {
            "reservationValue": Spelt(digits(held or Fraction(0))),
            "issueWeights": {a.name: Spelt(digits(numbers.weights[a.id])) for a in made.issues},
            "issues": {
                a.name: {value: Spelt(digits(e)) for value, e in numbers.evaluations[a.id].items()}
                for a in made.issues
            },
        }
        stem = f"profile{_letters(k)}"
        files[f"{stem}.json"] = _document(content)
        told.append(
            Told(f"name of {one.name}", one.name, f"{stem}.json: NegoLog's files hold no names", False)
        )
    return _exported(made, files, digits, told, scale)


def _additive(opened: OpenCase, title: str) -> Outgoing:
    made = outgoing(opened, title, discounts=False)
    for one in made.parties:
        if not one.additive:
            key = "table" if one.table is not None else "also"
            message = f"depends on several issues, and {title} adds worths up issue by issue"
            hint = "write it for Genius, --to genius, which knows boxes"
            made.say.error(("preferences", one.id, key), message, hint=hint, on_key=True)
    if any(finding.severity == "error" for finding in made.say.all):
        made.finish()
    return made


def _exported(
    made: Outgoing, files: dict[str, str], digits: Digits, told: list[Told], scale: Scale
) -> Exported:
    digits.warn(made)
    words = "0 to 1" if scale == "genius" else "worths as written"
    content = {name: written.encode() for name, written in files.items()}
    return Exported(content, made.finish(), made.names(), (Told("scale", scale, words, False), *told), scale)


def _values(asked: Asked, made: Outgoing) -> dict[str, Any]:
    given = asked.issue.range
    if given is None or not _straight(asked, made):
        return {"values": list(asked.values)}
    return {"range": {"low": _decimal(given.from_), "high": _decimal(given.to), "step": _decimal(given.step)}}


def _straight(asked: Asked, made: Outgoing) -> bool:
    """Whether one straight line says what everybody's worths of an issue are."""
    return asked.issue.range is not None and all(
        len(one.lines.get(asked.id, ())) == 2 for one in made.parties
    )


def _utilities(asked: Asked, made: Outgoing, numbers: Normal, digits: Digits) -> dict[str, Any]:
    worths = numbers.evaluations[asked.id]
    if not _straight(asked, made):
        return {"discreteutils": {"valueUtilities": {value: Spelt(digits(e)) for value, e in worths.items()}}}
    first, last = asked.values[0], asked.values[-1]
    ends = {
        "lowValue": Spelt(first),
        "lowUtility": Spelt(digits(worths[first])),
        "highValue": Spelt(last),
        "highUtility": Spelt(digits(worths[last])),
    }
    return {"numberutils": ends}


def _bid(one: Wants, made: Outgoing) -> dict[str, str] | None:
    """No deal as a package: the state that it is, or the least package that is worth as much."""
    held = one.reservation
    if held is None:
        return None
    if isinstance(held, dict):
        return {asked.name: held[asked.id] for asked in made.issues}
    path = ("preferences", one.id)
    size = prod(len(asked.values) for asked in made.issues)
    if size > TABLED:
        message = f"is a number, and GeniusWeb needs a package: not looked for among {size:,}; left out"
        made.say.warning((*path, "reservation"), message, on_key=True)
        return None
    rows = product(*(range(len(asked.values)) for asked in made.issues))
    enough = ((one.worth(made.issues, row), row) for row in rows)
    found = min((pair for pair in enough if pair[0] >= held), default=None)
    if found is None:
        message = "is more than any package is worth, and GeniusWeb needs a package; left out"
        made.say.warning((*path, "reservation"), message, on_key=True)
        return None
    if found[0] != held:
        message = "is a number that no package is worth: the least package that is worth more is written"
        made.say.warning((*path, "reservation"), message, on_key=True)
    return {asked.name: asked.values[k] for asked, k in zip(made.issues, found[1], strict=True)}


def _as_bid(one: Wants, made: Outgoing, bid: Mapping[str, str]) -> Told:
    """What a number became that only a package can say."""
    values = ((asked, asked.values.index(bid[asked.name])) for asked in made.issues)
    worth = one.worth(made.issues, [k for _, k in values])
    package = ", ".join(f"{name} = {value}" for name, value in bid.items())
    said = f"the package {package}, which is worth {text(worth)}"
    assert isinstance(one.reservation, Fraction)
    return Told(f"reservation of {one.name}", text(one.reservation), said, False)


def _letters(k: int) -> str:
    return chr(ord("A") + k) if k < 26 else str(k + 1)


class Spelt(str):
    """A number that JSON writes with the digits it was given."""


def _decimal(number: Decimal) -> Spelt:
    return Spelt(shortest(number))


def _document(data: Any) -> str:
    return _written(data, "") + "\n"


def _written(data: Any, indent: str) -> str:
    """JSON with one key to a line; numbers keep their digits."""
    if isinstance(data, Spelt):
        return str(data)
    inside = indent + "  "
    if isinstance(data, dict) and data:
        lines = (
            f"{inside}{json.dumps(key, ensure_ascii=False)}: {_written(v, inside)}" for key, v in data.items()
        )
        return "{\n" + ",\n".join(lines) + f"\n{indent}}}"
    return json.dumps(data, ensure_ascii=False)
