"""Files, folders, lists and standard input: in order, each once, and what is not read is said."""

from __future__ import annotations

import io
import os
import socket
import threading
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accordant.errors import ReportError
from accordant.evidence.intake import Limits, Refused, Source, gather, read_many
from accordant.evidence.intake.listing import listed
from accordant.evidence.intake.opening import read_bytes
from tests.evidence.intake.made import column, docx, pdf, said

WAIT = "The union said that it would wait."


def names(found: list[Source | Refused]) -> list[str]:
    return [f.name if isinstance(f, Source) else f"({f.kind})" for f in found]


def refusals(found: list[Source | Refused]) -> list[str]:
    return [f.says for f in found if isinstance(f, Refused)]


def texts(folder: Path, **files: str) -> Path:
    for name, words in files.items():
        path = folder / (name.replace("__", "/") + ".txt")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(words, encoding="utf-8")
    return folder


def test_a_folder_gives_its_reports_by_name_and_says_what_is_left_out(tmp_path: Path) -> None:
    texts(tmp_path, b="two", a="one", C="three", sub__d="four", _x="no")
    (tmp_path / "notice.pdf").write_bytes(pdf([column([WAIT])]))
    (tmp_path / "plan.docx").write_bytes(docx(said(WAIT)))
    (tmp_path / "table.xlsx").write_bytes(b"PK")
    (tmp_path / ".hidden.txt").write_text("no", encoding="utf-8")
    (tmp_path / "~$plan.docx").write_bytes(b"lock")
    found = list(gather([tmp_path]))
    order = ["_x.txt", "a.txt", "b.txt", "C.txt", "notice.pdf", "plan.docx", os.path.join("sub", "d.txt")]
    assert names(found) == [*(str(tmp_path / name) for name in order), "(left-out)"]
    assert f"{tmp_path}: left out: table.xlsx" in refusals(found)[0]


def test_links_pipes_and_loops_in_a_folder_are_not_followed(tmp_path: Path) -> None:
    texts(tmp_path, sub__a="one")
    (tmp_path / "sub" / "loop").symlink_to(tmp_path)
    (tmp_path / "other.txt").symlink_to(tmp_path / "sub" / "a.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    found = list(gather([tmp_path]))
    assert names(found) == [str(tmp_path / "sub" / "a.txt"), "(left-out)"]
    assert "not followed: other.txt, pipe.txt, sub" in refusals(found)[0]


def test_a_list_names_paths_from_its_own_folder(tmp_path: Path) -> None:
    texts(tmp_path, sub__a="one", b="two")
    listing = tmp_path / "list"
    listing.write_text("# those that matter\nsub/a.txt\n\nb.txt\n@list\ngone.txt\n", encoding="utf-8")
    found = list(gather([f"@{listing}", tmp_path / "b.txt"]))
    assert names(found) == [
        str(tmp_path / "sub/a.txt"), str(tmp_path / "b.txt"), "(error)", "(error)", "(duplicate)",
    ]  # fmt: skip
    assert refusals(found)[0].endswith("list:5: a list names files and folders only")
    assert refusals(found)[1].endswith("gone.txt: there is no such file")


def test_the_same_bytes_are_read_once_and_said_once(tmp_path: Path) -> None:
    texts(tmp_path, a=WAIT, b=WAIT)
    found = list(gather([tmp_path / "a.txt", tmp_path / "b.txt", tmp_path / "a.txt"]))
    assert names(found) == [str(tmp_path / "a.txt"), "(duplicate)", "(duplicate)"]
    assert refusals(found)[0] == f"{tmp_path / 'b.txt'}: the same bytes as {tmp_path / 'a.txt'}; read once"


def test_what_cannot_be_read_is_said_and_the_others_go_on(tmp_path: Path) -> None:
    texts(tmp_path, a="one", c="three")
    (tmp_path / "b.txt").write_bytes(b"\xff\xfe\xfa")
    (tmp_path / "d.pdf").write_bytes(b"%PDF-1.4 broken")
    found = list(gather([tmp_path, tmp_path / "gone.txt"]))
    assert names(found)[::2] == [str(tmp_path / "a.txt"), str(tmp_path / "c.txt"), "(error)"]
    assert len(refusals(found)) == 3
    assert all(says.startswith(str(tmp_path)) for says in refusals(found))


def test_attachments_follow_their_mail_and_mails_in_mails_have_an_end(tmp_path: Path) -> None:
    inner: EmailMessage | None = None
    for depth in range(4):
        message = EmailMessage()
        message["Subject"] = f"Mail {depth}"
        message.set_content(f"The union said that it would wait {depth} days.")
        if inner is not None:
            message.add_attachment(inner)
        inner = message
    path = tmp_path / "mail.eml"
    path.write_bytes(bytes(message))
    found = list(gather([path]))
    assert names(found) == [
        str(path),
        f"{path}: Mail 2.eml",
        f"{path}: Mail 2.eml: Mail 1.eml",
        f"{path}: Mail 2.eml: Mail 1.eml: Mail 0.eml",
    ]
    assert isinstance(found[1], Source)
    assert found[1].inside == str(path)
    assert "more than 1 deep" in refusals(list(gather([path], Limits(depth=1))))[0]


def test_standard_input_is_known_by_its_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    for raw, name in (
        (WAIT.encode(), "standard-input.txt"),
        (f"<html><p>{WAIT}".encode(), "standard-input.html"),
        (pdf([column([WAIT])]), "standard-input.pdf"),
    ):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(raw)))
        (found,) = gather(["-"])
        assert isinstance(found, Source)
        assert (found.filename, WAIT in found.intake.text) == (name, True)
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    assert refusals(list(gather(["-"]))) == ["standard input: nothing came; pipe a report into the command"]


def test_a_pipe_is_read_to_its_end_and_never_for_ever(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(ReportError, match="a pipe that nobody writes to"):
        read_bytes(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    writer = os.open(pipe, os.O_WRONLY)
    with pytest.raises(ReportError, match="does not come to an end"):
        read_bytes(pipe, Limits(waiting=0.05))

    def write() -> None:
        os.write(writer, b"said")
        os.close(writer)

    thread = threading.Timer(0.05, write)
    thread.start()
    assert read_bytes(pipe) == b"said"
    thread.join()
    os.close(reader)


def test_devices_and_sockets_are_no_reports(tmp_path: Path) -> None:
    for path in ("/dev/zero", "/dev/null"):
        with pytest.raises(ReportError, match="a device, not a report"):
            read_bytes(path)
    here = os.getcwd()
    os.chdir(tmp_path)  # the names of sockets are short
    try:
        with socket.socket(socket.AF_UNIX) as server:
            server.bind("socket")
            with pytest.raises(ReportError, match="a socket, not a report"):
                read_bytes("socket")
    finally:
        os.chdir(here)


def test_a_link_that_leads_in_a_circle_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to(tmp_path / "b.txt")
    (tmp_path / "b.txt").symlink_to(tmp_path / "a.txt")
    with pytest.raises(ReportError, match="cannot be read"):
        read_bytes(tmp_path / "a.txt")


def test_a_folder_with_too_many_files_is_refused_before_any_is_read(tmp_path: Path) -> None:
    for number in range(30):
        (tmp_path / f"{number}.txt").touch()
    assert listed([tmp_path], Limits(looked_at=20)) == [
        Refused(str(tmp_path), f"{tmp_path}: more than 20 files; name a smaller folder, or a list")
    ]
    (refused,) = listed([tmp_path], Limits(files=10))
    assert isinstance(refused, Refused)
    assert refused.says == f"{tmp_path}: more than 10 reports in one go; name a part of them"


def test_folders_are_followed_to_a_depth(tmp_path: Path) -> None:
    deep = tmp_path.joinpath(*["d"] * 5)
    texts(deep, a="one")
    assert "more than 3 folders deep" in refusals(list(gather([tmp_path], Limits(folders=3))))[0]
    assert names(list(gather([tmp_path]))) == [str(deep / "a.txt")]


def test_an_empty_folder_is_an_error(tmp_path: Path) -> None:
    assert refusals(list(gather([tmp_path]))) == [f"{tmp_path}: no report in this folder"]


def test_progress_counts_the_files(tmp_path: Path) -> None:
    texts(tmp_path, a="one", b="two")
    seen: list[tuple[int, int]] = []
    list(gather([tmp_path], progress=lambda done, total: seen.append((done, total))))
    assert seen == [(0, 2), (1, 2), (2, 2)]


def test_many_reports_are_read_with_the_dates_given(tmp_path: Path) -> None:
    texts(tmp_path, a=WAIT, b="Talks went on.")
    first, second = read_many([tmp_path], published="2031-05-04", retrieved="2031-05-06")
    assert not isinstance(first, Refused)
    assert not isinstance(second, Refused)
    assert (first.report.published, first.report.retrieved) == ("2031-05-04", "2031-05-06")
    assert (len(first.claims), len(second.claims)) == (1, 0)


@given(st.permutations(["one", "two", "three", "four"]))
def test_the_order_of_the_arguments_changes_nothing_but_the_order(order: list[str]) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as room:
        texts(Path(room), one="1 said", two="2 said", three="3 said", four="4 said")
        found = list(gather([Path(room) / f"{name}.txt" for name in order]))
        assert [Path(f.name).stem for f in found] == order
        assert all(isinstance(f, Source) and f.intake.sha256 for f in found)
