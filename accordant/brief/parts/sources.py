"""Sources: reports, claims by their origin with the exact words, what is out, parity, assumptions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from accordant.brief import words
from accordant.brief.context import Context
from accordant.brief.document import (
    Basis,
    Block,
    Cell,
    Definition,
    Definitions,
    Paragraph,
    Rich,
    Row,
    Said,
    Section,
    Source,
    SourceList,
    Table,
    Text,
    joined,
    muted,
    rich,
)
from accordant.brief.parts import ageing, vouching
from accordant.case.sources import Claim, Origin, Report
from accordant.case.wording import listed


def section(context: Context) -> Section:
    """The summary, parity, reports, then every claim under its origin."""
    blocks: list[Block] = [Paragraph("sources-say", _summary(context))]
    if (aged := ageing.paragraph(context)) is not None:
        blocks.append(aged)
    blocks.append(parity(context))
    if context.case.reports:
        blocks.append(_reports(context))
    blocks += vouching.blocks(context)
    inner = [_standing(context)] if context.groups else []
    if context.out:
        inner.append(_out(context))
    return Section("sources", rich("Sources"), tuple(blocks), tuple(inner))


# Summary and parity


def _summary(context: Context) -> Rich:
    case = context.case
    if not case.claims:
        return rich("The case rests on no claims: everything in it is assumed.")
    standing = [c for c in case.claims if context.standing[c].stands]
    origins = context.origins_behind(standing)
    reports = list(case.reports)
    unnamed = [o for o in origins if o in case.origins and case.origins[o].unnamed]
    rewrites = [r for r in reports if case.reports[r].original]
    unjudged = [c for c in standing if case.claims[c].grade == "F6"]
    text = rich(
        f"{words.upper_first(words.counted(len(case.claims), 'claim'))} from "
        f"{words.counted(len(reports), 'report')}, going back to "
        f"{words.counted(len(origins), 'origin')}; "
        "corroboration counts origins, never pages. ",
        f"{words.upper_first(words.counted(len(unnamed), 'origin'))} "
        f"{'is' if len(unnamed) == 1 else 'are'} unnamed. ",
    )
    if rewrites:
        text = rich(
            text,
            f"{words.upper_first(words.counted(len(rewrites), 'report'))} ",
            "retells another outlet’s story and adds no origin for it. "
            if len(rewrites) == 1
            else "retell another outlet’s story and add no origin for it. ",
        )
    if unjudged:
        text = rich(
            text,
            f"For {len(unjudged)} of the {len(standing)} claims that count neither the source nor the item "
            "can be judged (F6); that means unknown, not worst. ",
        )
    return text


def parity(context: Context) -> Table:
    """Claims per party, and per side of the sourcing: who speaks, and about whom."""
    case = context.case
    standing = [c for c in case.claims if context.standing[c].stands]
    about = Counter(case.claims[c].by or "" for c in standing)
    sides = Counter(_side(context, case.claims[c]) for c in standing)
    parties = [p for p, party in case.parties.items() if party.role == "party" or about[p] or sides[p]]
    rows = [
        Row(
            "",
            (
                Cell(rich(context.party(p))),
                Cell(rich(str(sides[p]))),
                Cell(rich(str(about[p]))),
                Cell(rich(str(_own(context, standing, p)))),
            ),
        )
        for p in parties
    ]
    elsewhere = sum(n for side, n in sides.items() if side not in parties)
    nobody = sum(n for by, n in about.items() if by not in parties)
    rows.append(
        Row(
            "",
            (
                Cell(rich("No side, or not known")),
                Cell(rich(str(elsewhere))),
                Cell(rich(str(nobody))),
                Cell(rich(Text("–", "muted"))),
            ),
        )
    )
    columns = (
        "Party",
        "Claims from its side",
        "Claims about what it does or holds",
        "Of those, from its own side",
    )
    return Table(
        "parity", rich(_parity_finding(context, sides, parties)), tuple(rich(c) for c in columns), tuple(rows)
    )


def _parity_finding(context: Context, sides: Counter[str], parties: list[str]) -> str:
    core = [p for p in parties if context.case.parties[p].role == "party"]
    silent = [context.case.party_name(p) for p in core if not sides[p]]
    if not context.case.claims or not silent or context.withheld:
        return "Parity: how many claims come from each side, and are about it"
    return f"Parity: no claim comes from the side of {listed(silent, 'or')}"


def _side(context: Context, claim: Claim) -> str:
    origin = context.case.origins.get(claim.origin or "")
    return (origin.side or "") if origin else ""


def _own(context: Context, standing: Sequence[str], party: str) -> int:
    claims = (context.case.claims[c] for c in standing)
    return sum(claim.by == party and _side(context, claim) == party for claim in claims)


# Reports


def _reports(context: Context) -> Table:
    rows = tuple(_report(context, id_, report) for id_, report in context.case.reports.items())
    columns = ("Report", "Outlet", "Date", "Rewrite of", "Claims", "Check sum (SHA-256)")
    return Table("reports", rich("Reports"), tuple(rich(c) for c in columns), rows, wide=True)


def _report(context: Context, id_: str, report: Report) -> Row:
    claims = tuple(c for c, claim in context.case.claims.items() if claim.report == id_)
    row = context.ids("report", id_)
    lang = report.language or ""
    original = _report_ref(context, report.original) if report.original else rich(Text("–", "muted"))
    dates = [
        f"{word} {when}"
        for word, when in (("published", report.published), ("retrieved", report.retrieved))
        if when
    ]
    author = rich("\n", "by ", words.said(context.case, report.author)) if report.author else ()
    address = rich("\n", Said(report.address, style="muted")) if report.address else ()
    note = rich("\n", muted(context.note(report.note))) if report.note else ()
    cells = (
        Cell(rich(Said(report.title or id_, _foreign(lang)), author, address, note)),
        Cell(rich(words.said(context.case, report.outlet)) if report.outlet else rich("not known")),
        Cell(joined([rich(d) for d in dates], "\n") or rich("not known")),
        Cell(original),
        Cell(context.grounds(claims)),
        Cell(rich(Text(report.sha256[:12] + "…", "code"))),
    )
    return Row(row, cells)


def _foreign(lang: str) -> str:
    return "" if lang.split("-")[0].lower() == "en" else lang


def _report_ref(context: Context, id_: str) -> Rich:
    from accordant.brief.document import Ref

    report = context.case.reports.get(id_)
    if report is None:
        return rich("another report")
    return rich(
        Ref(context.ids("report", id_), (Said(report.title or id_, _foreign(report.language or "")),))
    )


# Claims


def _standing(context: Context) -> Section:
    lists = tuple(_origin(context, origin, claims) for origin, claims in context.groups.items())
    return Section("claims", rich("Claims that count, by origin"), lists)


def _origin(context: Context, id_: str, claims: tuple[str, ...]) -> SourceList:
    origin = context.case.origins.get(id_)
    title = rich(context.origin_words(id_)) if origin else rich("No origin given")
    entries = tuple(_source(context, c) for c in claims)
    return SourceList(context.ids("origin", id_), title, _descriptor(context, origin), entries)


def _descriptor(context: Context, origin: Origin | None) -> Rich:
    if origin is None:
        return rich("Nobody is said to have said it.")
    case = context.case
    facts: list[Rich] = [rich(vouching.kind_in_words(origin))]
    if origin.count and origin.count > 1:
        facts.append(rich(f"{words.number(origin.count)} people together, one origin"))
    if origin.words and origin.name:
        facts.append(rich("described as “", words.said(case, origin.words), "”"))
    side = origin.side if origin.side and origin.side != "none" else ""
    facts.append(
        rich("on the side of ", context.party(side))
        if side in case.parties
        else rich("side not known or none")
    )
    if origin.outlet:
        facts.append(rich("reached ", words.said(case, origin.outlet)))
    note = rich(" ", context.note(origin.note)) if origin.note else ()
    head = joined(facts, "; ")
    return rich(
        Text(words.upper_first(head[0].text)) if isinstance(head[0], Text) else head[0], head[1:], ".", note
    )


def _source(context: Context, id_: str) -> Source:
    claim = context.case.claims[id_]
    anchor, label = context.ids("claim", id_), context.labels[id_]
    out = () if context.standing[id_].stands else _reason(context, id_)
    report = context.case.reports.get(claim.report)
    quote = Said(claim.quote, _foreign((report.language if report else None) or ""))
    says = rich(words.said(context.case, claim.says))
    return Source(anchor, label, says, quote, "", tuple(_facts(context, id_, claim)), out)


def _kind(claim: Claim) -> Basis:
    kind = claim.kind.replace("-", " ")
    return Basis(
        "Kind",
        rich(f"{kind}; {'no attribution' if claim.attribution == 'unattributed' else claim.attribution}"),
    )


def _facts(context: Context, id_: str, claim: Claim) -> list[Basis]:
    case = context.case
    start, end = claim.at
    facts = [Basis("Where", rich(_report_ref(context, claim.report), f", characters {start:,} to {end:,}"))]
    dates = [
        f"{word} {when}"
        for word, when in (
            ("happened", claim.event),
            ("reported", claim.reported),
            ("entered", claim.entered),
        )
        if when
    ]
    if dates:
        facts.append(Basis("When", rich("; ".join(dates))))
    facts.append(_kind(claim))
    if claim.by:
        facts.append(Basis("About", rich(context.party(claim.by))))
    if claim.within is not None:
        facts.append(Basis("Said inside", rich(context.ground(claim.within))))
    against = [c for c in case.claims if id_ in case.claims[c].contradicts or c in claim.contradicts]
    if against:
        facts.append(Basis("Contradicts or is contradicted by", context.grounds(against)))
    facts.append(Basis("Grade", rich(words.grade(claim.grade))))
    if claim.graded_because:
        facts.append(Basis("Graded so because", rich(context.note(claim.graded_because))))
    if claim.status != "open" or claim.handling != "public":
        facts.append(Basis("Status and handling", rich(f"{claim.status}; {claim.handling}")))
    facts.append(_used(context, id_))
    if claim.note:
        facts.append(Basis("Remark", rich(context.note(claim.note))))
    return facts


def _used(context: Context, id_: str) -> Basis:
    used = [e for e in context.elements.values() if id_ in e.grounds]
    if not used:
        return Basis("Carries", rich("nothing that an answer depends on"))
    return Basis("Carries", joined([_on(context, e.id) for e in used], "; "))


def _on(context: Context, element: str) -> Rich:
    subject = context.elements[element].subject
    who = rich(context.party(subject), ": ") if subject in context.case.parties else ()
    return rich(who, context.element(element))


# What is out


def _out(context: Context) -> Section:
    entries = tuple(_source(context, c) for c in context.out)
    note = rich("Nothing rests on these. They are kept so that the reader sees what was set aside, and why.")
    listed = SourceList("claims-out-list", rich("Set aside"), note, entries)
    return Section("claims-out", rich("Claims that are out"), (listed,))


def _reason(context: Context, id_: str) -> Rich:
    """Why a claim does not count; claims named in the reason become links."""
    pieces: list[Rich] = []
    reason = context.standing[id_].reason
    for word in reason.split(" "):
        bare = word.rstrip(",")
        pieces.append(
            rich(context.ground(bare), word[len(bare) :]) if bare in context.case.claims else rich(word)
        )
    return joined(pieces, " ")


# Assumptions


def assumptions(context: Context) -> Section:
    """What is assumed: said in so many words, and implied by giving no ground."""
    stated = [a for a, made in context.assumptions.items() if made.stated]
    implicit = [a for a, made in context.assumptions.items() if not made.stated]
    blocks: list[Block] = [
        Paragraph(
            "assumptions-say",
            rich(
                f"{words.upper_first(words.counted(len(stated), 'assumption'))} "
                f"{'is' if len(stated) == 1 else 'are'} stated; ",
                _without_ground(len(implicit)),
                "Each can be taken away like a claim.",
            ),
        )
    ]
    if stated:
        blocks.append(Definitions("assumptions-stated", tuple(_assumption(context, a) for a in stated)))
    inner: tuple[Section, ...] = ()
    if implicit:
        listed = Definitions("assumptions-implicit-list", tuple(_assumption(context, a) for a in implicit))
        inner = (Section("assumptions-implicit", rich("Implied: no ground is given"), (listed,)),)
    return Section("assumptions", rich("Assumptions"), tuple(blocks), inner)


def _assumption(context: Context, id_: str) -> Definition:
    made = context.assumptions[id_]
    on = joined([_on(context, e) for e in made.elements], "; ")
    says = words.said(context.case, made.says) if made.stated else None
    term = rich(Text(f"[{context.labels[id_]}] ", "strong"), says if says else on)
    return Definition(
        context.ids("assumption", id_), term, rich("Carries: ", on) if says else rich("No ground is given.")
    )


def _without_ground(count: int) -> str:
    if count == 0:
        return "every part of the case gives a ground. "
    gives = "gives none and so counts" if count == 1 else "give none and so count"
    return f"{words.counted(count, 'part')} of the case {gives} as assumed too. "
