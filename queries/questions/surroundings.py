"""What stands around a name in a question: whether the name is whole, or part of one the graph does not know."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from graph.text import compact
from queries.questions.vocabulary import FILLER, Tokens, plain_words, vocabulary

GENERIC = re.compile(
    r"工作|任务|重点|责任|分工|分解|实施|方案|通知|要点|总结|意见|解读|计划|规划|文件|办法|条例|规定|行动|整治|专项"
    r"|(?:19|20)\d{2}|年度?"
)
"""What all papers and tasks are called: no part of a name of their own."""
MAY_GO_ON = frozenset({"Campaign", "Regulation"})
"""Labels whose names may be the end of a longer one."""
_GOES_ON = re.compile("的?([\u4e00-\u9fff]{1,6}?)(?:中队|大队|支队|科室|科|股)")
_TITLE = re.compile(r"《([^《》]{2,60})》")
_PLACES = frozenset("省市县区州旗镇乡")
_LATIN_BEFORE = re.compile(r"([A-Za-z]{2,})(?:'s)? +$")
_LEVEL = re.compile(r"(?: |'s|county|city|district|town|[省市县区州旗镇乡])*", re.I)
_HAN = re.compile("[\u4e00-\u9fff]")


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

    def apart_from(self, others: Iterable[Mention]) -> bool:
        """Whether it shares no character with any of ``others``."""
        return all(self.end <= other.start or other.end <= self.start for other in others)


class Surroundings:
    """A question with what was found in it."""

    def __init__(self, text: str, found: Sequence[Mention]) -> None:
        self._text = text
        self._found = found
        self._words = Tokens(text, plain_words()).words

    def known(self) -> list[Mention]:
        """The mentions that are names by themselves: 市公安局 in 松阜市公安局 is none where no 松阜 is known."""
        others = [mention for mention in self._found if self._of_another(mention)]
        kept = [mention for mention in self._found if mention not in others]
        return [m for m in kept if not any(_continues(m, o) and not _held(o, kept) for o in others)]

    def _of_another(self, mention: Mention) -> bool:
        """Whether what stands there is part of a name the graph does not know."""
        return (
            self._cuts_a_word(mention)
            or self._is_an_end(mention)
            or self._goes_on(mention)
            or self._of_another_place(mention)
            or self._in_another_title(mention)
        )

    def _cuts_a_word(self, mention: Mention) -> bool:
        """应急部 in 应急部门."""
        return not mention.exact and any(word.start < mention.end < word.end for word in self._words)

    def _is_an_end(self, mention: Mention) -> bool:
        """交警大队 in 青岚交警大队."""
        if self._begins(mention.start):
            return False
        if mention.labels == {"Unit"}:
            places = (m for m in self._found if m.labels == {"Region"} and m.start == mention.start)
            return all(place.end >= mention.end for place in places)
        return not mention.exact and mention.labels <= MAY_GO_ON

    def _goes_on(self, mention: Mention) -> bool:
        """交警支队 in 交警支队女子骑警中队."""
        more = _GOES_ON.match(self._text, mention.end) if "Unit" in mention.labels else None
        if not more or any(word.start == more.start(1) for word in self._words):
            return False
        return not _held(mention, self._found, more.end())

    def _of_another_place(self, mention: Mention) -> bool:
        """县教育局 and 教育局 in 青崖县教育局; 民政局 in 望岭县民政局, where only another county's is known."""
        text, start = self._text, mention.start
        if "Unit" in mention.labels and any(_ends_at(text, m, mention) for m in self._found if m.labels == {"Region"}):
            return True
        suffix = start if text[start] in _PLACES else start - 1
        if suffix <= 0 or text[suffix] not in _PLACES or not _HAN.match(text[suffix - 1]) or self._begins(suffix):
            return False
        return suffix + 1 not in {m.end for m in self._found if m.start < suffix}

    def _in_another_title(self, mention: Mention) -> bool:
        """工作要点 in 《星河市工作要点》."""
        for title in _TITLE.finditer(self._text):
            start, end = title.span(1)
            if start <= mention.start and mention.end <= end:
                return any(map(_unknown, (self._text[start : mention.start], self._text[mention.end : end])))
        return False

    def _begins(self, place: int) -> bool:
        """Whether a name may begin there: after a mark, a word people ask with, or another name."""
        if before := _LATIN_BEFORE.search(self._text, 0, place):
            word = before.group(1).lower()
            return word in vocabulary().classes or word in vocabulary().english
        if place == 0 or not _HAN.match(self._text[place - 1]):
            return True
        known = vocabulary().classes
        after = (word for word in self._words if word.end == place)
        if any(word.end - word.start > 1 or FILLER in known[word.text] for word in after):
            return True
        return any(mention.end == place and mention.exact for mention in self._found)


def _ends_at(text: str, place: Mention, mention: Mention) -> bool:
    """Whether the name of a place goes on as the mention."""
    if not place.start < mention.start:
        return False
    return place.end >= mention.start or _LEVEL.fullmatch(text, place.end, mention.start) is not None


def _continues(mention: Mention, other: Mention) -> bool:
    return other.start < mention.end and mention.start <= other.end and not _held(other, [mention])


def _held(mention: Mention, found: Iterable[Mention], end: int = 0) -> bool:
    """Whether one of ``found`` holds the mention, and reaches ``end``."""
    return any(m.start <= mention.start and max(mention.end, end) <= m.end for m in found)


def _unknown(part: str) -> bool:
    return len(compact(GENERIC.sub("", part))) > 1
