"""Answers of the API kept as they went out, for as long as the graph stays as it is.

Only where the store knows of every change itself (``Store.state``: the embedded one). Errors are not kept, nor what is
too large; the least used goes first. What is kept for one caller is right for all: who may call at all is decided
before, and an answer depends on nothing but its address and the graph.
"""

from __future__ import annotations

import gzip
import sys
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from graph.store import Store
from service.conditional import LEVEL, MINIMUM, takes_gzip
from service.plain import to_json

BYTES = 32 * 2**20
"""Of memory for all answers kept: JSON, what is compressed of it, and their addresses."""
ENTRIES = 20_000
"""Answers kept at most: the short ones would be very many."""
LARGEST = 256 * 2**10
"""Bytes of JSON above which an answer is not kept."""
HEADS = 512
"""Bytes an answer takes beside its texts: its places in the table and what holds them together."""

Address = tuple[str, bytes]
"""Path and query string."""


@dataclass(slots=True)
class _Answer:
    body: bytes
    packed: bytes = b""

    def response(self, request: Request) -> Response:
        if len(self.body) < MINIMUM or not takes_gzip(request.headers):
            return Response(self.body, media_type="application/json")
        if not self.packed:
            self.packed = gzip.compress(self.body, LEVEL, mtime=0)
        headers = {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
        return Response(self.packed, media_type="application/json", headers=headers)


class KeptAnswers:
    """Those of one application: at most ``size`` bytes of memory and ``entries`` answers."""

    def __init__(self, size: int = BYTES, entries: int = ENTRIES) -> None:
        self._size = size
        self._entries = entries
        self._held = 0
        self._state: object | None = None
        self._answers: OrderedDict[Address, _Answer] = OrderedDict()

    async def get(self, request: Request, store: Store, make: Callable[[], Awaitable[object]]) -> Response:
        """What ``make`` gives, as JSON; from memory when this address was answered since the last change."""
        state = store.state()
        if state is None:
            return _Answer(to_json(await make())).response(request)
        if state is not self._state:
            self._answers.clear()
            self._state, self._held = state, 0
        address = (request.scope["path"], request.scope["query_string"])
        if (known := self._answers.pop(address, None)) is not None:
            self._held -= _weight(address, known)
            return self._keep(address, known, request)
        answer = _Answer(to_json(await make()))
        # The state was read before the answer was computed. If it is another one by now, who reads it next clears.
        if state is self._state and len(answer.body) <= LARGEST and address not in self._answers:
            return self._keep(address, answer, request)
        return answer.response(request)

    def _keep(self, address: Address, answer: _Answer, request: Request) -> Response:
        """The answer as this caller takes it, and kept as the one last used; it may weigh more than before."""
        response = answer.response(request)
        self._answers[address] = answer
        self._held += _weight(address, answer)
        while self._held > self._size or len(self._answers) > self._entries:
            self._held -= _weight(*self._answers.popitem(last=False))
        return response


def _weight(address: Address, answer: _Answer) -> int:
    """Bytes of memory; characters of a path take up to four."""
    return sum(map(sys.getsizeof, (*address, answer.body, answer.packed))) + HEADS
