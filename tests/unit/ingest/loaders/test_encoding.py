"""Text files: the right text or a sentence, never mojibake."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.errors import UnreadableFile
from ingest.loaders.encoding import decode, read
from tests.unit.ingest.loaders.make import PLAN

UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""The machine may be busy: what counts is the result."""
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "gb18030"]
WITHOUT_MARK = ["utf-16-le", "utf-16-be"]
HAN = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5)
DOCUMENT_LIKE = st.text(
    st.one_of(HAN, st.sampled_from("，。、；：（）“”的一是在不了县公安局交警大队2031%\r\n\t ")), min_size=1
)


@pytest.mark.parametrize("encoding", ENCODINGS + WITHOUT_MARK)
def test_a_document_loads_as_written_in_every_encoding(encoding: str) -> None:
    """Text, blanks and both kinds of line break come back exactly."""
    assert decode(PLAN.encode(encoding), "要点.txt")[0] == PLAN


@pytest.mark.parametrize("encoding", ENCODINGS + WITHOUT_MARK)
def test_a_real_document_loads_in_every_encoding_whatever_its_length(shared: Path, encoding: str) -> None:
    """Each seed, whole and cut short, is read exactly or refused."""
    for path in sorted((shared / "seeds").glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        assert decode(text.encode(encoding), path.name)[0] == text
        for length in (1, 2, 3, 5, 10, 40):
            assert_equal_or_refused(text[:length], encoding)


@pytest.mark.parametrize("encoding", ENCODINGS + WITHOUT_MARK)
@UNHURRIED
@given(text=st.text())
def test_any_text_loads_back_equal_or_is_refused(encoding: str, text: str) -> None:
    """Also for text no document has: emoji, other scripts, private use."""
    assert_equal_or_refused(text, encoding)


@pytest.mark.parametrize("encoding", ENCODINGS + WITHOUT_MARK)
@UNHURRIED
@given(text=DOCUMENT_LIKE)
def test_han_text_loads_back_equal_or_is_refused(encoding: str, text: str) -> None:
    """Also short ones and rare characters, where encodings look alike."""
    assert_equal_or_refused(text, encoding)


def assert_equal_or_refused(text: str, encoding: str) -> None:
    data = text.encode(encoding)
    if encoding in WITHOUT_MARK and data.isascii():
        # A few Han characters in UTF-16 are two ASCII letters each: ASCII bytes are ASCII, by decision.
        return
    try:
        loaded, _ = decode(data, "x.txt")
    except UnreadableFile:
        return
    # One mark at the beginning is the mark, whoever put it there.
    assert loaded in (text, text.removeprefix("\ufeff"))


def test_the_mark_is_dropped_and_only_the_mark() -> None:
    """A second one is a character of the text."""
    assert decode("\ufeff\ufeff云岭县".encode(), "x.txt")[0] == "\ufeff云岭县"
    assert decode("\ufeff云岭县".encode("gb18030"), "x.txt") == ("云岭县", "gb18030")


def test_plain_ascii_in_utf16_without_a_mark_is_read() -> None:
    """Every second byte zero cannot be anything else."""
    assert decode("Plan 2031\r\n".encode("utf-16-le"), "x.txt")[0] == "Plan 2031\r\n"
    assert decode("Plan 2031\r\n".encode("utf-16-be"), "x.txt")[0] == "Plan 2031\r\n"
    assert decode(b"Plan 2031\r\n", "x.txt") == ("Plan 2031\r\n", "ascii")


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (b"", "empty"),
        ("107路".encode("gb18030"), "ambiguous"),  # in UTF-8 the same bytes are 107 and a middle dot
        ("£5".encode(), "ambiguous"),
        (PLAN.encode("big5", "ignore"), "encoding"),
        (PLAN.encode() + b"\xff", "encoding"),
        (b"\xef\xbb\xbf" + PLAN.encode("gb18030"), "encoding"),
        (PLAN.encode("utf-16")[:-1], "encoding"),
        (PLAN.encode() + "\ufffd".encode(), "replacement"),
        (PLAN.encode().decode("gb18030", "replace").replace("\ufffd", "").encode(), "garbled"),
        ("锟斤拷锟斤拷".encode() * 9, "garbled"),
        (bytes(range(256)) * 4, "binary"),
        (b"\x7f\x01\x02\x03" * 9, "binary"),
        ("云岭\x00县".encode(), "binary"),
    ],
)
def test_what_is_not_text_or_damaged_text_is_a_sentence(data: bytes, key: str) -> None:
    """The error names the file, the reason and the remedy in both languages."""
    with pytest.raises(UnreadableFile) as caught:
        decode(data, "要点.txt")
    assert caught.value.data["key"] == key
    for sentence in (caught.value.message("zh"), caught.value.message("en")):
        assert sentence.startswith("要点.txt")
        assert len(sentence) > 15
        assert "{" not in sentence


def test_traditional_characters_are_as_good_as_simplified_ones() -> None:
    """Pages saved in traditional characters are documents."""
    text = "雲嶺縣道路交通安全委員會辦公室，關於進一步加強機動車駕駛人安全頭盔佩戴管理的通知"
    for encoding in ("utf-8", "gb18030", "utf-16-le"):
        assert decode(text.encode(encoding), "x.txt")[0] == text


def test_bytes_that_read_well_in_two_encodings_are_refused() -> None:
    """Han in GB18030 and in UTF-16 at once: nobody can know which was meant."""

    def common(data: bytes, encoding: str) -> bool:
        try:
            reading = read(data.decode(encoding))
        except UnicodeDecodeError:
            return False
        return reading.common == 1

    pairs = [bytes((first, second)) for first in range(0x81, 0xFF) for second in range(0x4E, 0xA0)]
    both = [pair for pair in pairs if common(pair, "gb18030") and common(pair, "utf-16-le")]
    with pytest.raises(UnreadableFile, match="GB18030, UTF-16-LE"):
        decode(b"".join(both[:60]) + b"\n\x00", "x.txt")
