"""A real HTTP server on loopback that plays recorded replies (``tests/data/llm``) in turn, the last one for ever."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Self

REPLIES = Path(__file__).resolve().parents[3] / "data" / "llm"

Play = Callable[[BaseHTTPRequestHandler], None]


def recorded(name: str) -> Play:
    """The reply in the file ``name``, as it is."""
    return raw((REPLIES / name).read_bytes())


def raw(body: bytes, status: int = 200, **headers: str) -> Play:
    """``body``, whatever it is."""

    def play(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for key, value in headers.items():
            handler.send_header(key, value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return play


def says(content: object) -> Play:
    """A chat completion whose message is ``content``, JSON unless it is text."""
    text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
    return raw(json.dumps({"choices": [{"message": {"role": "assistant", "content": text}}]}).encode())


def silent(seconds: float) -> Play:
    """Nothing for a while, then nothing."""

    def play(handler: BaseHTTPRequestHandler) -> None:
        time.sleep(seconds)
        handler.close_connection = True

    return play


def dripping(handler: BaseHTTPRequestHandler) -> None:
    """A byte of the headers every 50 ms: no single wait is long, and it never ends."""
    try:
        for byte in b"HTTP/1.1 200 OK\r\nX-Slow: " + b"a" * 400:
            handler.wfile.write(bytes([byte]))
            handler.wfile.flush()
            time.sleep(0.05)
    except OSError:
        pass  # the other side has had enough
    handler.close_connection = True


class Endpoint:
    """The server, for the length of a ``with``; ``requests`` are the bodies that came, ``headers`` their headers."""

    def __init__(self, *plays: Play) -> None:
        self.requests: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.paths: list[str] = []
        lock = threading.Lock()
        self._came = threading.Event()

        class Handler(BaseHTTPRequestHandler):
            def do_POST(handler) -> None:
                body = json.loads(handler.rfile.read(int(handler.headers["Content-Length"])))
                with lock:
                    turn = len(self.requests)
                    self.requests.append(body)
                    self.headers.append({k.lower(): v for k, v in handler.headers.items()})
                    self.paths.append(handler.path)
                    self._came.set()
                plays[min(turn, len(plays) - 1)](handler)

            def log_message(handler, format: str, *args: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}/v1"

    def wait(self) -> None:
        """Until the first request has come."""
        assert self._came.wait(60)

    @property
    def asked(self) -> int:
        return len(self.requests)

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
