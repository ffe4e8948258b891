"""From a case to Genius XML files."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

from accordant.case.ranges import shortest
from accordant.exchange.formats import Exported, Scale, Told
from accordant.exchange.ids import ids
from accordant.exchange.normal import Digits, Normal, normal
from accordant.exchange.outgoing import Asked, Outgoing, Wants, outgoing
from accordant.exchange.xml_text import UNSAYABLE

if TYPE_CHECKING:
    from accordant.opened import OpenCase

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
DOMAIN = "domain"


def exported(opened: OpenCase, scale: Scale) -> Exported:
    """A case as a domain file and a profile for each party.

    Raises
    ------
    CaseError
        With every reason why the format cannot say it, and its place in the case.
    """
    made = outgoing(opened, "Genius")
    _names(made)
    if any(f.severity == "error" for f in made.say.all):
        made.finish()
    if not all(one.additive for one in made.parties):
        from accordant.exchange.genius_boxes import boxed

        return boxed(made, scale)
    digits = Digits()
    pairs = [normal(one, made, scale) for one in made.parties]
    kinds = {asked.id: _kind(asked, made, scale) for asked in made.issues}
    _said(made, kinds, pairs, scale)
    files = {f"{DOMAIN}.xml": domain(made, kinds)}
    for one, stem, (numbers, _) in zip(made.parties, stems(made), pairs, strict=True):
        files[f"{stem}.xml"] = _profile(made, one, numbers, kinds, digits)
    digits.warn(made)
    told = (
        Told("scale", scale, "worths as written" if scale == "file" else "0 to 1", False),
        *(t for _, t in pairs),
    )
    content = {name: (HEAD + text).encode() for name, text in files.items()}
    return Exported(content, made.finish(), made.names(), told, scale)


def stems(made: Outgoing, *taken: str) -> tuple[str, ...]:
    """What the file of each party is called, without its ending."""
    return ids((one.id for one in made.parties), "party", (DOMAIN, *taken))


def _names(made: Outgoing) -> None:
    """XML holds no control characters, not even written as numbers."""
    for asked in made.issues:
        for text in (asked.name, *asked.values):
            if UNSAYABLE.search(text):
                made.say.error(
                    ("issues", asked.id), "holds a sign that XML cannot hold", found=repr(text), on_key=True
                )


def _kind(asked: Asked, made: Outgoing, scale: Scale) -> str:
    """Numeric issues stay numbers where everybody's worths are one straight line; otherwise names.

    Programs differ in where they count whole-number issues from, so that only those from 0 stay so.
    """
    given = asked.issue.range
    straight = all(len(one.lines.get(asked.id, ())) == 2 for one in made.parties)
    if given is None or not straight or scale == "file":
        return "discrete"
    if asked.issue.divisible:
        return "real"
    whole = given.from_ == 0 and given.step == 1
    return "integer" if whole else "discrete"


def _said(made: Outgoing, kinds: dict[str, str], pairs: list[tuple[Normal, Told]], scale: Scale) -> None:
    for asked in made.issues:
        path = ("issues", asked.id)
        if asked.issue.range is not None and kinds[asked.id] == "discrete":
            made.say.warning(path, "its numbers are written as names of values", on_key=True)
        elif kinds[asked.id] == "real":
            message = "is written as a real issue: its steps have no place in the files"
            made.say.warning(path, message, on_key=True)
    for one, (numbers, _) in zip(made.parties, pairs, strict=True):
        below = any(e < 0 for values in numbers.evaluations.values() for e in values.values())
        where = ("preferences", one.id)
        if below:
            made.say.warning(
                where, "has worths below 0, which Genius refuses; --scale genius moves them", on_key=True
            )
        if scale == "file":
            message = "is written as it is: Genius itself divides evaluations by the largest of their issue"
            made.say.warning(where, message, on_key=True)
        if numbers.reservation is not None and scale == "genius" and not 0 <= numbers.reservation <= 1:
            message = "no deal lies outside the worths, so that its reservation is not between 0 and 1"
            made.say.warning(where, message, on_key=True)


def domain(made: Outgoing, kinds: dict[str, str]) -> str:
    """The domain file."""
    body = "".join(
        f"      {line}\n" for k, asked in enumerate(made.issues, 1) for line in _issue(asked, k, kinds)
    )
    return (
        "<negotiation_template>\n"
        f'  <utility_space number_of_issues="{len(made.issues)}">\n'
        f'    <objective index="0" etype="objective" type="objective" description="" '
        f"name={quoteattr(UNSAYABLE.sub('', made.case.title))}>\n{body}"
        "    </objective>\n  </utility_space>\n</negotiation_template>\n"
    )


def _issue(asked: Asked, number: int, kinds: dict[str, str]) -> Iterator[str]:
    kind = kinds[asked.id]
    head = f'<issue index="{number}" name={quoteattr(asked.name)} type="{kind}" etype="{kind}" vtype="{kind}"'
    if kind == "discrete":
        yield f"{head}>"
        for k, value in enumerate(asked.values, 1):
            yield f'  <item index="{k}" value={quoteattr(value)} description=""/>'
        yield "</issue>"
        return
    given = asked.issue.range
    assert given is not None
    ends = f'lowerbound="{shortest(given.from_)}" upperbound="{shortest(given.to)}"'
    yield f"{head} {ends}/>" if kind == "integer" else f"{head}><range {ends}/></issue>"


def _profile(made: Outgoing, one: Wants, numbers: Normal, kinds: dict[str, str], digits: Digits) -> str:
    lines = [
        f'<utility_space number_of_issues="{len(made.issues)}">',
        '  <objective index="0" etype="objective" type="objective" description="" name="any">',
    ]
    for k, asked in enumerate(made.issues, 1):
        lines += (
            f"    {line}"
            for line in _valued(asked, k, numbers.evaluations[asked.id], kinds[asked.id], digits)
        )
    for k, asked in enumerate(made.issues, 1):
        lines.append(f'    <weight index="{k}" value="{digits(numbers.weights[asked.id])}"/>')
    lines.append("  </objective>")
    lines += closing(one, numbers.reservation, digits)
    return "\n".join(lines) + "\n</utility_space>\n"


def closing(one: Wants, reservation: Fraction | None, digits: Digits) -> Iterator[str]:
    """What stands at the end of a profile."""
    yield f'  <discount_factor value="{digits(one.factor) if one.factor is not None else "1.0"}"/>'
    if reservation is not None:
        yield f'  <reservation value="{digits(reservation)}"/>'


def _valued(
    asked: Asked, number: int, evaluations: dict[str, Fraction], kind: str, digits: Digits
) -> Iterator[str]:
    head = f'<issue index="{number}" name={quoteattr(asked.name)} type="{kind}" etype="{kind}" vtype="{kind}"'
    if kind == "discrete":
        yield f"{head}>"
        for k, (value, evaluation) in enumerate(evaluations.items(), 1):
            yield f'  <item index="{k}" value={quoteattr(value)} evaluation="{digits(evaluation)}"/>'
        yield "</issue>"
        return
    given = asked.issue.range
    assert given is not None
    low, high = Fraction(given.from_), Fraction(given.to)
    first, last = evaluations[asked.values[0]], evaluations[asked.values[-1]]
    slope = (last - first) / (high - low)
    ends = f'lowerbound="{shortest(low)}" upperbound="{shortest(high)}"'
    if kind == "integer":
        yield f"{head} {ends}>"
        yield f'  <evaluator ftype="linear" offset="{digits(first)}" slope="{digits(slope)}"/>'
    else:
        yield f"{head}>"
        yield f"  <range {ends}/>"
        offset = digits(first - slope * low)
        yield f'  <evaluator ftype="linear" parameter0="{offset}" parameter1="{digits(slope)}"/>'
    yield "</issue>"
