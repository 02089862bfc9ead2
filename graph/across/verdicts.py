"""Was a target met, and how does it stand to that of another year? Pure functions of two figures of one thing."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from graph.across.figures import counted, object_of, sort_of
from graph.across.record import FigureFacts
from graph.across.wording import wording
from graph.patterns import any_of

Verdict = Literal["met", "missed", "not_comparable"]
Course = Literal["raised", "lowered", "kept", "not_comparable"]
_SMALL = 1e-9


def verdict(target: FigureFacts, result: FigureFacts) -> Verdict:
    """Was the target met, as far as the two figures can be compared?"""
    values = _values(target, result) if same_scope(target, result) else None
    if values is None:
        return "not_comparable"
    aimed, came = values
    if falls_to(target):
        met = came < aimed if target.op == "<" else came <= aimed + _SMALL
    else:
        # A plan that says 建成20个 or 保持100% is not missed by more.
        met = came > aimed if target.op == ">" else came >= aimed - _SMALL
    return "met" if met else "missed"


def course(later: FigureFacts, earlier: FigureFacts) -> Course:
    """Does the later target ask for more than the earlier one? A lower ceiling and a deeper fall ask for more."""
    values = _values(earlier, later)
    if values is None or sort_of(later) != sort_of(earlier) or falls_to(later) != falls_to(earlier):
        return "not_comparable"
    before, now = values
    if abs(before - now) <= _SMALL:
        return "kept"
    return "raised" if (now < before) == falls_to(later) else "lowered"


def falls_to(target: FigureFacts) -> bool:
    """Is less better: a ceiling, a fall, none at all, or a bare number of what nobody wants (亡人事故50起)?"""
    if sort_of(target) == "change":
        return target.op == "decrease" or target.ceiling or (_change(target) or 0) < 0
    if target.op in (">", ">="):
        return False
    return target.op in ("<", "<=") or target.value == 0 or _is_harm(target)


def _is_harm(target: FigureFacts) -> bool:
    said = target.before + target.metric
    return _harm().search(object_of(counted(target))) is not None and _handling().search(said) is None


@cache
def _harm() -> re.Pattern[str]:
    return re.compile(any_of(wording().metrics.harms) + "$")


@cache
def _handling() -> re.Pattern[str]:
    return re.compile(any_of(wording().metrics.handling))


def _values(target: FigureFacts, result: FigureFacts) -> tuple[float, float] | None:
    """The two numbers in one unit of measure, ``None`` when there are none."""
    if sort_of(target) != "change":
        alike = unit_of(target) == unit_of(result) and result.op not in ("increase", "decrease")
        found = (target.value, result.value) if alike else (None, None)
    elif _relative(target):
        found = (_change(target), _in_percent(result))
    else:
        found = (_change(target), _in_units(result)) if _change_unit(target) == _change_unit(result) else (None, None)
    return (found[0], found[1]) if found[0] is not None and found[1] is not None else None


def _relative(figure: FigureFacts) -> bool:
    return figure.change is not None or (figure.change_abs is None and unit_of(figure) == "%")


def _change(figure: FigureFacts) -> float | None:
    """The change a figure states, a fall below zero."""
    stated = figure.change if figure.change is not None else figure.change_abs
    return stated if stated is not None else _signed(figure)


def _signed(figure: FigureFacts) -> float | None:
    if figure.value is None or figure.op not in ("increase", "decrease"):
        return None
    return -figure.value if figure.op == "decrease" else figure.value


def _in_percent(figure: FigureFacts) -> float | None:
    """Its change in percent: as stated, or of a count that says by how many it changed (60人，减少5人)."""
    if figure.change is not None or figure.change_abs is None:
        return figure.change if figure.change is not None else _signed(figure) if _relative(figure) else None
    if sort_of(figure) != "count" or figure.value is None or figure.value <= figure.change_abs:
        return None
    return 100 * figure.change_abs / (figure.value - figure.change_abs)


def _in_units(figure: FigureFacts) -> float | None:
    return figure.change_abs if figure.change_abs is not None or _relative(figure) else _signed(figure)


def _change_unit(figure: FigureFacts) -> str:
    """The unit of an absolute change: a rate changes by points."""
    unit = unit_of(figure)
    return "百分点" if unit == "%" and figure.change_abs is not None else unit


def same_scope(target: FigureFacts, result: FigureFacts) -> bool:
    """The result speaks of no part, class of vehicles or run of years that the target does not name."""
    if target.objects and result.objects and not any(_akin(a, b) for a in target.objects for b in result.objects):
        return False
    said = target.metric + target.before + target.task
    narrower = [scope for scope in wording().scopes if scope in result.before + result.metric]
    return target.years == result.years and all(scope in said for scope in narrower)


def _akin(one: str, other: str) -> bool:
    """Is one class of vehicles the other, or a kind of it by its name: 重型货车, 货车?"""
    return one.endswith(other) or other.endswith(one) or one[-2:] == other[-2:]


def unit_of(figure: FigureFacts) -> str:
    """Unit of measure, one word for each; a change without one is in percent."""
    if sort_of(figure) == "change" and not figure.unit:
        return "%"
    return wording().metrics.units.get(figure.unit, figure.unit)
