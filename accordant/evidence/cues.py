"""Words that attribute: verbs and nouns of saying, each with the act it performs.

Each verb is written with what may follow it:

=====  =========================================================
``t``  a that-clause
``z``  a clause without *that*
``q``  a quotation
``n``  a noun phrase (``demanded the release of …``)
``i``  an infinitive (``offered to withdraw``)
``g``  a gerund (``denied taking part``)
``r``  somebody told first (``told the council that …``)
``o``  somebody and an infinitive (``urged both sides to sign``)
``p``  the sentence it comments on (``…, she said``)
``a``  somebody or something and what it is called (``described it as …``)
``b``  somebody and a deed (``accused the mayor of …``)
``w``  weak: counts only when its subject can speak
``N``  its plain form or -s form is a noun as well
=====  =========================================================
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from accordant.evidence.words import word_set

Act = Literal[
    "claim",
    "offer",
    "demand",
    "threat",
    "promise",
    "denial",
    "rejection",
    "admission",
    "assessment",
    "forecast",
    "agreement",
    "blame",
    "question",
]

_VERBS: dict[Act, str] = {
    "claim": (
        "add:tzqp affirm:tzqp allege:tzqp announce:tzqpn answer:tqpw argue:tzqp assert:tzqp assure:trz "
        "attest:tqw aver:tzqp avow:tqpw bark:qpwN boast:tqp boom:qpw brand:awN brief:rtwN certify:taw "
        "characterise:aw characterize:aw chime:qpw cite:aw claim:tzqpinN clarify:tqp comment:qpN "
        "communicate:tnw complain:tqp concur:tp confide:tzqp confirm:tzqpnw contend:tzqp continue:qpw "
        "convey:nw correct:qw corroborate:nw count:tw counter:tqpwN cry:qpwN declare:tqpnz demur:qp "
        "describe:aw disagree:q disclose:tqpw divulge:tqnw elaborate:qp emphasise:tqp emphasize:tqp "
        "exclaim:tqp explain:tqpz express:w fume:qp gather:tw go:qpw grin:qpwN gripe:tqpN groan:qpwN "
        "growl:qpN grumble:tqpN hail:anwN hint:tzpnwN hold:tw imply:tpw indicate:tzpw inform:trp "
        "insinuate:tqp insist:tzqp interject:qp interrupt:qpw intimate:tqpw joke:tqp label:awN "
        "lament:tqpnwN laugh:qpwN learn:tw let:tw maintain:tzqpw make:tw mention:tqpwN moan:tqpwN "
        "mumble:tqp murmur:tqpN mutter:tqp note:tqpNnz notify:rtp observe:tqpw point:tqpwnN portray:aw "
        "post:qpwN praise:nwN proclaim:tqpnw profess:tiw pronounce:tw protest:tqpwN quip:qpN radio:tqwN "
        "reaffirm:tnqp reason:tpwN reassure:trqw recall:tqpnw recognise:tw recognize:tw recollect:tqp "
        "record:tnwN recount:tqpwN regret:tnwN reiterate:tqpn rejoin:qp relate:tqpw remark:tqp "
        "remember:tzqpw remind:tr repeat:tqpwN reply:tqpN report:tzqpNnw respond:tqp retort:qp "
        "reveal:tzqpw roar:qpwN say:tzqp scoff:qp shout:tqpwN shrug:qwN sigh:qpwN signal:tzwpN snap:qpwN "
        "sneer:qpN snort:qpN speak:w state:tqpN stipulate:tw stress:tqpNz submit:tqpw sum:qw "
        "summarise:qpw summarize:qpw tell:tzqpro testify:tzqp text:qtN thunder:qpwN tout:nw translate:qw "
        "tweet:tqpN underline:tqnw underscore:tqw venture:tqpwN voice:wN volunteer:tqpwN welcome:nwN "
        "whisper:tqpwN write:tqp yell:tqpN"
    ),
    "offer": "float:nwN offer:niwN propose:tznigpw recommend:tngpw suggest:tzqpgnw table:nwN",
    "demand": (
        "advise:otqw appeal:owN ask:otiq beg:o beseech:o call:aoN counsel:otqwN demand:tniqpwN "
        "encourage:ow entreat:o exhort:o implore:o instruct:ow order:tonwN plead:oitqw press:owN "
        "push:owN request:tnowN require:tw stipulate:tw urge:toqpnw want:now"
    ),
    "threat": "threaten:tinzw warn:tzqpr",
    "promise": (
        "commit:iw guarantee:tnzwN pledge:tiznpqwN promise:tzniropqwN swear:tizw undertake:iw vow:tizpqnN"
    ),
    "denial": "contradict:nw deny:tgnqpz dispute:tnwN refute:nwt",
    "rejection": "dismiss:nwq oppose:ngw rebuff:nw refuse:inw reject:nwqg rule:twN spurn:nw",
    "admission": "acknowledge:tzqpnw admit:tzqpg allow:tw concede:tzqp confess:tzqp grant:tw",
    "assessment": (
        "assess:tpw assume:tzw believe:tzpow calculate:tzpnw caution:tqprN conclude:tqpw consider:aw "
        "deem:aw doubt:tzwN estimate:tznpwN fear:tzpwN feel:tw find:tw guess:tzpwN imagine:tzpw "
        "judge:twpN muse:qp opine:qp posit:tz presume:tzw put:w reckon:tzpn regard:aw show:twN "
        "speculate:tqp suppose:tzp surmise:tp suspect:tzpwN theorise:tqp theorize:tqp think:tzpw "
        "understand:tzpw worry:tpwN"
    ),
    "forecast": (
        "anticipate:tzgpw bet:tzwN expect:tzoipnw forecast:tznpwN foresee:tnw foretell:tw hope:tzipwN "
        "predict:tznqpw project:tzpwN prophesy:tqp wager:tzwN"
    ),
    "agreement": "accept:tnwg agree:tziqpw consent:iw decide:tiw endorse:nw resolve:tiw",
    "blame": (
        "accuse:b berate:bw blame:bnwN castigate:bnw chide:bqpw condemn:nw criticise:nw criticize:nw "
        "decry:nw denounce:nw deplore:nw fault:bwN lambast:nw rebuke:bwN"
    ),
}

_IRREGULAR: dict[str, tuple[str, str, str]] = {
    "say": ("says", "said", "said"),
    "speak": ("speaks", "spoke", "spoken"),
    "make": ("makes", "made", "made"),
    "put": ("puts", "put", "put"),
    "let": ("lets", "let", "let"),
    "go": ("goes", "went", "gone"),
    "hold": ("holds", "held", "held"),
    "tell": ("tells", "told", "told"),
    "write": ("writes", "wrote", "written"),
    "swear": ("swears", "swore", "sworn"),
    "undertake": ("undertakes", "undertook", "undertaken"),
    "think": ("thinks", "thought", "thought"),
    "find": ("finds", "found", "found"),
    "understand": ("understands", "understood", "understood"),
    "feel": ("feels", "felt", "felt"),
    "show": ("shows", "showed", "shown"),
    "foresee": ("foresees", "foresaw", "foreseen"),
    "forecast": ("forecasts", "forecast", "forecast"),
    "beg": ("begs", "begged", "begged"),
    "admit": ("admits", "admitted", "admitted"),
    "regret": ("regrets", "regretted", "regretted"),
    "quip": ("quips", "quipped", "quipped"),
    "cry": ("cries", "cried", "cried"),
    "foretell": ("foretells", "foretold", "foretold"),
    "bet": ("bets", "bet", "bet"),
    "sum": ("sums", "summed", "summed"),
    "demur": ("demurs", "demurred", "demurred"),
    "snap": ("snaps", "snapped", "snapped"),
    "grin": ("grins", "grinned", "grinned"),
    "shrug": ("shrugs", "shrugged", "shrugged"),
    "beseech": ("beseeches", "besought", "besought"),
    "submit": ("submits", "submitted", "submitted"),
    "refer": ("refers", "referred", "referred"),
    "concur": ("concurs", "concurred", "concurred"),
    "commit": ("commits", "committed", "committed"),
    "rebuff": ("rebuffs", "rebuffed", "rebuffed"),
    "signal": ("signals", "signalled", "signalled"),
    "label": ("labels", "labelled", "labelled"),
}
_ALSO = {"signaled": "signal", "labeled": "label", "signaling": "signal", "labeling": "label"}

Form = Literal["base", "s", "past", "ing"]


@dataclass(frozen=True, slots=True)
class Verb:
    """One form of a verb of saying."""

    lemma: str
    act: Act
    takes: frozenset[str]
    form: Form
    participle: bool = False

    @property
    def weak(self) -> bool:
        """Whether it counts only when its subject can speak."""
        return "w" in self.takes

    @property
    def comments(self) -> bool:
        """Whether it may stand after or inside the words it attributes."""
        return "p" in self.takes

    @property
    def noun_too(self) -> bool:
        """Whether this very form is a noun as well."""
        return "N" in self.takes and self.form in ("base", "s")


def _forms(lemma: str) -> tuple[str, str, str, str]:
    """Third person, past, past participle and -ing form."""
    if lemma in _IRREGULAR:
        s, past, participle = _IRREGULAR[lemma]
    else:
        s = _third(lemma)
        past = participle = _past(lemma)
    return s, past, participle, _ing(lemma)


def _third(lemma: str) -> str:
    if lemma.endswith("y") and lemma[-2] not in "aeiou":
        return lemma[:-1] + "ies"
    return lemma + ("es" if lemma.endswith(("s", "sh", "ch", "x", "z")) else "s")


def _past(lemma: str) -> str:
    if lemma.endswith("e"):
        return lemma + "d"
    if lemma.endswith("y") and lemma[-2] not in "aeiou":
        return lemma[:-1] + "ied"
    return lemma + "ed"


def _ing(lemma: str) -> str:
    doubled = {"beg": "begging", "admit": "admitting", "quip": "quipping", "commit": "committing"} | {
        "snap": "snapping",
        "grin": "grinning",
        "shrug": "shrugging",
        "submit": "submitting",
        "demur": "demurring",
        "sum": "summing",
        "bet": "betting",
        "put": "putting",
        "let": "letting",
        "regret": "regretting",
        "concur": "concurring",
        "signal": "signalling",
        "label": "labelling",
    }
    if lemma in doubled:
        return doubled[lemma]
    return (lemma[:-1] if lemma.endswith("e") and not lemma.endswith("ee") else lemma) + "ing"


def _table() -> dict[str, Verb]:
    table: dict[str, Verb] = {}
    for act, words in _VERBS.items():
        for word in words.split():
            lemma, _, takes = word.partition(":")
            s, past, participle, ing = _forms(lemma)
            flags = frozenset(takes)
            for text, form in ((lemma, "base"), (s, "s"), (past, "past"), (participle, "past"), (ing, "ing")):
                verb = Verb(lemma, act, flags, form, text == participle)  # type: ignore[arg-type]
                table.setdefault(text, verb)
    for text in ("put", "let"):  # far more often what somebody did than what they do
        table[text] = replace(table[text], form="past", participle=True)
    for text, lemma in _ALSO.items():
        table[text] = table[lemma + ("led" if text.endswith("ed") else "ling")]
    return table


VERBS: dict[str, Verb] = _table()
"""Every form of every verb of saying."""

PARTICLES: dict[str, tuple[tuple[str, ...], ...]] = {
    "point": (("out",),),
    "make": (("clear",), ("it", "clear"), ("plain",), ("it", "plain"), ("known",), ("it", "known")),
    "rule": (("out",),),
    "go": (("on",), ("further",), ("one", "step", "further"), ("so", "far", "as", "to", "say")),
    "sum": (("up",), ("it", "up")),
    "chime": (("in",),),
    "let": (("it", "be", "known"), ("it", "be", "understood"), ("be", "known"), ("it", "slip")),
}
"""Verbs of saying only with what follows; ``rule out`` takes a noun phrase, the others a clause."""

PREPOSED: dict[str, frozenset[str]] = {
    "call": frozenset({"for"}),
    "ask": frozenset({"for"}),
    "appeal": frozenset({"for"}),
    "press": frozenset({"for"}),
    "push": frozenset({"for"}),
    "insist": frozenset({"on", "upon"}),
    "object": frozenset({"to"}),
    "warn": frozenset({"of", "against", "about"}),
    "complain": frozenset({"of", "about"}),
    "agree": frozenset({"on"}),
    "decide": frozenset({"on"}),
    "speak": frozenset({"of"}),
    "point": frozenset({"to"}),
    "beg": frozenset({"for"}),
    "threaten": frozenset(),
}
"""Verbs whose content is a noun phrase after a preposition: ``called for a pause``."""

WITH_PREPOSITION = frozenset({"call", "ask", "beg", "appeal", "press", "push", "point", "speak"})
"""Verbs that say something only together with their preposition, which is part of the cue."""

EXPRESSED: dict[str, Act] = {
    "hope": "forecast",
    "hopes": "forecast",
    "concern": "assessment",
    "concerns": "assessment",
    "fear": "assessment",
    "fears": "assessment",
    "doubt": "assessment",
    "doubts": "assessment",
    "confidence": "assessment",
    "optimism": "assessment",
    "belief": "assessment",
    "view": "assessment",
    "alarm": "assessment",
    "readiness": "offer",
    "willingness": "offer",
    "intention": "promise",
    "commitment": "promise",
    "determination": "promise",
    "desire": "demand",
    "support": "agreement",
    "regret": "claim",
    "interest": "claim",
    "satisfaction": "claim",
}
"""What is expressed or voiced: ``expressed its readiness to pay``."""

NOUNS: dict[str, Act] = {
    "advice": "demand",
    "arithmetic": "assessment",
    "calculation": "assessment",
    "calculations": "assessment",
    "charge": "blame",
    "charges": "blame",
    "guarantee": "promise",
    "judgement": "assessment",
    "judgment": "assessment",
    "ruling": "assessment",
    "theory": "assessment",
    "version": "claim",
    "finding": "assessment",
    "findings": "assessment",
    "position": "demand",
    "guess": "forecast",
    "verdict": "assessment",
    "reckoning": "assessment",
    "complaint": "blame",
    "contention": "claim",
    "message": "claim",
    "line": "claim",
    "proposal": "offer",
    "proposals": "offer",
    "offer": "offer",
    "offers": "offer",
    "suggestion": "offer",
    "suggestions": "offer",
    "plan": "offer",
    "demand": "demand",
    "demands": "demand",
    "call": "demand",
    "calls": "demand",
    "request": "demand",
    "insistence": "demand",
    "ultimatum": "demand",
    "condition": "demand",
    "threat": "threat",
    "threats": "threat",
    "warning": "threat",
    "warnings": "threat",
    "promise": "promise",
    "promises": "promise",
    "pledge": "promise",
    "vow": "promise",
    "commitment": "promise",
    "assurance": "promise",
    "assurances": "promise",
    "denial": "denial",
    "denials": "denial",
    "rejection": "rejection",
    "refusal": "rejection",
    "admission": "admission",
    "acknowledgement": "admission",
    "acknowledgment": "admission",
    "claim": "claim",
    "claims": "claim",
    "assertion": "claim",
    "assertions": "claim",
    "allegation": "blame",
    "allegations": "blame",
    "accusation": "blame",
    "accusations": "blame",
    "statement": "claim",
    "announcement": "claim",
    "report": "claim",
    "reports": "claim",
    "rumour": "claim",
    "rumor": "claim",
    "rumours": "claim",
    "rumors": "claim",
    "speculation": "claim",
    "declaration": "claim",
    "argument": "claim",
    "remark": "claim",
    "view": "assessment",
    "point": "claim",
    "notice": "claim",
    "belief": "assessment",
    "assessment": "assessment",
    "estimate": "assessment",
    "estimates": "assessment",
    "estimation": "assessment",
    "opinion": "assessment",
    "conclusion": "assessment",
    "prediction": "forecast",
    "predictions": "forecast",
    "forecast": "forecast",
    "hope": "forecast",
    "expectation": "forecast",
    "fear": "assessment",
    "fears": "assessment",
    "aim": "demand",
    "goal": "demand",
    "objective": "demand",
    "intention": "promise",
    "decision": "promise",
    "account": "claim",
    "words": "claim",
    "telling": "claim",
}
"""Nouns of saying that a possessor owns: ``the union's demand that …``."""

AIMS = frozenset({"aim", "goal", "objective", "aims", "goals", "objectives"})
"""Aims count as said only when they are called stated, declared or the like."""

STATED = word_set("declared stated avowed announced proclaimed professed publicly-stated repeated")
