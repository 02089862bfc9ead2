"""One document: the loader its content asks for, or one sentence."""

from __future__ import annotations

import os
import pickle
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.errors import LimitExceeded, UnreadableFile, ZhizeError
from ingest.limits import Limits
from ingest.loaders import load_bytes, load_file
from ingest.loaders.base import finish
from tests.unit.ingest.loaders.make import OLE, PLAN, pdf, plain_word, zipped

UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""The machine may be busy: what counts is the result."""
LIMITS = Limits()


def test_a_text_file_is_loaded_from_disk(tmp_path: Path) -> None:
    """Text, original bytes and the encoding it was in."""
    path = tmp_path / "要点.txt"
    path.write_bytes(PLAN.encode("gb18030"))
    file = load_file(path, limits=LIMITS)
    assert (file.text, file.original, file.notes) == (PLAN, PLAN.encode("gb18030"), ())
    assert file.media_type == "text/plain; charset=gb18030"


@pytest.mark.parametrize(
    ("name", "data", "text"),
    [
        ("要点.txt", pdf(["云岭县工作要点"]), "云岭县工作要点"),
        ("要点.pdf", plain_word("云岭县工作要点"), "云岭县工作要点"),
        ("要点.doc", plain_word("云岭县工作要点"), "云岭县工作要点"),
        ("要点.txt", "<!DOCTYPE html><p>云岭县工作要点</p>".encode(), "云岭县工作要点"),
        ("要点.doc", "<html><p>云岭县工作要点</p>".encode(), "云岭县工作要点"),
        ("要点.html", plain_word("云岭县工作要点"), "云岭县工作要点"),
        ("要点.docx", "云岭县工作要点，甲".encode(), "云岭县工作要点，甲"),
        ("要点.txt", "<html><p>云岭县工作要点。</p>".encode("utf-16"), "云岭县工作要点。"),
        ("没有扩展名", "云岭县工作要点".encode(), "云岭县工作要点"),
    ],
)
def test_a_wrong_extension_gives_the_right_loader(name: str, data: bytes, text: str) -> None:
    """Content decides; the report notes what the name said."""
    file = load_bytes(data, name, LIMITS)
    assert file.text == text
    assert len(file.notes) == (Path(name).suffix in (".txt", ".pdf", ".html", ".docx"))


@pytest.mark.parametrize(
    ("name", "data", "key"),
    [
        ("空.txt", b"", "empty"),
        ("空.html", b"", "empty"),
        ("空白.txt", "\r\n 　\t\n".encode(), "blank"),
        ("图.txt", b"\x89PNG\r\n\x1a\n" + b"\x00" * 90, "image"),
        ("图.bmp", b"BM\x00\x00\x00\x00" + b"\x00" * 90, "image"),
        ("程序.txt", b"\x7fELF" + bytes(range(256)), "binary"),
        ("旧.doc", OLE, "unsupported"),
        ("旧.wps", OLE, "unsupported"),
        ("密.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        ("公文.ofd", zipped({"OFD.xml": "<x/>"}), "unsupported"),
        ("表.xlsx", zipped({"xl/workbook.xml": "<x/>"}), "unsupported"),
        ("富.rtf", b"{\\rtf1 x}", "unsupported"),
        ("存.xml", b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><x/>', "unsupported"),
        ("存.mht", b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n", "unsupported"),
        ("包.rar", b"Rar!\x1a\x07\x00", "packed"),
        ("包.zip", zipped({"a.txt": "x"}), "packed"),
        ("坏.docx", zipped({"a.txt": "x"}), "damaged"),
        ("坏.docx", b"PK\x03\x04" + b"\xff" * 99, "damaged"),
        ("坏.pdf", b"%PDF-1.7\nnothing", "damaged"),
    ],
)
def test_what_cannot_be_read_is_one_sentence(name: str, data: bytes, key: str) -> None:
    """It names the file and the remedy, in both languages, and survives the way back from a worker process."""
    with pytest.raises(UnreadableFile) as caught:
        load_bytes(data, name, LIMITS)
    error = pickle.loads(pickle.dumps(caught.value))
    assert error.data["key"] == key
    assert error.message("zh").startswith(f"{name}：")
    assert error.message("en").startswith(f"{name}: ")


def test_old_word_files_name_the_remedy() -> None:
    """Save as .docx or .txt."""
    with pytest.raises(UnreadableFile) as caught:
        load_bytes(OLE, "方案.doc", LIMITS)
    assert "另存为 .docx 或 .txt" in caught.value.message("zh")


def test_a_text_that_begins_with_the_letters_of_a_bitmap_is_text() -> None:
    """BM opens a sentence too."""
    assert load_bytes("BM公司负责道路清障，随叫随到".encode(), "a.txt", LIMITS).text.startswith("BM公司")


def test_files_that_are_not_there_or_not_files_are_sentences(tmp_path: Path) -> None:
    """Missing, a folder, a pipe, a device: nothing is opened that could wait for ever."""
    os.mkfifo(tmp_path / "pipe")
    for path, key in [("nothing.txt", "missing"), (".", "special"), ("pipe", "special"), ("a.txt/b.txt", "io")]:
        (tmp_path / "a.txt").write_text("x")
        with pytest.raises(UnreadableFile) as caught:
            load_file(tmp_path / path, limits=LIMITS)
        assert caught.value.data["key"] == key


def test_a_file_over_the_limit_is_refused_without_reading_it(tmp_path: Path) -> None:
    """200 MB on disk; the sentence names the setting."""
    path = tmp_path / "大.txt"
    with path.open("wb") as stream:
        stream.truncate(200_000_000)
    with pytest.raises(LimitExceeded) as caught:
        load_file(path, limits=LIMITS)
    assert caught.value.message("zh") == f"{path}：200.0 MB，超过上限 50.0 MB（设置项 ZHIZE_MAX_FILE_BYTES）。"


def test_a_text_over_the_limit_is_refused() -> None:
    """Counted as UTF-8, whatever it was stored in; other limits are said in their own units."""
    text = "云岭县公安局" * 200
    for encoding in ("utf-8", "gb18030"):
        with pytest.raises(LimitExceeded, match=r"3\.6 kB is over the limit of 3\.0 kB"):
            load_bytes(text.encode(encoding), "a.txt", Limits(text_bytes=3000))
    assert load_bytes(text.encode(), "a.txt", Limits(text_bytes=3600)).text == text
    with pytest.raises(LimitExceeded, match="900 B is over the limit of 5 B"):
        Limits(file_bytes=5).check("a", 900, "file_bytes")


def test_limits_are_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each by its own environment variable."""
    monkeypatch.setenv("ZHIZE_MAX_ZIP_FILES", "7")
    assert Limits().zip_files == 7


@UNHURRIED
@given(data=st.binary(max_size=400), name=st.sampled_from(["a.txt", "a.html", "a.docx", "a.pdf", "a"]))
def test_any_bytes_give_text_or_a_sentence(data: bytes, name: str) -> None:
    """No file makes a loader raise anything but the errors of the tree."""
    for prefix in (b"", b"%PDF-1.4\n", b"<html>", b"PK\x03\x04"):
        try:
            text = load_bytes(prefix + data, name, LIMITS).text
        except ZhizeError as error:
            text = error.message("zh")
        assert text.strip()


def test_a_lone_surrogate_is_refused() -> None:
    """It has no UTF-8 form: nothing that far could store it."""
    with pytest.raises(UnreadableFile):
        load_bytes(b"\xff\xfe" + "云岭".encode("utf-16-le") + b"\x00\xd8", "a.txt", LIMITS)
    with pytest.raises(UnreadableFile):
        load_bytes("<html><p>云岭县&#xD800;</p>".encode(), "a.html", LIMITS)
    with pytest.raises(UnreadableFile):
        finish("云岭\ud800县", b"", "a.pdf", "application/pdf", (), LIMITS)
