"""The log as a file: one JSON line a decision, to keep beside the documents and to bring into another store."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256

from graph.errors import DecisionRefused, Sentence
from graph.models import Batch, LogLine
from graph.review.log import Damage, Log, appended, line_hash, line_id, read_log
from graph.store import Store

_IMPORTED: Sentence = {"zh": "导入的记录", "en": "the imported log"}


@dataclass(frozen=True, slots=True)
class Imported:
    """How many lines came in, and the damage of the log after it."""

    added: int
    damaged: tuple[Damage, ...]


async def export_log(store: Store) -> Iterator[str]:
    """The lines of the log in order, damaged ones as they are."""
    return (json.dumps(asdict(line), ensure_ascii=True) for line in (await read_log(store)).lines)


async def import_log(store: Store, text: str) -> Imported:
    """Add the lines of an exported log that ``store`` does not have, and apply them.

    A line that cannot be read is kept as it is and said; the others are applied. Raises DecisionRefused when no line
    can be read (it is no log), or the store has decisions that are not in ``text``: two logs cannot be joined.
    """
    lines = tuple(_lines(text))
    if lines and not appended(Log((), (), (), ""), lines).entries:
        reason = {
            "zh": "没有一行是审核决定；请用 zhize review export 写出的文件",
            "en": "none of its lines is a decision; it must be a file written by zhize review export",
        }
        raise DecisionRefused(what=_IMPORTED, reason=reason)
    return await continue_log(store, lines)


def check_continues(log: Log, lines: Sequence[LogLine]) -> None:
    """Raise DecisionRefused when ``log`` has decisions that ``lines`` do not begin with."""
    if tuple(lines[: len(log.lines)]) != log.lines:
        reason = {
            "zh": "存储中已有另外的审核记录，两份记录不能合并；请导入到没有审核记录的存储",
            "en": "the store has decisions that it does not begin with, and two logs cannot be joined; bring it into a "
            "store without decisions",
        }
        raise DecisionRefused(what=_IMPORTED, reason=reason)


async def continue_log(store: Store, lines: Sequence[LogLine]) -> Imported:
    """Add those of ``lines``, which are a whole log, that ``store`` does not have. Raises as ``import_log``."""
    log = await read_log(store)
    check_continues(log, lines)
    new = tuple(lines[len(log.lines) :])
    if new:
        await store.write(Batch(decisions=new, decisions_after=log.head))
        log = await read_log(store)
    return Imported(len(new), log.damaged)


def _lines(text: str) -> Iterator[LogLine]:
    before, seen = "", set[str]()
    for number, raw in enumerate((line for line in text.splitlines() if line.strip()), start=1):
        line = _line(raw)
        if line is None or line.id in seen:
            # Kept under an id and a hash of its own, so that the lines after it can follow.
            digest = line_hash(before, raw)
            line = LogLine(line_id(sha256(f"{number}\n{raw}".encode()).hexdigest()), number, before, raw, digest)
        seen.add(line.id)
        before = line.hash
        yield line


def _line(raw: str) -> LogLine | None:
    try:
        value = json.loads(raw)
        line = LogLine(**value)
    except (ValueError, TypeError):
        return None
    texts = (line.id, line.before, line.body, line.hash)
    usable = isinstance(line.seq, int) and all(isinstance(text, str) for text in texts)
    return line if usable and line.hash and line.id else None
