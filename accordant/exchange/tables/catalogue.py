"""The tables of a case, in the order of their sheets, with every column that they have."""

from __future__ import annotations

from typing import get_args

from accordant.case.objects import Role
from accordant.case.sources import Attribution, ClaimKind, ClaimStatus, Handling, OriginKind
from accordant.exchange.tables.cells import (
    BETWEEN,
    CONTROL,
    DATE,
    FLAG,
    MOVES,
    NAME,
    NAMES,
    NOTED,
    NUMBER,
    STATE,
    TRANSFER,
    WORTHS,
)
from accordant.exchange.tables.model import GROUNDS, Cells, Column, Plain, Table
from accordant.exchange.tables.positions import Positions
from accordant.exchange.tables.preferences import Preferences
from accordant.exchange.tables.sections import Keyed, Listed, Under

_NOTE = GROUNDS[-1]
_YES = ("yes", "no")


def _own_values(part: Plain, cells: Cells) -> None:
    if "range" in part:  # its values follow from it
        cells["values"] = ""


PARTIES = Keyed(
    "parties",
    "Who decides, carries, vetoes or watches.",
    (
        Column("name", ("name",), "the name shown"),
        Column("role", ("role",), "party, mediator, constituency or observer", NAME, "party", get_args(Role)),
        Column("of", ("of",), "of a constituency: its party", NAME),
        Column("aliases", ("aliases",), "other names", NAMES),
        _NOTE,
    ),
    ordered=True,
)
ISSUES = Keyed(
    "issues",
    "What is to be settled, and who controls it.",
    (
        Column("name", ("name",), "the name shown"),
        Column(
            "by", ("by",), "who controls it: names (any of them), or `joint: names` (all of them)", CONTROL
        ),
        Column("values", ("values",), "its values, in order; empty where there is a range", NAMES, "no, yes"),
        Column("from", ("range", "from"), "of a numeric issue: the first value", NUMBER),
        Column("to", ("range", "to"), "the last value", NUMBER),
        Column("step", ("range", "step"), "how far each value is from the one before", NUMBER),
        Column("unit", ("unit",), "what its numbers count"),
        Column("divisible", ("divisible",), "yes: it may be settled between its values too", FLAG, "", _YES),
        Column("transfer", ("transfer",), "a side payment, such as `firm -> union`", TRANSFER),
        Column(
            "moves",
            ("moves",),
            "any, forward, backward, or pairs such as `no -> yes, yes -> no`",
            MOVES,
            "any",
        ),
        Column("binding", ("binding",), "yes: nobody can walk out alone", FLAG, "", _YES),
        Column("tags", ("tags",), "topics that it belongs to", NAMES),
        *GROUNDS,
    ),
    ordered=True,
    shown=_own_values,
)
RULES = Listed(
    "rules",
    "What must be true in every state (`feasible`).",
    "feasible",
    (Column("rule", ("rule",), "an expression over the issues"), *GROUNDS),
    short="rule",
)
PROPOSALS = Keyed(
    "proposals",
    "Packages that someone floats.",
    (
        Column("by", ("by",), "who makes it", NAMES),
        Column("via", ("via",), "who carries it", NAMES),
        Column("to", ("to",), "to whom it is made", NAMES),
        Column("date", ("date",), "when it was made, as exactly as is known", DATE),
        Column("status", ("status",), "such as floated, tabled, rejected, withdrawn, signed"),
        Column("package", ("package",), "values such as `pay = 5, shifts = day`, or a state by name", STATE),
        Column("terms", ("terms",), "guarantees and inducements that are part of it", NAMES),
        *GROUNDS,
    ),
)
STAGES = Under(
    "stages",
    "The stages in which proposals are carried out.",
    (
        Column("name", ("name",), "what the stage is called"),
        Column("day", ("day",), "the day, counted from signing", NUMBER),
        Column("event", ("event",), "or what has to happen first"),
        Column("package", ("package",), "the values that the stage settles", STATE),
        *GROUNDS,
    ),
    Column("proposal", (), "the proposal that is carried out in stages"),
    "proposals",
    "stages",
)
TERMS = Keyed(
    "terms",
    "Guarantees and inducements that proposals name.",
    (
        Column("name", ("name",), "the name shown"),
        Column("by", ("by",), "who gives it", NAMES),
        Column("kind", ("kind",), "guarantee or inducement", NAME, "", ("guarantee", "inducement")),
        Column("if", ("if",), "the states in which it applies: an expression"),
        Column("worth", ("worth",), "what is added to whose worth, such as `north = 5`", WORTHS),
        Column(
            "removes",
            ("removes",),
            "moves that it makes impossible, as in `[{party: south, to: truce = none}]`",
            NOTED,
        ),
        *GROUNDS,
    ),
)
REPORTS = Keyed(
    "reports",
    "Texts as received.",
    (
        Column("file", ("file",), "its place in the case folder"),
        Column("sha256", ("sha256",), "SHA-256 of the file as received", NAME),
        Column("title", ("title",), "its headline"),
        Column("outlet", ("outlet",), "who published it"),
        Column("author", ("author",), "who wrote it"),
        Column("address", ("address",), "where it was published"),
        Column("published", ("published",), "when it was published", DATE),
        Column("retrieved", ("retrieved",), "when it was received", DATE),
        Column("original", ("original",), "the report that this one rewrites", NAME),
        Column("text", ("text",), "of a file that is not plain text: the file of the text taken from it"),
        Column("text_sha256", ("text_sha256",), "SHA-256 of that text file", NAME),
        Column("language", ("language",), "the language that it is written in", NAME),
        _NOTE,
    ),
)
ORIGINS = Keyed(
    "origins",
    "Where claims first come from.",
    (
        Column("kind", ("kind",), "what sort of source it is", NAME, "", get_args(OriginKind)),
        Column("words", ("words",), "how the report describes it"),
        Column("name", ("name",), "its name, where it has one"),
        Column("count", ("count",), "how many people spoke together", NUMBER),
        Column("side", ("side",), "the party that it belongs to", NAME),
        Column("outlet", ("outlet",), "the outlet that first had it"),
        Column("register", ("register",), "its entry in the register of sources", NAME),
        _NOTE,
    ),
)
REGISTER = Keyed(
    "register",
    "The analyst's own register of sources.",
    (
        Column("name", ("name",), "what it is called"),
        Column("kind", ("kind",), "what sort of source it is", NAME, "named", get_args(OriginKind)),
        Column("aliases", ("aliases",), "other names under which reports quote it", NAMES),
        Column("handling", ("handling",), "who may see the entry", NAME, "public", get_args(Handling)),
        _NOTE,
    ),
)
RELIABILITY = Under(
    "reliability",
    "How reliable the sources of the register were found to be, from when on.",
    (
        Column("grade", ("grade",), "A to F; F means that it cannot be judged", NAME, "", tuple("ABCDEF")),
        Column("from", ("from",), "the date from which it holds; empty: from the beginning", DATE),
        Column("reason", ("reason",), "why, in a sentence"),
    ),
    Column("source", (), "the entry of the register that it is about"),
    "register",
    "reliability",
)
CLAIMS = Keyed(
    "claims",
    "Assertions, with their exact words and places in a report.",
    (
        Column("report", ("report",), "the report that it stands in", NAME),
        Column("quote", ("quote",), "the words, exactly as they stand there"),
        Column("at", ("at",), "where they stand, in code points, such as `120 to 188`", BETWEEN),
        Column("says", ("says",), "what is asserted, in the analyst's words"),
        Column("kind", ("kind",), "what sort of assertion it is", NAME, "", get_args(ClaimKind)),
        Column("by", ("by",), "the party said to act or hold this", NAME),
        Column("origin", ("origin",), "the origin that it first comes from", NAME),
        Column("within", ("within",), "the claim that this one is said inside of", NAME),
        Column("contradicts", ("contradicts",), "claims that cannot be true if this one is", NAMES),
        Column("confirms", ("confirms",), "claims that assert the same, reported separately", NAMES),
        Column(
            "attribution",
            ("attribution",),
            "how the report attributes it",
            NAME,
            "unattributed",
            get_args(Attribution),
        ),
        Column("grade", ("grade",), "source A to F, item 1 to 6", NAME, "F6"),
        Column("event", ("event",), "when it happened", DATE),
        Column("reported", ("reported",), "when it was published", DATE),
        Column("entered", ("entered",), "when the analyst learnt it", DATE),
        Column("status", ("status",), "what has become of it", NAME, "open", get_args(ClaimStatus)),
        Column("handling", ("handling",), "who may see it", NAME, "public", get_args(Handling)),
        Column("graded_because", ("graded_because",), "why it is graded so, in a sentence"),
        Column("entered_by", ("entered_by",), "who entered it"),
        Column("reviewed_by", ("reviewed_by",), "who looked at it again"),
        _NOTE,
    ),
)
EVENTS = Keyed(
    "events",
    "What happened between the parties.",
    (
        Column("date", ("date",), "when, as exactly as is known", DATE),
        Column("place", ("place",), "where"),
        Column("who", ("who",), "the parties that took part", NAMES),
        Column("what", ("what",), "what happened, such as meeting, call, visit"),
        *GROUNDS,
    ),
)
RELATIONS = Listed(
    "relations",
    "How the parties stand to each other.",
    "relations",
    (
        Column("from", ("from",), "a party", NAME),
        Column("to", ("to",), "another party", NAME),
        Column("kind", ("kind",), "such as channel, ally, patron, rival"),
        *GROUNDS,
    ),
)
JUDGEMENTS = Keyed(
    "judgements",
    "People's own views, kept beside what the model says.",
    (
        Column("by", ("by",), "whose view it is"),
        Column("about", ("about",), "a conclusion, such as `agreement(offer-1)`"),
        Column("question", ("question",), "what is judged to come, as a question"),
        Column("likelihood", ("likelihood",), "in the words used"),
        Column("band", ("band",), "the term of the yardstick that a person takes them to mean"),
        Column("confidence", ("confidence",), "low, moderate or high", NAME, "", ("low", "moderate", "high")),
        Column("made", ("made",), "when it was judged so", DATE),
        Column("until", ("until",), "by when it is to be answered", DATE),
        Column("revises", ("revises",), "the judgement that this one takes the place of", NAME),
        Column(
            "came",
            ("outcome", "came"),
            "whether it came true: yes, no or void",
            NAME,
            "",
            ("yes", "no", "void"),
        ),
        Column("settled", ("outcome", "date"), "when that was settled", DATE),
        Column("settled by", ("outcome", "says"), "what settled it"),
        Column("settled because", ("outcome", "because"), "claims that tell it", NAMES),
        *GROUNDS,
    ),
)

TABLES: tuple[Table, ...] = (
    PARTIES,
    ISSUES,
    RULES,
    Preferences(),
    PROPOSALS,
    STAGES,
    TERMS,
    Positions(),
    CLAIMS,
    ORIGINS,
    REGISTER,
    RELIABILITY,
    REPORTS,
    EVENTS,
    RELATIONS,
    JUDGEMENTS,
)
"""Every table; what is built from one may refer to what is built from those before it."""
ORDERED = ("parties", "issues")
"""Tables whose order of rows means something."""


def table_of(name: str) -> Table | None:
    """The table of a name, however it is capitalised.

    Examples
    --------
    >>> table_of("Parties") is PARTIES, table_of("people")
    (True, None)
    """
    return next((table for table in TABLES if table.name == name.strip().casefold()), None)
