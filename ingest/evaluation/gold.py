"""Annotations: one span or relation a line, as people write them (gold) and as ``to_jsonl`` writes what was read.

A span is ``{"type", "text", "start", "end", …attributes}``, a relation ``{"rel", "head", "tail", "implicit"}``;
offsets are code points of the text as loaded. Flags of the gold: ``optional`` is neither missed nor wrong, and
``level: measure`` marks a part of a task that is not annotated everywhere, so it counts as optional too.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from graph.errors import UnreadableFile
from ingest.assemble import to_jsonl
from ingest.pipeline import extract


@dataclass(frozen=True, slots=True)
class Span:
    """An annotated or predicted span; ``attributes`` are all other fields of its line."""

    type: str
    start: int
    end: int
    text: str
    attributes: Mapping[str, Any] = field(default_factory=dict)

    @property
    def optional(self) -> bool:
        return bool(self.attributes.get("optional"))

    @property
    def required(self) -> bool:
        """Does it count as missed when it is not found?"""
        return not self.optional and self.attributes.get("level") != "measure"

    @property
    def name(self) -> str:
        """One name per thing: the canonical one as written (a list as its text), else the span's text."""
        return str(self.attributes.get("canonical") or self.text)


@dataclass(frozen=True, slots=True)
class Relation:
    """An annotated or predicted relation between two spans."""

    rel: str
    head: Span
    tail: Span
    implicit: bool = False
    optional: bool = False
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Annotation:
    """All spans and relations of one text."""

    spans: tuple[Span, ...]
    relations: tuple[Relation, ...]

    def of_type(self, label: str) -> list[Span]:
        return [span for span in self.spans if span.type == label]


@dataclass(frozen=True, slots=True)
class Case:
    """One annotated text beside what the pipeline reads in it."""

    name: str
    text: str
    gold: Annotation
    predicted: Annotation


def annotation(lines: Iterable[Mapping[str, Any]]) -> Annotation:
    """Lines of the format, in their order. Raises KeyError or TypeError for a line that is neither."""
    spans: list[Span] = []
    relations: list[Relation] = []
    for line in lines:
        if "rel" in line:
            relations.append(_relation(line))
        else:
            spans.append(_span(line))
    return Annotation(tuple(spans), tuple(relations))


def predicted(text: str) -> Annotation:
    """What the pipeline reads in ``text``."""
    return annotation(to_jsonl(extract(text)))


def read_gold(path: Path, text: str) -> Annotation:
    """The annotation of ``text`` in ``path``. Raises UnreadableFile when a line is not of the format or does not quote
    the text at its offsets."""
    return annotation(_checked(path, text))


def _checked(path: Path, text: str) -> Iterator[dict[str, Any]]:
    for number, written in enumerate(_read(path).split("\n"), start=1):
        if not written.strip():
            continue
        try:
            line = json.loads(written)
            read = annotation([line])
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise _unusable(
                path,
                f"第 {number} 行不是标注（{type(error).__name__}: {error}）",
                f"line {number} is no annotation ({type(error).__name__}: {error})",
            ) from None
        ends = [*read.spans, *(end for relation in read.relations for end in (relation.head, relation.tail))]
        for span in ends:
            if text[span.start : span.end] != span.text:
                raise _unusable(
                    path,
                    f"第 {number} 行：原文 {span.start}–{span.end} 处不是“{span.text}”",
                    f"line {number}: the text does not say “{span.text}” at {span.start}–{span.end}",
                )
        yield line


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise _unusable(path, f"不是 UTF-8（第 {error.start} 字节）", f"not UTF-8 (byte {error.start})") from None


def _unusable(path: Path, zh: str, en: str) -> UnreadableFile:
    return UnreadableFile(
        path=path,
        reason={"zh": zh, "en": en},
        remedy={
            "zh": "标注须与同名 .txt 逐字对应，格式同 zhize extract 的输出",
            "en": "Annotations follow the text of the same name to the letter, in the format that zhize extract writes",
        },
    )


def _span(line: Mapping[str, Any]) -> Span:
    attributes = {name: value for name, value in line.items() if name not in ("type", "start", "end", "text")}
    return Span(str(line["type"]), _offset(line["start"]), _offset(line["end"]), str(line["text"]), attributes)


def _relation(line: Mapping[str, Any]) -> Relation:
    return Relation(
        rel=str(line["rel"]),
        head=_span(line["head"]),
        tail=_span(line["tail"]),
        implicit=bool(line.get("implicit")),
        optional=bool(line.get("optional")),
        rule=str(line.get("rule", "")),
    )


def _offset(value: object) -> int:
    if not isinstance(value, int):
        raise TypeError(f"offset {value!r}")
    return value
