"""From when until when a document says it is in force."""

from __future__ import annotations

import pytest

from ingest.pipeline import extract
from ingest.pipeline.validity import validity


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("本办法自2024年3月1日起施行。", ("2024-03-01", "")),
        ("本通知自印发之日起执行。", ("2024-01-05", "")),
        ("本办法自2024年3月1日起施行,有效期2年。", ("2024-03-01", "2026-02-28")),
        ("本办法自2024年3月1日起施行,有效期两年。", ("2024-03-01", "2026-02-28")),
        ("本办法自2024年3月1日起施行,有效期至2025年6月30日。", ("2024-03-01", "2025-06-30")),
        ("自2024年13月40日起施行", ("2024-01-05", "")),
        ("自2024年2月30日起施行", ("2024-01-05", "")),
        ("", ("2024-01-05", "")),
    ],
)
def test_dates_of_force(text: str, expected: tuple[str, str]) -> None:
    assert validity(text, "2024-01-05") == expected


def test_a_term_that_would_end_on_no_day_ends_before() -> None:
    assert validity("自2024年3月1日起施行,有效期1年", "") == ("2024-03-01", "2025-02-28")
    assert validity("有效期3年", "") == ("", "")


def test_a_document_takes_effect_when_it_says() -> None:
    text = "禾丰县夜查管理办法\n第一条 为规范夜查，制定本办法。\n第二条 由交警大队负责。\n"
    text += "第三条 本办法自2024年5月1日起施行，有效期3年。\n禾丰县公安局\n2024年4月2日\n"
    profile = extract(text).profile
    assert (profile.valid_from, profile.valid_until) == ("2024-05-01", "2027-04-30")
