"""The log: numbered lines, each holding the hash of the one before, so that a changed or missing line is seen.

A line is ``(seq, before, body, hash)``: ``body`` is the entry as canonical JSON, ``hash`` is SHA-256 of ``before`` and
``body``, ``before`` the hash of the line before ("" for the first). A damaged line is kept as it is, said, and not
applied; all others are. ``Meta.decisions`` is the hash of the last line written, so a cut-off end is seen too.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import Any

from pydantic import ValidationError

from graph.documents import TIMEOUT
from graph.errors import Sentence
from graph.models import LogLine
from graph.review.entries import Entry, Named
from graph.store import Store

LOG = (
    "MATCH (e:Decision) RETURN e.id AS id, e.seq AS seq, e.before AS before, e.body AS body, e.hash AS hash "
    "ORDER BY e.seq, e.id"
)
"""Its rows, without the head: what the writer asks, who has the head already."""
_WITH_HEAD = (
    "MATCH (m:Meta {id: 'graph'}) OPTIONAL MATCH (e:Decision) RETURN m.decisions AS head, e.id AS id, e.seq AS seq, "
    "e.before AS before, e.body AS body, e.hash AS hash ORDER BY e.seq, e.id"
)
HEX_LENGTH = 20


@dataclass(frozen=True, slots=True)
class Damage:
    """A line that cannot be used, or lines that are missing before ``seq``."""

    seq: int
    line: str
    message: Sentence


@dataclass(frozen=True, slots=True)
class Log:
    """Lines as stored, the entries of the sound ones in order, and what is wrong with the others.

    ``head`` is the hash the next line has to name.
    """

    lines: tuple[LogLine, ...]
    entries: tuple[Named, ...]
    damaged: tuple[Damage, ...]
    head: str

    def find(self, name: str) -> Named | None:
        """The entry of that id or number."""
        return next((found for found in self.entries if name in (found[0], str(found[1].seq))), None)

    @property
    def next_seq(self) -> int:
        return max((line.seq for line in self.lines), default=0) + 1


async def read_log(store: Store) -> Log:
    """The log of ``store``, checked."""
    rows = await store.read(_WITH_HEAD, timeout=TIMEOUT)
    head = next((row["head"] for row in rows), None) or ""
    return log_of((row for row in rows if row["id"] is not None), head)


def write_line(entry: Entry, before: str) -> LogLine:
    """The line of a new entry after the one whose hash is ``before``."""
    value = entry.model_dump(mode="json", exclude_defaults=True)
    body = json.dumps(value, ensure_ascii=True, separators=(",", ":"), sort_keys=True)
    digest = line_hash(before, body)
    return LogLine(line_id(digest), entry.seq, before, body, digest)


def line_hash(before: str, body: str) -> str:
    return sha256(f"{before}\n{body}".encode("utf-8", "surrogatepass")).hexdigest()


def line_id(digest: str) -> str:
    return f"decision:{digest[:HEX_LENGTH]}"


def log_of(rows: Iterable[Mapping[str, Any]], head: str) -> Log:
    """The log of stored rows (``LOG``), checked. ``head``: hash of the last line that was written."""
    # A damaged store may hold anything in these fields.
    lines = (
        LogLine(str(r["id"]), r["seq"] if isinstance(r["seq"], int) else 0, *(str(r[n] or "") for n in _TEXTS))
        for r in rows
    )
    return _checked(tuple(sorted(lines, key=lambda line: (line.seq, line.id))), head)


_TEXTS = ("before", "body", "hash")


@lru_cache(maxsize=8)
def _checked(lines: tuple[LogLine, ...], head: str) -> Log:
    entries: list[Named] = []
    damaged: list[Damage] = []
    before, trusted = "", True
    for line in lines:
        entry = _entry(line)
        if entry is None:
            damaged.append(Damage(line.seq, line.id, _unusable(line)))
        else:
            entries.append((line.id, entry))
            if trusted and line.before != before:
                damaged.append(Damage(line.seq, line.id, _gap(line.seq)))
        before, trusted = line.hash, entry is not None
    if trusted and head != before:
        seq = lines[-1].seq + 1 if lines else 1
        damaged.append(Damage(seq, "", _gap(seq)))
    return Log(lines, tuple(entries), tuple(damaged), head)


def _entry(line: LogLine) -> Entry | None:
    if line.hash != line_hash(line.before, line.body) or line.id != line_id(line.hash):
        return None
    try:
        entry = Entry.model_validate_json(line.body)
    except ValidationError:
        return None
    return entry if entry.seq == line.seq else None


def _unusable(line: LogLine) -> Sentence:
    return {
        "zh": f"审核记录第 {line.seq} 条已损坏，原样保留，不生效；其余照常生效",
        "en": f"decision {line.seq} is damaged: it is kept as it is and does not count; all others do",
    }


def _gap(seq: int) -> Sentence:
    return {
        "zh": f"审核记录在第 {seq} 条之前有缺失；其余照常生效",
        "en": f"decisions are missing before number {seq}; all others count",
    }


def appended(log: Log, lines: Sequence[LogLine]) -> Log:
    """The log with new lines at its end."""
    return _checked((*log.lines, *lines), lines[-1].hash) if lines else log
