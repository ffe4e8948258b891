"""What every conclusion rests on."""

from accordant.reliance.analysis import analyse, known_grounds
from accordant.reliance.conclusions import Conclusion, parse_conclusion
from accordant.reliance.result import Rest, RestsResult, Status

__all__ = ["Conclusion", "Rest", "RestsResult", "Status", "analyse", "known_grounds", "parse_conclusion"]
