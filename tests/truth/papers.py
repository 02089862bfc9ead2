"""The documents written out, marks in them: head, opening, numbered parts, closing, signature, date."""

from __future__ import annotations

from datetime import date
from itertools import count, groupby

from tests.truth import duties
from tests.truth.markup import mark, plain
from tests.truth.specification import Duty, Paper, Specification
from tests.truth.voice import Voice, day, ordinal

SIGNED = {"plan": (1, 10, 28), "assignment": (2, 8, 26), "scheme": (2, 15, 27), "summary": (12, 20, 30)}
"""Month, first and last day of signature."""


class Writer:
    """Writes the documents of one specification. Titles are known before texts, since documents cite each other."""

    def __init__(self, spec: Specification) -> None:
        self.spec = spec
        self.papers = {paper.doc: paper for paper in spec.papers()}

    # What a document is called and when it was signed

    def name(self, paper: Paper) -> str:
        """The title, marked; of a scheme the name of the scheme, without the notice round it."""
        voice = Voice(self.spec, paper)
        place = paper.place.name
        if paper.campaign:
            form = voice.pick("name", self.spec.words["scheme"]["name"])
            named = mark("campaign", paper.campaign, self.spec.campaigns[paper.campaign]["forms"][0])
            return str(form.format(place=place, y=paper.year, campaign=named))
        form = voice.pick("title", self.spec.words[paper.kind]["title"])
        return str(form.format(issuer=voice.full(paper.issuer), place=place, y=paper.year))

    def notice(self, paper: Paper) -> str:
        """The title of the notice that a scheme comes with, marked."""
        voice = Voice(self.spec, paper)
        form = voice.pick("notice", self.spec.words["scheme"]["notice"])
        return str(form.format(issuer=voice.full(paper.issuer), name=self.name(paper)))

    def issued(self, paper: Paper) -> date:
        month, first, last = SIGNED[paper.kind]
        if paper.campaign:
            month = self.months(paper.campaign)[0] - 1
        return date(paper.year, month, self.spec.pick(f"{paper.doc}|day", range(first, last + 1)))

    def months(self, campaign: str) -> tuple[int, int]:
        """First and last month of a campaign."""
        first, last = self.spec.campaigns[campaign].get("months", (3, 11))
        return first, last

    def number(self, paper: Paper) -> str:
        """The 文号; a summary has none."""
        if paper.kind == "summary":
            return ""
        body = paper.issuer.split("/")[1]
        stem = paper.place.office if body == "office" else paper.place.police + ("交" if body == "traffic" else "通")
        return f"{stem}〔{paper.year}〕{self.spec.pick(f'{paper.doc}|number', range(3, 60))}号"

    # Texts

    def write(self, paper: Paper) -> str:
        """The whole text, marked."""
        return {"plan": self.plan, "scheme": self.scheme, "assignment": self.assignment, "summary": self.summary}[
            paper.kind
        ](paper)

    def plan(self, paper: Paper) -> str:
        voice, words = Voice(self.spec, paper), self.spec.words["plan"]
        cited = self.spec.implements.get(paper.doc)
        opening = voice.pick("opening", words["opening"]) if cited is None else words["opening"][1]
        lines = [self.number(paper), "", self.name(paper), "", f"{voice.own('squads')}，机关各部门："]
        lines.append(
            opening.format(
                y=paper.year,
                area=paper.place.area,
                basis=self.basis(voice, words["basis"], cited),
                issuer_short=voice.unit(paper.issuer),
                upper=voice.upper() if "{upper}" in opening else "",
                bureau=voice.own("bureau") if "{bureau}" in opening else "",
            )
        )
        lines += self.chapters(voice)
        closing = voice.pick("closing", words["closing"])
        lines.append(closing.format(squads=voice.own("squads"), reporter=voice.own("order")))
        return self.signed(paper, voice, lines)

    def chapters(self, voice: Voice) -> list[str]:
        """The duties by chapter. Style and numbering are the place's, so that years resemble each other."""
        place, spec = voice.paper.place.id, self.spec
        heading = spec.pick(f"{place}|headings", [0, 1, 2])
        write = spec.pick(f"{place}|style", [duties.titled, duties.plain])
        bracket = spec.pick(f"{place}|owners", [True, False])
        running = spec.pick(f"{place}|numbers", [True, False])
        lines, total = [], count(1)
        for position, (group, members) in enumerate(self.grouped(voice.paper.doc), 1):
            lines.append(f"{ordinal(position)}、{spec.words['groups'][group][heading]}")
            for index, duty in enumerate(members, 1):
                lead = f"{next(total)}." if running else f"（{ordinal(index)}）"
                lines.append(lead + write(voice, duty, bracket))
        return lines

    def grouped(self, doc: str) -> list[tuple[str, list[Duty]]]:
        themes = self.spec.themes
        order = [*self.spec.words["groups"], "campaign", "share"]
        ranked = sorted(self.spec.duties.get(doc, ()), key=lambda duty: order.index(themes[duty.theme].group))
        return [(group, list(members)) for group, members in groupby(ranked, lambda duty: themes[duty.theme].group)]

    def basis(self, voice: Voice, forms: list[str], cited: str | None) -> str:
        """The clause that names the document put into effect; nothing where there is none."""
        if cited is None:
            return ""
        return voice.pick("basis", forms).format(of=mark("implements", cited, plain(self.name(self.papers[cited]))))

    def ordered(self, voice: Voice) -> str:
        """The clause that names the bureau above, where no document of it is cited."""
        superior = voice.unit(f"{voice.paper.place.above}/bureau")
        return voice.pick("ordered", self.spec.words["scheme"]["ordered"]).format(superior=superior)

    def scheme(self, paper: Paper) -> str:
        voice, words = Voice(self.spec, paper), self.spec.words["scheme"]
        assert paper.campaign is not None
        name, campaign = self.name(paper), paper.campaign
        lines = [self.number(paper), "", self.notice(paper), "", f"{voice.own('squads')}，各派出所："]
        pass_on = voice.pick("pass_on", words["pass_on"])
        issuer = voice.unit(paper.issuer) if "{self}" in pass_on else ""
        repeal = ""
        if old := self.spec.supersedes.get(paper.doc):
            replaced = self.papers[old]
            title = plain(self.notice(replaced)).replace("《", "〈").replace("》", "〉")
            cite = f"{mark('supersedes', old, title)}》（{self.number(replaced)}）"
            repeal = voice.pick("repeal", words["repeal"]).replace("{old}》", cite)
        lines.append(pass_on.format(name=plain(name), self=issuer) + repeal)
        lines += ["", voice.full(paper.issuer), day(self.issued(paper), False), "", name, ""]
        first, last = self.months(campaign)
        cited, forms = self.spec.implements.get(paper.doc), self.spec.words["plan"]["basis"]
        lines.append(
            voice.pick("opening", words["opening"]).format(
                y=paper.year,
                area=paper.place.area,
                self=voice.unit(paper.issuer),
                basis=self.basis(voice, forms, cited) if cited else self.ordered(voice),
                campaign=voice.campaign(campaign),
                first=first,
                last=last,
                alias=voice.alias(campaign),
            )
        )
        lines += ["一、工作目标", words["goal"][0].format(short=voice.alias(campaign), area=paper.place.area)]
        lines.append("二、工作任务")
        bracket = self.spec.pick(f"{paper.place.id}|scheme", [True, False])
        for index, duty in enumerate(self.spec.duties[paper.doc], 1):
            lines.append(f"（{ordinal(index)}）{duties.titled(voice, duty, bracket)}")
        lines += ["三、工作要求", self.demands(voice, words["closing"], campaign)]
        return "\n".join(lines) + "\n"

    def demands(self, voice: Voice, forms: list[str], campaign: str) -> str:
        return voice.pick("closing", forms).format(
            short=voice.alias(campaign),
            squads=voice.own("squads"),
            lead_unit=voice.own("order"),
            support_unit=voice.own("transport"),
            self=voice.unit(voice.paper.issuer),
        )

    def assignment(self, paper: Paper) -> str:
        voice, words = Voice(self.spec, paper), self.spec.words["assignment"]
        issued = self.issued(paper)
        head = f"索引号：{paper.doc.upper()}　发布机构：{voice.full(paper.issuer)}　发布日期：{issued}"
        cited = self.spec.implements.get(paper.doc)
        lines = [head, "", self.number(paper), "", self.name(paper), "", "各成员单位："]
        opening = voice.pick("opening", words["opening"])
        lines.append(
            self.basis(voice, words["basis"], cited)
            + opening.format(
                y=paper.year,
                committee=voice.own("committee"),
                issuer_short=voice.unit(paper.issuer) if "{issuer_short}" in opening else "",
            )
        )
        for index, duty in enumerate(self.spec.duties[paper.doc], 1):
            lines.append(f"{ordinal(index)}、{duties.labelled(voice, duty)}")
        closing = voice.pick("closing", words["closing"])
        lines.append(closing.format(issuer_short=voice.unit(paper.issuer), committee=voice.own("committee")))
        return self.signed(paper, voice, lines)

    def summary(self, paper: Paper) -> str:
        voice, words = Voice(self.spec, paper), self.spec.words["summary"]
        slots = {"area": paper.place.area}
        lines = [self.name(paper), "", self.filled(voice, voice.pick("opening", words["opening"]), slots)]
        lines.append("一、主要工作及成效")
        heading = self.spec.pick(f"{paper.place.id}|headings", [1, 2, 0])
        groups = [(self.spec.words["groups"][g][heading], d) for g, d in self.grouped(self.sister(paper, "plan"))]
        groups += [(self.campaign_heading(paper), d) for _, d in self.grouped(self.sister(paper, "scheme"))]
        groups += [("部门协作不断深化", d) for _, d in self.grouped(self.sister(paper, "assignment"))]
        for index, (title, members) in enumerate(groups, 1):
            told = "".join(duties.report(voice, duty) for duty in members)
            lines.append(f"（{ordinal(index)}）{title}。{told}")
        noise = voice.pick("noise", words["noise"]).format(n=self.spec.pick(f"{paper.doc}|n", range(1200, 9800)))
        lines.append(mark("result", f"{paper.doc}-noise", noise) + "。")
        lines += ["二、存在的问题", self.filled(voice, voice.pick("problems", words["problems"]), slots)]
        lines += ["三、下步打算", self.filled(voice, voice.pick("next", words["next"]), slots)]
        return self.signed(paper, voice, lines)

    def campaign_heading(self, paper: Paper) -> str:
        """Schemes of a family that has a bare name are reported under it."""
        campaign = self.papers[self.sister(paper, "scheme")].campaign
        family = self.spec.campaigns[campaign]["family"] if campaign else ""
        if family not in self.spec.campaigns or family == campaign:
            return "专项行动成效明显"
        return f"“{mark('campaign', family, self.spec.campaigns[family]['forms'][0])}”成效明显"

    def sister(self, paper: Paper, kind: str) -> str:
        return f"{paper.place.id}-{paper.year}-{kind}"

    def filled(self, voice: Voice, form: str, slots: dict[str, str]) -> str:
        """A form of the summary with the bodies that it names, and no turn taken for those it does not."""
        paper = voice.paper
        named = {
            "bureau": f"{paper.place.id}/bureau",
            "upper": f"{paper.place.above}/traffic",
            "issuer_short": paper.issuer,
            "support_unit": f"{paper.place.id}/transport",
        }
        units = {slot: voice.unit(unit) for slot, unit in named.items() if f"{{{slot}}}" in form}
        return form.format(y=paper.year, **slots, **units)

    def signed(self, paper: Paper, voice: Voice, lines: list[str]) -> str:
        issued = day(self.issued(paper), self.spec.pick(f"{paper.doc}|date", [True, False]))
        return "\n".join([*lines, "", voice.full(paper.issuer), issued]) + "\n"
