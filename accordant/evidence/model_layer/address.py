"""Where a language model is asked, and how that is shown without secrets."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from accordant.errors import InputError

KEY = "ACCORDANT_MODEL_KEY"
"""The environment variable that a key is read from; a command line is seen by every other program."""
_LAST = "chat/completions"
_PLAIN_PATH = re.compile(r"(?:/(?:api|openai|compatible-mode|inference|v\d+(?:beta)?))*/?")
_HOST = re.compile(r"[A-Za-z0-9.:_-]+")
_EXAMPLE = "such as http://localhost:8080/v1"


@dataclass(frozen=True, slots=True)
class Address:
    """An OpenAI-compatible address.

    Attributes
    ----------
    endpoint
        Where questions are sent.
    shown
        The same for people and results. A path that is not a usual one may hold a token and is left out.
    local
        Whether it is this machine.
    encrypted
        Whether nobody on the way can read what is sent.
    """

    endpoint: str
    shown: str
    host: str
    local: bool
    encrypted: bool


def read_address(typed: str) -> Address:
    """The address that a person typed.

    Raises
    ------
    InputError
        If it is none, or holds a key or a password, which is not repeated.

    Examples
    --------
    >>> found = read_address("http://localhost:8080")
    >>> found.endpoint, found.shown, found.local
    ('http://localhost:8080/v1/chat/completions', 'http://localhost:8080/v1', True)
    >>> read_address("https://models.example/t0k3n/v1").shown
    'https://models.example/…'
    """
    try:
        parts = urlsplit(typed.strip())
        port = parts.port
    except ValueError:
        raise InputError(f"--model: that is no address; write one {_EXAMPLE}") from None
    if parts.scheme.lower() not in ("http", "https") or not parts.hostname:
        raise InputError(f"--model: an address begins with http:// or https://, {_EXAMPLE}")
    if parts.username is not None or parts.password is not None or "@" in parts.netloc:
        raise InputError(f"--model: no name or password in an address; a key is read from {KEY}")
    if parts.query or parts.fragment or "?" in typed or "#" in typed:
        raise InputError(f"--model: nothing after ? or # in an address; a key is read from {KEY}")
    if _HOST.fullmatch(parts.hostname) is None or any(c.isspace() or ord(c) < 32 for c in typed.strip()):
        raise InputError(f"--model: that is no address; write one {_EXAMPLE}")
    return _address(parts, parts.hostname, port)


def _address(parts: SplitResult, host: str, port: int | None) -> Address:
    scheme = parts.scheme.lower()
    inside = f"[{host}]" if ":" in host else host
    root = f"{scheme}://{inside}" + (f":{port}" if port is not None else "")
    path = parts.path.rstrip("/") or "/v1"
    path = path if path.endswith(f"/{_LAST}") else f"{path}/{_LAST}"
    short = path.removesuffix(f"/{_LAST}")
    shown = root + (short if _PLAIN_PATH.fullmatch(short) else "/…")
    return Address(root + path, shown, host, is_local(host), scheme == "https")


def is_local(host: str) -> bool:
    """Whether a host is this machine.

    Examples
    --------
    >>> [is_local(h) for h in ("localhost", "127.0.0.1", "::1", "10.0.0.5", "localhost.example")]
    [True, True, True, False, False]
    """
    if host.lower() == "localhost" or host.lower().endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
