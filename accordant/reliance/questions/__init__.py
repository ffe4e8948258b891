"""What would settle a case: its open questions, ranked by what their answers decide."""

from accordant.reliance.questions.analysis import ask
from accordant.reliance.questions.result import (
    Answered,
    Assumed,
    Bar,
    Question,
    QuestionsResult,
    Undecided,
)

__all__ = ["Answered", "Assumed", "Bar", "Question", "QuestionsResult", "Undecided", "ask"]
