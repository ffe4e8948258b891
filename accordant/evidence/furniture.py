"""What a web page carries besides the report: comment forms, menus, sharing, newsletters.

Marked, shown as a flag, and never read for claims. Only short paragraphs are looked at, so that a
sentence of the report that mentions a newsletter stays a sentence of the report. Where a page was
pasted as running text, its furniture stands among the sentences: there only wording that no report
uses counts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from accordant.evidence.records import record
from accordant.evidence.spans import Span

_LONGEST = 30  # words in a piece of furniture
_TITLE = 18  # words in the title of a related story
_STORIES = 8  # titles below one heading

_NETWORKS = (
    r"(?:facebook|twitter|whatsapp|telegram|linkedin|reddit|pinterest|x|e-?mail|print|bluesky"
    r"|mastodon)"
)
_PART = r"[^\s|»>·•.!?:;“”\"](?:[^|»>·•.!?:;“”\"\n]{0,22}[^\s|»>·•.!?:;“”\"])?"
_KINDS: tuple[tuple[str, str], ...] = (
    (
        "comment form",
        r"be the first to (?:comment|reply)|leave (?:a|your) (?:reply|comment)|(?:post|add|write) a comment"
        r"|your e-?mail address will not be published|required fields are marked"
        r"|save my name, (?:and )?e-?mail"
        r"|save my name in this browser|notify me of (?:new|follow)|comments? (?:are|is) closed"
        r"|(?:no|\d+) (?:comments?|responses?|replies)$|comments?(?: \(\d+\))?:?$"
        r"|(?:you must be )?logged in to (?:post|comment)|join the (?:conversation|discussion)[.!]?$"
        r"|cancel reply|post comment$|reply$|view all comments|(?:name|e-?mail|website)(?: \([\w ]+\))? ?\*$"
        r"|what do you think\?|have your say\b(?! (?:on|in) the (?:plan|vote|ballot))"
        r"|let us know in the comments",
    ),
    (
        "sharing",
        r"share (?:this|on|via|article|story)\b|share$|shares?:?$|click to (?:share|print|e-?mail)|copy link"
        r"|tweet$|pin it|(?:print|e-?mail)(?: this)?(?: (?:article|page|story))?$|like this:?$"
        r"|follow (?:us|[A-Z]\w+ on (?:facebook|twitter|x|instagram|telegram))\b"
        rf"|{_NETWORKS}(?:[\s|,·•/]+{_NETWORKS})+$",
    ),
    (
        "advertisement",
        r"advertisements?\b(?! (?:was|were|is|are|in|for|by|that|had|has|which)\b)|(?:article"
        r"|story) continues (?:below|after)"
        r"|(?:continue reading|scroll) (?:below|down)|sponsored(?: content| by\b.*)?$"
        r"|promoted(?: content)?$|ad$"
        r"|skip (?:ad|advertisement)$|paid (?:content|post|partnership)$|report this ad$",
    ),
    (
        "paywall notice",
        r"(?:this (?:article|story|content|page) is (?:only )?(?:for|available to|reserved for)"
        r"|to (?:continue|keep) reading\b|subscribe (?:now )?to (?:read|continue|unlock|keep)"
        r"|already a (?:subscriber|member)\b"
        r"|you have (?:\w+ )?(?:free )?(?:articles?|stories) (?:left|remaining)|you[’']ve (?:read"
        r"|reached) (?:all )?your"
        r"|(?:start|begin) your free (?:trial|month)|unlock (?:this|the full) (?:article|story)|(?:log"
        r"|sign) in to (?:read|continue)"
        r"|support (?:our|independent) journalism|become a (?:member|subscriber)\b|for subscribers only"
        r"|subscribers? only)",
    ),
    (
        "byline box",
        r"(?:by [^.|]{2,60}\s*[|•·]\s*)?(?:(?:first )?published|updated|posted|last (?:updated"
        r"|modified))\b[^.]{0,60}[|•·]"
        r"|by [^.|]{2,60}[|•·][^.]{0,60}\b(?:ago|updated|published|min(?:ute)?s? read)\b|about the author"
        r"|(?:updated|published|posted) \w+ (?:minutes?|hours?|days?) ago$|\d+ min(?:ute)?s? read$"
        r"|[A-Z][\w’.-]+(?: [A-Z][\w’.-]+){1,3} (?:is (?:a|an|the|our)\b[^.]{0,40}\b(?:reporter"
        r"|correspondent|editor"
        r"|journalist|columnist|contributor)\b[^.]{0,80}\b(?:at|for|of|with|based|covers|covering|the)\b"
        r"|(?:reports on|covers)\b"
        r"[^.]{3,60} for\b)[^.]{0,80}\.?$",
    ),
    (
        "menu",
        r"skip to (?:main )?content|(?:main )?menu$|toggle navigation|search(?: for)?:?$|log ?in$|sign in$"
        r"|register$"
        r"|home$|(?:home|news|world|politics|business|sports?|opinion|culture|contact|about|contact us"
        r"|about us)"
        r"(?:\s*[|»>/·•]\s*[\w &]+)+$|previous (?:post|article|story)\b|next (?:post|article|story)\b"
        rf"|back to top|breadcrumbs?$|{_PART}(?:\s+[|»>·•]\s+{_PART}){{2,}}$",
    ),
    (
        "newsletter",
        r"(?:sign up|subscribe)\b|(?:get|receive) (?:our|the|your) .*(?:newsletter|inbox)|newsletters?$"
        r"|enter your e-?mail|by (?:subscribing|signing up),? (?:you|to)|never miss (?:a|an) (?:story|update)"
        r"|delivered (?:straight )?to your inbox",
    ),
    (
        "related stories",
        r"read (?:more|also|next)\b|related (?:articles?|posts?|stories|news|topics|coverage)\b[^.]{0,60}$"
        r"|see also:?$"
        r"|also read\b|more (?:from|on|stories)\b|most (?:read|popular|shared)\b|trending"
        r"|recommended(?: for you)?:?$"
        r"|you may also like|latest (?:news|posts|stories)$|tags?:|posted in\b|filed under\b|categories:?$"
        r"|topics?:"
        r"|don[’']t miss:?|what to read next|watch:|listen:",
    ),
    (
        "caption",
        r"(?:photo(?:graph)?|picture|image|pictured|caption|graphic|illustration|video"
        r"|file photo)s?(?: credit| by)?\s?:"
        r"|\((?:photo(?:graph)?|picture|image)s?(?: by)?\b"
        r"|[^.!?]{10,140}[.\s]\s?[\[(]?(?:file )?(?:photo(?:graph)?|picture|image)s?"
        r"(?: credit| by)?: ?[^.]{2,50}[\])]?$|getty images",
    ),
    (
        "notice",
        r"(?:we|this (?:web)?site) uses? cookies|(?:accept|reject|manage) (?:all )?cookies"
        r"|cookie (?:settings|policy|notice)"
        r"|privacy (?:policy|notice)|terms (?:of (?:use|service)|and conditions)|all rights reserved|©"
        r"|copyright "
        r"(?:©|\(c\)|\d)|disclaimer:|loading(?:\W*)$|please enable javascript|powered by\b"
        r"|(?:no )?reprint(?:s|ing)?\b[^.]{0,30}\b(?:only|permission|prohibited)"
        r"|reproduction\b[^.]{0,40}\b(?:prohibited|permission|forbidden)"
        r"|please do not forward|(?:\S+ ){1,6}is sent to subscribers only|(?:are you"
        r"|have you been) affected\b[^.]{0,40}\?"
        r"|(?:do you (?:know|have) (?:more|information|a (?:story|tip))|got a (?:story|tip"
        r"|confidential tip))\b[^.]{0,60}\?"
        r"|(?:send (?:us )?(?:a|your) (?:tip|story|stories|photos?))\b|turn (?:on|off) (?:alerts"
        r"|notifications|auto-refresh)",
    ),
)
_PATTERN = re.compile(
    r"[\W_]*(?:" + "|".join(f"(?P<k{i}>{p})" for i, (_, p) in enumerate(_KINDS)) + ")", re.I
)
_FORM_STARTS = re.compile(
    r"[\W_]*(?:be the first to (?:comment|reply)|leave a (?:reply|comment)$|leave a reply|post a comment$"
    r"|\d+ comments?:?$|comments:?$|your e-?mail address will not be published)",
    re.I,
)
_HEADING = re.compile(
    r"[\W_]*(?:related (?:articles?|posts?|stories|news|coverage)|most (?:read|popular|shared)"
    r"|you may also like"
    r"|recommended(?: for you)?|what to read next|more stories|trending(?: now)?|read (?:also|next|more)"
    r"|see also"
    r"|latest (?:news|stories))\W*$",
    re.I,
)
_AMONG = re.compile(
    r"[\W_]*(?:(?P<form>be the first to comment\b|leave a (?:reply|comment)\b"
    r"|your e-?mail address will not be published"
    r"|required fields are marked|save my name(?:,| in this browser)|comments are closed)"
    r"|(?P<sharing>share this (?:article|story|post|page|via|on)\b|click to (?:share|print)\b|follow us on\b)"
    r"|(?P<ad>advertisement\W|(?:article|story) continues (?:below|after)|continue reading below)"
    r"|(?P<wall>already a subscriber|(?:log|sign) in to (?:read|continue)|subscribe (?:now )?to (?:read"
    r"|continue|unlock)"
    r"|to continue reading|you have \w+ (?:free )?articles? (?:left|remaining)|start your free trial"
    r"|this (?:article|story) is for"
    r" subscribers)"
    r"|(?P<letter>(?:sign up|subscribe)\b[^.]{0,50}\b(?:newsletters?|inbox|briefing|e-?mail alerts"
    r"|breaking news)\b"
    r"|by (?:subscribing|signing up),? (?:you|to)\b|enter your e-?mail)"
    r"|(?P<related>(?-i:READ (?:MORE|ALSO|NEXT)|Read (?:more|also|next):|ALSO READ|Also read:|RELATED:"
    r"|Related (?:stories|articles))\b)"
    r"|(?P<notice>(?:we|this (?:web)?site) uses? cookies|accept all cookies|all rights reserved|©"
    r"|please enable javascript)"
    r"|(?P<caption>\(?(?:photo|image|picture|file photo): ))",
    re.I,
)
_AMONG_KINDS = {
    "form": "comment form",
    "sharing": "sharing",
    "ad": "advertisement",
    "wall": "paywall notice",
    "letter": "newsletter",
    "related": "related stories",
    "notice": "notice",
    "caption": "caption",
}
_KEPT = frozenset({"comment form", "notice", "paywall notice", "newsletter", "byline box", "caption"})
"""Kinds whose own wording is made of full sentences."""


@record
class Furniture:
    """A paragraph, or a sentence in one, that is not part of the report, and what it looks like."""

    span: Span
    what: str


def furniture(text: str, paragraphs: Sequence[Span]) -> tuple[Furniture, ...]:
    """The paragraphs that belong to the page, not to the report.

    After the head of a comment form everything to the end is furniture too, as long as that is
    less than what came before: some themes print the link to the form above the article. Titles
    below a heading such as *Related stories* go with it.

    Examples
    --------
    >>> text = "The envoy left Doha without a word to anybody.\\n\\nLeave a Reply"
    >>> [f.what for f in furniture(text, [Span(0, 46), Span(48, 61)])]
    ['comment form']
    """
    found: list[Furniture] = []
    in_form = False
    titles: set[Span] = set()
    for k, paragraph in enumerate(paragraphs):
        line = paragraph.of(text)
        what = "comment form" if in_form else furniture_kind(line)
        if what is None and paragraph in titles:
            what = "related stories"
        if what:
            found.append(Furniture(paragraph, what))
        if what == "related stories" and _HEADING.match(line):
            titles.update(_titles(text, paragraphs, k))
        if not in_form and what and _FORM_STARTS.match(text, *paragraph):
            in_form = 2 * paragraph.start > paragraphs[-1].end
    return tuple(found)


def _titles(text: str, paragraphs: Sequence[Span], heading: int) -> list[Span]:
    """The titles below a heading; one right above the report's next sentence may be its own heading."""
    found: list[Span] = []
    for paragraph in paragraphs[heading + 1 : heading + 1 + _STORIES]:
        line = paragraph.of(text).strip()
        longest = max(len(row.split()) for row in line.split("\n"))
        if longest > _TITLE or line.endswith((".", ",", ";", ":")) or furniture_kind(line):
            break
        found.append(paragraph)
    after = heading + 1 + len(found)
    if not found or after == len(paragraphs) or furniture_kind(paragraphs[after].of(text)):
        return found
    apart = "\n\n" in text[paragraphs[after - 1].start - 2 : paragraphs[after - 1].start]
    return found[:-1] if apart and text[found[-1].start].isalnum() else found


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
    return None if _reads_on(line, match.end(), what) else what


def furniture_among(sentence: str) -> str | None:
    """What kind of furniture a sentence in the middle of running text is, or None.

    Examples
    --------
    >>> furniture_among("Share this article Copy link"), furniture_among("Sign up or lose it, he said.")
    ('sharing', None)
    """
    match = _AMONG.match(sentence) if len(sentence) <= 400 else None
    if match is None or match.lastgroup is None:
        return None
    return _AMONG_KINDS[match.lastgroup]


def _reads_on(line: str, end: int, what: str) -> bool:
    if not line.endswith((".", "”", '"')):
        return False
    more = len(line[end:].split())
    if what == "newsletter":
        return more > 8 and furniture_among(line) is None
    return more > 8 and what not in _KEPT
