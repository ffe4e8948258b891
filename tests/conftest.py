"""What every test shares: reproducible Hypothesis runs and the tools that only some machines have."""

from __future__ import annotations

import os
import shutil

import pytest
from hypothesis import HealthCheck, settings

# No deadline: a busy machine is not a wrong answer. In CI the same examples every time.
settings.register_profile("local", deadline=None, print_blob=True)
settings.register_profile("ci", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("ci" if os.environ.get("CI") else "local")


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
