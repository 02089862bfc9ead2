"""HTML: the text a reader sees, in reading order, one block a line, one table row a line.

Nothing is fetched and no entity beyond HTML's own is known, so a hostile page can only be long. The walk keeps its
own stack: depth of nesting is not a limit.
"""

from __future__ import annotations

import codecs
import re
import warnings

from bs4 import BeautifulSoup, XMLParsedAsHTMLWarning
from bs4.dammit import EncodingDetector
from bs4.element import NavigableString, PageElement, PreformattedString, Tag

from ingest.limits import Limits
from ingest.loaders.base import LoadedFile, finish, unreadable
from ingest.loaders.encoding import check_text, decode, read
from ingest.loaders.lines import Lines, collapse, table_row


def _tags(names: str) -> frozenset[str]:
    return frozenset(names.split())


_DROPPED = _tags(
    "script style template noscript head iframe object embed audio video canvas svg math select option textarea button"
    " rt rp datalist dialog"
)
_BLOCKS = _tags(
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer form"
    " h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre section summary table tbody td tfoot th"
    " thead tr ul"
)
_PAGE_PARTS = ("table", "h1", "h2", "h3", "h4", "h5", "h6")
_BREAKS = ("br", "p", "div", "li")
_HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_CHARSETS = {"gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "utf-8": "utf-8", "big5": "big5hkscs"}
_BOMS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
LAYOUT_BREAKS = 10
"""A cell with more line breaks than this is a page laid out with a table, not a table."""
MAX_SPAN = 100
"""Columns or rows one cell may claim: more is an attack, not a table."""


def load_html(data: bytes, name: str, limits: Limits) -> LoadedFile:
    """Visible text; the page's title comes first when the body does not say it."""
    markup, encoding = _markup(data, name)
    with warnings.catch_warnings():
        # XHTML is HTML to us: the parser's advice to read it as XML does not apply.
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
        soup = BeautifulSoup(markup, "lxml")
    lines = Lines()
    _walk(soup, lines, _pages_in_tables(soup))
    text = lines.text()
    if not text:
        raise unreadable(name, "no-text")
    title = collapse(soup.title.get_text()).strip() if soup.title else ""
    if title and title not in text:
        text = f"{title}\n{text}"
    check_text(text, name)
    return finish(text, data, name, f"text/html; charset={encoding}", (), limits)


def _markup(data: bytes, name: str) -> tuple[str, str]:
    """Decoded markup: a mark decides, then the declared charset when it fits the bytes, then the rule for text."""
    found = EncodingDetector.find_declared_encoding(data, is_html=True) or ""
    declared = _CHARSETS.get(found.lower())
    if declared is None or data.startswith(_BOMS):
        return decode(data, name)
    try:
        markup = data.decode(declared)
    except UnicodeDecodeError:
        return decode(data, name)
    reading = read(markup)
    return (markup, declared) if reading.clean and reading.common >= reading.han / 2 else decode(data, name)


def _walk(root: Tag, lines: Lines, layout: frozenset[int]) -> None:
    """Add what is visible of ``root`` to ``lines``; ``layout`` are the tables (by ``id()``) that lay out a page."""
    preformatted = 0
    # A tag comes by twice when it is a block: to be opened, and (with True) when its end is reached.
    stack: list[tuple[PageElement, bool]] = [(child, False) for child in reversed(root.contents)]
    while stack:
        item, at_end = stack.pop()
        if isinstance(item, NavigableString):
            # Comments, doctypes and CDATA are the preformatted strings of the parser.
            if not isinstance(item, PreformattedString):
                (lines.preformatted if preformatted else lines.inline)(str(item))
        elif not isinstance(item, Tag) or _invisible(item):
            continue
        elif at_end or item.name == "br":
            lines.end()
            preformatted -= item.name == "pre"
        elif item.name == "table" and id(item) not in layout and _has_columns(item):
            _table(item, lines)
        else:
            if item.name in _BLOCKS:
                lines.end()
                preformatted += item.name == "pre"
                stack.append((item, True))
            stack.extend((child, False) for child in reversed(item.contents))


def _invisible(tag: Tag) -> bool:
    if tag.name in _DROPPED or tag.has_attr("hidden"):
        return True
    return bool(_HIDDEN.search(str(tag.get("style", ""))))


def _pages_in_tables(root: Tag) -> frozenset[int]:
    """Old pages are laid out with tables: those that hold tables or headings. One pass, whatever the depth."""
    found: set[int] = set()
    tables: list[Tag] = []
    stack: list[tuple[PageElement, bool]] = [(root, False)]
    while stack:
        item, at_end = stack.pop()
        if not isinstance(item, Tag):
            continue
        if at_end:
            tables.pop()
            continue
        if item.name in _PAGE_PARTS and tables:
            found.add(id(tables[-1]))
        if item.name == "table":
            tables.append(item)
            stack.append((item, True))
        stack.extend((child, False) for child in reversed(item.contents))
    return frozenset(found)


def _has_columns(table: Tag) -> bool:
    """One column, or cells as long as pages, mean layout too."""
    rows = [row.find_all(("td", "th"), recursive=False) for row in table.find_all("tr")]
    return any(len(cells) > 1 for cells in rows) and all(
        len(cell.find_all(_BREAKS)) <= LAYOUT_BREAKS for cells in rows for cell in cells
    )


def _table(table: Tag, lines: Lines) -> None:
    if table.caption is not None:
        lines.line(_cell(table.caption))
    below: dict[int, int] = {}
    for row in table.find_all("tr"):
        if _invisible(row):
            continue
        cells: list[str] = []
        for cell in row.find_all(("td", "th"), recursive=False):
            _skip(cells, below)
            if _invisible(cell):
                continue
            width, height = _span(cell, "colspan"), _span(cell, "rowspan")
            for column in range(len(cells), len(cells) + width):
                below[column] = height - 1
            cells += [_cell(cell)] + [""] * (width - 1)
        _skip(cells, below)
        lines.line(table_row(cells))


def _skip(cells: list[str], below: dict[int, int]) -> None:
    """Leave the columns empty that a cell from a row above reaches into: a merged cell is said once."""
    while below.get(len(cells), 0) > 0:
        below[len(cells)] -= 1
        cells.append("")


def _span(cell: Tag, name: str) -> int:
    value = str(cell.get(name, "1")).strip()
    return min(max(int(value), 1), MAX_SPAN) if value.isascii() and value.isdigit() else 1


def _cell(cell: Tag) -> str:
    lines = Lines()
    # A table with rows holds no table that could be layout.
    _walk(cell, lines, frozenset())
    return lines.one_line()
