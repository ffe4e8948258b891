"""Short reports of our own that hang together, or do not."""

from __future__ import annotations

from collections.abc import Sequence

from accordant.evidence.reading import read_report
from accordant.evidence.together.analysis import together
from accordant.evidence.together.result import TogetherResult

EXCLUSIVE = (
    "Norland has offered to lift the blockade of Karsel harbour for 30 days, two officials familiar with the "
    "talks told the Lake Tribune.\n\n"
    "The offer was carried to Sudmark by the envoy Ida Renn, one of them said. "
    "Ida Renn said that 400 tonnes of grain were waiting in Karsel.\n"
)
RETOLD = (
    "The blockade of Karsel may pause. Norland proposed lifting it for 30 days, the Lake Tribune reported, "
    "citing two officials who know the negotiations. The proposal went to Sudmark through Ida Renn. "
    "Some 400 tonnes of grain are waiting, according to the Lake Tribune.\n"
)
OTHER_TOPIC = (
    "Norland will send a delegation to the trade fair in Sudmark, the ministry said. "
    "The envoy Ida Renn told the Harbour Courier that hotels in Karsel were full.\n"
)
MINISTER = (
    "The Norlandish minister Anton Vask said that Norland had offered to lift the blockade of Karsel "
    "for 30 days.\n"
)
FEWER = "Norland offered to lift the blockade of Karsel harbour for 10 days, a spokesman for the port said.\n"
NONE_SUCH = "Norland did not offer to lift the blockade of Karsel harbour, a spokesman for the port said.\n"
SIGNED = "Under a ceasefire accord, Norland and Sudmark will exchange captives, the envoy Ida Renn said.\n"
TALKING = (
    "The ceasefire talks between Norland and Sudmark go on, the envoy Ida Renn said. No ceasefire has "
    "been agreed.\n"
)


def read_all(*texts: str, published: Sequence[str] = ()) -> TogetherResult:
    days = [*published, *["2031-05-04"] * len(texts)]
    return together([read_report(text.encode(), f"{k}.txt", days[k - 1]) for k, text in enumerate(texts, 1)])


def claims_of(result: TogetherResult, members: Sequence[int]) -> list[str]:
    """The statements of a group, by what they say."""
    return [result.matter.statements[m].quote for m in members]
