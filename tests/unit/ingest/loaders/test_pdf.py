"""PDF: the text layer as lines a person would write."""

from __future__ import annotations

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption

from graph.errors import LimitExceeded, UnreadableFile
from ingest.limits import Limits
from ingest.loaders import load_bytes
from ingest.loaders.pdf import join_lines
from tests.unit.ingest.loaders.make import pdf

LIMITS = Limits()


def test_pages_are_joined_and_page_numbers_dropped() -> None:
    """A sentence that runs over the page stays one."""
    first = [
        "云岭县2031年工作要点",
        "一、总体要求",
        "为进一步加强全县道路交通安全管理，坚决遏制较大以上事故，",
        "- 1 -",
    ]
    second = ["切实保障群众生命安全，制定本要点。", "（一）县公安局交警大队负责。", "第 2 页 共 2 页"]
    text = load_bytes(pdf(first, second), "要点.pdf", LIMITS).text
    assert text.split("\n") == [
        "云岭县2031年工作要点",
        "一、总体要求",
        "为进一步加强全县道路交通安全管理，坚决遏制较大以上事故，切实保障群众生命安全，制定本要点。",
        "（一）县公安局交警大队负责。",
    ]


def test_lines_are_joined_only_where_the_page_broke_them() -> None:
    """Short lines, ended sentences and headings stay; a blank goes between Latin words."""
    wide = "县" * 20
    assert join_lines([wide, "二、任务", wide, wide + "。", wide]) == [wide, "二、任务", wide + wide + "。", wide]
    assert join_lines(["x" * 20, "y" * 20, "z" * 3]) == ["x" * 20 + " " + "y" * 20 + " zzz"]
    assert join_lines(["甲", "乙"]) == ["甲", "乙"]
    for figure in ("98.6%。", "2.3万起。"):
        assert join_lines([wide, figure, wide + "。"])[0] == wide + figure
    assert join_lines([wide, "3.1 任务", wide + "。"])[1] == "3.1 任务"


def test_pages_without_text_are_noted() -> None:
    """The report says which page may be a picture."""
    file = load_bytes(pdf(["云岭县工作要点"], []), "要点.pdf", LIMITS)
    assert file.notes == ("第 2 页没有文字，可能是图片",)


def test_a_scan_is_a_sentence() -> None:
    """No text layer: the remedy is OCR."""
    with pytest.raises(UnreadableFile, match="OCR"):
        load_bytes(pdf([], []), "扫描.pdf", LIMITS)


def test_encryption_with_an_empty_password_is_opened_and_any_other_is_a_sentence() -> None:
    """Offices lock printing, not reading."""
    locked = pdf(["云岭县工作要点"], encrypt=StandardEncryption("", ownerPassword="x", strength=128))
    assert load_bytes(locked, "a.pdf", LIMITS).text == "云岭县工作要点"
    with pytest.raises(UnreadableFile, match="encrypted"):
        load_bytes(pdf(["云岭县"], encrypt="secret"), "a.pdf", LIMITS)


def test_aes_encryption_is_a_sentence() -> None:
    """The cipher is not among what is installed; the sentence does not speak of packages."""
    locked = pdf(["云岭县工作要点"], encrypt=StandardEncryption("", ownerPassword="x", strength=128))
    # The library that makes it cannot encrypt with AES either: say so in its dictionary.
    crypt = b"/V 4 /CF << /StdCF << /CFM /AESV2 /Length 16 >> >> /StmF /StdCF /StrF /StdCF"
    locked = locked.replace(b"/R 3", b"/R 4").replace(b"/V 2", crypt)
    with pytest.raises(UnreadableFile, match="AES"):
        load_bytes(locked, "a.pdf", LIMITS)


def test_fonts_without_characters_are_a_sentence() -> None:
    """Glyph numbers are not text."""
    with pytest.raises(UnreadableFile, match="fonts"):
        load_bytes(pdf(["\ue000\ue001\ue002\ue003\ue004"]), "a.pdf", LIMITS)


def test_a_page_number_at_the_top_goes_too() -> None:
    """Some offices print it there."""
    assert load_bytes(pdf(["3", "云岭县工作要点"]), "a.pdf", LIMITS).text == "云岭县工作要点"


@pytest.mark.parametrize("cut", [9, 40, 700])
def test_a_damaged_file_is_a_sentence_or_its_text(cut: int) -> None:
    """Truncation never raises anything else."""
    data = pdf(["云岭县工作要点"])
    with pytest.raises(UnreadableFile, match=r"a\.pdf"):
        load_bytes(data[:cut], "a.pdf", LIMITS)


def test_text_beyond_the_limit_is_refused_before_it_is_all_read() -> None:
    """Counted page by page."""
    with pytest.raises(LimitExceeded, match="ZHIZE_MAX_TEXT_BYTES"):
        load_bytes(pdf(["云岭县工作要点"] * 9), "a.pdf", Limits(text_bytes=50))
