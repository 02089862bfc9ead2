"""One duty as a plan puts it, and as a summary reports it: marked text."""

from __future__ import annotations

from dataclasses import dataclass

from tests.truth.markup import mark
from tests.truth.specification import Duty, Specification, Theme
from tests.truth.voice import Voice, deadline, number


@dataclass(frozen=True)
class Parts:
    """What a duty is made of. ``aim``: deadline and target, ready to follow a clause."""

    title: str
    body: str
    aim: str


def parts(voice: Voice, duty: Duty) -> Parts:
    spec = voice.spec
    theme = spec.themes[duty.theme]
    # Without the year: what stays the same from year to year is said in the same words.
    steady = f"{voice.paper.place.id}|{duty.theme}|{duty.wording}"
    campaign = duty.campaign or voice.paper.campaign
    title = theme.titles[duty.wording].format(campaign=voice.campaign(campaign) if campaign else "")
    squads = voice.own("squads") if "{squads}" in (body := spec.pick(f"{steady}|body", theme.bodies)) else ""
    target = spec.pick(f"{steady}|target", theme.target)
    target = mark("target", duty.key, target.format(n=number(duty.number, spec.pick(steady, [True, False]))))
    when = mark("deadline", duty.key, deadline(spec, f"{steady}|by", voice.paper.year, duty.by)) if duty.by else ""
    aim = spec.pick(f"{steady}|aim", ["，{when}{target}", "，确保{when}{target}", "，力争{when}{target}"])
    return Parts(title, body.format(squads=squads), aim.format(when=when, target=target))


def titled(voice: Voice, duty: Duty, bracket: bool) -> str:
    """A heading, then who does what: the body as subject, or in a bracket at the end."""
    made = parts(voice, duty)
    head = mark("task", duty.key, made.title)
    if bracket:
        return f"{head}。{made.body}{made.aim}。{owners(voice, duty)}"
    return f"{head}。{subject(voice, duty)}{made.body}{made.aim}。"


def plain(voice: Voice, duty: Duty, bracket: bool) -> str:
    """One sentence without a heading: the sentence is the title."""
    made = parts(voice, duty)
    if bracket:
        return mark("task", duty.key, f"{made.title}，{made.body}{made.aim}") + f"。{owners(voice, duty)}"
    return mark("task", duty.key, f"{subject(voice, duty)}{made.title}，{made.body}{made.aim}") + "。"


def labelled(voice: Voice, duty: Duty) -> str:
    """A heading with label lines beneath, as offices share out work."""
    theme = voice.spec.themes[duty.theme]
    made = parts(voice, duty)
    target = theme.target[duty.wording % len(theme.target)].format(n=number(duty.number, False))
    lines = [
        f"{mark('task', duty.key, made.title)}。{made.body}，{mark('target', duty.key, target)}。",
        f"牵头单位：{voice.unit(duty.lead or voice.paper.issuer)}",
        f"配合单位：{voice.units(duty.support)}",
    ]
    if duty.by:
        when = deadline(voice.spec, f"{duty.theme}|{voice.paper.place.id}", voice.paper.year, duty.by)
        lines.append(f"完成时限：{mark('deadline', duty.key, when)}")
    return "\n".join(lines)


def owners(voice: Voice, duty: Duty) -> str:
    """The closing bracket; nothing where nobody is named."""
    if duty.lead is None:
        return f"（配合单位：{voice.units(duty.support)}）" if duty.support else ""
    if duty.support:
        return f"（牵头单位：{voice.unit(duty.lead)}；配合单位：{voice.units(duty.support)}）"
    return f"（责任单位：{voice.unit(duty.lead)}）"


def subject(voice: Voice, duty: Duty) -> str:
    """The beginning of a sentence: who, and together with whom."""
    who = f"{voice.unit(duty.lead)}要" if duty.lead else ""
    return f"{who}会同{voice.units(duty.support)}" if duty.support else who


def report(voice: Voice, duty: Duty) -> str:
    """What the summary says about a duty: a result, another count, a part only, or no figure at all."""
    spec = voice.spec
    theme = spec.themes[duty.theme]
    if duty.basis == "none":
        silent: list[str] = spec.words["summary"]["silent"]
        return spec.pick(duty.key, silent).format(topic=theme.topic)
    result = mark("result", duty.key, result_text(spec, theme, duty))
    campaign = duty.campaign or scheme_campaign(spec, duty)
    forms = [form for form in theme.report if campaign or "{campaign}" not in form]
    if duty.lead is None:
        forms = [form for form in forms if "{lead}" not in form or duty.basis == "same"]
    form = spec.pick(f"{duty.key}|report", forms)
    # What an office shared out among departments is reported by the police as their own part in it.
    who = duty.lead if duty.lead and theme.group != "share" else voice.paper.issuer
    lead = voice.unit(who) if "{lead}" in form else ""
    named = voice.campaign(campaign) if campaign and "{campaign}" in form else ""
    return form.format(result=result, lead=lead, campaign=named, area=voice.paper.place.area) + "。"


def result_text(spec: Specification, theme: Theme, duty: Duty) -> str:
    if duty.basis == "other":
        return theme.other.format(n=number(duty.result, True))
    if duty.basis == "scope":
        return theme.scope.format(n=number(duty.result, False))
    forms = theme.worse if duty.result < 0 else theme.result
    return spec.pick(f"{duty.key}|result", forms).format(n=number(abs(duty.result), False))


def scheme_campaign(spec: Specification, duty: Duty) -> str | None:
    """The campaign of the scheme that a duty stands in."""
    place, year, series = duty.doc.split("-")
    return spec.schemes[place][int(year)][0] if series == "scheme" else None
