"""Where a question names things of the graph, whatever words stand around the names.

A thing is named by its name, an alias or the quoted core of its name, wherever these stand; a document, a unit, a
regulation, a campaign, a task or a number also by a description that has all its pieces in the name (望岭交警大队 for
望岭县公安局交警大队). What is only a word people ask with (任务, 单位) names nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graph.models import Row
from graph.ontology import ontology
from graph.store import Store
from graph.text import compact, quoted_cores, terms
from queries.questions import descriptions
from queries.questions.descriptions import Description
from queries.questions.surroundings import GENERIC, MAY_GO_ON, Mention, Surroundings
from queries.questions.vocabulary import vocabulary

CANDIDATES = 60
"""Things of one label that are looked at: those whose name stands in the question, then those that share most."""
_LABELS = descriptions.LABELS
_ORDER = ("Document", "Unit", "Campaign", "Regulation", "VehicleClass", "Violation", "Road", "Task", "Indicator")
_SUFFIX = frozenset("局办委队所科府会站处厅部院室组心司盟警体")
_LONGEST_UNIT = 14
_JOINT = re.compile(r"[的之于]|那份|这份|那个|年度?|关于|印发|市里|县里|区里")
_PAPERS = (
    "要点",
    "总结",
    "方案",
    "通知",
    "意见",
    "解读",
    "计划",
    "规划",
    "分工",
    "分工表",
    "分解",
    "分解表",
    "条例",
    "办法",
    "打算",
    "职责",
    "公告",
    "文件",
)
_YEAR_BEFORE = re.compile(r"((?:19|20)\d{2})年?度?的?$")
_LOOSE_END = frozenset("的之于年度0123456789")
_SHARE = 0.6
"""Share of the name of a task, number, campaign or regulation that a description must have."""


@dataclass(frozen=True, slots=True)
class _Text:
    """The question without marks and blanks; ``places[i]``: where its character i stands in the question."""

    letters: str
    places: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> _Text:
        kept = [(place, compact(char)) for place, char in enumerate(text)]
        kept = [(place, char) for place, char in kept if len(char) == 1]  # İ folds to two
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
    query = descriptions.any_of(words)
    if not query:
        return []
    params = {"q": query, "text": text, "letters": asked.letters, "terms": words, "limit": CANDIDATES}
    for row in await store.read(_STATEMENT, params):
        for mention in _of_row(asked, row):
            key = (mention.start, mention.end, mention.exact)
            found.setdefault(key, set()).update(mention.labels)
    whole = [Mention(start, end, frozenset(labels), exact) for (start, end, exact), labels in found.items()]
    kept = Surroundings(text, whole).known()
    return sorted(kept, key=lambda m: (-m.size, not m.exact, m.start))


def apart(found: Sequence[Mention]) -> list[Mention]:
    """The mentions that a reader would see: the longest, none inside or across another; in order."""
    kept: list[Mention] = []
    for mention in found:
        if mention.apart_from(kept):
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
        # 安全守护行动 alone is no name where it may be the end of another one: 一帽一镜安全守护行动.
        whole = row["label"] not in MAY_GO_ON or not any(n.endswith(name) and n != name for n in spelled)
        start = asked.letters.find(name)
        while start >= 0:
            yield asked.mention(start, start + len(name), row["label"], whole)
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
            before = _YEAR_BEFORE.search(asked.letters[:offset])
            if row["label"] == "Document" and before and int(before.group(1)) != row["year"]:
                continue
            yield asked.mention(offset, offset + len(stretch), row["label"], False)


def _windows(letters: str, target: str) -> Iterator[tuple[int, int]]:
    """Runs of letters whose pairs stand in ``target``, joints between them included."""
    held = [letters[i : i + 2] in target for i in range(len(letters) - 1)]
    covered = [(i < len(held) and held[i]) or (i > 0 and held[i - 1]) for i in range(len(letters))]
    place = 0
    while place < len(letters):
        if not covered[place]:
            place += 1
            continue
        start = end = place
        while end < len(letters) and (covered[end] or _joint_end(letters, end) > end):
            end = end + 1 if covered[end] else _joint_end(letters, end)
        place = end
        while end > start and (not covered[end - 1] or letters[end - 1] in _LOOSE_END):
            end -= 1
        while start < end and letters[start] in "的之于":
            start += 1
        if end > start:
            yield start, end


def _joint_end(letters: str, place: int) -> int:
    joint = _JOINT.match(letters, place)
    return joint.end() if joint else place


def _trimmed(stretch: str, row: Row) -> str | None:
    """The longest beginning, else end, of ``stretch`` that describes the thing."""
    for size in range(len(stretch), max(2, len(stretch) - 8), -1):
        for part in {stretch[:size], stretch[-size:]}:
            if descriptions.cost(Description.of(part), row, 0) is not None:
                return part
    return None


def _is_meant(stretch: str, row: Row, kinds: str) -> bool:
    """Whether the stretch says more than what all things of the label are called."""
    if len(GENERIC.sub("", stretch)) < 2 or len(stretch) < 4:
        return False
    title = compact(row["name"])
    if row["label"] == "Document":
        said = stretch.endswith(_PAPERS) and stretch[-2:] in f"{kinds}{title}"
        return said or (len(stretch) >= _SHARE * len(title) and title.rfind(stretch[-2:]) > len(title) / 2)
    return len(stretch) >= _SHARE * len(title)


_NAMED = (
    "CASE WHEN $text CONTAINS node.name OR $letters CONTAINS node.name\n"
    "      OR any(a IN coalesce(node.aliases, []) WHERE $text CONTAINS a) THEN 0 ELSE 1 END"
)
_STATEMENT = descriptions.candidates(ontology().labels(search=True), _NAMED)
