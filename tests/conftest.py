"""What every test shares: reproducible Hypothesis runs and the tools that only some machines have."""

from __future__ import annotations

import os
import shutil

import pytest
from hypothesis import HealthCheck, settings

# No deadline: a busy machine is not a wrong answer. The same examples every time, so that a failure
# belongs to a change; EXPLORE=1 looks at new ones.
settings.register_profile(
    "same", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("explore", deadline=None, print_blob=True)
settings.load_profile("explore" if os.environ.get("EXPLORE") else "same")


def _found(*names: str) -> str:
    for name in names:
        path = shutil.which(name)
        if path:
            return path
    pytest.skip(f"needs {' or '.join(names)}, which is not installed here")


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium that runs without a screen; the test is skipped where there is none."""
    return _found("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def pdftotext() -> str:
    """The path of poppler's pdftotext; the test is skipped where there is none."""
    return _found("pdftotext")


@pytest.fixture(scope="session")
def pdftoppm() -> str:
    """The path of poppler's pdftoppm; the test is skipped where there is none."""
    return _found("pdftoppm")


@pytest.fixture(scope="session")
def soffice() -> str:
    """The path of LibreOffice; the test is skipped where there is none."""
    return _found("soffice", "libreoffice")


@pytest.fixture(scope="session")
def graphviz() -> str:
    """The path of Graphviz's dot; the test is skipped where there is none."""
    return _found("dot")
