"""What a web page carries besides the report: comment forms, menus, sharing, newsletters.

Marked, shown as a flag, and never read for claims. Only short paragraphs are looked at, so that a
sentence of the report that mentions a newsletter stays a sentence of the report.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from accordant.evidence.spans import Span

_LONGEST = 30  # words in a piece of furniture

_KINDS: tuple[tuple[str, str], ...] = (
    (
        "comment form",
        r"be the first to (?:comment|reply)|leave (?:a|your) (?:reply|comment)|(?:post|add|write) a comment"
        r"|your e-?mail address will not be published|required fields are marked|save my name, e-?mail"
        r"|notify me of (?:new|follow)|comments? (?:are|is) closed|(?:no|\d+) (?:comments?|responses?"
        r"|replies)$"
        r"|comments?:?$|(?:you must be )?logged in to (?:post|comment)|join the (?:conversation|discussion)$"
        r"|cancel reply|post comment$|reply$|view all comments",
    ),
    (
        "sharing",
        r"share (?:this|on|via|article|story)\b|share$|shares?:?$|click to (?:share|print|e-?mail)|copy link"
        r"|tweet$|pin it|(?:print|e-?mail)(?: this)?(?: (?:article|page|story))?$|follow us\b|like this:?"
        r"|(?:facebook|twitter|whatsapp|telegram|linkedin|reddit|pinterest|x|e-?mail|print)"
        r"(?:[\s|,·•/]+(?:facebook|twitter|whatsapp|telegram|linkedin|reddit|pinterest|x|e-?mail|print))+$",
    ),
    (
        "menu",
        r"skip to (?:main )?content|menu$|toggle navigation|search(?: for)?:?$|log ?in$|sign in$|register$"
        r"|home$|(?:home|news|world|politics|business|sports?|opinion|culture|contact|about)"
        r"(?:\s*[|»>/·•]\s*[\w &]+)+$|previous (?:post|article|story)\b|next (?:post|article|story)\b"
        r"|back to top"
        r"|breadcrumbs?$",
    ),
    (
        "newsletter",
        r"(?:sign up|subscribe)\b|(?:get|receive) (?:our|the|your) .*(?:newsletter|inbox)|newsletter$"
        r"|enter your e-?mail",
    ),
    (
        "related stories",
        r"read (?:more|also|next)\b|related (?:articles?|posts?|stories|news|topics)|see also:?$|also read\b"
        r"|more (?:from|on|stories)\b|most (?:read|popular)|trending|recommended(?: for you)?$|you may "
        r"also like"
        r"|latest (?:news|posts|stories)$|tags?:|posted in\b|filed under\b|categories:?$|topics?:",
    ),
    (
        "notice",
        r"advertisement$|sponsored(?: content)?$|(?:we|this (?:web)?site) uses? cookies|accept (?:all "
        r")?cookies"
        r"|privacy policy|terms (?:of (?:use|service)|and conditions)|all rights reserved|©|copyright "
        r"(?:©|\(c\)|\d)"
        r"|disclaimer:|loading(?:\W*)$"
        r"|please enable javascript|powered by\b|\d+ min(?:ute)?s? read$|image:|photo:|getty images",
    ),
)
_PATTERN = re.compile(
    r"[\W_]*(?:" + "|".join(f"(?P<k{i}>{p})" for i, (_, p) in enumerate(_KINDS)) + ")", re.I
)
_FORM_STARTS = re.compile(
    r"[\W_]*(?:be the first to (?:comment|reply)|leave a reply|post a comment$|\d+ comments?:?$|comments:?$"
    r"|your e-?mail address will not be published)",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Furniture:
    """A paragraph that is not part of the report, and what it looks like."""

    span: Span
    what: str


def furniture(text: str, paragraphs: Sequence[Span]) -> tuple[Furniture, ...]:
    """The paragraphs that belong to the page, not to the report.

    After the head of a comment form everything to the end is furniture too, as long as that is
    less than what came before: some themes print the link to the form above the article.

    Examples
    --------
    >>> text = "The envoy left Doha without a word to anybody.\\n\\nLeave a Reply"
    >>> [f.what for f in furniture(text, [Span(0, 46), Span(48, 61)])]
    ['comment form']
    """
    found: list[Furniture] = []
    in_form = False
    for paragraph in paragraphs:
        what = furniture_kind(paragraph.of(text)) if not in_form else "comment form"
        if what:
            found.append(Furniture(paragraph, what))
        if not in_form and what and _FORM_STARTS.match(text, *paragraph):
            in_form = 2 * paragraph.start > paragraphs[-1].end
    return tuple(found)


def furniture_kind(line: str) -> str | None:
    """What kind of furniture one paragraph is, or None when it is part of the report.

    Examples
    --------
    >>> furniture_kind("Share this article"), furniture_kind("Share prices fell on Monday.")
    ('sharing', None)
    """
    if len(line) > 400 or len(line.split()) > _LONGEST:
        return None
    line = " ".join(line.split())
    match = _PATTERN.match(line)
    if match is None or match.lastgroup is None:
        return None
    what = _KINDS[int(match.lastgroup[1:])][0]
    # A full sentence that merely begins like furniture is kept, except for the forms' own sentences.
    if what not in ("comment form", "notice") and _reads_on(line, match.end()):
        return None
    return what


def _reads_on(line: str, end: int) -> bool:
    return line.endswith((".", "”", '"')) and len(line[end:].split()) > 8
