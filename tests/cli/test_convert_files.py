"""Files of bargaining programs on the command line: wherever a case is taken, there and back."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from accordant import load
from tests.documents import ROOT

Run = Callable[..., Any]
CLINIC = ROOT / "docs" / "examples" / "clinic"


def test_a_folder_of_nothing_that_is_known_is_no_case(tmp_path: Path, accordant: Run) -> None:
    (tmp_path / "x.xml").write_text("<html/>", encoding="utf-8")
    assert "there is no case.yaml" in accordant("check", str(tmp_path)).err


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        (
            "x.xml",
            b"<html><body/></html>",
            "is not in a format that can be read: its outermost element is html",
        ),
        ("x.xml", b"\x00\x01\xff" * 50, "is a binary file, not text"),
        ("x.xml", b"<a>" * 4_000_000, "has 12.0 MB; at most 10 MB are read"),
        ("x.xml", b"", "is empty"),
        ("x.json", b'{"weather": "fine", "wind": 3}', "it begins with the keys weather, wind"),
        (
            "x.yaml",
            b"title: t\nparties: {}\nissues: {}\n",
            "looks like a case, whose file is called case.yaml",
        ),
    ],
)
def test_a_file_of_no_known_format_says_what_it_is_and_what_is_read(
    name: str, content: bytes, said: str, tmp_path: Path, accordant: Run
) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    for arguments in (
        ["convert", str(file), str(tmp_path / "out")],
        ["deals", str(file)],
        ["check", str(file)],
    ):
        ran = accordant(*arguments)
        assert ran.status == 2
        assert said in ran.out + ran.err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("command", ["check", "states", "deals"])
def test_commands_take_a_domain_or_its_folder_for_a_case(command: str, accordant: Run) -> None:
    for case in (CLINIC, CLINIC / "clinic.xml"):
        ran = accordant(command, str(case))
        assert (ran.status, ran.err) == (0, "")


def test_convert_takes_a_domain_with_named_profiles(tmp_path: Path, accordant: Run) -> None:
    files = [str(CLINIC / f"{name}.xml") for name in ("clinic", "nurses", "board")]
    ran = accordant("convert", *files, str(tmp_path / "out"))
    assert ran.status == 0, ran.err
    assert "reservation of nurses: 0 (assumed)" in ran.out
    again = load(tmp_path / "out")
    assert list(again.case.parties) == ["nurses", "board"]
    assert accordant("convert", str(tmp_path / "only")).status == 2


def test_the_scale_is_said_and_asked_for(tmp_path: Path, accordant: Run) -> None:
    for scale, least in (("genius", "1.5"), ("file", "0.5")):
        ran = accordant("convert", str(CLINIC), str(tmp_path / scale), "--scale", scale, "--json")
        found = json.loads(ran.out)
        assert found["scale"] == scale
        (told,) = [t for t in found["report"] if t["about"] == "reservation of board"]
        assert told["file"] == "0.5"
        assert told["case"].startswith(least)
    assert (
        "--scale is one of genius, file"
        in accordant("convert", str(CLINIC), str(tmp_path / "x"), "--scale", "up").err
    )
    gmcr = str(ROOT / "docs" / "examples" / "elmira.gmcr")
    assert accordant("convert", gmcr, str(tmp_path / "y"), "--scale", "file").status == 2


@pytest.mark.parametrize("format", ["genius", "geniusweb", "negmas", "negolog"])
def test_every_folder_format_goes_there_and_back_on_the_command_line(
    format: str, tmp_path: Path, accordant: Run
) -> None:
    assert accordant("convert", str(CLINIC), str(tmp_path / "there"), "--to", format).status == 0
    assert accordant("convert", str(tmp_path / "there"), str(tmp_path / "back")).status == 0
    assert accordant("check", str(tmp_path / "back")).status == 0
