"""The examples of uploads and jobs in the API's description (see ``service.examples``)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

LOADED: dict[str, Any] = {
    "id": "job:3f1c9a0b77e2d4516c08",
    "state": "done",
    "source": "望岭县2031年工作要点.docx",
    "name": "望岭县2031年工作要点.docx",
    "bytes": 18211,
    "sha256": "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    "sent_by": "loopback",
    "created_at": "2031-03-05T08:00:00.000+00:00",
    "started_at": "2031-03-05T08:00:00.120+00:00",
    "finished_at": "2031-03-05T08:00:01.934+00:00",
    "attempts": 1,
    "not_before": None,
    "progress": {"done": 1, "total": 1},
    "error": None,
    "statuses": {"loaded": 1},
    "document": "document:0b1d9a6c2f7e8d3a4c55",
}
WAITING = {
    **LOADED,
    "state": "queued",
    "started_at": None,
    "finished_at": None,
    "attempts": 0,
    "not_before": LOADED["created_at"],
    "progress": {"done": 0, "total": 0},
    "statuses": {},
    "document": None,
}
EVENT = 'id: 3\nevent: job\ndata: {"id": "job:3f1c9a0b77e2d4516c08", "state": "done", …}\n\n'

BODIES: Mapping[str, Any] = {"POST /api/v1/documents": {"files": ["望岭县2031年工作要点.docx"]}}
ANSWERS: Mapping[str, Any] = {
    "POST /api/v1/documents": {"jobs": [WAITING]},
    "GET /api/v1/jobs": {"jobs": [LOADED], "total": 1, "next": None},
    "GET /api/v1/jobs/{id}": {**LOADED, "files": [], "skipped": []},
    "DELETE /api/v1/jobs/{id}": {**LOADED, "state": "cancelled", "document": None, "files": [], "skipped": []},
    "POST /api/v1/jobs/{id}/retry": {**WAITING, "files": [], "skipped": []},
    "GET /api/v1/jobs/{id}/events": EVENT,
}
