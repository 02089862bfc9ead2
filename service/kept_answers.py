"""Answers of the API kept as they went out, for as long as the graph stays as it is.

Only where the store knows of every change itself (``Store.state``: the embedded one). Errors are not kept, nor what is
too large; the least used goes first. What is kept for one caller is right for all: who may call at all is decided
before, and an answer depends on nothing but its address and the graph.
"""

from __future__ import annotations

import gzip
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from graph.store import Store
from service.conditional import LEVEL, MINIMUM
from service.plain import to_json

BYTES = 32 * 2**20
"""Of all answers kept, as JSON; the compressed ones add a tenth."""
LARGEST = 256 * 2**10
"""Bytes of JSON above which an answer is not kept."""


@dataclass(slots=True)
class _Answer:
    body: bytes
    packed: bytes = b""

    def response(self, request: Request) -> Response:
        if len(self.body) < MINIMUM or "gzip" not in request.headers.get("accept-encoding", ""):
            return Response(self.body, media_type="application/json")
        if not self.packed:
            self.packed = gzip.compress(self.body, LEVEL, mtime=0)
        headers = {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
        return Response(self.packed, media_type="application/json", headers=headers)


class KeptAnswers:
    """Those of one application, at most ``size`` bytes of them."""

    def __init__(self, size: int = BYTES) -> None:
        self._size = size
        self._held = 0
        self._state: object | None = None
        self._answers: OrderedDict[tuple[str, bytes], _Answer] = OrderedDict()

    async def get(self, request: Request, store: Store, make: Callable[[], Awaitable[object]]) -> Response:
        """What ``make`` gives, as JSON; from memory when this address was answered since the last change."""
        state = store.state()
        if state is None:
            return _Answer(to_json(await make())).response(request)
        if state is not self._state:
            self._answers.clear()
            self._state, self._held = state, 0
        address = (request.scope["path"], request.scope["query_string"])
        if (known := self._answers.get(address)) is not None:
            self._answers.move_to_end(address)
            return known.response(request)
        answer = _Answer(to_json(await make()))
        # The state was read before the answer was computed. If it is another one by now, who reads it next clears.
        if state is self._state and len(answer.body) <= LARGEST and address not in self._answers:
            self._answers[address] = answer
            self._held += len(answer.body)
            while self._held > self._size:
                self._held -= len(self._answers.popitem(last=False)[1].body)
        return answer.response(request)
