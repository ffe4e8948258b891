"""Mails: what was written, what only hangs on it, and what is attached."""

from __future__ import annotations

from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accordant.errors import ReportError
from accordant.evidence.intake.mailtext import labelled
from accordant.evidence.reading import read_report
from accordant.evidence.text import Intake, take_in
from tests.evidence.intake.made import column, pdf

BODY = """The union said that it would load medicine.

On Mon, 3 May 2031, Jon Arvad <jon@x.example>
wrote:
> The owners say that the port is closed.
> Really.

The port is open, an official said.

This e-mail is confidential and intended solely for the addressee.

-- \nIda Renn, who said that this is no claim
"""


def mail(body: str = BODY, **heads: str) -> EmailMessage:
    message = EmailMessage()
    for name, value in {
        "From": "Ida Renn <ida@union.example>",
        "To": "press@x.example",
        "Subject": "Dockers’ offer",
        "Date": "Sun, 4 May 2031 23:30:00 +0200",
        "Message-ID": "<1@union.example>",
        **{name.replace("_", "-"): value for name, value in heads.items()},
    }.items():
        message[name] = value
    message.set_content(body)
    return message


def pieces(intake: Intake) -> list[tuple[str, str]]:
    return [(piece.what, piece.span.of(intake.text)) for piece in intake.furniture]


def test_the_head_says_who_wrote_when_and_on_what() -> None:
    about = take_in(bytes(mail(Organization="Dockers’ union")), "a.eml").about
    assert (about.title, about.author, about.published) == ("Dockers’ offer", "Ida Renn", "2031-05-04")
    assert (about.outlet, about.address) == ("Dockers’ union", "mid:1@union.example")
    listed = take_in(
        bytes(mail(List_Id="Port news <port.example>", Archived_At="<https://a.example/1>")), "a.eml"
    )
    assert (listed.about.outlet, listed.about.address) == ("Port news", "https://a.example/1")
    assert take_in(bytes(mail(Date="soon")), "a.eml").about.published is None


def test_quoted_mails_signatures_and_notices_are_furniture_and_no_claims() -> None:
    taken = take_in(bytes(mail()), "a.eml")
    assert [what for what, _ in pieces(taken)] == ["mail header", "quoted mail", "legal notice", "signature"]
    assert dict(pieces(taken))["quoted mail"].startswith("On Mon, 3 May 2031")
    assert dict(pieces(taken))["quoted mail"].endswith("> Really.")
    claims = read_report(bytes(mail()), "a.eml").claims
    assert [c.quote for c in claims] == ["it would load medicine", "The port is open"]


def test_what_is_passed_on_is_read_and_only_its_head_is_furniture() -> None:
    body = (
        "See below.\n\n---------- Forwarded message ---------\nFrom: Jon Arvad <jon@x.example>\n"
        "Date: Mon, 3 May 2031\nSubject: The port\n\nThe owners said that the port is closed.\n"
    )
    taken = take_in(bytes(mail(body, Subject="Fwd: The port")), "a.eml")
    assert [what for what, _ in pieces(taken)] == ["mail header", "mail header"]
    assert "forwarded" in [n.kind for n in taken.notes]
    assert [c.quote for c in read_report(bytes(mail(body, Subject="Fwd: The port")), "a.eml").claims] == [
        "the port is closed"
    ]
    reply = (
        "We agree.\n\n-----Original Message-----\nFrom: a@x.example\nSent: Monday\nTo: b@x.example\n\nNo.\n"
    )
    answered = take_in(bytes(mail(reply)), "a.eml")
    assert pieces(answered)[-1] == ("quoted mail", "No.")


def test_the_plain_form_goes_before_html_unless_it_says_nothing() -> None:
    both = mail("The union said that it would wait, and that nothing else was agreed.")
    both.add_alternative("<p>The union said that it would leave.</p>", subtype="html")
    assert "would leave" not in take_in(bytes(both), "a.eml").text
    stub = mail("Open in a browser.")
    stub.add_alternative(
        "<style>p{}</style><p>The union said &amp; wrote that it would leave.</p>"
        "<blockquote type='cite'><p>The owners said no.</p></blockquote>",
        subtype="html",
    )
    taken = take_in(bytes(stub), "a.eml")
    assert "The union said & wrote that it would leave." in taken.text.split("\n\n")
    assert pieces(taken)[-1] == ("quoted mail", "The owners said no.")


def test_attachments_that_can_be_read_come_along_and_the_others_are_named() -> None:
    message = mail("See the notice.")
    notice = pdf([column(["The board said that the dam is safe."])])
    message.add_attachment(notice, maintype="application", subtype="pdf", filename="../../notice.pdf")
    message.add_attachment(b"PK", maintype="application", subtype="zip", filename="all.zip")
    message.add_attachment(mail("The owner said no.", Subject="Inner mail"))
    taken = take_in(bytes(message), "a.eml")
    assert [a.name for a in taken.attachments] == ["notice.pdf", "Inner mail.eml"]
    assert taken.attachments[0].raw == notice
    assert take_in(taken.attachments[1].raw, "x.eml").about.title == "Inner mail"
    assert [n.says for n in taken.notes] == [
        "Read as reports of their own: notice.pdf, Inner mail.eml.",
        "Attached and not read: all.zip.",
    ]


def test_encodings_are_those_that_the_mail_declares_and_wrong_ones_are_said() -> None:
    head = b"Subject: =?koi8-r?b?8NLJ18XU?=\nContent-Type: text/plain; charset=%s\n\n"
    taken = take_in(head % b"koi8-r" + "Профсоюз заявил.".encode("koi8-r"), "a.eml")
    assert taken.about.title == "Привет"
    assert "Профсоюз заявил." in taken.text
    broken = take_in(head % b"utf-8" + b"The \xff union", "a.eml")
    assert "The \ufffd union" in broken.text
    assert [n.kind for n in broken.notes] == ["damaged-encoding"]
    assert take_in(head % b"x-unknown" + "Zürich".encode(), "a.eml").text.endswith("Zürich\n")


def test_a_text_that_looks_like_a_head_stays_a_text() -> None:
    words = b"From: our correspondent\nDate: today\n\nThe union said that it would wait."
    assert take_in(words, "a.txt").format == "text"
    assert take_in(b"MIME-Version: 1.0\nSubject: x\n\nThe union said no.", "standard-input").format == "eml"


def test_a_mail_without_words_is_refused() -> None:
    with pytest.raises(ReportError, match="no text in it"):
        take_in(b"X-Nothing: here\n\n", "a.eml")


LINES = ("> q", "On Monday A wrote:", "-- ", "words", "", "From: a", "To: b", "Date: c")
HEADS = ("-----Original Message-----", "Begin forwarded message:")


@given(st.lists(st.sampled_from(LINES + HEADS)), st.booleans())
def test_no_line_of_a_mail_is_lost_or_moved(lines: list[str], forwards: bool) -> None:
    found = [line for words, _ in labelled("\n".join(lines), forwards) for line in words.split("\n")]
    assert [line for line in found if line.strip()] == [line for line in lines if line.strip()]
