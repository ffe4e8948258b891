"""The one place in the package that opens a connection, and only to the address that a person gave.

No redirects, no proxies and no settings from the environment, no cookies, no compressed answers; every
wait has an end, every answer a size. The key goes into one header and into nothing else.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from accordant.errors import FailedError, InputError
from accordant.evidence.model_layer.address import KEY, Address
from accordant.evidence.model_layer.deadline import within
from accordant.evidence.model_layer.parsing import AnswerError, answer_text, strict_json

if TYPE_CHECKING:
    import httpx

FORMS = ("json_schema", "json_object", "text")
"""How a server is held to a form, from the strictest; the next one where it knows not that one."""
DEFAULT_NAME = "default"
_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})
_UNKNOWN_FORM = frozenset({400, 415, 422, 500, 501})
_TELLING = 6
"""Letters from which a key is taken out of texts; what is shorter, such as *none*, is also a word."""
_TAGS = re.compile(r"<[^>]*>")
Messages = Sequence[Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class ModelLimits:
    """What asking may take.

    Attributes
    ----------
    seconds
        For one answer.
    total
        Seconds for everything that is asked; what a person does in between does not count.
    size
        Bytes of one answer.
    attempts
        How often a question is asked before it is given up.
    pause
        Seconds before it is asked again the first time; twice as many each time after that.
    longest
        Seconds that a server may ask to be left alone.
    """

    seconds: float = 120.0
    total: float = 1800.0
    size: int = 1_000_000
    attempts: int = 3
    pause: float = 1.0
    longest: float = 30.0


LIMITS = ModelLimits()


class NoAnswerError(Exception):
    """One question got no answer; the message says why, and the others may get one."""


class NoModelError(FailedError):
    """There is no use in asking further; the message says why."""


@dataclass(frozen=True, slots=True)
class _Reply:
    status: int
    headers: Mapping[str, str]
    body: bytes


class Client:
    """Asks one model at one address, one question after the other.

    Parameters
    ----------
    key
        Sent to the address and shown nowhere; None where the server wants none.
    schema
        What an answer looks like, for servers that hold a model to it.

    Attributes
    ----------
    form
        How the server is held to a form so far.
    """

    def __init__(
        self,
        address: Address,
        name: str | None,
        key: str | None,
        schema: Mapping[str, Any],
        limits: ModelLimits = LIMITS,
        *,
        wait: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.address, self.name, self.schema, self.limits = address, name or DEFAULT_NAME, schema, limits
        self._key, self._wait, self._clock = checked_key(key), wait, clock
        self._library = _httpx()
        self._spent, self._since = 0.0, 0.0
        self._sure = False
        self.form = FORMS[0]

    def ask(self, messages: Messages) -> str:
        """What the model answers.

        Raises
        ------
        NoAnswerError
            If this question gets no answer that can be used.
        NoModelError
            If no other would get one either.
        """
        self._since = self._clock()
        try:
            return self._answer(messages)
        finally:
            self._spent += self._clock() - self._since

    def _answer(self, messages: Messages) -> str:
        while True:
            reply = self._asked(self._question(messages))
            if reply.status == 200:
                self._sure = True
                return self._said(reply)
            if self._sure or self.form == FORMS[-1] or reply.status not in _UNKNOWN_FORM:
                raise self._refused(reply)
            self.form = FORMS[FORMS.index(self.form) + 1]

    @property
    def shown(self) -> str:
        """Where the model is, without secrets."""
        return self.address.shown

    def clean(self, text: str) -> str:
        """A text without the key, should a server have repeated it."""
        return text.replace(self._key, "[key]") if self._key and len(self._key) >= _TELLING else text

    def _question(self, messages: Messages) -> bytes:
        body: dict[str, Any] = {"model": self.name, "messages": list(messages), "stream": False}
        if self.form != "text":  # some servers take nothing but what has to be there
            body["temperature"] = 0
        if self.form == "json_schema":
            held = {"name": "claims", "strict": True, "schema": self.schema}
            body["response_format"] = {"type": "json_schema", "json_schema": held}
        elif self.form == "json_object":
            body["response_format"] = {"type": "json_object"}
        return json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")

    def _asked(self, question: bytes) -> _Reply:
        """The server's reply, after asking again where that may help."""
        pause = self.limits.pause
        why: str | _Reply = ""
        for attempt in range(self.limits.attempts):
            if attempt:
                self._pause(max(pause, _asked_for(why)))
                pause *= 2
            seconds = min(self.limits.seconds, self._left())
            try:
                found = within(seconds, lambda seconds=seconds: self._post(question, seconds))  # type: ignore[misc]
            except TimeoutError:
                why = f"no answer in {seconds:,.0f} seconds"
                continue
            except self._library.TimeoutException:
                why = f"no answer in {seconds:,.0f} seconds"
                continue
            except self._library.HTTPError as error:
                why = self._failure(error)
                if not self._sure and isinstance(error, self._library.ConnectError):
                    raise NoModelError(why) from None
                continue
            if found.status not in _AGAIN:
                return found
            why = found
        if isinstance(why, _Reply):
            return why
        raise NoAnswerError(why)

    def _left(self) -> float:
        left = self.limits.total - self._spent - (self._clock() - self._since)
        if left <= 0:
            raise NoModelError(f"the time for asking is over ({self.limits.total:,.0f} seconds)")
        return left

    def _pause(self, seconds: float) -> None:
        if seconds > self.limits.longest:
            raise NoModelError(
                f"{self.address.shown} asks to be left alone for {seconds:,.0f} seconds; try again later"
            )
        self._wait(min(seconds, self._left()))

    def _post(self, question: bytes, seconds: float) -> _Reply:
        httpx = self._library
        headers = {
            "content-type": "application/json",
            "accept": "application/json",
            "accept-encoding": "identity",
            "user-agent": "accordant",
        }
        if self._key:
            headers["authorization"] = f"Bearer {self._key}"
        limit = httpx.Timeout(seconds, connect=min(10.0, seconds))
        end = self._clock() + seconds
        with (
            httpx.Client(trust_env=False, follow_redirects=False, timeout=limit) as client,
            client.stream("POST", self.address.endpoint, content=question, headers=headers) as response,
        ):
            return _Reply(response.status_code, response.headers, self._read(response, end))

    def _read(self, response: httpx.Response, end: float) -> bytes:
        """The body, as it comes in and never more than is taken.

        Raises
        ------
        NoAnswerError
            If it is too large, compressed, or takes too long.
        """
        most = self.limits.size
        if response.headers.get("content-encoding", "identity").lower() not in ("", "identity"):
            raise NoAnswerError("a compressed answer, which was not asked for")
        said = response.headers.get("content-length", "")
        if said.isdecimal() and int(said[:18]) > most:
            raise NoAnswerError(f"an answer of more than {most:,} bytes")
        pieces, size = [], 0
        for piece in response.iter_raw():
            size += len(piece)
            if size > most:
                raise NoAnswerError(f"an answer of more than {most:,} bytes")
            if self._clock() > end:
                raise TimeoutError
            pieces.append(piece)
        return b"".join(pieces)

    def _said(self, reply: _Reply) -> str:
        kind = reply.headers.get("content-type", "").lower()
        try:
            body = reply.body.decode("utf-8")
        except UnicodeDecodeError:
            raise NoAnswerError("an answer that is not UTF-8") from None
        if "html" in kind or body.lstrip()[:1] == "<":
            raise NoAnswerError("a web page instead of an answer")
        try:
            return self.clean(answer_text(body, "event-stream" in kind))
        except AnswerError as error:
            raise NoAnswerError(f"what the server sent cannot be read: {error}") from None

    def _refused(self, reply: _Reply) -> NoAnswerError | NoModelError:
        where, status = self.address.shown, reply.status
        says = self._words(reply)
        if status in (401, 403):
            there = f"refuses the key in {KEY}" if self._key else f"wants a key; put it in {KEY}"
            return NoModelError(f"{where} {there} (status {status}){says}")
        if 300 <= status < 400:
            to = _host(reply.headers.get("location", ""))
            return NoModelError(
                f"{where} sends on to {to or 'another address'} (status {status}), which is not followed; "
                "give the address that is meant"
            )
        if status in (404, 405):
            hint = "an address often ends in /v1; a model is named with --model-name"
            return NoModelError(f"nothing at {where} answers questions (status {status}){says}; {hint}")
        if status == 429:
            return NoAnswerError(f"the server is asked too much (status 429){says}")
        if status in (400, 402, 413, 422):
            return NoAnswerError(f"the server refuses the question (status {status}){says}")
        return NoAnswerError(f"the server fails (status {status}){says}")

    def _words(self, reply: _Reply) -> str:
        """What a server says of an error, short and without marks; empty where it says nothing."""
        text = reply.body[:4000].decode("utf-8", "replace")
        try:
            found = strict_json(text)
            error = found.get("error", found) if isinstance(found, dict) else ""
            text = error.get("message", "") if isinstance(error, dict) else error
        except AnswerError:
            text = _TAGS.sub(" ", text)
        words = " ".join(self.clean(str(text)).split())
        if self._key and self._key in words:
            return ""
        return f": {words[:160]}{'…' if len(words) > 160 else ''}" if words else ""

    def _failure(self, error: Exception) -> str:
        httpx = self._library
        if isinstance(error, httpx.ConnectError) and "SSL" in str(error).upper():
            return f"no encrypted connection to {self.address.shown} can be trusted (certificate or protocol)"
        if isinstance(error, httpx.ConnectError):
            return f"nothing answers at {self.address.shown}"
        if isinstance(error, httpx.ProtocolError):
            return "the connection broke off"
        return "the connection failed"


def checked_key(key: str | None) -> str | None:
    """A key as it can be sent; it is never repeated.

    Raises
    ------
    InputError
        If no header can hold it.
    """
    key = (key or "").strip()
    if not key:
        return None
    if not key.isascii() or not key.isprintable() or " " in key or len(key) > 4000:
        raise InputError(f"{KEY} does not hold a key: letters, digits and signs without a space")
    return key


def _httpx() -> Any:
    try:
        import httpx
    except ImportError:
        raise FailedError(
            "a language model is asked with httpx, which is not installed: pip install 'accordant[model]'"
        ) from None
    return httpx


def _asked_for(why: str | _Reply) -> float:
    """How many seconds a server asks to be left alone."""
    said = why.headers.get("retry-after", "").strip() if isinstance(why, _Reply) else ""
    return float(said[:9]) if said.isdecimal() else 0.0


def _host(address: str) -> str:
    """Where a redirect leads, without what stands behind the host."""
    found = re.match(r"https?://(?:[^/@\s]*@)?([A-Za-z0-9.:\[\]_-]{1,100})", address)
    return found.group(1) if found is not None else ""
