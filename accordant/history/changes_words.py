"""Changes in words, short enough for a line of a table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from accordant.case.emit import flow, to_plain
from accordant.case.objects import Line, RedLine, Rule, Term
from accordant.case.sources import Claim, Origin, Report
from accordant.case.wording import cut

if TYPE_CHECKING:
    from accordant.case.objects import Case
    from accordant.history.changes import Change

SHOWN = 60
"""Most characters of a value that is shown."""

Named = Callable[[str], str]

_LABELS = {
    "feasible": "the rules",
    "status_quo": "the status quo",
    "no_deal": "no deal",
    "as_of": "the date",
    "title": "the title",
    "question": "the question",
    "only": "which states count",
    "coalitions": "the coalitions",
    "language": "the language",
}
_FIELDS = {
    "by": "who controls it",
    "values": "its values",
    "moves": "in which direction it goes",
    "package": "its package",
    "wants": "what it asks for",
    "at": "its place in the report",
    "report": "its words in the report",
    "says": "what it asserts",
    "within": "the claim that it is said inside of",
    "kind": "its kind",
    "of": "whose constituency it is",
    "sha256": "the file itself",
    "ranking": "the ranking",
    "reservation": "what no deal is worth",
    "delay": "what waiting costs",
}


def told(change: Change, named: Named = str, about: str = "") -> str:
    """A change as a sentence without its full stop.

    Parameters
    ----------
    named
        What a party is called; its id by default.
    about
        What a claim says, where its status or its grade is another: see :func:`quoted`.
    """
    if change.section == "claims":
        return _claim(change, named, f": {about}" if about else "")
    teller = _TELLERS.get(change.section, _plainly)
    return teller(change, named)


def quoted(case: Case, claim: str, most: int = SHOWN) -> str:
    """What a claim says, shortened, and whose report it is in: ``“The Council would …” (CNN)``.

    Empty where the case has no such claim.
    """
    found = case.claims.get(claim)
    if found is None:
        return ""
    report = case.reports.get(found.report)
    source = report.outlet or report.title if report is not None else None
    return f"“{cut(found.says, most)}”" + (f" ({source})" if source else "")


def _claim(change: Change, _named: Named, about: str = "") -> str:
    id_ = change.subject
    if change.kind == "new" and isinstance(change.after, Claim):
        return f"{id_} is new: {cut(change.after.says, SHOWN)}"
    if change.kind == "gone" and isinstance(change.before, Claim):
        return f"{id_} is gone: {cut(change.before.says, SHOWN)}"
    if change.aspect == "status":
        return f"{id_}{about} is {_of(change.after, 'status')} now, was {_of(change.before, 'status')}"
    if change.aspect == "grade":
        return f"{id_}{about} is graded {_of(change.after, 'grade')} now, was {_of(change.before, 'grade')}"
    return _plainly(change, _named)


def _source(change: Change, _named: Named) -> str:
    whole = change.after if change.kind == "new" else change.before
    if change.kind in ("new", "gone") and isinstance(whole, Report):
        words = ", ".join(w for w in (whole.outlet, whole.title, whole.published) if w)
        return f"the report {change.subject} is {change.kind}" + (f": {cut(words, SHOWN)}" if words else "")
    if change.kind in ("new", "gone") and isinstance(whole, Origin):
        return f"the origin {change.subject} is {change.kind}: {whole.words or whole.name or whole.kind}"
    what = {"register": "the register's entry"}.get(change.section, change.section.rstrip("s"))
    return _plainly(change, _named, f"the {what.removeprefix('the ')} {change.subject}")


def _preference(change: Change, named: Named) -> str:
    who = named(change.subject)
    where = (change.new or change.old).split(".")
    part = where[2] if len(where) > 2 else ""
    if not part and change.kind in ("new", "gone"):
        return f"{who}: what it wants is {'stated now' if change.kind == 'new' else 'no longer stated'}"
    if part in ("priorities", "never", "also"):
        return f"{who}: {_in_list(change)}"
    if part == "worth" and len(where) > 3:
        return f"{who}: other worths of {where[3]}" + (
            f" ({change.kind})" if change.kind != "changed" else ""
        )
    if change.aspect == "priorities":
        old, new = (
            next((_FORMS[name] for name in _FORMS if side[name] is not None), "nothing")
            for side in (change.before, change.after)
        )
        return f"{who}: {new} {'say' if new in _PLURAL else 'says'} what it wants now, instead of {old}"
    return _plainly(change, named, who)


_FORMS = {"priorities": "priorities", "ranking": "a ranking", "worth": "worths", "table": "a table of worths"}
_PLURAL = ("priorities", "worths")


def _in_list(change: Change) -> str:
    """What happened to a member of a list: a line, a red line, a rule, a term."""
    old, new = line_number(change.old), line_number(change.new)
    what = _kind_of(change)
    if isinstance(change.before, dict):
        line = change.after[""]
        return _about_line(change, f"{what} {new}", _words(line))
    members = change.after if change.kind != "gone" else change.before
    quoted = " and ".join(f"'{cut(_words(m), SHOWN)}'" for m in members)
    if change.kind == "new":
        return f"new {what} {new}: {quoted}"
    if change.kind == "gone":
        return f"{what} {old} is gone: {quoted}"
    if change.aspect == "order":
        known = "no longer known" if "." in new else "known now"
        if len(members) > 1:
            return f"the order of {quoted} is {known}"
        return f"the order of {quoted} against the lines beside it is {known}"
    return f"{quoted} moved from {what} {old} to {what} {new}"


def _about_line(change: Change, where: str, words: str) -> str:
    shown = f"{where} ('{cut(words, SHOWN)}')"
    before, after = ({k: v for k, v in side.items() if k} for side in (change.before, change.after))
    if change.aspect in ("want", "rule", "if_"):
        (one,), (other,) = before.values(), after.values()
        return f"{where} now says '{cut(other, SHOWN)}' instead of '{cut(one, SHOWN)}'"
    if change.aspect == "unsure":
        return f"{shown} is {'unsure now' if after['unsure'] else 'no longer marked unsure'}"
    if change.aspect == "grounds":
        return f"{shown} {_grounds(before, after)}"
    return f"{shown}: {change.aspect} is {_shown(next(iter(after.values())))} now"


def _grounds(before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    """What something stands on now that it did not, and what it did and does not now."""
    old, new = _ground_names(before), _ground_names(after)
    came = ", ".join(g for g in new if g not in old)
    went = ", ".join(g for g in old if g not in new)
    if came and went:
        return f"stands on {came} now instead of {went}"
    if came:
        return f"stands on {came} now" + (" too" if old else "")
    if went:
        return f"no longer stands on {went}" + ("" if new else ", so on an assumption")
    return "stands on an assumption put differently"


def _ground_names(grounds: Mapping[str, Any]) -> list[str]:
    assumed = grounds.get("assumed")
    said = [] if assumed is None else [assumed.id or f"the assumption '{cut(assumed.says, 40)}'"]
    return [*grounds.get("because", ()), *said]


def _rule(change: Change, _named: Named) -> str:
    return _in_list(change)


def _relation(change: Change, named: Named) -> str:
    if isinstance(change.before, dict):
        link = change.after[""]
        what = f"{link.kind} of {named(link.from_)} to {named(link.to)}"
        inner = ({k: v for k, v in side.items() if k} for side in (change.before, change.after))
        return (
            f"{what} {_grounds(*inner)}" if change.aspect == "grounds" else f"{what}: {change.aspect} changed"
        )
    links = change.after if change.kind != "gone" else change.before
    words = " and ".join(f"{named(r.from_)} to {named(r.to)}, {r.kind}" for r in links)
    return f"{'another place of a' if change.kind == 'moved' else change.kind} relation: {words}"


def _item(change: Change, named: Named) -> str:
    """A proposal, an issue, a party, an event, or another part with an id."""
    what = {"parties": "party", "terms": "guarantee or inducement"}.get(
        change.section, change.section.rstrip("s")
    )
    if change.aspect == "order":
        return f"the {change.section} stand in another order"
    name = named(change.subject) if change.section == "parties" else change.subject
    if change.section == "positions":
        return _position(change, named)
    if change.kind in ("new", "gone") and not change.aspect:
        whole = change.after if change.kind == "new" else change.before
        return f"the {what} {name} is {change.kind}{_beside(whole)}"
    return _plainly(change, named, f"the {what} {name}")


def _position(change: Change, named: Named) -> str:
    where = (change.new or change.old).split(".")
    issue = where[2] if len(where) > 2 else ""
    who = f"{named(change.subject)} on {issue}" if issue else f"the positions of {named(change.subject)}"
    if change.kind in ("new", "gone") and not change.aspect:
        return f"{who}: {'a position is' if issue else 'are'} {change.kind}"
    return _plainly(change, named, who)


def _beside(whole: Any) -> str:
    package = getattr(whole, "package", None)
    if package is not None:
        return f": {cut(_shown(package), SHOWN)}"
    what = getattr(whole, "what", None) or getattr(whole, "about", None)
    return f": {cut(what, SHOWN)}" if isinstance(what, str) else ""


def _plainly(change: Change, _named: Named, who: str = "") -> str:
    who = who or change.subject or _LABELS.get(change.section, change.section)
    if change.kind in ("new", "gone") and not isinstance(change.before, dict):
        value = change.after if change.kind == "new" else change.before
        verb = "is now" if change.kind == "new" else "is no longer given, was"
        return f"{who} {verb} {_shown(value)}"
    if change.aspect == "grounds":
        return f"{who} {_grounds(change.before, change.after)}"
    if change.aspect == "unsure":
        return f"{who} is {'unsure now' if change.after['unsure'] else 'no longer marked unsure'}"
    if isinstance(change.before, dict) and isinstance(change.after, dict) and change.aspect:
        old, new = (_shown(_first(side)) for side in (change.before, change.after))
        what = _FIELDS.get(change.aspect, change.aspect.replace("_", " "))
        if change.aspect == "state":
            return f"{who} is now {new}, was {old}"
        return f"{who}: {what} is now {new}, was {old}"
    return f"{who} is now {_shown(change.after)}, was {_shown(change.before)}"


def _of(side: Mapping[str, Any], name: str) -> str:
    return str(side[name])


def _first(side: Mapping[str, Any]) -> Any:
    """Of fields that change together, the one that says most."""
    shown = [value for name, value in side.items() if name in ("quote", "package", "values")]
    return shown[0] if shown else next((v for v in side.values() if v is not None), None)


def _shown(value: Any) -> str:
    if value is None or value == () or value == {}:
        return "not given"
    plain = to_plain(value)
    return cut(plain if isinstance(plain, str) else flow(plain).strip("{}[]"), SHOWN)


def line_number(place: str) -> str:
    """The number of a line from its place: ``3``, or ``2.1`` in an ``either`` group."""
    return ".".join(step for step in place.split(".") if step.isdigit())


def _kind_of(change: Change) -> str:
    part = (change.new or change.old).split(".")
    return (
        "red line"
        if "never" in part
        else "term"
        if "also" in part
        else "rule"
        if part[0] == "feasible"
        else "line"
    )


def _words(node: Any) -> str:
    if isinstance(node, Line):
        return node.want
    if isinstance(node, RedLine | Rule):
        return node.rule
    if isinstance(node, Term):
        return f"{node.worth} if {node.if_}"
    return _shown(node)


def in_a_line(sentences: Sequence[str]) -> str:
    """Several sentences as one, for a cell of a table.

    Examples
    --------
    >>> in_a_line(["c5 is gone", "c6 is new"])
    'c5 is gone; c6 is new'
    """
    return "; ".join(sentences)


_TELLERS: Mapping[str, Callable[[Change, Named], str]] = {
    "reports": _source,
    "origins": _source,
    "register": _source,
    "preferences": _preference,
    "feasible": _rule,
    "relations": _relation,
    **dict.fromkeys(
        ("parties", "issues", "proposals", "terms", "positions", "judgements", "events", "states"), _item
    ),
}
