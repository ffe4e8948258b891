"""Who stands behind the claims: a table of sources that a reader could sign for, and who told whom.

A source that is not named is described as its report describes it, with what is known of its number,
its side and the outlet that vouches for it, and never by more.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from accordant.brief import words
from accordant.brief.context import Context
from accordant.brief.document import Block, Cell, Figure, Rich, Row, Table, Text, joined, rich
from accordant.brief.figures.network import in_brief
from accordant.brief.paper import left_to
from accordant.case.corroboration import Counting
from accordant.case.grounds import origins_of
from accordant.case.sources import Origin
from accordant.case.unnamed import is_pronoun
from accordant.evidence.register import Entered, Known, SourcesResult, sources

_KINDS: dict[str, str] = {
    "named": "named person",
    "role": "holder of an office",
    "institution": "institution",
    "document": "document",
    "described": "not named, described",
    "group": "group",
    "outlet": "outlet in its own voice",
    "unattributed": "not attributed",
}


def kind_in_words(origin: Origin) -> str:
    """What sort of source it is; of a pronoun that nobody resolved, only that.

    Examples
    --------
    >>> kind_in_words(Origin(kind="role", words="the secretary"))
    'holder of an office'
    >>> kind_in_words(Origin(kind="role", words="he"))
    'a pronoun; who is meant is not resolved'
    """
    return "a pronoun; who is meant is not resolved" if is_pronoun(origin) else _KINDS[origin.kind]


def blocks(context: Context) -> list[Block]:
    """The table of sources and the network, where there are claims."""
    case = context.case
    if not case.origins or not case.claims:
        return []
    found = sources(case, context.handling)
    made: list[Block] = list(_tables(context, found))
    network = network_of(context)
    return [*made, network] if network is not None else made


def network_of(context: Context) -> Figure | None:
    """Who told whom, as a figure with its table."""
    if not context.case.reports:
        return None
    network = context.opened.network(restricted=frozenset(context.handling.released))
    return left_to(in_brief(network, context), "accordant network", "lists every step")


FEW = 12
"""Up to so many sources stand in one table, whether anything rests on them or not."""


def _tables(context: Context, found: SourcesResult) -> Iterator[Table]:
    """Sources by what rests on them, most first; those on which nothing rests folded by themselves."""
    only = _unnamed_only(context)
    entries = {e.entry: e for e in found.register}
    weight = _weights(context)
    told = sorted((k for k in found.origins if k.claims), key=lambda k: weight[k.origin], reverse=True)
    bare = [k for k in told if weight[k.origin] == NOTHING]
    shown = told if len(told) <= FEW or len(bare) == len(told) else [k for k in told if k not in bare]
    rows = {k.origin: _row(context, k, entries.get(k.entry or ""), only) for k in told}
    heads = ("Source", "Who vouches", "Reliability", "Claims", "From nobody named")
    columns = tuple(rich(head) for head in heads)
    unnamed = [k for k in told if k.unnamed]
    finding = f"{words.upper_first(words.number(len(unnamed)))} of {words.counted(len(told), 'source')} "
    finding += f"{'is' if len(unnamed) == 1 else 'are'} not named"
    if only:
        rest = "rests" if len(only) == 1 else "rest"
        finding += f"; {words.counted(len(only), 'claim')} {rest} on them alone"
    as_of = f" Reliability is that of the register as of {found.as_of}." if found.as_of and entries else ""
    key = rich(
        "Reliability is judged of the source, not of the claim; F means that it cannot be judged. "
        f"A source that is not named is in no register and stays F.{as_of}"
    )
    first = tuple(rows[k.origin] for k in shown)
    yield Table("sources-table", rich(finding), columns, first, wide=True, key=key)
    if len(shown) < len(told):
        title = f"{words.upper_first(words.counted(len(bare), 'more source'))}, on which no answer rests"
        folded = tuple(rows[k.origin] for k in bare)
        yield Table("sources-table-more", rich(title), columns, folded, wide=True, fold=True)


NOTHING = (0, 0)
"""What rests on a source on which nothing rests."""


def _weights(context: Context) -> dict[str, tuple[int, int]]:
    """For each origin how many answers change without it, and how many parts of the case stand on it."""
    case = context.case
    falls: Counter[str] = Counter()
    for rest in context.rests.conclusions:
        changed = set(rest.falls_without)
        told = {o for c in changed & set(case.claims) for o in origins_of(case, c)}
        falls.update(told | changed)
    stands: Counter[str] = Counter()
    for element in context.elements.values():
        behind = [c for c in element.standing if c in case.claims]
        stands.update({o for c in behind for o in origins_of(case, c)})
    return {o: (falls[o], stands[o]) for o in case.origins}


def _unnamed_only(context: Context) -> frozenset[str]:
    """Claims that count and whose every origin is unnamed."""
    counting = Counting(context.case)
    return frozenset(
        c
        for c in context.case.claims
        if context.standing[c].stands and (n := counting.of(c)).at_most and n.unnamed == n.at_most
    )


def _row(context: Context, known: Known, entry: Entered | None, only: frozenset[str]) -> Row:
    nothing = rich(Text("–", "muted"))
    alone = [c for c in known.claims if c in only]
    cells = (
        Cell(rich(context.origin(known.origin), "\n", Text(_facts(context, known), "muted"))),
        Cell(_vouches(context, known, only)),
        Cell(_reliability(context, known, entry)),
        Cell(context.grounds(known.claims) or nothing),
        Cell(context.grounds(alone) or nothing, mark="unsure" if alone else ""),
    )
    return Row("", cells)


def _facts(context: Context, known: Known) -> str:
    """What sort of source it is, how many people, on which side."""
    facts = [kind_in_words(context.case.origins[known.origin])]
    if known.count and known.count > 1:
        facts.append(f"{words.number(known.count)} people, one source")
    if known.side in context.case.parties:
        facts.append(f"on the side of {context.case.party_name(known.side or '')}")
    elif known.unnamed:
        facts.append("side not said")
    return ", ".join(facts)


def _vouches(context: Context, known: Known, only: frozenset[str]) -> Rich:
    """Who answers for it, as far as the reports say: never that a source spoke in public."""
    case = context.case
    if is_pronoun(case.origins[known.origin]):
        return rich(Text("not known who is meant", "emphasis"))
    if known.kind == "outlet":
        return rich("the outlet itself")
    name = words.said(case, known.outlet) if known.outlet else None
    if known.unnamed:
        return rich(name, " alone") if name else rich(Text("nobody", "emphasis"))
    if all(c in only for c in known.claims):
        return rich(Text("people who are not named", "emphasis"), ", who tell what it says")
    found = rich("named as telling ", name) if name else rich(_VOUCHED.get(known.kind, "named in a report"))
    through = [c for c in known.claims if c in only]
    if not through:
        return found
    some = f"{words.counted(len(through), 'claim')} only through people who are not named: "
    return rich(found, "\n", Text(some, "muted"), context.grounds(through))


_VOUCHED = {"role": "named by its office in a report", "group": "named as a group in a report"}


def _reliability(context: Context, known: Known, entry: Entered | None) -> Rich:
    if entry is None:
        return rich("F", Text(" (not in the register)", "muted"))
    if known.reliability is None:
        return rich(Text("withheld", "muted"))
    lines: list[Rich] = [rich(known.reliability)]
    for start, grade, reason in entry.over_time:
        since = f"{grade} since {start}: " if start else f"{grade}: " if len(entry.over_time) > 1 else ""
        lines.append(rich(Text(since, "muted"), context.note(reason)))
    return joined(lines, "\n")
