"""The rules, in the order in which they are tried. Adding one means one module and one line here.

Framing rules come first: they take what stands around or before the words that attribute.
Following rules then read what is left, and the content of what was found, two levels deep.
"""

from __future__ import annotations

from accordant.evidence.frames import Rule
from accordant.evidence.rules import (
    according_to,
    admission,
    colon,
    comment,
    going_on,
    impersonal,
    likelihood,
    relative,
    speech_noun,
    subject_verb,
)

FRAMING: tuple[Rule, ...] = (
    colon.RULE,
    comment.FINAL,
    comment.INVERTED,
    comment.PARENTHETICAL,
    according_to.RULE,
    according_to.AS_SAID,
    admission.RULE,
)
FOLLOWING: tuple[Rule, ...] = (
    subject_verb.RULE,
    speech_noun.RULE,
    relative.RULE,
    relative.INSIDE,
    impersonal.KNOWN,
    impersonal.SAID_TO,
    impersonal.PASSIVE,
    impersonal.REPORTEDLY,
    likelihood.RULE,
    going_on.LEADING,
)
CONTINUING: tuple[Rule, ...] = (going_on.PARTICIPLE, going_on.COORDINATE)
"""Rules that need to know what the following rules found: their subject is that of a verb before."""

RULES: tuple[Rule, ...] = (*FRAMING, *FOLLOWING, *CONTINUING)
