"""Pages of lists over REST, one manner everywhere: ``limit`` rows, and ``next``, which goes back as ``cursor``.

A cursor belongs to one list: sent with other parameters it is refused (InvalidParameter).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from graph.ids import digest
from queries.runner import MAX_LIMIT, page_size, read_cursor, write_cursor
from service.routers.parameters import limit_of
from service.settings import Settings

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Window:
    """``size`` items from ``skip`` on, of the list known by ``mark``."""

    skip: int
    size: int
    mark: str

    def next(self, more: bool) -> str | None:
        """The cursor to the page after this one, when there is one."""
        return write_cursor(self.skip + self.size, self.mark) if more else None

    def of(self, items: Sequence[T]) -> tuple[Sequence[T], str | None]:
        """This page of a list that is there as a whole, and ``next``."""
        after = self.skip + self.size
        return items[self.skip : after], self.next(after < len(items))


def window(
    settings: Settings, limit: int | None, cursor: str | None, *what: object, default: int | None = None
) -> Window:
    """The page asked for of the list that ``what`` tells apart; ``default`` rows when no limit is given."""
    size = page_size(limit_of(default if limit is None else limit, settings))
    mark = digest(list(what))
    return Window(read_cursor(cursor, mark), size, mark)


def whole(settings: Settings) -> int:
    """The page of a short list: all of it, as far as one answer may go."""
    return min(MAX_LIMIT, settings.max_rows)
