"""Method, limits, what the model takes as given, version and digest."""

from __future__ import annotations

from accordant.brief import words
from accordant.brief.context import Context
from accordant.brief.document import (
    Bullets,
    Cell,
    Definition,
    Definitions,
    Paragraph,
    Rich,
    Row,
    Section,
    Table,
    Text,
    joined,
    rich,
)
from accordant.brief.parts.parties import element_mark, ground_word
from accordant.tables import Method
from accordant.version import __version__

RESTS_ON = "Rests on"
_TERMS = (
    (
        "setting",
        "Admissible setting",
        "One way in which everything unsure turns out: each unsure line counts or does "
        "not, lines of unknown order stand in some order. Counts are of settings over all parties "
        "together; they are "
        "not probabilities.",
    ),
    ("term-state", "State", "One value for every issue, permitted by the rules."),
    (
        "term-acceptable",
        "Acceptable",
        "A party weakly prefers the state to no deal, and no red line newly refuses it; a "
        "constituency may veto for its party.",
    ),
    (
        "term-agreement",
        "Agreement",
        "A state that every party accepts and at least one strictly prefers to no deal.",
    ),
    ("term-holds", "Holds", "Every party with moves is stable there, under the concept that is named."),
    (
        "term-rests",
        "Rests on",
        "The claims, origins and assumptions without which a conclusion no longer follows. What "
        "loses its last ground becomes unsure, and every conclusion is checked both ways.",
    ),
    (
        "term-origin",
        "Origin",
        "Where a claim first comes from; people who speak together are one origin, and a page that "
        "retells another adds none.",
    ),
    (
        "term-grade",
        "Grade",
        "The source (A to F) and the item (1 to 6), judged apart. F and 6 mean that it cannot be "
        "judged, not that it is worst.",
    ),
)

_STAYS = {
    "nash": "if no move of its own leads to a state that it prefers",
    "gmr": "if each such move can be answered by the others, at whatever cost to them, so that it ends no "
    "better off than where it began",
    "smr": "if, besides, no further move of its own would then make it better off",
    "seq": "as under GMR, but where the others answer only with moves that are improvements for whoever "
    "makes them",
    "sseq": "if that is so and no further move of its own would then help it",
}
"""The concepts as one sentence after the other tells them; the brief has each definition by itself."""


def section(context: Context) -> Section:
    """Concepts, what is given, limits, and how to repeat it."""
    terms = tuple(Definition(id_, rich(term), rich(says)) for id_, term, says in _TERMS)
    inner = [
        Section("concepts", rich("When an outcome holds"), (concepts(context),)),
        Section("terms", rich("Words used here"), (Definitions("term-list", terms),)),
        Section("given", rich("What the model takes as given"), (_given(context),)),
        Section("limits", rich("Limits"), (Bullets("limit-list", tuple(limits(context))),)),
        Section("repeat", rich("How to check it"), (Definitions("repeat-list", _repeat(context)),)),
    ]
    note = context.note(context.case.note) if context.case.note else None
    about = (Paragraph("case-note", rich(Text("About this case. ", "strong"), note)),) if note else ()
    return Section("method", rich("Method and limits"), about, tuple(inner))


def concepts(context: Context) -> Definitions:
    """The solution concepts that were asked, each in a sentence."""
    entries = tuple(
        Definition(
            context.ids("concept", c),
            rich(words.upper_first(words.concept_in_full(c))),
            rich(words.CONCEPTS[c][2]),
        )
        for c in context.stability.concepts
        if c in words.CONCEPTS
    )
    return Definitions("concept-list", entries)


def concepts_in_short(context: Context) -> Paragraph:
    """The same in one sentence, for documents of a page or two."""
    names = [name for name in context.stability.concepts if name in _STAYS]
    told = [rich("under ", Text(words.concept(name), "strong"), f" {_STAYS[name]}") for name in names]
    says = rich(
        "A state holds under a concept where every party with moves would stay. A party stays ",
        joined(told, "; "),
        ".",
    )
    return Paragraph("concepts-say", says)


def _given(context: Context) -> Table:
    kinds = ("control", "rule", "moves", "status-quo", "no-deal")
    rows = []
    for element in context.elements.values():
        if element.kind not in kinds:
            continue
        mark = element_mark(context, element.id)
        says: Rich = context.element_words(element.id)
        if element.kind == "status-quo" and context.states.status_quo:
            what = words.package(context.case, context.values.get(context.states.status_quo, {}))
            name = rich(context.state(context.states.status_quo))
            says = rich("the status quo is ", name, rich(": ", what) if what else "")
        if element.kind == "no-deal" and context.states.no_deal:
            says = rich(
                "no deal is ", words.either([context.state_in_full(s) for s in context.states.no_deal])
            )
        cells = (
            Cell(says),
            Cell(context.basis(element.id)),
            Cell(rich(ground_word(context, element.id)), mark=mark),
        )
        rows.append(Row(context.ids("element", element.id), cells))
    columns = tuple(rich(c) for c in ("What is given", "Stands on", "Ground"))
    return Table(
        "given-table", rich("Rules, control and starting points"), columns, tuple(rows), fold=len(rows) > 12
    )


def limits(context: Context) -> list[Rich]:
    """What the model leaves out by design, and what was cut off here."""
    found = [
        rich(
            "The model shows what fits claims and assumptions; it recommends nothing and gives no "
            "probabilities."
        ),
        rich(
            "Preferences are orders: how strongly a party feels is not modelled, and orders do not "
            "change during the "
            "talks."
        ),
        rich(
            "A claim that counts is taken at its word, whatever its grade; grades are shown, not "
            "computed with."
        ),
    ]
    silent = [
        p
        for p, party in context.case.parties.items()
        if party.role == "constituency" and p not in context.case.preferences
    ]
    if silent:
        verb = (
            "has no preferences here and vetoes" if len(silent) == 1 else "have no preferences here and veto"
        )
        found.append(rich(context.parties(silent), f" {verb} nothing: what is not known is not filled in."))
    told_below = any(not rest.exact for rest in context.rests.conclusions)
    for name, method in methods(context):
        if method.cut or not (method.exact or (name == RESTS_ON and told_below)):
            found.append(rich(f"{name}: ", context.sentence(method.cut or "not exact"), "."))
    for rest in context.rests.conclusions:
        if not rest.exact:
            found.append(rich("What the conclusions rest on was cut off: ", context.sentence(rest.cut), "."))
            break
    if not context.relevant.whole:
        found.append(
            rich(
                f"Of {len(context.states.states):,} states only the {len(context.relevant.names)} that "
                f"matter "
                "for the answers are drawn and listed; all were analysed."
            )
        )
    return found


def methods(context: Context) -> list[tuple[str, Method]]:
    """How each of the answers was made."""
    return [
        ("States", context.states.method),
        ("Stability", context.stability.method),
        ("Agreements", context.deals.method),
        (RESTS_ON, context.rests.method),
    ]


def _repeat(context: Context) -> tuple[Definition, ...]:
    made = [
        f"{name}: {m.name}"
        + ("" if m.settings is None else f", {m.settings:,} settings" if m.settings != 1 else "")
        for name, m in methods(context)
    ]
    facts = [
        ("Computed", rich("; ".join(made))),
        ("Software", rich(f"Accordant {__version__}")),
        ("Case digest", rich(Text(context.digest, "code"))),
        (
            "Again",
            rich("Load the case with this digest in the same version: every answer here follows again."),
        ),
    ]
    return tuple(Definition("", rich(term), says) for term, says in facts)
