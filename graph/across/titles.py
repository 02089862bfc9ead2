"""Titles of documents compared: one form for all spellings, the title inside a notice, and what a title is about."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from graph.across.wording import wording
from graph.patterns import any_of
from graph.text import compact, fold

SHORTEST = 4
"""Characters a title needs beside its year to be known by it."""
_YEAR = re.compile(r"((?:19|20)\d\d)年?度?")
_HAN_YEAR = re.compile(r"[一二][〇零九][〇零一二三四五六七八九]{2}(?=年)")
_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
_INNER = re.compile(
    r"(?:印发|转发|下发|发布|公布)[《<〈]?"
    r"([^《》<>〈〉\n]{4,80}(?:[<〈《][^<>〈〉《》\n]{2,60}[>〉》][^<>〈〉《》\n]{0,40})?)"
    r"[》>〉]?的?(?:通知|函|通告|决定)$"
)
_MARKED = re.compile(r"[“\"]([^“”\"\n]{2,12})[”\"]")
_PLACE = re.compile(r"^(?:[一-鿿]{2,7}?(?:自治区|自治州|省|市|县|区|旗|州|盟|镇|乡|街道))")
_BODY = re.compile(
    r"^(?:(?!关于)[一-鿿]){0,30}(?:政府|办公室|委员会|领导小组|专班|[公交道]安[办委]|公安[厅局]|[厅局处委]|[总支大中]队)"
    r"(?=[0-9一-鿿]|$)"
)
_ABOUT = re.compile("^关于(?:开展|做好|加强|印发|进一步|切实){0,2}")
_NUMBER = re.compile(r"([一-鿿]{1,15})[〔\[【(]((?:19|20)\d\d)[〕\]】)]第?0*(\d{1,5})号")


@dataclass(frozen=True, slots=True)
class Title:
    """``key``: year and the rest in one form, equal for two spellings of one title. ``named``: with body or place."""

    key: str
    named: bool


def title_of(text: str) -> Title | None:
    """The comparable form of a title; None when too little is left to know it by."""
    plain = _with_one_form(compact(_arabic(fold(text)).replace("中华人民共和国", "")))
    years = _YEAR.findall(plain)
    rest = _YEAR.sub("", plain)
    if len(rest) < SHORTEST:
        return None
    return Title(f"{'/'.join(years)}:{rest}", bool(_PLACE.match(rest) or _BODY.match(rest)))


def titles_of(name: str) -> tuple[Title, ...]:
    """The titles a document is known by: its own, and what it issues (关于印发《…》的通知)."""
    found = [title_of(name)]
    if inner := inner_title(name):
        found.append(title_of(inner))
    return tuple(dict.fromkeys(title for title in found if title is not None))


def inner_title(name: str) -> str:
    """The title a notice issues, "" when it issues none."""
    match = _INNER.search(fold(name))
    return match.group(1) if match else ""


def number_of(text: str) -> str:
    """A 文号 in one form, "" when ``text`` has none."""
    match = _NUMBER.search(fold(text).replace(" ", ""))
    return f"{match.group(1)}〔{match.group(2)}〕{match.group(3)}号" if match else ""


def subject_of(name: str) -> str:
    """What a document is about, from its title: its quoted core, else the title without what every title has.

    "" is the general work of a place.
    """
    text = _arabic(fold(inner_title(name) or name))
    if quoted := _MARKED.search(text.replace("“", '"').replace("”", '"')):
        return compact(quoted.group(1))
    plain = _YEAR.sub("", _with_one_form(compact(text)))
    plain = _ABOUT.sub("", _PLACE.sub("", _BODY.sub("", plain, count=1), count=1), count=1)
    plain = _PLACE.sub("", plain, count=1)
    kinds, general = _kinds(), _general()
    while (shorter := kinds.sub("", plain)) != plain:
        plain = shorter
    return plain if general.sub("", plain) else ""


@cache
def _kinds() -> re.Pattern[str]:
    return re.compile(any_of(wording().titles.kinds) + "$")


@cache
def _general() -> re.Pattern[str]:
    return re.compile(any_of(wording().titles.general))


def _with_one_form(plain: str) -> str:
    """The title with one name for each body that has several."""
    for written, form in wording().titles.bodies.items():
        plain = plain.replace(written, form)
    return plain


def _arabic(text: str) -> str:
    return _HAN_YEAR.sub(lambda m: m.group().translate(_DIGITS), text)


def known_as(name: str, aliases: Iterable[str]) -> tuple[set[str], set[str]]:
    """Title keys and 文号 of a cited policy, by its name and aliases."""
    titles: set[str] = set()
    numbers: set[str] = set()
    for text in (name, *aliases):
        if number := number_of(text):
            numbers.add(number)
        elif title := title_of(text):
            titles.add(title.key)
    return titles, numbers
