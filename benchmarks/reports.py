"""Reports for the benchmarks of reading: as the annotated ones are written, but as many as are wanted.

The paragraphs are those of ``corpus/seen``. In each story the longer words that say what it is about
are exchanged for others of the corpus, so that two stories share the words that attribute and
little else: no two sentences of a thousand stories are the same.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from random import Random

from accordant.evidence.cues import NOUNS, VERBS
from accordant.evidence.tokens import token_of

CORPUS = Path(__file__).parent.parent / "corpus" / "seen"
WORDS = 750
_WORD = re.compile(r"[^\W\d_]+")


@cache
def paragraphs() -> tuple[tuple[str, ...], ...]:
    """The paragraphs of each report of the corpus."""
    texts = [file.read_text("utf-8") for file in sorted(CORPUS.glob("*.txt"))]
    return tuple(tuple(p for p in re.split(r"\n\s*\n", text) if p.strip()) for text in texts)


@cache
def _content() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Names, and words of content: what a story may exchange without changing how it is told."""
    found = {word for text in paragraphs() for p in text for word in _WORD.findall(p) if len(word) > 4}
    plain = sorted(word for word in found if token_of(word).plain and word.lower() not in NOUNS)
    names = [w for w in plain if w.istitle() and w.lower() not in found and w.lower() not in VERBS]
    return tuple(names), tuple(word for word in plain if word.islower())


def story(number: int, words: int = WORDS) -> str:
    """A report of about so many words; the same number gives the same report."""
    random = Random(number)
    exchange: dict[str, str] = {}
    for kind in _content():
        exchange.update(zip(kind, random.sample(kind, len(kind)), strict=True))
    held: list[str] = []
    size = 0
    while size < words:
        for paragraph in random.choice(paragraphs()):
            if size < words:
                held.append(_WORD.sub(lambda match: exchange.get(match.group(), match.group()), paragraph))
                size += len(held[-1].split())
    return "\n\n".join(held) + "\n"


def versions(number: int) -> tuple[str, str, str, str]:
    """One story four times: as it is, again, its first half, and with every third paragraph left out."""
    whole = story(number, 300)
    parts = whole.split("\n\n")
    half = "\n\n".join(parts[: (len(parts) + 1) // 2])
    less = "\n\n".join(part for k, part in enumerate(parts) if k % 3 != 1)
    return whole, whole, half, f"{less}\n\n(This story was first reported by the Harbour Courier {number}.)"
