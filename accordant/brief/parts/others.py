"""What others judge, beside the model's answer; what happened; who talks to whom."""

from __future__ import annotations

from accordant.brief import words
from accordant.brief.context import Context
from accordant.brief.document import Block, Cell, Paragraph, Ref, Rich, Row, Section, Table, Text, rich
from accordant.brief.figures.timeline import in_brief
from accordant.brief.standing import about, find, rest_target, sentence, standing
from accordant.case.objects import Judgement
from accordant.case.yardsticks import YARDSTICKS
from accordant.evidence.timeline import timeline


def judgements(context: Context) -> Section | None:
    """Judgements of reporters and analysts, in their own words."""
    told = context.case.judgements
    if not told:
        return None
    ended = any(judged.outcome for judged in told.values())
    heads = ("Who judges", "About", "Likelihood, in their word", "Model’s answer")
    columns = tuple(rich(c) for c in (*heads, *(("What came of it",) if ended else ()), "From"))
    rows = tuple(_row(context, id_, judged, ended) for id_, judged in told.items())
    blocks: list[Block] = [
        Paragraph(
            "others-say",
            rich(
                "A likelihood is the judge’s own word, unchanged. The model gives none: it counts the "
                "admissible settings in "
                "which a conclusion is true."
            ),
        )
    ]
    blocks.append(
        Table(
            "others-table", rich("Judgements of others, beside the model’s answer"), columns, rows, wide=True
        )
    )
    if any(judged.band for judged in told.values()):
        blocks.append(_yardstick(context))
    confident = {id_: j for id_, j in told.items() if j.confidence}
    if confident:
        # Likelihood and confidence never stand in one sentence, nor in one row.
        rows = tuple(_confidence(context, j) for j in confident.values())
        columns = tuple(rich(c) for c in ("Who judges", "About", "Confidence in the basis"))
        title = rich("How firm its basis is, in the same judges’ view")
        blocks.append(Table("others-confidence", title, columns, rows))
    return Section("others", rich("Judgements of others"), tuple(blocks))


def _yardstick(context: Context) -> Table:
    """The one yardstick of the document, with the words that were put on it."""
    yardstick = YARDSTICKS[context.case.yardstick]
    columns = tuple(rich(c) for c in ("Term", "Also", "Stands for"))
    steps = [(b.term, ", ".join(b.others), f"{b.low} to {b.high} in 100") for b in yardstick.bands]
    rows = tuple(Row("", tuple(Cell(rich(part)) for part in step)) for step in steps)
    title = rich(f"The yardstick for likelihoods: {yardstick.name}")
    return Table("others-yardstick", title, columns, rows, key=rich(f"{yardstick.source}."))


def _row(context: Context, id_: str, judged: Judgement, ended: bool) -> Row:
    said = words.said(context.case, judged.by)
    word: Rich = rich(Text("none given", "muted"))
    if judged.likelihood:
        word = rich("“", words.said(context.case, judged.likelihood), "”")
    if judged.band:
        word = rich(word, f"\non the yardstick: {judged.band}")
    note = rich("\n", context.note(judged.note)) if judged.note else ()
    cells = (
        Cell(rich(said)),
        Cell(_about(context, judged)),
        Cell(word),
        Cell(_answer(context, judged.about)),
        *((Cell(_outcome(context, judged)),) if ended else ()),
        Cell(rich(context.grounds(judged.because) or Text("no claim", "muted"), note)),
    )
    return Row(context.ids("judged", id_), cells)


def _confidence(context: Context, judged: Judgement) -> Row:
    cells = (
        rich(words.said(context.case, judged.by)),
        _about(context, judged),
        rich(judged.confidence or ""),
    )
    return Row("", tuple(Cell(c) for c in cells))


def _about(context: Context, judged: Judgement) -> Rich:
    if judged.question is not None or judged.about is None:
        return rich(words.said(context.case, judged.question or ""))
    known = about(judged.about)
    if known.kind in ("acceptable", "agreement", "agreement-exists", "holds"):
        return sentence(context, judged.about)
    return rich(words.said(context.case, judged.about))


def _outcome(context: Context, judged: Judgement) -> Rich:
    outcome = judged.outcome
    if outcome is None:
        return rich(Text("open", "muted"))
    dated = f" ({outcome.date})" if outcome.date else ""
    said = rich("\n", words.said(context.case, outcome.says)) if outcome.says else ()
    return rich({"yes": "Came true", "no": "Did not", "void": "Cannot be told"}[outcome.came] + dated, said)


def _answer(context: Context, conclusion: str | None) -> Rich:
    if conclusion is None:
        return rich(Text("not asked of the model", "muted"))
    found = find(context, conclusion)
    if found is None:
        return rich("not examined")
    said = words.upper_first(standing(found.status, found.settings))
    return rich(Ref(rest_target(context, conclusion), (Text(said),)))


def events(context: Context) -> Section | None:
    """What happened between the parties, by date."""
    made = in_brief(timeline(context.case, context.handling), context)
    return Section("events", rich("What has happened"), (made,)) if made is not None else None


def relations(context: Context) -> Table | None:
    """Who talks to whom, presses whom, stands by whom."""
    case = context.case
    if not case.relations:
        return None
    rows = tuple(
        Row(
            "",
            (
                Cell(rich(context.party(r.from_))),
                Cell(rich(words.said(case, r.kind))),
                Cell(rich(context.party(r.to))),
                Cell(context.grounds(r.because) or rich(Text("assumed", "emphasis"))),
            ),
        )
        for r in case.relations
    )
    columns = tuple(rich(c) for c in ("From", "How", "To", "Known from"))
    return Table("relations", rich("Who talks to whom"), columns, rows, fold=True)
