"""zh_period: dates, deadlines and recurrences against the document's year."""

from __future__ import annotations

import pytest

from tests.unit.ingest.pipeline.reading import PLAN, item, read


def periods(text: str) -> dict[str, tuple[str, str, str]]:
    return {
        m.text: (m.attributes["kind"], m.attributes["date_from"], m.attributes["date_to"])
        for m in read(text).mentions
        if m.type == "Period"
    }


@pytest.mark.parametrize(
    ("written", "kind", "first", "last"),
    [
        ("6月底前", "deadline", "2024-06-01", "2024-06-30"),
        ("２月底前", "deadline", "2024-02-01", "2024-02-29"),
        ("年底前", "deadline", "2024-12-01", "2024-12-31"),
        ("2025年年底前", "deadline", "2025-12-01", "2025-12-31"),
        ("2025年底前", "deadline", "2025-12-01", "2025-12-31"),
        ("年内", "deadline", "2024-01-01", "2024-12-31"),
        ("9月30日前", "deadline", "2024-09-30", "2024-09-30"),
        ("上半年", "range", "2024-01-01", "2024-06-30"),
        ("下半年", "range", "2024-07-01", "2024-12-31"),
        ("三季度", "range", "2024-07-01", "2024-09-30"),
        ("今年以来", "range", "2024-01-01", "2024-12-31"),
        ("去年同期", "range", "2023-01-01", "2023-12-31"),
        ("7月30日至8月16日", "range", "2024-07-30", "2024-08-16"),
        ("2023年5月至12月", "range", "2023-05-01", "2023-12-31"),
        ("2021-2023年", "range", "2021-01-01", "2023-12-31"),
        ("二〇二四年六月六日", "range", "2024-06-06", "2024-06-06"),
        ("２０２４年６月１０日起至９月２０日", "range", "2024-06-10", "2024-09-20"),
        ("每季度", "recurrence", "", ""),
        ("每周五、周六", "recurrence", "", ""),
        ("每月5日前", "recurrence", "", ""),
        ("长期坚持", "lasting", "", ""),
    ],
)
def test_every_form_of_time_is_resolved(written: str, kind: str, first: str, last: str) -> None:
    """ISO dates in the year of the title, full and half width alike."""
    assert periods(item(f"要求在{written}组织夜查行动。"))[written] == (kind, first, last)


def test_a_number_of_years_is_no_date() -> None:
    """100周年, 三年行动 and ages are not times."""
    assert periods(item("庆祝建党100周年，推进三年行动，教育12至16周岁学生。")).keys() == {"2024年"}


def test_a_heading_with_a_year_governs_what_is_beneath() -> None:
    """2023年总结 with a part 2024年打算: 年底前 in that part is 2024."""
    text = (
        "云岭县交警大队2023年工作总结\n一、2023年工作情况\n全年平稳。\n"
        "二、2024年工作打算\n（一）健全网络。年底前全部达标。\n"
    )
    assert periods(text)["年底前"] == ("deadline", "2024-12-01", "2024-12-31")


def test_without_a_year_no_date_is_made_up() -> None:
    """The deadline is kept as written and has no ISO date."""
    text = "一、治理路口\n（一）增设护栏。9月底前全部完工。\n"
    assert periods(text)["9月底前"] == ("deadline", "", "")
    task = next(m for m in read(text).mentions if m.type == "Task" and m.text == "增设护栏")
    assert task.attributes["deadline_text"] == "9月底前"
    assert "deadline" not in task.attributes


def test_a_day_that_does_not_exist_has_no_date() -> None:
    """2月30日 is kept as written."""
    assert periods(item("2月30日前完成清查行动。"))["2月30日前"] == ("deadline", "", "")


def test_the_year_of_the_signature_serves_when_no_title_names_one() -> None:
    """Title, header, 文号, signature, text: the first that names a year."""
    text = (
        "关于开展夜查的通知\n各中队：\n现将有关事项通知如下：\n一、增设护栏\n"
        "9月底前全部完工。\n云岭县公安局交警大队\n2022年3月4日\n"
    )
    assert periods(text)["9月底前"][2] == "2022-09-30"
    numbered = "云公通〔2021〕7号\n关于开展夜查的通知\n各中队：\n一、增设护栏\n9月底前全部完工。\n"
    assert periods(numbered)["9月底前"][2] == "2021-09-30"


def test_a_labelled_time_is_the_deadline() -> None:
    """完成时限：… is the deadline in any form; 长期坚持 there is a recurrence."""
    text = f"{PLAN}一、治理停车\n（一）新增泊位。\n完成时限：2024年9月底\n（二）清理车辆。\n完成时限:长期坚持\n"
    tasks = {m.text: m.attributes for m in read(text).mentions if m.type == "Task"}
    assert tasks["新增泊位"]["deadline"] == "2024-09-30"
    assert tasks["清理车辆"]["recurrence"] == "长期坚持"
    assert "deadline" not in tasks["清理车辆"]


@pytest.mark.parametrize(
    ("written", "kind", "first", "last"),
    [
        ("6月上旬", "range", "2024-06-01", "2024-06-10"),
        ("２月下旬", "range", "2024-02-21", "2024-02-29"),
        ("9月份", "range", "2024-09-01", "2024-09-30"),
        ("1至9月份", "range", "2024-01-01", "2024-09-30"),
        ("2023年1-6月", "range", "2023-01-01", "2023-06-30"),
        ("3月至5月", "range", "2024-03-01", "2024-05-31"),
        ("今年3月9日起", "range", "2024-03-09", ""),
        ("9月1日以后", "range", "2024-09-01", ""),
        ("即日起至11月30日", "range", "", "2024-11-30"),
        ("去年下半年", "range", "2023-07-01", "2023-12-31"),
        ("明年3月底前", "deadline", "2025-03-01", "2025-03-31"),
        ("5月7、9日", "range", "2024-05-07", "2024-05-09"),
        ("2024.3.1", "range", "2024-03-01", "2024-03-01"),
        ("“十四五”期间", "range", "2021-01-01", "2025-12-31"),
        ("“十五五”末", "deadline", "2030-12-01", "2030-12-31"),
        ("10个工作日内", "deadline", "", ""),
        ("20XX年9月底前", "deadline", "", ""),
        ("每周一、三、五", "recurrence", "", ""),
        ("每季度末", "recurrence", "", ""),
    ],
)
def test_forms_of_plans_and_reports(written: str, kind: str, first: str, last: str) -> None:
    """Thirds and spans of months, open spans, 今年 and 去年 before a date, five-year plans; a hidden year is none."""
    assert periods(item(f"要求在{written}组织夜查行动。"))[written] == (kind, first, last)


def test_a_number_of_years_is_no_year() -> None:
    """5年内 is a duration, not 年内; 截至 says up to when was counted and sets no deadline."""
    assert "年内" not in periods(item("力争5年内见效,三年内达标。"))
    assert periods(item("截至6月30日已发放头盔90顶。"))["6月30日"][0] == "range"
