"""Servers of every kind, asked on this machine: good ones, old ones, broken ones and hostile ones."""

from __future__ import annotations

import gzip
import json
import threading
from collections.abc import Callable
from typing import Any

import pytest

from accordant.errors import FailedError, InputError
from accordant.evidence.model_layer.address import read_address
from accordant.evidence.model_layer.client import (
    Client,
    ModelLimits,
    NoAnswerError,
    NoModelError,
    checked_key,
)
from accordant.evidence.model_layer.outgoing import SCHEMA
from tests.evidence.model_layer.stub import KEY, Question, Reply, Stub, claims, said, serving

QUICK = ModelLimits(seconds=5, total=30, attempts=3, pause=1, longest=30)
IMPATIENT = ModelLimits(seconds=0.3, total=30, attempts=1, pause=0)
MESSAGES = [{"role": "user", "content": "{}"}]


def client(stub: Stub, limits: ModelLimits = QUICK, key: str | None = KEY) -> tuple[Client, list[float]]:
    waits: list[float] = []
    made = Client(read_address(stub.address), "stub-1", key, SCHEMA, limits, wait=waits.append)
    return made, waits


def refused(answer: Callable[[Question], Reply], limits: ModelLimits = QUICK) -> str:
    """Why a question gets no answer; the key is never told."""
    with serving(answer) as stub:
        asking, _ = client(stub, limits)
        with pytest.raises((NoAnswerError, NoModelError)) as caught:
            asking.ask(MESSAGES)
    assert KEY not in str(caught.value)
    return str(caught.value)


def test_a_question_holds_the_model_the_form_and_the_key_in_its_header_alone() -> None:
    with serving(lambda _: claims()) as stub:
        asking, _ = client(stub)
        assert asking.ask(MESSAGES) == '{"claims": []}'
    (asked,) = stub.questions
    assert asked.path == "/v1/chat/completions"
    assert asked.headers["authorization"] == f"Bearer {KEY}"
    assert KEY not in json.dumps(asked.body)
    assert (asked.body["model"], asked.body["stream"], asked.body["temperature"]) == ("stub-1", False, 0)
    assert asked.body["response_format"]["json_schema"]["schema"] == SCHEMA
    assert set(asked.headers) <= {
        "host", "accept", "accept-encoding", "connection", "user-agent", "content-length", "content-type",
        "authorization",
    }  # fmt: skip


def test_without_a_key_none_is_sent() -> None:
    with serving(lambda _: claims()) as stub:
        client(stub, key=None)[0].ask(MESSAGES)
    assert "authorization" not in stub.questions[0].headers


def test_proxies_and_settings_of_the_environment_are_not_picked_up(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy", "HTTPS_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    with serving(lambda _: claims()) as stub:
        assert client(stub)[0].ask(MESSAGES)
    assert stub.asked == 1


@pytest.mark.parametrize("known", ["json_object", "text"])
def test_a_server_that_knows_no_schema_is_asked_in_a_simpler_form_and_then_at_once(known: str) -> None:
    def answer(question: Question) -> Reply:
        if question.form == known:
            return claims()
        return Reply(400, b'{"error": {"message": "response_format is not supported"}}')

    with serving(answer) as stub:
        asking, _ = client(stub)
        asking.ask(MESSAGES)
        asking.ask(MESSAGES)
    forms = [question.form for question in stub.questions]
    tried = ["json_schema", "json_object", "text"]
    assert forms == [*tried[: tried.index(known) + 1], known]
    assert asking.form == known


def test_a_server_that_is_asked_too_much_is_asked_again_after_what_it_says() -> None:
    replies = iter([Reply(429, headers={"Retry_After": "7"}), Reply(503), claims()])
    with serving(lambda _: next(replies)) as stub:
        asking, waits = client(stub)
        assert asking.ask(MESSAGES)
    assert (stub.asked, waits) == (3, [7, 2])


def test_a_server_that_wants_an_hour_is_left_alone() -> None:
    why = refused(lambda _: Reply(429, headers={"Retry_After": "3600"}))
    assert "to be left alone for 3,600 seconds" in why


def test_a_server_that_always_fails_is_given_up() -> None:
    with serving(lambda _: Reply(500, b"<html><h1>oops</h1></html>")) as stub:
        asking, _ = client(stub)
        with pytest.raises(NoAnswerError, match=r"the server fails \(status 500\): oops"):
            asking.ask(MESSAGES)
    assert stub.asked == 9  # three times in each form


@pytest.mark.parametrize(
    ("status", "words"),
    [(401, "refuses the key"), (403, "refuses the key"), (404, "often ends in /v1"), (405, "--model-name")],
)
def test_what_no_second_question_would_mend_ends_the_asking(status: int, words: str) -> None:
    body = json.dumps({"error": {"message": f"bad key {KEY} \x1b[31m"}}).encode()
    with serving(lambda _: Reply(status, body)) as stub:
        with pytest.raises(NoModelError) as caught:
            client(stub)[0].ask(MESSAGES)
        assert words in str(caught.value)
        assert KEY not in str(caught.value)
        assert "[key]" in str(caught.value)
        assert stub.asked == 1


def test_a_server_that_wants_a_key_says_where_it_goes() -> None:
    with serving(lambda _: Reply(401)) as stub, pytest.raises(NoModelError, match="ACCORDANT_MODEL_KEY"):
        client(stub, key=None)[0].ask(MESSAGES)


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_no_redirect_is_followed_not_even_to_another_host(status: int) -> None:
    with serving(lambda _: claims()) as other:
        to = other.address.replace("http://", f"http://user:{KEY}@") + f"?token={KEY}"
        why = refused(lambda _: Reply(status, headers={"Location": to}))
        assert other.asked == 0
    assert "sends on to 127.0.0.1" in why


def _endless(wfile: Any, over: threading.Event) -> None:
    wfile.write(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n")
    while not over.is_set():
        wfile.write(b"10000\r\n" + b"x" * 65536 + b"\r\n")


def _never(_wfile: Any, over: threading.Event) -> None:
    over.wait(10)


def _drop_by_drop(head: bytes) -> Callable[[Any, threading.Event], None]:
    def write(wfile: Any, over: threading.Event) -> None:
        wfile.write(head)
        while not over.wait(0.05):
            wfile.write(b"x")
            wfile.flush()

    return write


def _broken(head: bytes) -> Callable[[Any, threading.Event], None]:
    return lambda wfile, _over: wfile.write(head)


HEAD = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n"
LONG = b"[" * 200_000


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (Reply(body=b"x" * 1_000_001), "more than 1,000,000 bytes"),
        (Reply(raw=_endless), "more than 1,000,000 bytes"),
        (Reply(body=gzip.compress(b"{}"), headers={"Content_Encoding": "gzip"}), "compressed"),
        (Reply(body=b"<!doctype html><p>Sign in"), "a web page"),
        (Reply(body=b"{}", headers={"Content_Type": "text/html"}), "a web page"),
        (Reply(body=b""), "no JSON"),
        (Reply(body=b"\xff\xfe{}"), "not UTF-8"),
        (Reply(body=LONG), "too many levels"),
        (Reply(body=b'{"choices": [], "choices": []}'), "stands twice"),
        (Reply(body=b'{"choices": [NaN]}'), "NaN is no number"),
        (Reply(body=b'{"choices": [' + b"9" * 5000 + b"]}"), "number that is too long"),
        (Reply(body=b'{"choices": []}'), "no message"),
        (Reply(body=b'{"choices": {"0": 1}}'), "no message"),
        (Reply(body=b'{"choices": [{"message": {"content": ["a"]}}]}'), "no message"),
        (Reply(body=b'["choices"]'), "no message"),
        (Reply(body=b"{}", length=500), "broke off"),
        (Reply(raw=_broken(HEAD + b"content-length: 3\r\n\r\n{\"choices\": []}")), "no JSON"),
        (Reply(raw=_broken(b"SSH-2.0-OpenSSH_9.6\r\n")), "broke off"),
        (Reply(raw=_broken(b"")), "broke off"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_an_answer_that_cannot_be_used_is_refused_with_its_reason(reply: Reply, words: str) -> None:
    assert words in refused(lambda _: reply)


SLOW_HEAD, SLOW_BODY = b"HTTP/1.1 200 OK\r\nx-slow: ", HEAD + b"content-length: 99\r\n\r\n"


@pytest.mark.parametrize(
    "raw",
    [_never, _drop_by_drop(SLOW_HEAD), _drop_by_drop(SLOW_BODY)],
    ids=["silent", "slow in its head", "slow in its body"],
)  # fmt: skip
def test_a_server_that_hangs_or_drips_costs_no_more_than_its_time(raw: Any) -> None:
    assert "no answer in" in refused(lambda _: Reply(raw=raw), IMPATIENT)


def test_a_stream_that_nobody_asked_for_is_put_together() -> None:
    pieces = ['{"cla', 'ims": []}']
    lines = ["data: " + json.dumps({"choices": [{"delta": {"content": piece}}]}) + "\n\n" for piece in pieces]
    body = (": hello\n\n" + "".join(lines) + "data: [DONE]\n\n").encode()
    with serving(lambda _: Reply(body=body, headers={"Content_Type": "text/event-stream"})) as stub:
        assert client(stub)[0].ask(MESSAGES) == '{"claims": []}'


def test_a_key_that_comes_back_in_an_answer_is_taken_out_of_it() -> None:
    with serving(lambda question: said(question.headers["authorization"])) as stub:
        assert client(stub)[0].ask(MESSAGES) == "Bearer [key]"


def test_all_the_asking_ends_by_its_time() -> None:
    now = iter(range(0, 1000, 10))
    with serving(lambda _: claims()) as stub:
        limits = ModelLimits(seconds=100, total=60)
        asking = Client(
            read_address(stub.address), None, None, SCHEMA, limits, clock=lambda: float(next(now))
        )
        asking.ask(MESSAGES)
        asking.ask(MESSAGES)
        with pytest.raises(NoModelError, match="the time for asking is over"):
            asking.ask(MESSAGES)
    assert stub.asked == 2


def test_where_nothing_answers_is_said_at_once() -> None:
    with serving(lambda _: claims()) as stub:
        address = stub.address
    gone = Stub(address)
    asking, waits = client(gone)
    with pytest.raises(NoModelError, match=r"nothing answers at http://127\.0\.0\.1"):
        asking.ask(MESSAGES)
    assert not waits


def test_an_encrypted_address_that_is_not_is_refused() -> None:
    with serving(lambda _: claims()) as stub:
        asking, _ = client(Stub(stub.address.replace("http:", "https:")))
        with pytest.raises(NoModelError, match="no encrypted connection"):
            asking.ask(MESSAGES)
    assert stub.asked == 0


def test_a_short_key_is_told_nowhere_and_spoils_no_answer() -> None:
    with serving(lambda _: said("none of it")) as stub:
        assert client(stub, key="none")[0].ask(MESSAGES) == "none of it"
    refusing = serving(lambda _: Reply(401, b'{"error": "none is no key"}'))
    with refusing as stub, pytest.raises(NoModelError) as caught:
        client(stub, key="none")[0].ask(MESSAGES)
    assert "none" not in str(caught.value)


def test_without_the_library_it_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "httpx", None)
    with pytest.raises(FailedError, match=r"pip install 'accordant\[model\]'"):
        Client(read_address("http://localhost"), None, None, SCHEMA)


@pytest.mark.parametrize("key", ["two words", "naïve", "tab\tbed", "x" * 5000])
def test_a_key_that_no_header_holds_is_refused_and_not_repeated(key: str) -> None:
    with pytest.raises(InputError) as caught:
        checked_key(key)
    assert key not in str(caught.value)


@pytest.mark.parametrize("key", [None, "", "  \n"])
def test_an_empty_key_is_none(key: str | None) -> None:
    assert checked_key(key) is None


@pytest.mark.parametrize(
    "address",
    [
        "localhost:8080", "ftp://models.example", "http://", f"https://me:{KEY}@models.example/v1",
        f"https://models.example/v1?key={KEY}", f"https://models.example/v1#{KEY}", "http://[::1", "http://a:b/v1",
        "http://a b/v1", "file:///etc/passwd", "https://models.example/v1?",
    ],
)  # fmt: skip
def test_an_address_that_is_none_or_holds_a_secret_is_refused_without_repeating_it(address: str) -> None:
    with pytest.raises(InputError) as caught:
        read_address(address)
    assert KEY not in str(caught.value)
    assert "--model" in str(caught.value)


@pytest.mark.parametrize(
    ("typed", "endpoint", "shown"),
    [
        ("http://localhost:8080", "http://localhost:8080/v1/chat/completions", "http://localhost:8080/v1"),
        ("http://localhost:8080/v1/", "http://localhost:8080/v1/chat/completions", "http://localhost:8080/v1"),
        ("http://[::1]:1/v1", "http://[::1]:1/v1/chat/completions", "http://[::1]:1/v1"),
        ("https://m.example/a/chat/completions", "https://m.example/a/chat/completions", "https://m.example/…"),
    ],
)  # fmt: skip
def test_an_address_is_completed_and_shown_without_what_may_be_a_token(
    typed: str, endpoint: str, shown: str
) -> None:
    found = read_address(typed)
    assert (found.endpoint, found.shown) == (endpoint, shown)
