"""How one document names bodies, campaigns, dates and numbers: the forms vary, the marks say what is meant."""

from __future__ import annotations

from collections import Counter
from datetime import date

from tests.truth.markup import mark
from tests.truth.specification import Paper, Specification

DIGITS = "〇一二三四五六七八九"
MONTH_ENDS = {"06-30": "上半年", "09-30": "三季度末前", "12-31": "年底前"}


class Voice:
    """The forms of one document. Each body's forms take turns, so that no document says the same name throughout."""

    def __init__(self, spec: Specification, paper: Paper) -> None:
        self.spec = spec
        self.paper = paper
        self.turns: Counter[str] = Counter()

    def forms(self, unit: str) -> list[str]:
        """How this document calls a body in its text. In a county-level city 市局 is its own bureau."""
        spec, here = self.spec, self.paper.place
        place = spec.places[unit.partition("/")[0]]
        if unit == self.paper.issuer:
            return spec.forms(unit, "self") + spec.forms(unit, "local")
        if place == here:
            return spec.forms(unit, "full") + spec.forms(unit, "local") * 2
        if place.above == here.id:
            return spec.forms(unit, "parent")
        taken = here.tier if place.ladder == "city" else ""
        free = [form for form in spec.forms(unit, "child") if not (taken == "市" and form.startswith("市"))]
        return spec.forms(unit, "full")[:1] + free

    def unit(self, unit: str) -> str:
        """The next form of a body, marked."""
        self.turns[unit] += 1
        above = unit.startswith(f"{self.paper.place.above}/")
        # Half of the documents introduce a body of the place above by its full name.
        if above and self.turns[unit] == 1 and self.spec.pick(f"{self.paper.doc}|introduces|{unit}", [True, False]):
            return self.full(unit)
        forms = self.forms(unit)
        return mark("unit", unit, self.spec.pick(f"{self.paper.doc}|{unit}", forms, self.turns[unit]))

    def full(self, unit: str) -> str:
        """A full form of a body, the same in the whole document, marked."""
        return mark("unit", unit, self.spec.pick(f"{self.paper.doc}|full|{unit}", self.spec.forms(unit, "full")))

    def own(self, body: str) -> str:
        """A body of the document's own place."""
        return self.unit(f"{self.paper.place.id}/{body}")

    def units(self, units: tuple[str, ...]) -> str:
        return "、".join(self.unit(unit) for unit in units)

    def upper(self) -> str:
        """The traffic police one level up."""
        return self.unit(f"{self.paper.place.above}/traffic")

    def campaign(self, campaign: str) -> str:
        """The next form of a campaign, marked."""
        self.turns[campaign] += 1
        forms = self.spec.campaigns[campaign]["forms"]
        return mark("campaign", campaign, self.spec.pick(f"{self.paper.doc}|{campaign}", forms, self.turns[campaign]))

    def alias(self, campaign: str) -> str:
        return mark("campaign", campaign, self.spec.campaigns[campaign]["alias"])

    def pick(self, key: str, options: list[str]) -> str:
        """One form for this document."""
        return self.spec.pick(f"{self.paper.doc}|{key}", options)


def number(value: float, round_thousands: bool) -> str:
    """As figures are written: 85, 82.5, and 1.26万 where ``round_thousands``."""
    if round_thousands and value >= 10000:
        return f"{value / 10000:g}万"
    return f"{value:g}"


def day(value: date, in_characters: bool) -> str:
    """2023年3月12日 or 二〇二三年三月十二日."""
    if not in_characters:
        return f"{value.year}年{value.month}月{value.day}日"
    return f"{''.join(DIGITS[int(d)] for d in str(value.year))}年{ordinal(value.month)}月{ordinal(value.day)}日"


def ordinal(value: int) -> str:
    """一, 二, … 十一."""
    tens, ones = divmod(value, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{DIGITS[tens]}十"
    return head + (DIGITS[ones] if ones else "")


def deadline(spec: Specification, key: str, year: int, by: str) -> str:
    """A deadline as written: by its month, with the year, or as a season's end."""
    month, last = (int(part) for part in by.split("-"))
    forms = [f"{month}月底前", f"{year}年{month}月{last}日前", f"{month}月{last}日前"]
    return spec.pick(key, forms + ([MONTH_ENDS[by]] if by in MONTH_ENDS else []))
