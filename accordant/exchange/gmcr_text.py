"""A ``.gmcr`` model as the text of its file."""

from __future__ import annotations

import json
from typing import Any

from accordant.exchange.gmcr_model import Condition, GmcrModel, Statement
from accordant.version import __version__


def document(model: GmcrModel) -> str:
    """A model as the text of its file: ASCII, so that every program reads the same names.

    Examples
    --------
    >>> from accordant.exchange.gmcr_model import DecisionMaker, Option
    >>> text = document(GmcrModel((Option("go"),), (DecisionMaker("North", (0,)),)))
    >>> print("".join(text.splitlines(keepends=True)[3:]), end="")
      "options": [
        {"name": "go", "permittedDirection": "both"}
      ],
      "decisionMakers": [
        {"name": "North", "options": [0], "preferences": [], "misperceptions": []}
      ],
      "infeasibles": [],
      "coalitions": [0],
      "useManualPreferenceRanking": false
    }
    """
    ranking = ("preferenceRanking",) if model.manual else ()
    makers = [
        {
            "name": maker.name,
            "options": list(maker.options),
            "preferences": [statement_json(s) for s in maker.preferences],
            "misperceptions": [statement_json(s) for s in maker.misperceptions],
            **{
                key: [level[0] if len(level) == 1 else list(level) for level in maker.ranking or ()]
                for key in ranking
            },
        }
        for maker in model.makers
    ]
    blocks = model.coalitions or tuple((k,) for k in range(len(makers)))
    parts = {
        "program": "accordant",
        "version": __version__,
        "options": [{"name": o.name, "permittedDirection": o.direction} for o in model.options],
        "decisionMakers": makers,
        "infeasibles": [statement_json(s) for s in model.infeasibles],
        "coalitions": [block[0] if len(block) == 1 else list(block) for block in blocks],
        "useManualPreferenceRanking": model.manual,
    }
    lines = ",\n".join(f"  {json.dumps(key)}: {_lines(value)}" for key, value in parts.items())
    return f"{{\n{lines}\n}}\n"


def _lines(value: Any) -> str:
    """A list of objects or conditions with one item to a line, anything else on one line."""
    if isinstance(value, list) and any(isinstance(item, dict | list) for item in value):
        return "[\n" + ",\n".join(f"    {json.dumps(item)}" for item in value) + "\n  ]"
    return json.dumps(value)


def condition_json(condition: Condition) -> list[Any]:
    """A condition as the file writes it.

    Examples
    --------
    >>> condition_json(((0, True), (2, False)))
    [[0, 'Y'], [2, 'N']]
    """
    return [[option, "Y" if taken else "N"] for option, taken in condition]


def statement_json(statement: Statement) -> Any:
    """A statement as the file writes it: a condition alone, or several as a compound."""
    if len(statement) == 1:
        return condition_json(statement[0])
    return {"compound": True, "members": [condition_json(condition) for condition in statement]}
