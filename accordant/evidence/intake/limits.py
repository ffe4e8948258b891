"""How much of anything is taken in before it is refused."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits for each report, and for what is gathered in one go.

    Attributes
    ----------
    size
        Bytes of a file as received, or of what came out of standard input or a pipe.
    length
        Code points of its text: about 300,000 words.
    line
        Code points without a line break: a report has paragraphs.
    seconds
        Processor time for taking one file apart; three times as long by the clock.
    page_seconds
        The same for a web page, which takes less.
    memory
        Bytes that the process which takes files apart may hold.
    unpacked
        Bytes that a compressed file may unpack to.
    entries
        Files inside a compressed file.
    pages
        Pages of a PDF file.
    head
        Bytes of the head of a mail.
    parts
        Parts of a mail, those of its parts included.
    attachments
        Attachments of a mail that are read.
    depth
        Mails inside mails, and parts inside parts of a mail.
    files
        Reports gathered in one go.
    looked_at
        Names looked at while gathering them.
    folders
        Folders inside folders.
    waiting
        Seconds for a pipe or standard input to give anything.
    """

    size: int = 20_000_000
    length: int = 2_000_000
    line: int = 500_000
    seconds: float = 10.0
    page_seconds: float = 4.5
    memory: int = 500_000_000
    unpacked: int = 100_000_000
    entries: int = 5_000
    pages: int = 2_000
    head: int = 500_000
    parts: int = 500
    attachments: int = 50
    depth: int = 10
    files: int = 10_000
    looked_at: int = 50_000
    folders: int = 30
    waiting: float = 10.0


LIMITS = Limits()
"""What is used where nothing else is given."""
