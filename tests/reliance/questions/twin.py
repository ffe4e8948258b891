"""Questions straight from their words: every setting listed, every set of answers tried."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, permutations, product

from accordant.model.compiler import Compiler
from accordant.model.settings import Setting, SettingSpace
from accordant.reliance.conclusions import Conclusion
from tests.reliance import twin

Answers = dict[str, str]
"""Questions with one answer each."""


@dataclass(frozen=True)
class Listed:
    """Every setting with what a conclusion is in it."""

    space: SettingSpace
    settings: tuple[Setting, ...]
    truth: tuple[tuple[bool, bool], ...]

    @classmethod
    def of(cls, compiler: Compiler, conclusion: Conclusion, taken: Sequence[str] = ()) -> Listed:
        space = compiler.setting_space(taken)
        settings = tuple(space.settings())
        return cls(
            space, settings, tuple(twin.truth(compiler, compiler.view(s), conclusion) for s in settings)
        )

    @property
    def questions(self) -> dict[str, list[str]]:
        """Every question with its answers."""
        found = {e: ["yes", "no"] for e in self.space.free}
        for group, size in self.space.groups.items():
            found[group] = [" > ".join(map(str, order)) for order in permutations(range(1, size + 1))]
        return found

    def left(self, answers: Mapping[str, str]) -> Iterator[tuple[bool, bool]]:
        for setting, found in zip(self.settings, self.truth, strict=True):
            if all(self._fits(setting, q, a) for q, a in answers.items()):
                yield found

    def _fits(self, setting: Setting, question: str, answer: str) -> bool:
        if question in self.space.groups:
            written = tuple(range(self.space.groups[question]))
            order = dict(setting.perms).get(question, written)
            return answer == " > ".join(str(k + 1) for k in order)
        return (question in setting.off) == (answer == "no")

    def status(self, answers: Mapping[str, str]) -> str:
        found = list(self.left(answers))
        if all(must for must, _ in found):
            return "always"
        return "sometimes" if any(may for _, may in found) else "never"

    def count(self, answers: Mapping[str, str]) -> tuple[int, int]:
        found = list(self.left(answers))
        return sum(must for must, _ in found), len(found)

    def every_answer_to(self, questions: Sequence[str]) -> Iterator[Answers]:
        known = self.questions
        for answers in product(*(known[q] for q in questions)):
            yield dict(zip(questions, answers, strict=True))

    def together(self) -> list[frozenset[str]]:
        """Smallest sets of questions that decide it whatever the answers are."""
        found: list[frozenset[str]] = []
        for size in range(len(self.questions) + 1):
            for chosen in combinations(self.questions, size):
                if any(f <= set(chosen) for f in found):
                    continue
                if all(self.status(a) != "sometimes" for a in self.every_answer_to(chosen)):
                    found.append(frozenset(chosen))
        return found

    def enough(self, status: str) -> set[frozenset[tuple[str, str]]]:
        """Smallest sets of answers with which it is always, or never, so."""
        found: set[frozenset[tuple[str, str]]] = set()
        for size in range(len(self.questions) + 1):
            for chosen in combinations(self.questions, size):
                for answers in self.every_answer_to(chosen):
                    told = frozenset(answers.items())
                    if not any(f <= told for f in found) and self.status(answers) == status:
                        found.add(told)
        return found

    def at_most(self, answers: Answers) -> int:
        """Questions that it takes at most, each chosen by the answers before it."""
        if self.status(answers) != "sometimes":
            return 0
        left = [q for q in self.questions if q not in answers]
        return 1 + min(max(self.at_most({**answers, q: a}) for a in self.questions[q]) for q in left)
