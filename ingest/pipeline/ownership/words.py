"""The role words of ``knowledge/roles.yaml``, compiled."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from ingest.lexicon import Entry, Knowledge, knowledge, longest_first

_ACCORDING = r"(?:按照?|根据|结合|依)?(?:各自)?(?:的)?(?:职责|职能|职责分工|职能职责|分工|任务分工|工作职责)(?:分工)?"


@dataclass(frozen=True)
class RoleWords:
    """Compiled role words. ``by_name``: entry of a word, by type and word."""

    by_name: dict[tuple[str, str], Entry]
    label: re.Pattern[str]
    """A label and its colon, at a place where a label may stand; group ``label``."""
    predicate: re.Pattern[str]
    """The predicate that closes a segment; group ``word``; what stands before it are the bodies."""
    before: re.Pattern[str]
    """A word directly before a body; group ``word``; matches at the end of the text before it."""
    time: re.Pattern[str]

    def entry(self, type_: str, word: str) -> Entry:
        """The entry of a word that one of the patterns found."""
        return self.by_name[type_, word]


def role_words() -> RoleWords:
    """Role words in force, compiled once per knowledge."""
    return _compiled(knowledge())


@lru_cache(maxsize=4)
def _compiled(known: Knowledge) -> RoleWords:
    entries = known.entries("roles")
    names = {(e.type, name): e for e in entries for name in e.names}

    def words(type_: str) -> str:
        return "|".join(map(re.escape, longest_first(name for kind, name in names if kind == type_)))

    return RoleWords(
        by_name=names,
        label=re.compile(
            rf"(?:^|(?<=[\n。；;，,（(【\[〔［　 \t]))(?P<label>{words('label')})"
            rf"(?:[ \u3000]?[：:]|[】\]〕］][：:]?)[ \u3000]{{0,4}}"
            rf"|(?:^|(?<=[\n。]))[ \u3000]{{0,2}}(?P<bare>{words('label')})(?:为|[ \u3000\t])[ \u3000\t]{{0,4}}",
            re.M,
        ),
        predicate=re.compile(
            rf"(?:等)?(?:有关|相关)?(?:{_ACCORDING}|分别|共同|具体|统一|统筹|各自|一并|主要|积极|全力|按|按照){{0,3}}(?P<word>{words('predicate')})(?:工作)?$"
        ),
        before=re.compile(rf"(?P<word>{words('before')})(?:相关|有关|其他|本地|辖区|属地)?$"),
        time=re.compile(rf"(?:{words('time')})[ \u3000]?[：:][ \u3000]{{0,4}}"),
    )
