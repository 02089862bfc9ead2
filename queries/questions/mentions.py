"""Where a question names things of the graph, whatever words stand around the names.

A thing is named by its name, an alias or the quoted core of its name, wherever these stand; a document, a unit, a
regulation, a campaign, a task or a number also by a description that has all its pieces in the name (望岭交警大队 for
望岭县公安局交警大队). What is only a word people ask with (任务, 单位) names nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from graph.models import Row
from graph.ontology import ontology
from graph.store import Store
from graph.text import compact, quoted_cores, terms
from queries.parameters import search_query
from queries.questions import descriptions
from queries.questions.descriptions import Description
from queries.questions.vocabulary import FILLER, Tokens, Word, WordList, vocabulary

CANDIDATES = 40
"""Things of one label that share most with the question; those whose name stands in it are all looked at."""
_LABELS = descriptions.LABELS
_ORDER = ("Document", "Unit", "Campaign", "Regulation", "VehicleClass", "Violation", "Road", "Task", "Indicator")
_SUFFIX = frozenset("局办委队所科府会站处厅部院室组心司盟警体")
_LONGEST_UNIT = 14
_JOINT = re.compile(r"[的之于]|那份|这份|那个|年度?|关于|印发|市里|县里|区里")
_GENERIC = re.compile(
    r"工作|任务|重点|责任|分工|分解|实施|方案|通知|要点|总结|意见|解读|计划|规划|文件|办法|条例|规定|行动|整治|专项|(?:19|20)\d{2}|年度?"
)
_PAPERS = tuple("要点 总结 方案 通知 意见 解读 计划 规划 分工 分工表 分解 分解表 条例 办法 打算 职责 公告 文件".split())
_LOOSE_END = frozenset("的之于年度0123456789")
_TITLE = re.compile(r"《([^《》]{2,60})》")
_PLACES = frozenset("省市县区州旗镇乡")
_HAN = re.compile("[\u4e00-\u9fff]")
_SHARE = 0.6
"""Share of the name of a task, number, campaign or regulation that a description must have."""


@dataclass(frozen=True, slots=True)
class Mention:
    """``start`` up to ``end``, in code points of the question, names things with ``labels``.

    ``exact``: by name, alias or core; else by a description.
    """

    start: int
    end: int
    labels: frozenset[str]
    exact: bool

    @property
    def size(self) -> int:
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class _Text:
    """The question without marks and blanks; ``places[i]``: where its character i stands in the question."""

    letters: str
    places: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> _Text:
        kept = [(place, char.lower()) for place, char in enumerate(text) if compact(char)]
        return cls("".join(char for _, char in kept), tuple(place for place, _ in kept))

    def mention(self, start: int, end: int, label: str, exact: bool) -> Mention:
        return Mention(self.places[start], self.places[end - 1] + 1, frozenset({label}), exact)


async def mentions(store: Store, text: str) -> list[Mention]:
    """All mentions in ``text``, longest first, overlapping ones too; equal stretches are one with all their labels.

    A name that goes on in the question with what the graph does not know is no mention: 松阜市公安局 is not 市公安局.
    """
    asked = _Text.of(text)
    found: dict[tuple[int, int, bool], set[str]] = {}
    words = list(dict.fromkeys(terms(text)))
    query = " OR ".join(filter(None, (search_query(word) for word in words)))
    if not query:
        return []
    params = {"q": query, "text": text, "letters": asked.letters, "terms": words, "limit": CANDIDATES}
    for row in await store.read(_STATEMENT, params):
        for mention in _of_row(asked, row):
            key = (mention.start, mention.end, mention.exact)
            found.setdefault(key, set()).update(mention.labels)
    whole = [Mention(start, end, frozenset(labels), exact) for (start, end, exact), labels in found.items()]
    words_at = Tokens(text, WordList(())).words
    other = [m for m in whole if _of_another(text, m, whole, words_at)]
    kept = [m for m in whole if m not in other]
    kept = [m for m in kept if not any(_continues(m, o) and not _held(o, kept) for o in other)]
    return sorted(kept, key=lambda m: (-m.size, not m.exact, m.start))


def _continues(mention: Mention, other: Mention) -> bool:
    return other.start < mention.end and mention.start <= other.end and not _held(other, [mention])


def _held(mention: Mention, found: Iterable[Mention]) -> bool:
    return any(m.start <= mention.start and mention.end <= m.end for m in found)


def _of_another(text: str, mention: Mention, found: Sequence[Mention], words: Sequence[Word]) -> bool:
    """Whether what stands there is part of a name the graph does not know."""
    if not mention.exact and any(word.start < mention.end < word.end for word in words):
        return True
    if mention.labels == {"Unit"} and not _begins(text, mention.start, found, words):
        placed = any(m.labels == {"Region"} and m.start == mention.start and m.end < mention.end for m in found)
        if not placed:
            return True
    suffix = mention.start if text[mention.start] in _PLACES else mention.start - 1
    if suffix > 0 and text[suffix] in _PLACES and _HAN.match(text[suffix - 1]):
        if not _begins(text, suffix, found, words) and suffix + 1 not in {m.end for m in found if m.start < suffix}:
            return True
    for title in _TITLE.finditer(text):
        start, end = title.span(1)
        inside = start <= mention.start and mention.end <= end
        if inside and (_unknown(text[start : mention.start]) or _unknown(text[mention.end : end])):
            return True
    return False


def _begins(text: str, place: int, found: Sequence[Mention], words: Sequence[Word]) -> bool:
    """Whether a name may begin there: after a mark, a word people ask with, or another name."""
    if place == 0 or not _HAN.match(text[place - 1]):
        return True
    known = vocabulary().classes
    after_word = any(w.end == place and (w.end - w.start > 1 or FILLER in known[w.text]) for w in words)
    return after_word or any(m.end == place and m.exact for m in found)


def _unknown(part: str) -> bool:
    return len(compact(_GENERIC.sub("", part))) > 1


def apart(found: Sequence[Mention]) -> list[Mention]:
    """The mentions that a reader would see: the longest, none inside or across another; in order."""
    kept: list[Mention] = []
    for mention in found:
        if all(mention.end <= other.start or other.end <= mention.start for other in kept):
            kept.append(mention)
    return sorted(kept, key=lambda m: m.start)


def first_label(mention: Mention) -> str:
    """The label a reader would think of first."""
    return min(mention.labels, key=lambda label: (_ORDER.index(label) if label in _ORDER else len(_ORDER), label))


def _of_row(asked: _Text, row: Row) -> Iterator[Mention]:
    names = [row["name"], *(row["aliases"] or ())]
    cores = [core for name in names for core in quoted_cores(name)]
    if row["label"] == "Document":
        cores = [core for core in cores if core.endswith(_PAPERS)]  # a title in a title; else it is what it is about
    spelled = {compact(each) for each in (*names, *cores)}
    for name in sorted(spelled):
        if len(name) < 2 or name in vocabulary().classes:
            continue
        start = asked.letters.find(name)
        while start >= 0:
            yield asked.mention(start, start + len(name), row["label"], True)
            start = asked.letters.find(name, start + 1)
    if row["label"] == "Unit":
        yield from _units(asked, row)
    elif row["label"] in _LABELS:
        yield from _described(asked, row)


def _units(asked: _Text, row: Row) -> Iterator[Mention]:
    """Stretches that end as bodies do and describe this one."""
    target = compact("".join([row["name"], *(row["aliases"] or ())]))
    for end, char in enumerate(asked.letters, start=1):
        if char not in _SUFFIX:
            continue
        for start in range(max(0, end - _LONGEST_UNIT), end - 2):
            stretch = asked.letters[start:end]
            if stretch[:2] not in target or stretch in vocabulary().classes:
                continue
            cost = descriptions.cost(Description.of(stretch), row, 0)
            if cost is not None and not cost[0]:
                yield asked.mention(start, end, "Unit", False)
                break


def _described(asked: _Text, row: Row) -> Iterator[Mention]:
    kinds = "|".join(vocabulary().kinds.get(row["kind"] or "", ())) if row["label"] == "Document" else ""
    year = f"|{row['year']}" if row["year"] else ""
    target = "|".join([*map(compact, (row["name"], *(row["aliases"] or ()), *(row["issuers"] or ()))), kinds]) + year
    for start, end in _windows(asked.letters, target):
        if (stretch := _trimmed(asked.letters[start:end], row)) and _is_meant(stretch, row, kinds):
            offset = asked.letters.index(stretch, start)
            yield asked.mention(offset, offset + len(stretch), row["label"], False)


def _windows(letters: str, target: str) -> Iterator[tuple[int, int]]:
    """Runs of letters whose pairs stand in ``target``, joints between them included."""
    held = [letters[i : i + 2] in target for i in range(len(letters) - 1)]
    covered = [
        (i < len(held) and held[i]) or (i > 0 and held[i - 1]) for i in range(len(letters))
    ]
    place = 0
    while place < len(letters):
        if not covered[place]:
            place += 1
            continue
        start = end = place
        while end < len(letters) and (covered[end] or (joint := _JOINT.match(letters, end))):
            end = end + 1 if covered[end] else joint.end()
        place = end
        while end > start and (not covered[end - 1] or letters[end - 1] in _LOOSE_END):
            end -= 1
        while start < end and letters[start] in "的之于":
            start += 1
        if end > start:
            yield start, end


def _trimmed(stretch: str, row: Row) -> str | None:
    """The longest beginning, else end, of ``stretch`` that describes the thing."""
    for size in range(len(stretch), max(2, len(stretch) - 8), -1):
        for part in {stretch[:size], stretch[-size:]}:
            if descriptions.cost(Description.of(part), row, 0) is not None:
                return part
    return None


def _is_meant(stretch: str, row: Row, kinds: str) -> bool:
    """Whether the stretch says more than what all things of the label are called."""
    if len(_GENERIC.sub("", stretch)) < 2 or len(stretch) < 4:
        return False
    title = compact(row["name"])
    if row["label"] == "Document":
        said = stretch.endswith(_PAPERS) and stretch[-2:] in f"{kinds}{title}"
        return said or (len(stretch) >= _SHARE * len(title) and title.rfind(stretch[-2:]) > len(title) / 2)
    return len(stretch) >= _SHARE * len(title)


def _statement() -> str:
    parts = []
    for label in ontology().labels(search=True):
        call = f"  CALL db.index.fulltext.queryNodes('search_{label.lower()}', $q) YIELD node\n"
        issuers, year = "null", "null"
        more = ""
        if label == "Document":
            year = "node.year"
            issuers = "collect(u.name + ' ' + reduce(s = '', a IN coalesce(u.aliases, []) | s + ' ' + a))"
            more = f"  OPTIONAL MATCH (node)-[:ISSUED_BY]->(u:Unit)\n  WITH node, {issuers} AS issuers\n"
            issuers = "issuers"
        columns = (
            f"  RETURN node.id AS id, '{label}' AS label, node.name AS name, node.kind AS kind,\n"
            f"    node.aliases AS aliases, {year} AS year, {issuers} AS issuers\n"
        )
        named = "$text CONTAINS node.name OR any(a IN coalesce(node.aliases, []) WHERE $text CONTAINS a)"
        parts.append(f"{call}  WHERE {named} OR $letters CONTAINS node.name\n{more}{columns}")
        parts.append(
            f"{call}  WITH node, size([t IN $terms WHERE node.search CONTAINS t]) AS shared\n"
            f"  ORDER BY shared DESC, size(node.name), node.id LIMIT $limit\n{more}{columns}"
        )
    body = "  UNION\n".join(parts)
    return f"CALL () {{\n{body}}}\nRETURN id, label, name, kind, aliases, year, issuers ORDER BY id"


_STATEMENT = _statement()
