"""The form of a ``.gmcr`` file: from JSON to the model, with every mistake at once.

Nothing here knows which states are feasible; that rankings fit the states is checked in
:mod:`accordant.exchange.gmcr_in`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from accordant.case.findings import Finding, Findings
from accordant.case.places import Path
from accordant.errors import did_you_mean
from accordant.exchange.gmcr_json import Object, Repeated
from accordant.exchange.gmcr_model import (
    DIRECTIONS,
    UNREAD,
    Condition,
    DecisionMaker,
    GmcrModel,
    Level,
    Option,
    Statement,
)

MANUAL = ("useManualPreferenceRanking", "useManualPreferenceVectors")
"""The key that says whether rankings count, and what older files call it."""
RANKING = ("preferenceRanking", "preferenceVector")
DIRECTION = ("permittedDirection", "reversibility")
REQUIRED = ("options", "decisionMakers", "infeasibles")
KEYS = (*REQUIRED, *MANUAL, "coalitions", "coalitionsFull", "program", "version")
OPTION_KEYS = ("name", *DIRECTION)
MAKER_KEYS = ("name", "options", "preferences", "misperceptions", "payoffs", *RANKING)
TWICE = "the key stands twice"
COMPOUND_KEYS = ("compound", "members")
_SHOWN = 60
_HALF = re.compile("[\ud800-\udfff]")


def model_of(data: Any) -> tuple[GmcrModel | None, list[Finding]]:
    """The model that JSON holds; None where it is not even roughly one.

    Returns
    -------
    model, findings
        With mistakes among the findings, the model holds only what could be read.

    Examples
    --------
    >>> _, found = model_of({"options": [{"name": "a", "permittedDirection": "up"}], "decisionMakers": []})
    >>> [finding.message for finding in found][:2]
    ["the key 'infeasibles' is missing", "'up' is no direction"]
    """
    shape = _Shape()
    return shape.model(data), shape.say.all


@dataclass
class _Shape:
    """Reads the parts of one file and collects what is wrong with them."""

    say: Findings = field(default_factory=Findings)
    options: int = 0

    def model(self, data: Any) -> GmcrModel | None:
        if not isinstance(data, dict):
            self.wrong((), "must be an object with 'options', 'decisionMakers' and 'infeasibles'", data)
            return None
        self.keys((), data, KEYS)
        for key in REQUIRED:
            if key not in data:
                self.say.error(
                    (), f"the key {key!r} is missing", hint=f'write "{key}": [] where there are none'
                )
        options = self.items((), data, "options", self.option)
        self.options = len(data["options"]) if isinstance(data.get("options"), list) else 0
        makers = self.items((), data, "decisionMakers", self.maker)
        self.counted(data)
        manual = self.manual(data)
        infeasibles = self.statements((), data, "infeasibles")
        blocks = self.coalitions(data, makers)
        written = [data[k] for k in ("program", "version") if isinstance(data.get(k), str)]
        program = _HALF.sub("?", " ".join(written))
        self.names(options, makers)
        return GmcrModel(options, makers, infeasibles, blocks, manual, program)

    # -- parts -----------------------------------------------------------------------------------

    def option(self, path: Path, data: Any) -> Option:
        name = self.named(path, data, OPTION_KEYS)
        if name is None:
            return Option("")
        key = next((key for key in DIRECTION if key in data), None)
        if key is None:
            self.say.warning(path, "gives no permitted direction; read as both", found=name)
            return Option(name)
        given = data[key]
        if not isinstance(given, str) or given not in DIRECTIONS:
            hint = did_you_mean(given, tuple(DIRECTIONS)) if isinstance(given, str) else None
            message = f"{given!r} is no direction" if isinstance(given, str) else "must be a word"
            self.say.error((*path, key), message, found=shown(given), allowed=tuple(DIRECTIONS), hint=hint)
            return Option(name)
        return Option(name, given)

    def maker(self, path: Path, data: Any) -> DecisionMaker:
        name = self.named(path, data, MAKER_KEYS)
        if name is None:
            return DecisionMaker("")
        if "options" not in data:
            self.say.error(path, "the key 'options' is missing", hint='write "options": [] for none')
        options = self.items(path, data, "options", self.number)
        for k, option in enumerate(options):
            if option >= 0 and option in options[:k]:
                self.say.error((*path, "options", k), f"names option {option} twice", found=str(option))
        return DecisionMaker(
            name,
            tuple(dict.fromkeys(o for o in options if o >= 0)),
            self.statements(path, data, "preferences"),
            self.statements(path, data, "misperceptions"),
            self.ranking(path, data),
            self.payoffs(path, data),
        )

    def number(self, path: Path, data: Any) -> int:
        """The number of an option; -1 where it is none."""
        if not whole(data):
            self.wrong(path, "must be the number of an option", data, self.range(self.options))
        elif not 0 <= data < self.options:
            hint = None if self.options else "the file has no options"
            message = f"there is no option {data}; options are numbered from 0"
            self.say.error(path, message, found=str(data), allowed=self.range(self.options), hint=hint)
        else:
            return int(data)
        return -1

    def statements(self, path: Path, data: Mapping[str, Any], key: str) -> tuple[Statement, ...]:
        return tuple(s for s in self.items(path, data, key, self.statement) if s)

    def statement(self, path: Path, data: Any) -> Statement:
        if not isinstance(data, dict):
            condition = self.condition(path, data)
            return (condition,) if condition else ()
        self.keys(path, data, COMPOUND_KEYS)
        if data.get("compound", True) is not True:
            self.wrong((*path, "compound"), "must be true", data["compound"])
        if "members" not in data:
            self.say.error(
                path, "the key 'members' is missing", hint="a compound holds conditions: {members: [...]}"
            )
        if data.get("members") == []:
            self.say.warning(path, "is a compound without members, true of no state; left out")
        return tuple(c for c in self.items(path, data, "members", self.condition) if c)

    def condition(self, path: Path, data: Any) -> Condition:
        if not isinstance(data, list):
            self.wrong(path, 'must be a condition: [[option, "Y" or "N"], ...]', data)
            return ()
        if not data:
            hint = 'write [[option, "Y" or "N"], ...], or take it out'
            self.say.error(path, "is an empty condition, true of every state", found="[]", hint=hint)
        found: dict[int, bool] = {}
        for k, pair in enumerate(data):
            self.literal((*path, k), pair, found)
        return tuple(sorted(found.items()))

    def literal(self, path: Path, data: Any, found: dict[int, bool]) -> None:
        if not isinstance(data, list) or len(data) != 2:
            self.wrong(path, 'must be a pair [option, "Y" or "N"]', data)
            return
        option = self.number((*path, 0), data[0])
        if data[1] not in ("Y", "N"):
            self.wrong((*path, 1), "must say whether the option is taken", data[1], ("Y", "N"))
            return
        taken = data[1] == "Y"
        if option in found and found[option] != taken:
            self.say.error(path, f"wants option {option} both taken and not taken", found=shown(data))
        elif option in found:
            self.say.error(path, f"names option {option} twice", found=shown(data))
        if option >= 0:
            found[option] = taken

    def ranking(self, path: Path, data: Mapping[str, Any]) -> tuple[Level, ...] | None:
        key = self.one_of(path, data, RANKING)
        return None if key is None else self.items(path, data, key, self.level)

    def level(self, path: Path, data: Any) -> Level:
        states = data if isinstance(data, list) else [data]
        if not states:
            self.say.error(path, "is an empty tie", found="[]", hint="take it out")
        for k, state in enumerate(states):
            if not _counts(state):
                at = (*path, k) if isinstance(data, list) else path
                self.wrong(at, "must be a state's number, or a list of them for a tie", state)
        return tuple(s if _counts(s) else UNREAD for s in states)

    def payoffs(self, path: Path, data: Mapping[str, Any]) -> tuple[float, ...] | None:
        if "payoffs" not in data:
            return None
        return self.items(path, data, "payoffs", self.payoff)

    def payoff(self, path: Path, data: Any) -> float:
        if isinstance(data, bool) or not isinstance(data, int | float):
            self.wrong(path, "must be a number", data)
            return 0
        return data

    def manual(self, data: Mapping[str, Any]) -> bool:
        key = self.one_of((), data, MANUAL)
        if key is None:
            return False
        if not isinstance(data[key], bool):
            self.wrong((key,), "must be true or false", data[key], ("true", "false"))
        return data[key] is True

    def coalitions(self, data: Mapping[str, Any], makers: Sequence[DecisionMaker]) -> tuple[Level, ...]:
        def block(path: Path, given: Any) -> tuple[int, ...]:
            members = given if isinstance(given, list) else [given]
            for k, member in enumerate(members):
                at = (*path, k) if isinstance(given, list) else path
                if not whole(member):
                    self.wrong(at, "must be the number of a decision maker, or a list of them", member)
                elif not 0 <= member < len(makers):
                    message = f"there is no decision maker {member}; they are numbered from 0"
                    self.say.error(at, message, found=str(member), allowed=self.range(len(makers)))
                elif member in seen:
                    self.say.error(at, f"names decision maker {member} twice", found=str(member))
                else:
                    seen.append(member)
            return tuple(m for m in members if whole(m) and 0 <= m < len(makers))

        seen: list[int] = []
        blocks = self.items((), data, "coalitions", block)
        missing = [k for k in range(len(makers)) if k not in seen]
        if blocks and missing:
            found = ", ".join(f"{k} ({makers[k].name})" for k in missing)
            self.say.warning(("coalitions",), "leaves decision makers out; read as acting alone", found=found)
        return blocks

    # -- the whole -------------------------------------------------------------------------------

    def counted(self, data: Mapping[str, Any]) -> None:
        """There is something to model."""
        for key, what in (("options", "an option"), ("decisionMakers", "a decision maker")):
            if data.get(key) == []:
                self.say.error((key,), f"a model needs at least {what}", found="[]")

    def names(self, options: Sequence[Option], makers: Sequence[DecisionMaker]) -> None:
        """Decision makers, and the options of one of them, have names of their own."""
        every = range(len(makers))
        self.differ(
            "decisionMakers", [(k, makers[k].name) for k in every], "another decision maker has this name"
        )
        for maker in makers:
            own = [(k, options[k].name) for k in maker.options if k < len(options)]
            self.differ("options", own, f"another option of {maker.name!r} has this name")

    def differ(self, key: str, named: Sequence[tuple[int, str]], message: str) -> None:
        seen: set[str] = set()
        for k, name in named:
            if name and name in seen:
                self.say.error((key, k, "name"), message, found=name, hint="rename one of them")
            seen.add(name)

    # -- forms -----------------------------------------------------------------------------------

    def items(self, path: Path, data: Mapping[str, Any], key: str, read: Any) -> tuple[Any, ...]:
        """Every item of the list under a key; nothing where there is no list."""
        if key not in data:
            return ()
        if not isinstance(data[key], list):
            self.wrong((*path, key), "must be a list", data[key])
            return ()
        return tuple(read((*path, key, k), item) for k, item in enumerate(data[key]))

    def named(self, path: Path, data: Any, keys: Sequence[str]) -> str | None:
        """The name of an object with these keys; None where it is no object."""
        if not isinstance(data, dict):
            self.wrong(path, f"must be an object with {', '.join(map(repr, keys[:2]))}", data)
            return None
        self.keys(path, data, keys)
        if "name" not in data:
            self.say.error(path, "the key 'name' is missing")
            return ""
        name = data["name"]
        if not isinstance(name, str) or not name.strip():
            self.wrong((*path, "name"), "must be a name", name)
            return ""
        if _HALF.search(name):
            self.wrong((*path, "name"), "holds half of a character, which no file can hold", name)
            return ""
        return name

    def keys(self, path: Path, data: Mapping[str, Any], known: Sequence[str]) -> None:
        for key in data:
            if key not in known:
                hint = did_you_mean(key, known)
                self.say.error((*path, key), "unknown key", found=key, allowed=known, hint=hint, on_key=True)
        for key in data.twice if isinstance(data, Object) else ():
            hint = "take one of them out; here the first is read"
            self.say.all.append(Repeated((*path, key), TWICE, key, hint=hint, on_key=True))

    def one_of(self, path: Path, data: Mapping[str, Any], keys: Sequence[str]) -> str | None:
        """Which of a key and its older name is used; both only where they agree."""
        used = [key for key in keys if key in data]
        if len(used) > 1 and data[used[0]] != data[used[1]]:
            message = f"says something else than its newer name {used[0]!r}"
            self.say.error(
                (*path, used[1]), message, found=shown(data[used[1]]), hint="take one out", on_key=True
            )
        return used[0] if used else None

    def wrong(self, path: Path, message: str, found: Any, allowed: Sequence[str] = ()) -> None:
        self.say.error(path, message, found=shown(found), allowed=allowed)

    def range(self, count: int) -> tuple[str, ...]:
        if count > 12:
            return (f"0 to {count - 1}",)
        return tuple(map(str, range(count)))


def whole(value: Any) -> bool:
    """Whether a value is a whole number (true and false are none)."""
    return isinstance(value, int) and not isinstance(value, bool)


def _counts(value: Any) -> bool:
    return whole(value) and value >= 0


def shown(value: Any) -> str:
    """A value as JSON, cut where it is long."""
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
