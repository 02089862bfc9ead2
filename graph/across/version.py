"""The version of the rules by which documents are compared: a stored document is compared anew when they change."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from importlib import resources


@cache
def rules() -> str:
    """Short digest of this package's rules and word lists; what reads and writes a store does not count."""
    found = sha256()
    for entry in sorted(resources.files("graph.across").iterdir(), key=lambda entry: entry.name):
        if entry.name.endswith((".py", ".yaml")) and entry.name != "writing.py":
            found.update(entry.name.encode() + entry.read_bytes())
    return found.hexdigest()[:12]
