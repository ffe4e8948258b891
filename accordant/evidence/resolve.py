"""Surnames, pronouns and *the official*: back to the nearest compatible mention, or left open."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from accordant.evidence import words as w
from accordant.evidence.records import record
from accordant.evidence.spans import Span
from accordant.evidence.who import Source
from accordant.evidence.words import word_set

_RUN = re.compile(r"\b[A-Z][\w’'-]*\.?(?: (?:(?:al|bin|ibn|van|von|de|der|la|di|da) )?[A-Z][\w’'-]*\.?){1,5}")
_SUBJECT = re.compile(
    r"(?:^|, |[”\"] |^But |^And |^For )(?:(?:the|The) )?(?P<who>[A-Z][\w’'-]*\.?(?: (?:(?:al|bin|van"
    r"|von|de) )?[A-Z][\w’'-]*\.?){0,5}),? "
    r"(?:(?:the|a|an|who|whose|\d\d,|is|was|has|had|met|will|would|led|left|came|visited|said|told)\b"
    r"|\w+(?:ed|s)\b)"
)
_BODY = re.compile(
    r"(?P<body>\b(?:the )?(?:[A-Z][\w’'-]*[^\S\n])*(?:[a-z’'-]+[^\S\n])?(?:[Uu]nion|[Cc]ompany|[Cc]ouncil"
    r"|[Ff]ederation"
    r"|[Aa]ssociation|[Cc]ommittee|[Mm]inistry|[Bb]oard|[Ll]eague|[Gg]uild|[Aa]uthority|[Ff]ront|[Pp]arty"
    r"|[Gg]roup"
    r"|[A-Z]{2,6}))\b"
)
_NAMED = re.compile(r"\b[A-Z][\w’'-]+")
_TITLED = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Prof|Judge|Sir|Lady)\.?[^\S\n](?P<name>[A-Z][\w’'-]+)")
_HE = word_set("he his him")
_SHE = word_set("she her")
_THEY = word_set("they their them")
_IT = word_set("it its")
_NO_NAMES = frozenset().union(
    w.DETERMINERS, w.PREPOSITIONS, w.SUBORDINATORS, w.MONTHS, w.WEEKDAYS, w.ADVERBS, w.SUBJECT_PRONOUNS,
    w.COORDINATORS,
)  # fmt: skip
_BACK = 60  # sources back that “the official” may refer to
_PERSON_BACK = 6  # sentences back that a pronoun may reach where nobody else is named
_SPEAKER = word_set("i we my our me us")


@record
class Mention:
    """A source in a sentence (by number), in the order of the text."""

    sentence: int
    at: Span
    source: Source


@dataclass
class Resolver:
    """What the report has said so far about who is who.

    ``names`` maps a surname to every full name that bears it, with the place of its first mention;
    ``bodies`` does the same for the last word of a body's name (``Front``: ``Southern Front``).
    """

    text: str
    sentences: Sequence[Span]
    names: dict[str, dict[str, Span]] = field(default_factory=dict)
    bodies: dict[str, dict[str, Span]] = field(default_factory=dict)
    seen: list[Mention] = field(default_factory=list)
    by_sentence: dict[int, list[Mention]] = field(default_factory=dict)
    by_name: dict[str, list[Source]] = field(default_factory=dict)
    genders: dict[str, str] = field(default_factory=dict)
    states: dict[str, Span] | None = None

    def __post_init__(self) -> None:
        for span in self.sentences:
            for run in _RUN.finditer(self.text, *span):
                self._learn(run)
        for found in _TITLED.finditer(self.text):
            surname = found.group("name").removesuffix("’s").removesuffix("'s")
            if surname not in self.names:
                start = found.start("name")
                self.names[surname] = {surname: Span(start, start + len(surname))}

    def _learn(self, run: re.Match[str]) -> None:
        self._learn_body(run)
        words = run.group().split()
        first = 0
        gender = ""
        for k, word in enumerate(words):
            low = word.lower().removesuffix("’s").removesuffix("'s")
            if low in w.TITLES or low in w.OFFICES or low in w.ORGANISATION_WORDS or low in w.DETERMINERS:
                gender = "m" if low in w.MASCULINE else "f" if low in w.FEMININE else gender
                first = k + 1
            elif word.endswith(("’s", "'s")) and k < len(words) - 1:
                first = k + 1
        words = words[first:]
        if words:
            words[-1] = words[-1].removesuffix("’s").removesuffix("'s").rstrip(".,")
        if gender and words:
            self.genders.setdefault(words[-1], gender)
        if not 2 <= len(words) <= 4 or words[-1].lower() in w.MONTHS or words[-1].lower() in w.WEEKDAYS:
            return
        full = " ".join(words)
        start = self.text.find(words[0], run.start(), run.end())
        self.names.setdefault(words[-1], {}).setdefault(full, Span(start, start + len(full)))

    def _learn_body(self, run: re.Match[str]) -> None:
        words = [word.removesuffix("’s").removesuffix("'s") for word in run.group().rstrip(".,").split()]
        start = run.start()
        if words[0].lower() in w.DETERMINERS:
            start += len(words[0]) + 1
            words = words[1:]
        if len(words) > 1 and words[-1].lower() in w.ORGANISATION_WORDS:
            at = Span(start, start + len(" ".join(words)))
            self.bodies.setdefault(words[-1].lower(), {}).setdefault(" ".join(words), at)

    def remember(self, source: Source, sentence: int) -> None:
        """Note a source for the pronouns that may follow."""
        if source.at is not None:
            mention = Mention(sentence, source.at, source)
            self.seen.append(mention)
            self.by_sentence.setdefault(sentence, []).append(mention)
            if source.name is not None:
                self.by_name.setdefault(source.name, []).append(source)

    def resolve(self, source: Source, sentence: int, parent: Source | None) -> Source:
        """The source with what it stands for, as far as the report allows; and remember it."""
        resolved = self._resolved(source, sentence, parent) if source.at is not None else source
        if resolved.at is not None:
            self.remember(resolved, sentence)
            self._note_gender(source, resolved)
        return resolved

    def _note_gender(self, source: Source, resolved: Source) -> None:
        low = source.text.lower()
        if resolved.name and (low in _HE or low in _SHE):
            self.genders.setdefault(resolved.name.split()[-1], "m" if low in _HE else "f")

    def _resolved(self, source: Source, sentence: int, parent: Source | None) -> Source:
        low = source.text.lower()
        if low in _SPEAKER:
            return self._speaker(source, parent)
        if low in _HE or low in _SHE:
            return self._person(source, sentence, "m" if low in _HE else "f", parent)
        if low in _THEY or low in _IT:
            return self._several(source, sentence) if low in _THEY else self._body(source, sentence)
        if source.text.isupper() and source.text.title() in self.names and len(source.text) > 2:
            return self._surname(source, source.text.title())
        if " " not in source.text and (source.kind == "institution" or source.text in self.names):
            state = self._government(source) if source.text not in self.names else None
            return state or self._surname(source, source.text)
        if source.kind == "institution" and (source.definite or source.text.endswith("overnment")):
            return self._government(source) or self._same_body(source)
        if source.kind == "named" and source.name and " " not in source.name:
            return self._surname(source, source.name)
        if low in ("one", "another", "both", "the other", "the others", "the second", "a third", "some"):
            return self._of_those(source)
        if low.startswith(("one of ", "two of ", "some of ", "another of ")):
            return self._of_those(source)
        if source.definite and source.kind in ("described", "role") and source.access is None:
            return self._again(source)
        return source

    def _speaker(self, source: Source, parent: Source | None) -> Source:
        """``I``, ``we``: whoever is quoted; outside of all quotations ``we`` is the outlet itself."""
        many = source.text.lower() in ("we", "our", "us")
        if parent is None:
            if many and (issuer := issuing_body(self.text)) is not None:
                return replace(
                    source, kind="institution", attribution="named", count=None, at_least=None,
                    name=_named_body(issuer.of(self.text)), stands_for=issuer,
                )  # fmt: skip
            if many:  # whoever writes: the outlet, where one publishes it; who that is, is not said here
                return replace(
                    source, kind="outlet", attribution="named", count=None, at_least=None, resolved=False
                )
            return replace(source, resolved=False)
        if many and parent.kind in ("named", "role") and (parent.count or 1) == 1:
            body = self._body_of(parent)
            if body is not None:
                return replace(
                    source, kind="institution", attribution="named", count=None, at_least=None,
                    name=body.of(self.text), stands_for=body,
                )  # fmt: skip
        return standing_for(source, parent)

    def _body_of(self, person: Source) -> Span | None:
        """The body that a person speaks for, as far as the words beside the name say."""
        fullest = max([person, *self.by_name.get(person.name or "", ())], key=lambda s: len(s.text))
        found = _BODY.search(self.text, *fullest.at) if fullest.at is not None else None
        return Span(*found.span("body")) if found is not None else None

    def _surname(self, source: Source, surname: str) -> Source:
        known = self.names.get(surname)
        if not known:
            return self._same_body(source)
        if source.at is None:
            return source
        before = {name: at for name, at in known.items() if at.start < source.at.start} or known
        # “Renn” and “Ida Renn” are one; “Ida Renn” and “Jon Renn” are two.
        if len({name.split()[0] for name in before}) > 1 and len(before) > 1:
            longest = max(before, key=len)
            if not all(set(name.split()) <= set(longest.split()) for name in before):
                return replace(
                    source, kind="named", attribution="named", name=None, resolved=False, count=1, at_least=1
                )
        name = max(before, key=len)
        expert = any(known.expert for known in self.by_name.get(name, ()))
        return replace(
            source, kind="named", attribution="named", name=name, count=1, at_least=1,
            stands_for=before[name], expert=expert,
        )  # fmt: skip

    def _government(self, source: Source) -> Source | None:
        """``Karsel``, ``the Karsel government`` and ``the government`` after ``the government of Karsel``."""
        if self.states is None:
            self.states = _states(self.text)
        low = source.text.lower().removeprefix("the ").removesuffix("’s").removesuffix("'s")
        key = low if low != "government" else next(iter(self.states)) if len(self.states) == 1 else ""
        for state, at in self.states.items():
            name = state.lower()
            spelt = (name, f"government of {name}", f"{name} government", f"{name}’s government")
            if low in spelt or low == f"{name}'s government" or key == state:
                return replace(source, name=f"government of {state}", stands_for=at)
        return None

    def _same_body(self, source: Source) -> Source:
        """``the Council`` after ``the Northern Council``, ``the association`` after its full name."""
        text = source.text.lower().removeprefix("the ")
        known = self.bodies.get(text)
        if known is None or source.at is None or len(known) > 1:
            return source
        name, at = next(iter(known.items()))
        if at.start >= source.at.start:
            return source
        return replace(source, name=name, stands_for=at)

    def _of_those(self, source: Source) -> Source:
        """``one``, ``one of the diplomats``, ``both``: some of the people described before."""
        for mention in self.seen[: -_BACK - 1 : -1]:
            other = mention.source
            several = (other.count or 2) > 1 and (other.at_least or 0) > 1
            if other.kind in ("described", "group") and several and other.at is not None:
                return replace(
                    source, kind=other.kind, attribution="described", stands_for=other.stands_for or other.at,
                    access=source.access or other.access, head=other.head,
                )  # fmt: skip
        return source

    def _near(self, sentence: int, at: Span) -> list[Mention]:
        """Sources of this sentence before ``at``, then of the sentence before; nearest sentence first."""
        here = [m for m in self.by_sentence.get(sentence, ()) if m.at.end <= at.start]
        return here[::-1] + self.by_sentence.get(sentence - 1, [])

    def _person(self, source: Source, sentence: int, gender: str, parent: Source | None) -> Source:
        assert source.at is not None
        if parent is not None and self._one_person(parent, gender):
            return standing_for(source, parent)
        for mention in self._near(sentence, source.at):
            other = mention.source
            if self._one_person(other, gender):
                return standing_for(source, other)
        for number in (sentence, sentence - 1):
            if not 0 <= number < len(self.sentences):
                continue
            span = self.sentences[number]
            end = source.at.start if number == sentence else span.end
            found = self._subject(Span(span.start, end), gender) or self._only_person(
                Span(span.start, end), gender
            )
            if found is not None:
                name, at = found
                return replace(
                    source, kind="named", attribution="named", name=name, stands_for=at, count=1, at_least=1
                )
        return self._further_back(source, sentence, gender)

    def _further_back(self, source: Source, sentence: int, gender: str) -> Source:
        """A person who spoke a few sentences before, where no other of that gender was named since."""
        assert source.at is not None
        for mention in self.seen[: -_BACK - 1 : -1]:
            if mention.sentence < sentence - _PERSON_BACK:
                break
            other = mention.source
            if mention.at.end > source.at.start or not self._one_person(other, gender):
                continue
            if other.kind != "named" or not self._alone_since(other, mention.at.end, source.at.start, gender):
                return replace(source, resolved=False)
            return standing_for(source, other)
        return replace(source, resolved=False)

    def _alone_since(self, person: Source, start: int, end: int, gender: str) -> bool:
        """Whether nobody else of that gender is named in a stretch."""
        own = (person.name or "").split()
        for found in _NAMED.finditer(self.text, start, end):
            surname = found.group().removesuffix("’s").removesuffix("'s").rstrip(".,")
            if surname in own or surname not in self.names:
                continue
            if self.genders.get(surname, gender) == gender:
                return False
        return True

    def _one_person(self, other: Source, gender: str) -> bool:
        single = other.kind == "named" or (other.kind in ("role", "described") and other.at_least == 1)
        return single and other.resolved and (other.count or 1) == 1 and self._fits(other, gender)

    def _fits(self, other: Source, gender: str) -> bool:
        key = other.name.split()[-1] if other.name else ""
        known = self.genders.get(key, "")
        titles = re.split(r" who | whose |, ", other.text)[0]
        words = {part.strip(",.").lower() for part in titles.split()}
        if not known:
            known = "m" if words & w.MASCULINE else "f" if words & w.FEMININE else ""
        return known in ("", gender)

    def _subject(self, span: Span, gender: str) -> tuple[str, Span] | None:
        """A person who opens the sentence as its subject."""
        found = _SUBJECT.search(self.text[span.start : span.end])
        if found is None:
            return None
        surname = found.group("who").split()[-1].removesuffix("’s").rstrip(".,")
        known = self.names.get(surname)
        if not known or len(known) > 1 or self.genders.get(surname, gender) != gender:
            return None
        name, at = next(iter(known.items()))
        return (name, at) if at.start < span.end else None

    def _only_person(self, span: Span, gender: str) -> tuple[str, Span] | None:
        """The one person whose name stands in a stretch."""
        met: dict[str, Span] = {}
        for found in _NAMED.finditer(self.text, *span):
            surname = found.group().removesuffix("’s").removesuffix("'s").rstrip(".,")
            known = self.names.get(surname)
            if (
                known
                and len({n.split()[0] for n in known}) == 1
                and self.genders.get(surname, gender) == gender
            ):
                met[surname] = next(iter(known.values()))
        if len(met) != 1:
            return None
        surname, at = next(iter(met.items()))
        return max(self.names[surname], key=len), at

    def _several(self, source: Source, sentence: int) -> Source:
        assert source.at is not None
        for mention in self._near(sentence, source.at):
            other = mention.source
            if other.resolved and (
                other.plural or (other.count or 0) > 1 or other.kind in ("institution", "group")
            ):
                return standing_for(source, other)
        return replace(source, resolved=False)

    def _body(self, source: Source, sentence: int) -> Source:
        assert source.at is not None
        for mention in self._near(sentence, source.at):
            other = mention.source
            if other.resolved and other.kind in ("institution", "document", "outlet"):
                return standing_for(source, other)
        for number in (sentence, sentence - 1):
            if 0 <= number < len(self.sentences):
                span = self.sentences[number]
                end = source.at.start if number == sentence else span.end
                found = self._nearest_name(span, end, last=number == sentence)
                if found is not None:
                    body = replace(
                        source, text=found.of(self.text), at=found, kind="institution", attribution="named"
                    )
                    body = self._same_body(replace(body, name=body.text, count=None, at_least=None))
                    return replace(body, text=source.text, at=source.at, stands_for=body.stands_for or found)
        return replace(source, kind="institution", resolved=False, count=None, at_least=None)

    def _nearest_name(self, span: Span, end: int, last: bool) -> Span | None:
        """A single name in capitals that is nobody's surname: the nearest, or the first of a sentence."""
        names = [
            Span(*m.span())
            for m in re.finditer(r"\b[A-Z][a-z][\w-]+\b", self.text[span.start : end])
            if m.group() not in self.names and m.group().lower() not in _NO_NAMES
        ]
        names = [Span(span.start + s.start, span.start + s.end) for s in names]
        return (names[-1] if last else names[0]) if names else None

    def _again(self, source: Source) -> Source:
        """``the official``, ``the minister``: the nearest earlier source with that head."""
        singular = source.head.removesuffix("s")
        if source.at is None or " of " in source.text or "’s" in source.text:
            return source
        for mention in self.seen[: -_BACK - 1 : -1]:
            other = mention.source
            if source.plural and (other.at_least or 2) < 2:
                continue  # “the officials” are not the one official
            if other.kind == "described" and _alike(other.head, singular):
                merged = standing_for(source, other)
                if source.at_least == 1 and (other.count or 2) > 1:
                    return replace(merged, count=1, at_least=1)
                return merged
            words = set(re.findall(r"[\w-]+", other.text.lower()))
            held = source.head in words or (source.head in w.VOICES and not words.isdisjoint(w.VOICES))
            if other.kind == "named" and source.at_least == 1 and held:
                return standing_for(source, other)
        return source


_STATE = re.compile(
    r"\b[Gg]overnment of (?P<of>[A-Z][\w-]+(?: [A-Z][\w-]+)?)|\b(?P<own>[A-Z][\w-]+)[’']s government\b"
)
_ISSUED = re.compile(
    r"(?:joint |open |press |public )?(?:statement|letter|communiqué|communique|declaration|appeal|message"
    r"|press release|notice)(?: (?:issued|signed|released))? (?:of|by|from) "
    r"(?P<body>(?:the )?[^\n.,:;–—]{3,80})",
    re.I,
)
_STATEMENT = re.compile(
    r"(?P<body>(?:The )?[A-Z][^\n.,:;–—]{2,60}?)(?:[’']s?)?:? "
    r"(?:joint |open |press |public )?(?:statement|communiqué|communique|press release|declaration)$",
    re.I,
)


def _states(text: str) -> dict[str, Span]:
    """The states whose governments a text names, with where it does first."""
    found: dict[str, Span] = {}
    for match in _STATE.finditer(text):
        name = match.group("of") or match.group("own")
        found.setdefault(name, Span(*match.span()))
    return found


def issuing_body(text: str) -> Span | None:
    """The body that issues a text, where its first lines say so: ``Statement of the Growers’ League``.

    Examples
    --------
    >>> text = "Statement of the Growers’ League\\n\\nWe demand water."
    >>> issuing_body(text).of(text)
    'the Growers’ League'
    """
    at = 0
    for line in text.split("\n", 6)[:6]:
        if line.strip() and len(line) < 120:
            stripped = line.rstrip()
            found = _ISSUED.match(line) or _STATEMENT.match(stripped)
            if found is not None:
                first, end = found.span("body")
                end = first + len(
                    re.split(r" (?:on|about|to|concerning|regarding) ", found["body"])[0].rstrip()
                )
                return Span(at + first, at + end)
        at += len(line) + 1
    return None


def _named_body(words: str) -> str:
    """A body's name as a source is filed: without its article, not in capitals throughout."""
    name = re.sub(r"^the ", "", words, flags=re.I)
    return name.title() if name.isupper() and " " in name else name


def standing_for(source: Source, other: Source) -> Source:
    """The same words, standing for ``other``."""
    return replace(
        source,
        kind=other.kind,
        attribution=other.attribution,
        count=other.count,
        at_least=other.at_least,
        name=other.name,
        access=other.access,
        stands_for=other.stands_for or other.at,
        resolved=other.resolved,
        expert=other.expert,
        head=other.head,
    )


def _alike(head: str, singular: str) -> bool:
    irregular = {"people": "person", "men": "man", "women": "woman"}
    return irregular.get(head, head.removesuffix("s")) == irregular.get(singular, singular)
