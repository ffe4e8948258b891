"""How far each open question moves a conclusion: one bar per question, in counts of settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accordant.brief.context import Context
from accordant.brief.document import Cell, Figure, Rich, Row, Table, rich, spoken
from accordant.brief.figures.tornado_chart import Bar, Tornado
from accordant.brief.standing import about, sentence

if TYPE_CHECKING:
    from accordant.reliance.questions import Bar as Moved
    from accordant.reliance.questions import QuestionsResult, Undecided

DRAWN = 8
"""Most bars that are drawn; the table has all."""
FIGURES = 2
"""Most conclusions of which one is drawn."""
_FIRST = ("agreement", "acceptable", "agreement-exists", "holds")


def tornado_figures(context: Context, result: QuestionsResult) -> list[Figure]:
    """For the conclusions that matter most and are moved by something, those about proposals first.

    A single bar has nothing to be compared with: it is drawn only where no conclusion has more.
    """
    bars_of = {u.conclusion: result.tornado(u.conclusion) for u in result.undecided if u.settings}
    moved = [u for u in result.undecided if bars_of.get(u.conclusion)]
    moved.sort(key=lambda u: (_FIRST.index(about(u.conclusion).kind), -len(bars_of[u.conclusion])))
    moved = [u for u in moved if len(bars_of[u.conclusion]) > 1] or moved[:1]
    found: list[Figure] = []
    seen: list[tuple[Moved, ...]] = []
    for u in moved:
        bars = bars_of[u.conclusion]
        if bars not in seen and len(found) < FIGURES:
            seen.append(bars)
            found.append(_figure(context, result, u, bars))
    return found


def _figure(context: Context, result: QuestionsResult, open_: Undecided, moved: tuple[Moved, ...]) -> Figure:
    assert open_.settings is not None
    id_ = context.ids("tornado", open_.conclusion)
    bars = tuple(_bar(context, result, bar) for bar in moved[:DRAWN])
    held, of = open_.settings
    note = (
        "The scale runs from none of the settings that an answer leaves to all of them; the broken line is "
        "where the count stands before anything is asked. Counts are of settings, not of chances."
    )
    if len(moved) > DRAWN:
        note += f" Drawn are the first {DRAWN} of {len(moved)} questions."
    return Figure(
        id_,
        _finding(context, result, open_, moved),
        "One bar for each open question, from the lowest to the highest count of settings that an answer "
        "leads to, the longest on top; the answers stand below the ends. The table has the same in words.",
        Tornado(bars, held / of, f"{held} of {of}"),
        _table(context, result, open_, moved, f"{id_}-table"),
        rich(note),
    )


def _bar(context: Context, result: QuestionsResult, bar: Moved) -> Bar:
    # Names are set apart one by one: a sentence of mixed scripts as a whole would turn round.
    return Bar(
        spoken(context.sentence(result[bar.question].asks)),
        bar.low[0] / bar.low[1],
        "{} of {}".format(*bar.low),
        spoken(context.sentence(result.answer(bar.question, bar.low_answer).says)),
        bar.high[0] / bar.high[1],
        "{} of {}".format(*bar.high),
        spoken(context.sentence(result.answer(bar.question, bar.high_answer).says)),
    )


def _finding(context: Context, result: QuestionsResult, open_: Undecided, moved: tuple[Moved, ...]) -> Rich:
    says = sentence(context, open_.conclusion)
    first = moved[0]
    whom = result[first.question].ask
    of = rich(" of ", context.parties(whom)) if whom else ()
    decides = open_.conclusion in result[first.question].decides
    if decides:
        return rich("Whether ", says, ": one question", of, " decides it, whatever the answer")
    ends = "from {} of {} to {} of {} settings".format(*first.low, *first.high)
    return rich("Whether ", says, ": one question", of, f" moves it furthest, {ends}")


def _table(
    context: Context, result: QuestionsResult, open_: Undecided, moved: tuple[Moved, ...], id_: str
) -> Table:
    rows = tuple(
        Row(
            "",
            (
                Cell(context.sentence(result[bar.question].asks)),
                Cell(rich("{} of {}".format(*bar.low))),
                Cell(context.sentence(result.answer(bar.question, bar.low_answer).says)),
                Cell(rich("{} of {}".format(*bar.high))),
                Cell(context.sentence(result.answer(bar.question, bar.high_answer).says)),
            ),
        )
        for bar in moved
    )
    columns = ("Question", "Lowest", "If the answer is", "Highest", "If it is")
    title = rich("In how many settings left: ", sentence(context, open_.conclusion))
    return Table(id_, title, tuple(rich(c) for c in columns), rows, fold=True)
