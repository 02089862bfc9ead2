"""Duties in running text: what stands before and after a body decides its role.

A clause is read group by group (A、B等部门 is one group). Before a group: 配合, 会同, 推动, 由, 按照, 组织, 依托; after
it: 牵头, 负责, 要, 每季度, 配合, or any action when the group stands where a subject stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from spacy.tokens import Doc

from graph.patterns import any_of
from ingest.annotations import text_of, within
from ingest.extraction import Mention
from ingest.genre import genre
from ingest.pipeline.numbering import marker_at
from ingest.pipeline.ownership.statements import outermost
from ingest.pipeline.ownership.words import role_words

Offsets = tuple[int, int]

_JOINT = re.compile(r"(?:[（(][^（）()\n]{1,20}[）)])?(?:[、和及与跟 \u3000]|以及|等|还有)+|[（(]含")
_LIST_END = re.compile(
    r"(?:以?及|和|与)(?:相关|有关|各)[\u4e00-\u9fff]{0,4}(?:企业|单位|部门|地区|地方|机构|方面)|[（(][^（）()]{0,30}[）)]|[）)]|等(?:相关|有关|职能|多个?|各)?(?:部门|单位|机构|方面|成员单位|力量|企业|人员)?"
)
_LIST_REST = re.compile(
    r"[\u4e00-\u9fff]{0,6}、[^，,；;。\n]{1,80}?等(?:相关|有关|社会)?(?:部门|单位|资源|力量|企业|方面|机构)"
)
"""The rest of a list whose further members the grammar does not know as bodies."""
_GROUNDS = re.compile(r"(?:应当|应|要|须|必须|将|负责)?(?:根据|按照|依据|依照|结合|围绕|针对|立足|在|以|自|对|遇)")
_CLAUSE_END = re.compile(r"[，,；;。！？!?：:\n]|(?<=牵头)、|(?<=负责)、|(?<=配合)、")
_MODAL = re.compile(
    r"(?:都|均|也|还|共同|分别|具体|主要|统一|全面|直接|重点|依法)?"
    r"(?:要|应当|应|须|必须|需|将|负责(?!人|同志)|牵头|主管|每|统筹|承担|立足)(?!求|用|急|对|运)"
)
_SHARED_DUTY = re.compile(
    r"(?:等)?(?:按照?|根据|依据)(?:各自)?(?:的)?(?:职责|职能|工作职责|部门职责|任务)(?:分工|任务)?(?:分别|共同|具体)?(?:负责|落实|抓好|实施|推进|做好|配合)"
)
_BY_TIME = re.compile(r"(?:要|应|须)?于[^，,。；;]{2,20}?(?:将|把|完成|上报|报送|制定|组织|开展|形成|报)")
_LED = re.compile("牵头")
_ACTING = re.compile(any_of(a for a in genre().actions if a not in ("在", "为", "与", "由")))
_NO_SUBJECT = re.compile(
    r"对[^，,。]{1,20}(?:更加|更为|得到|不断|日益)|的|党委|党组|党支部|主要负责|主要领导|班子|民警|领导|党员|干部|工作"
    r"|被|是|内部|管理|指导下|领导下|等"
)
_LEAD_IN = re.compile(
    r"(?:请|同时|此外|其中|另外|目前|下一步|今后|答[：:]?|期间|全年|[一二三四五六七八九]是|牵头并|仅|自|从|截至"
    r"|来|以来|，|,| |\u3000)*"
)
_DUTY_AFTER = re.compile(r"(?:负责|牵头|组织|主管|管理|统一|承担|统筹|汇总|承办|主办|定期|具体|统一管理){1,3}")
_ATTRIBUTE = re.compile(r"[\u4e00-\u9fff]{2,4}的")
_FUNDED = re.compile(r"列支|承担|解决|支付|补助|保障")
_ORDERED = re.compile(r"(?:的)?(?:统一|工作|最新|有关|相关|各项|决策)?(?:部署|要求|安排|关于|指示|通知|统一)")
_WATCHED = re.compile(r"(?:的)?(?:重点|年度)?(?:督导|督办|督查|挂牌|考核|监督|巡查)")
_INTO = re.compile(r"(?:纳入|列入|报|报请|提请|经|由)$")
_TOGETHER = re.compile(r"(?:等)?(?:共同|联合|协同|协作|合作|一道|一起)")
_RELIED = re.compile(
    # The members of the list are told apart by 、 alone: with 、 inside a member, too, the ways to read it multiply.
    r"(?:依托|发挥|利用|统筹整合|整合|借助|借力|用好)([^，,；;。\n]{2}[^、，,；;。\n]{0,58}?(?:、[^、，,；;。\n]{0,40}?){0,20}?)"
    r"(?:平台|作用|力量|资源|优势|职能|网络)"
)
_TAKES_PART = re.compile(r"(?:积极|主动|全力|密切|按职责|按照职责)?(?P<word>配合|协助|参与|参加|协同)")
MEASURE_LENGTH = 4


@dataclass(frozen=True, slots=True)
class Group:
    """Bodies named together; ``end`` is after 等部门."""

    units: tuple[Mention, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Finding:
    """One role read from a clause.

    ``measure``: the stretch that is owned when it is less than the task; None: the task itself. ``subject`` of the
    same clause: the bodies that cooperate in (INVERTED) or lead (JOINED) the measure; None when the owner of the task
    is meant; not asked for otherwise.
    """

    relation: str
    role_zh: str
    group: Group
    rule: str
    evidence: Offsets
    measure: Offsets | None = None
    counterpart: str = ""
    subject: Group | None = None
    title: bool = False
    """Read from the task's own title."""


def read_sentence(doc: Doc, start: int, end: int, *, title: bool, acting: bool = True) -> Iterator[Finding]:
    """Roles in one sentence. ``title``: it is the task's own title, so what it says is said of the task.

    ``acting``: a body may be the subject by any action verb; else only by 负责, 牵头, 要 and their like.
    """
    text = text_of(doc)
    groups = groups_of(doc, start, end)
    relied = [m.span(1) for m in _RELIED.finditer(text, start, end)] if groups else []
    subject: Group | None = None
    for group in groups:
        clause = _clause(text, group, (start, end), subject, title)
        if any(a <= group.start and group.units[-1].end <= b for a, b in relied):
            yield clause.finding("COOPERATES", "配合", "rely")
            continue
        found = _by_word_before(clause)
        if found is None and _stands_first(doc, clause):
            found = _as_subject(clause, acting)
            subject = group if found is not None else subject
        if found is not None:
            yield found


def groups_of(doc: Doc, start: int, end: int) -> list[Group]:
    """Groups of bodies in a stretch, in order."""
    text = text_of(doc)
    found: list[Group] = []
    for unit in outermost(within(doc, "Unit", start, end)):
        if found and _JOINT.fullmatch(text, found[-1].units[-1].end, unit.start):
            found[-1] = Group((*found[-1].units, unit), found[-1].start, _group_end(text, unit.end))
        else:
            found.append(Group((unit,), unit.start, _group_end(text, unit.end)))
    return found


def _group_end(text: str, at: int) -> int:
    match = _LIST_REST.match(text, at) or _LIST_END.match(text, at)
    return match.end() if match else at


@dataclass(frozen=True, slots=True)
class _Clause:
    """A group in its clause: what stands before and after it, up to the commas around."""

    text: str
    group: Group
    first: int
    before: str
    after: str
    sentence: Offsets
    subject: Group | None
    title: bool

    def measure(self) -> Offsets | None:
        """What the group is to do: from after it to the end of the clause."""
        end = self.sentence[1]
        first = self.group.end
        if self.text[first : first + 1] in ("，", ","):
            # 组织A、B等部门，加强管控: what they are gathered for stands in the next clause.
            first += 1
        closing = _CLAUSE_END.search(self.text, first, end)
        if closing and closing.group() in "，," and _GROUNDS.match(self.text, first):
            # 应当根据…，会同…: the grounds alone are not the duty.
            closing = _CLAUSE_END.search(self.text, closing.end(), end)
        stop = closing.start() if closing else end
        while first < stop and self.text[first] in " \u3000":
            first += 1
        return (first, stop) if stop - first >= MEASURE_LENGTH else None

    def finding(
        self, relation: str, role_zh: str, rule: str, measure: Offsets | None = None, counterpart: str = ""
    ) -> Finding:
        return Finding(
            relation,
            role_zh,
            self.group,
            f"owner.{rule}",
            self.sentence,
            measure,
            counterpart,
            self.subject,
            self.title,
        )


def _clause(text: str, group: Group, sentence: Offsets, subject: Group | None, title: bool) -> _Clause:
    start, end = sentence
    first = start
    for match in _CLAUSE_END.finditer(text, start, group.start):
        first = match.end()
    closing = _CLAUSE_END.search(text, group.end, end)
    last = closing.start() if closing else end
    return _Clause(text, group, first, text[first : group.start], text[group.end : last], sentence, subject, title)


def _by_word_before(clause: _Clause) -> Finding | None:
    """The role that the word directly before a group gives it."""
    if _INTO.search(clause.before) and _WATCHED.match(clause.after):
        return clause.finding("SUPERVISES", "督办", "watched")
    match = role_words().before.search(clause.before)
    if match is not None:
        return _READERS[role_words().entry("before", match["word"]).relation](clause, match["word"])
    together = clause.before.endswith(("与", "同", "和")) and _TOGETHER.match(clause.after)
    return clause.finding("COOPERATES", "配合", "together") if together else None


def _assigned(clause: _Clause, _: str) -> Finding | None:
    """按照X部署: X assigns the task; 落实X责任 says nothing of the kind."""
    return clause.finding("ASSIGNS", "部署", "assigned") if _ORDERED.match(clause.after) else None


def _supported(clause: _Clause, _: str) -> Finding | None:
    """配合X做: X leads, whoever is the subject cooperates."""
    measure = clause.measure()
    if measure is None:
        return None
    return clause.finding("LEADS", "负责", "supported", None if clause.subject else measure, "COOPERATES")


def _joined(clause: _Clause, _: str) -> Finding | None:
    """会同X做: X cooperates, the subject leads; a written subject has the whole task, the issuer this part."""
    measure = clause.measure()
    if measure is None:
        return None
    whole = clause.title or clause.subject is not None
    return clause.finding("COOPERATES", "配合", "joined", None if whole else measure, "LEADS")


def _gathered(clause: _Clause, _: str) -> Finding | None:
    """组织X做: X takes part in the subject's task."""
    return clause.finding("COOPERATES", "参与", "gathered") if clause.measure() else None


def _prompted(clause: _Clause, word: str) -> Finding | None:
    """推动X做: X does it. 明确各乡镇承担… settles who does, which is the task itself."""
    measure = clause.measure()
    if measure is None or clause.after.startswith(("的", "、", "和", "主体", "工作", "责任")):
        return None
    whole = clause.title or word == "明确"
    return clause.finding("EXECUTES", "执行", "prompted", None if whole else measure)


def _done_by(clause: _Clause, _: str) -> Finding | None:
    """由X负责 gives X the lead, 由X签字认领 the doing; a fund that pays (由基金列支) and 由X牵头的机制 give nothing."""
    after = clause.after
    if not after or _FUNDED.search(after) or _ATTRIBUTE.match(after):
        return None
    measure = clause.measure()
    duty = _DUTY_AFTER.match(after)
    if duty:
        # 备案工作由X负责: the object stands before, in the task's own words.
        whole = clause.title or duty.end() == len(after)
        if whole or measure:
            return clause.finding(
                "LEADS", "牵头" if "牵头" in duty.group() else "负责", "by", None if whole else measure
            )
    return clause.finding("EXECUTES", "执行", "by") if measure else None


_READERS: dict[str, Callable[[_Clause, str], Finding | None]] = {
    "ASSIGNED": _assigned,
    "INVERTED": _supported,
    "JOINED": _joined,
    "GATHERED": _gathered,
    "PROMPTED": _prompted,
    "BY": _done_by,
    "RELIED": lambda clause, word: None,
}
"""Reader of each relation of roles.yaml; 依托X平台 is read over the whole clause, not from the word alone."""


def _as_subject(clause: _Clause, acting: bool) -> Finding | None:
    """The role of a group that stands where a subject stands."""
    after = clause.after
    if _NO_SUBJECT.match(after):
        return None
    takes_part = _TAKES_PART.match(after)
    if takes_part:
        role = "参与" if takes_part["word"] in ("参与", "参加") else "配合"
        return clause.finding("COOPERATES", role, "takes-part")
    if _SHARED_DUTY.match(after):
        led = clause.subject is not None or _LED.search(clause.text, clause.sentence[0], clause.group.start)
        return clause.finding("COOPERATES" if led else "LEADS", "负责", "shared", None)
    if _BY_TIME.match(after):
        return clause.finding("LEADS", "负责", "subject", clause.measure())
    before = clause.text[clause.first - 1]
    opens = (
        clause.first == clause.sentence[0] or before in "；;：:\n" or (before in "，," and clause.subject is not None)
    )
    if _MODAL.match(after) or (acting and opens and _ACTING.match(after)):
        role = "牵头" if after.startswith("牵头") else "负责"
        return clause.finding("LEADS", role, "subject", clause.measure())
    return None


def _stands_first(doc: Doc, clause: _Clause) -> bool:
    """Nothing but a number, a time or a connective stands before the group in its clause."""
    text, first, at = clause.text, clause.first, clause.group.start
    marker = marker_at(text[first : min(at, first + 20)].lstrip())
    if marker is not None:
        first = text.index(marker.number, first) + marker.length
    position = first
    for period in within(doc, "Period", first, at):
        if not _LEAD_IN.fullmatch(text, position, max(position, period.start)):
            return False
        position = max(position, period.end)
    return position >= at or _LEAD_IN.fullmatch(text, position, at) is not None
