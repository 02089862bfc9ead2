"""Lines out of a flow of text, as a reader sees them: blanks collapsed, blocks on their own lines, rows with tabs."""

from __future__ import annotations

import re

_HAN = r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]"
_SOURCE_BREAK = re.compile(rf"(?<={_HAN})[ \t\f]*[\r\n][ \t\r\n\f]*(?={_HAN})")
_RUN = re.compile(r"[ \t\r\n\f]+")


def collapse(text: str) -> str:
    """Markup's white space as it is shown: one blank for a run of it, none for a source line break between Han."""
    return _RUN.sub(" ", _SOURCE_BREAK.sub("", text))


class Lines:
    """Collects inline text into lines; blank lines are left out."""

    def __init__(self) -> None:
        self._done: list[str] = []
        self._line: list[str] = []
        self._verbatim = False

    def inline(self, text: str) -> None:
        """Add text whose white space is only layout."""
        self._line.append(text)

    def preformatted(self, text: str) -> None:
        """Add text whose line breaks and blanks count."""
        first, *rest = text.splitlines() or [""]
        self._line.append(first)
        for line in rest:
            self._verbatim = True
            self.end()
            self._line.append(line)
        self._verbatim = True
        if text.endswith("\n"):
            self.end()

    def line(self, text: str) -> None:
        """Add a whole line as it is."""
        self.end()
        self._line.append(text)
        self._verbatim = True
        self.end()

    def end(self) -> None:
        """End the current line, if there is anything on it."""
        text = "".join(self._line)
        line = text.rstrip() if self._verbatim else collapse(text).strip(" ")
        self._line.clear()
        self._verbatim = False
        if line.strip():
            self._done.append(line)

    def text(self) -> str:
        self.end()
        return "\n".join(self._done)

    def one_line(self) -> str:
        """All that was collected, on one line: a table cell."""
        self.end()
        return " ".join(line.strip() for line in self._done)


def table_row(cells: list[str]) -> str:
    """Cells with a tab between; columns keep their place, empty ones at the end go."""
    return "\t".join(cell.replace("\t", " ").strip() for cell in cells).rstrip("\t")
