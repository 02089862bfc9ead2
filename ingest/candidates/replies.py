"""Replies of an endpoint, kept as files: what was answered once is not asked again, and a graph can be made anew from
its documents and this folder, without the endpoint."""

from __future__ import annotations

import json
import os
import tempfile
from hashlib import sha256
from pathlib import Path
from typing import Any


class Replies:
    """One file a request, named by its digest; nothing is kept without a folder. Readable by its owner only: replies
    quote documents. Any number of processes may share it."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    def get(self, request: dict[str, Any]) -> str | None:
        """The reply kept for ``request``."""
        if self._folder is None:
            return None
        try:
            return self._path(self._folder, request).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            return None

    def put(self, request: dict[str, Any], reply: str) -> None:
        """Keep ``reply``. A folder that cannot be written raises OSError."""
        if self._folder is None:
            return
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=self._folder, prefix=".", suffix=".part")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(reply)
        os.replace(name, self._path(self._folder, request))  # noqa: PTH105 — mkstemp gives a name

    @staticmethod
    def _path(folder: Path, request: dict[str, Any]) -> Path:
        text = json.dumps(request, ensure_ascii=False, sort_keys=True)
        return folder / f"{sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()}.json"
