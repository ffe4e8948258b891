"""A server on this machine that answers as a test wants: well, badly, slowly, or never."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

KEY = "sk-very-secret-0123456789"


@dataclass
class Reply:
    """What the server sends; ``raw`` takes over the connection where HTTP itself is broken."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    length: int | None = None
    raw: Callable[[Any, threading.Event], None] | None = None


@dataclass
class Question:
    path: str
    headers: dict[str, str]
    body: dict[str, Any]

    @property
    def data(self) -> dict[str, str]:
        """The paragraph and its neighbours."""
        found: dict[str, str] = json.loads(self.body["messages"][-1]["content"])
        return found

    @property
    def form(self) -> str:
        return str(self.body.get("response_format", {}).get("type", "text"))


@dataclass
class Stub:
    address: str = ""
    questions: list[Question] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    @property
    def asked(self) -> int:
        return len(self.questions)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Whoever asked has gone."""


def said(content: str, **headers: str) -> Reply:
    """A model's message, as servers wrap it."""
    body = json.dumps({"choices": [{"message": {"role": "assistant", "content": content}}]})
    return Reply(body=body.encode(), headers=headers)


def claims(*entries: dict[str, Any]) -> Reply:
    return said(json.dumps({"claims": list(entries)}))


def entry(source: str, cue: str, *content: str, kind: str = "named", act: str = "claim", **more: Any) -> Any:
    made = {"source": source, "cue": cue, "content": list(content), "kind": kind, "act": act}
    return {**made, "told": "", "inside": 0, **more}


@contextmanager
def serving(answer: Callable[[Question], Reply]) -> Iterator[Stub]:
    stub = Stub()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            size = int(self.headers.get("content-length", "0"))
            asked = json.loads(self.rfile.read(size))
            headers = {name.lower(): value for name, value in self.headers.items()}
            question = Question(self.path, headers, asked)
            stub.questions.append(question)
            reply = answer(question)
            self.close_connection = True
            if reply.raw is not None:
                reply.raw(self.wfile, stub.over)
                return
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name.replace("_", "-"), value)
            length = len(reply.body) if reply.length is None else reply.length
            self.send_header("content-length", str(length))
            self.end_headers()
            self.wfile.write(reply.body)

        def log_message(self, *_: Any) -> None:
            pass

    server = _Server(("127.0.0.1", 0), Handler)
    stub.address = f"http://127.0.0.1:{server.server_address[1]}/v1"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield stub
    finally:
        stub.over.set()
        server.shutdown()
        server.server_close()
        thread.join()
