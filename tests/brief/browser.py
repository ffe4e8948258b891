"""Chromium without a screen, a network or a trace."""

from __future__ import annotations

import subprocess
from pathlib import Path

SWITCHES = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def printed(chromium: str, page: Path, folder: Path) -> Path:
    """The page as a PDF, on the paper that its style asks for."""
    pdf = folder / f"{page.stem}.pdf"
    command = [chromium, *SWITCHES, f"--user-data-dir={folder / 'profile'}", "--no-pdf-header-footer"]
    subprocess.run(
        [*command, f"--print-to-pdf={pdf}", page.as_uri()], capture_output=True, check=True, timeout=120
    )
    return pdf


def dumped(chromium: str, page: Path, folder: Path) -> str:
    """The page's document as the browser holds it once it is loaded."""
    command = [chromium, *SWITCHES, f"--user-data-dir={folder / 'profile'}", "--window-size=1200,900"]
    made = subprocess.run(
        [*command, "--dump-dom", page.as_uri()], capture_output=True, check=True, timeout=120
    )
    return made.stdout.decode()
