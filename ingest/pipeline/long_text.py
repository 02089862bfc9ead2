"""A long text, read in pieces and put together again: sections numbered through, offsets and quotes of the whole.

What a piece only repeats (head, headings, tail) tells how its own stretch is read and gives no facts a second time. The
profile is that of the first piece, which holds the head and the tail of the whole; short names may come from any piece.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Hashable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from ingest.extraction import Extraction, Link, Mention, Profile, Proposal, SectionSpan
from ingest.mention_index import order
from ingest.pipeline import pieces
from ingest.pipeline.lines import end_without_blanks
from ingest.pipeline.pieces import Offsets, Piece, Places

T = TypeVar("T", bound=Hashable)
_OWN_PLACE = frozenset({"Task", "Indicator"})
"""Types whose attributes are rarely alike: they are not looked for among those that are shared."""


def read_long(text: str, read: Callable[[str], Extraction]) -> Extraction:
    """``text`` read by ``read`` piece after piece. Costs grow with the length of the text and nothing else."""
    whole = _Whole(text)
    tail = pieces.tail_of(text)
    start = 0
    while start < len(text):
        end = len(text)
        if end - start > pieces.OWN:
            end = pieces.cut_before(text, start + pieces.OWN // 2, start + pieces.OWN)
        own = (start, end)
        before = [(a, min(b, start)) for a, b in whole.context()]
        piece = Piece(pieces.apart([*before, own, (max(end, tail[0]), tail[1])]), own)
        whole.take(piece, read(piece.text(text)))
        start = end
    return whole.extraction()


class _Whole:
    """What the pieces read so far give together."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.sections: list[SectionSpan] = []
        self.mentions: list[Mention] = []
        self.links: list[Link] = []
        self.proposals: list[Proposal] = []
        self.profile: Profile | None = None
        self.aliases: dict[str, str] = {}
        self.damage: set[str] = set()
        self.redacted = False
        self.last: Extraction | None = None
        self.notes: dict[str, None] = {}
        self.tag = ""
        self._head: Offsets = (0, 0)
        self._defined: list[Offsets] = []
        self._table: Offsets | None = None
        self._open: list[int] = []
        self._counters: dict[int | None, int] = {}
        self._restart = 1
        self.measures = self.rows = 0
        self._shared: dict[Hashable, Any] = {}

    def context(self) -> list[Offsets]:
        """What of the text before is read along with the next piece."""
        opened = (self.sections[index] for index in self._open)
        headings = [pieces.heading_stretch(self.text, s.number, s.start, s.end) for s in opened]
        return [self._head, *self._defined, *headings, *([self._table] if self._table else [])]

    def take(self, piece: Piece, found: Extraction) -> None:
        """Add what ``found`` says of the piece's own stretch."""
        places = Places(piece, self.text)
        paths, numbers = self._take_sections(places, found.sections)
        move = _Mover(self, places, paths, numbers)
        for mention in found.mentions:
            if places.own(mention.start) and (moved := move.mention(mention)) is not None:
                self.mentions.append(moved)
        links = (move.link(link) for link in found.links if places.own(link.start))
        self.links += [link for link in links if link is not None]
        proposals = (move.proposal(proposal) for proposal in found.proposals)
        self.proposals += [proposal for proposal in proposals if proposal is not None]
        self.measures, self.rows = move.measures, move.rows
        self._take_profile(found, move)
        self._remember(piece)

    def _take_profile(self, found: Extraction, move: _Mover) -> None:
        profile = found.profile
        if self.profile is None:
            issuer = move.mention(profile.issuer) if profile.issuer is not None else None
            basis = move.places.span(*profile.issuer_basis) if profile.issuer_basis is not None else None
            self.profile = replace(profile, issuer=issuer, issuer_basis=basis if issuer is not None else None)
            self.tag = found.candidates
        self.aliases = {**profile.aliases, **self.aliases}
        self.damage |= set(profile.damage)
        self.redacted |= profile.redacted
        self.notes |= dict.fromkeys(found.notes)
        self.tag = self.tag if found.candidates == self.tag else ""
        self.last = found

    def _remember(self, piece: Piece) -> None:
        """Keep what the next piece has to know of this one."""
        start, end = piece.own
        if start == 0:
            self._head = pieces.head_of(self.text, self.sections[0].start if self.sections else None)
        self._defined = [*self._defined, *pieces.definitions(self.text, start, end)][-pieces.DEFINITIONS :]
        self._table = pieces.open_table(self.text, start, end, self._table)

    # Sections

    def _take_sections(self, places: Places, found: tuple[SectionSpan, ...]) -> tuple[dict[str, str], dict[int, int]]:
        """Add own sections, lengthen repeated ones; paths and indexes of the piece → those of the whole."""
        repeated = {self.sections[index].start: index for index in self._open}
        before = len(self.sections)
        numbers: dict[int, int] = {}
        paths: dict[str, str] = {}
        part: int | None = None
        for index, section in enumerate(found):
            span = places.span(section.start, section.end)
            if span is None:
                continue
            if places.own(section.start):
                part = self._new_part(section, part)
                numbers[index] = self._add(section, span, places, _parent(found, index, numbers))
            elif span[0] in repeated:
                part = _part_of(section)
                numbers[index] = repeated[span[0]]
                self._lengthen(numbers[index], section, places)
            if index in numbers:
                paths[section.path] = self.sections[numbers[index]].path
        if len(self.sections) > before:
            self._open = self._chain(len(self.sections) - 1)
        return paths, numbers

    def _new_part(self, section: SectionSpan, part: int | None) -> int:
        here = _part_of(section)
        begun = 1 if not self.sections else part
        if begun is not None and here > begun:
            self._restart += here - begun
            self._counters[None] = 0
        return here

    def _add(self, section: SectionSpan, span: Offsets, places: Places, parent: int | None) -> int:
        self._counters[parent] = self._counters.get(parent, 0) + 1
        above = self.sections[parent] if parent is not None else None
        prefix = f"{above.path}." if above is not None else f"{self._restart}:" if self._restart > 1 else ""
        self.sections.append(
            SectionSpan(
                section.number,
                above.level + 1 if above is not None else 1,
                *span,
                _end(section, places) or span[1],
                f"{prefix}{self._counters[parent]}",
                parent,
            )
        )
        return len(self.sections) - 1

    def _lengthen(self, index: int, section: SectionSpan, places: Places) -> None:
        end = _end(section, places)
        if end is not None:
            self.sections[index] = replace(self.sections[index], body_end=end)

    def _chain(self, index: int | None) -> list[int]:
        found: list[int] = []
        while index is not None:
            found.append(index)
            index = self.sections[index].parent
        return found[::-1]

    # Sharing

    def shared(self, value: T) -> T:
        """``value``, or the equal one that was there before: names, identities and quotes come again and again."""
        found: T = self._shared.setdefault(value, value)
        return found

    def shared_attributes(self, attributes: Mapping[str, Any]) -> Mapping[str, Any]:
        key = ("attributes", repr(attributes))
        found: Mapping[str, Any] = self._shared.setdefault(key, attributes)
        return found

    def known(self, mention: Mention) -> Mention | None:
        """The mention of an earlier piece with this type and span."""
        index = bisect_left(self.mentions, order(mention), key=order)
        found = self.mentions[index] if index < len(self.mentions) else None
        return found if found is not None and order(found) == order(mention) else None

    def extraction(self) -> Extraction:
        """All of it, links by the place of their tail."""
        assert self.profile is not None
        assert self.last is not None
        # Whether the attachments that a text lists follow is known at its end.
        damage = self.damage - {"attachment_missing"} | ({"attachment_missing"} & set(self.last.profile.damage))
        if any(":" in section.path for section in self.sections):
            damage.add("numbering_restarts")
        self.links.sort(key=lambda link: link.tail.start)
        return Extraction(
            text=self.text,
            profile=replace(self.profile, aliases=self.aliases, damage=tuple(sorted(damage)), redacted=self.redacted),
            sections=tuple(self._stripped(section) for section in self.sections),
            mentions=tuple(self.mentions),
            links=tuple(self.links),
            notes=tuple(self.notes),
            proposals=tuple(self.proposals),
            candidates=self.tag,
        )

    def _stripped(self, section: SectionSpan) -> SectionSpan:
        """Without the blanks before a cut."""
        end = end_without_blanks(self.text, section.end, section.body_end)
        return section if end == section.body_end else replace(section, body_end=end)


def _part_of(section: SectionSpan) -> int:
    """1, or the number before the colon of its path."""
    return int(section.path.split(":")[0]) if ":" in section.path else 1


def _parent(found: tuple[SectionSpan, ...], index: int, numbers: dict[int, int]) -> int | None:
    """The nearest section above that the whole knows."""
    above = found[index].parent
    while above is not None and above not in numbers:
        above = found[above].parent
    return numbers[above] if above is not None else None


def _end(section: SectionSpan, places: Places) -> int | None:
    """Where the section ends in the piece's own stretch; None when it ends before it."""
    end = min(section.body_end, places.high)
    span = places.span(end - 1, end) if end > places.low else None
    return span[1] if span is not None else None


class _Mover:
    """Mentions and links of one piece as mentions and links of the whole."""

    def __init__(self, whole: _Whole, places: Places, paths: dict[str, str], numbers: dict[int, int]) -> None:
        self.whole, self.places = whole, places
        self._paths, self._numbers = paths, numbers
        self.measures, self.rows = whole.measures, whole.rows
        self._before = (whole.measures, whole.rows)
        self._moved: dict[int, Mention | None] = {}

    def mention(self, mention: Mention) -> Mention | None:
        """The mention at its place in the whole; None when its span is of two stretches."""
        if id(mention) not in self._moved:
            self._moved[id(mention)] = self._move(mention)
        return self._moved[id(mention)]

    def _move(self, mention: Mention) -> Mention | None:
        span = self.places.span(mention.start, mention.end)
        if span is None:
            return None
        share = self.whole.shared
        attributes: Mapping[str, Any] = mention.attributes
        if mention.type == "Task":
            attributes = self._task(attributes)
        elif mention.type not in _OWN_PLACE:
            attributes = self.whole.shared_attributes(attributes)
        moved = Mention(
            mention.type,
            *span,
            share(mention.text),
            share(mention.canonical),
            share(mention.rule),
            mention.confidence,
            share(mention.identity),
            attributes,
        )
        return moved if self.places.own(mention.start) else self.whole.known(moved) or moved

    def _task(self, attributes: Mapping[str, Any]) -> dict[str, Any]:
        """A task's attributes with its place in the whole: paths and orders go on from the pieces before."""
        found = dict(attributes)
        above, slash, measure = str(found["path"]).rpartition("/")
        if slash:
            found["order"] = number = int(measure) + self._before[0]
            found["path"] = f"{self._path(above)}/{number}"
            self.measures = max(self.measures, number)
        else:
            found["path"] = self._path(measure)
            found["order"] = self._numbers.get(found["order"], found["order"])
        body = self.places.span(found["body_start"], max(found["body_start"] + 1, found["body_end"]))
        if body is None:
            body = self.places.span(found["body_start"], min(found["body_end"], self.places.high))
        if body is not None:
            found["body_start"], found["body_end"] = body
        return found

    def _path(self, path: str) -> str:
        """The path of a section or table row in the whole."""
        if not path.startswith("table:"):
            return self._paths.get(path, path)
        number = int(path.removeprefix("table:")) + self._before[1]
        self.rows = max(self.rows, number + 1)
        return f"table:{number}"

    def link(self, link: Link) -> Link | None:
        """The link in the whole; None when its evidence or an end is of two stretches."""
        evidence = self.places.span(link.start, link.end)
        head, tail = self.mention(link.head), self.mention(link.tail)
        if evidence is None or head is None or tail is None:
            return None
        basis = self.places.span(*link.basis) if link.basis is not None else None
        return replace(link, head=head, tail=tail, start=evidence[0], end=evidence[1], basis=basis)

    def proposal(self, proposal: Proposal) -> Proposal | None:
        """The proposal in the whole, if it is of the piece's own stretch."""
        moved = self.mention(proposal.mention) if self.places.own(proposal.mention.start) else None
        if moved is None:
            return None
        links = (self.link(link) for link in proposal.links)
        return replace(proposal, mention=moved, links=tuple(link for link in links if link is not None))
