"""The reference of commands, made from the command line itself; the prose is in ``docs/commands.md``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

PAGE = "reference/commands"
HEAD = """# Every command

Made from the program: what `accordant --help` shows, in one place. [Commands](../commands.md) says in words
what each command answers, and how to read it; [JSON](../json.md) has the keys of what `--json` prints.

## Exit status
"""


def write(root: Path, source: Path) -> list[str]:
    """Write the page, and say where it is."""
    file = source / f"{PAGE}.md"
    file.parent.mkdir(parents=True, exist_ok=True)
    prose = (root / "docs" / "commands.md").read_text(encoding="utf-8")
    file.write_text(page(prose), encoding="utf-8")
    return [PAGE]


def page(prose: str) -> str:
    """Every command with its arguments, options and exit statuses.

    Parameters
    ----------
    prose
        The text of ``docs/commands.md``: the table of exit statuses, and what it says of that of one command.
    """
    import typer

    from accordant.cli.app import app

    group: Any = typer.main.get_command(app)
    parts = [HEAD, _table(_section(prose, "Exit status and messages"))]
    for name, command in group.commands.items():
        parts += _command(name, command, _statuses(_section(prose, name)))
        for inner, one in getattr(command, "commands", {}).items():
            parts += _command(f"{name} {inner}", one, "", level=3, target=name)
    return "\n".join(parts)


def _section(prose: str, title: str) -> str:
    found = re.search(rf"^## {re.escape(title)}$(.*?)(?=^## |\Z)", prose, re.MULTILINE | re.DOTALL)
    return found[1] if found else ""


def _table(section: str) -> str:
    return "\n".join(line for line in section.splitlines() if line.startswith("|")) + "\n"


def _statuses(section: str) -> str:
    """The sentences of a command's section that speak of its exit status.

    Examples
    --------
    >>> _statuses("Compares. The status is 1\\nif any differs. More.\\n\\n* `--x`: y.")
    'The status is 1 if any differs.'
    """
    words = " ".join(re.sub(r"^[*-] `-.*?(?=^[*-] |\Z)", "", section, flags=re.MULTILINE | re.DOTALL).split())
    sentences = re.split(r"(?<=[.;:]) (?=[A-Z])", words)
    return " ".join(
        s for s in sentences if re.search(r"\bstatus(?:es)? (?:is|are|of|then|0|1|2)\b", s) and "--" not in s
    )


def _command(name: str, command: Any, statuses: str, level: int = 2, target: str = "") -> Iterator[str]:
    yield f"{'#' * level} {name}\n"
    yield f"`accordant {name} {_usage(command)}`\n"
    if command.help:
        yield f"{_prose(command.help)}\n"
    shown = [p for p in command.params if not getattr(p, "hidden", False)]
    arguments = [p for p in shown if p.param_type_name == "argument"]
    options = [p for p in shown if p.param_type_name == "option"]
    if arguments:
        yield _rows("argument", ((p.metavar or p.name.upper(), p) for p in arguments))
    if options:
        yield _rows("option", ((_names(p), p) for p in options))
    if statuses:
        yield f"Exit status: {statuses}\n"
    yield f"In words: [{target or name}](../commands.md#{(target or name).lower()}).\n"


def _usage(command: Any) -> str:
    arguments = [p for p in command.params if p.param_type_name == "argument"]
    words = [_argument(p) for p in arguments]
    words += ["[OPTIONS]"] if any(p.param_type_name == "option" for p in command.params) else []
    return " ".join([*words, *(["[COMMAND]"] if getattr(command, "commands", None) else [])])


def _argument(parameter: Any) -> str:
    word = parameter.metavar or parameter.name.upper()
    word += "…" if parameter.nargs == -1 else ""
    return word if parameter.required else f"[{word}]"


def _names(parameter: Any) -> str:
    value = f" {parameter.metavar}" if parameter.metavar and not parameter.is_flag else ""
    return ", ".join(parameter.opts) + value


def _rows(kind: str, parameters: Iterable[tuple[str, Any]]) -> str:
    rows = [f"| {kind} | what it does | |", "|---|---|---|"]
    rows += [
        f"| `{_cell(shown)}` | {_cell(_prose(p.help or ''))} | {_cell(_more(p))} |" for shown, p in parameters
    ]
    return "\n".join(rows) + "\n"


def _more(parameter: Any) -> str:
    """Whether it has to be given, may be repeated, or is something by itself."""
    found = []
    if parameter.required:
        found.append("required")
    if getattr(parameter, "multiple", False) or parameter.nargs == -1:
        found.append("may be repeated")
    default = parameter.default
    if default not in (None, False, "", ()) and not callable(default) and not parameter.required:
        found.append(f"default `{default}`")
    return ", ".join(found)


def _prose(text: str) -> str:
    """Help as running text, with nothing in it that would be read as markup."""
    return re.sub(r"([\\*_\[\]<>`])", r"\\\1", " ".join(text.split()))


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
