"""Folders and zips: everything that is a document, under its name, and a sentence for everything else."""

from __future__ import annotations

import os
import unicodedata
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import gettempdir

import pytest

from graph.errors import ZhizeError
from ingest.limits import Limits
from ingest.loaders import Found, Reader, discover, load_bytes
from tests.unit.ingest.loaders.make import OLE, PLAN, pdf, plain_word, zipped

LIMITS = Limits()


def found(*paths: Path, limits: Limits = LIMITS) -> list[Found]:
    return list(discover(paths, limits))


def texts(*paths: Path) -> dict[str, str]:
    """source → text of all that can be loaded."""
    reader = Reader(LIMITS)
    loaded = {f.source: load_bytes(reader.read(f), f.source, LIMITS).text for f in found(*paths) if not f.error}
    reader.close()
    return loaded


def keys(files: list[Found]) -> dict[str, tuple[str, bool]]:
    """source → (reason, skipped) of all that cannot."""
    return {f.source: (str(f.error.data.get("key", f.error.code)), f.skipped) for f in files if f.error}


def test_a_folder_gives_its_documents_in_sorted_order_under_relative_names(tmp_path: Path) -> None:
    """Subfolders included; ``/`` between parts on every system."""
    for name in ("乙.txt", "子/丙.md", "子/更深/丁.html", "甲.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(PLAN)
    assert [f.source for f in found(tmp_path)] == sorted(["乙.txt", "甲.txt", "子/丙.md", "子/更深/丁.html"])
    assert [f.source for f in found(tmp_path / "子" / "丙.md")] == ["丙.md"]


def test_names_are_nfc_and_names_in_gb18030_are_read(tmp_path: Path) -> None:
    """The same folder has the same sources on a Mac and after an old unzip."""
    (tmp_path / unicodedata.normalize("NFD", "Plané.txt")).write_text(PLAN)
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + "要点.txt".encode("gb18030"))).write_text(PLAN)
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff\xff.txt")).write_text(PLAN)
    assert {f.source for f in found(tmp_path)} == {
        unicodedata.normalize("NFC", "Plané.txt"),
        "要点.txt",
        "\\xff\\xff.txt",
    }


def test_hidden_lock_and_system_files_are_passed_over_silently(tmp_path: Path) -> None:
    """They are nobody's documents."""
    for name in (".DS_Store", "~$要点.docx", "Thumbs.db", "desktop.ini", ".git/x.txt", "__MACOSX/x.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    assert found(tmp_path) == []


def test_other_files_are_skipped_in_a_folder_and_failures_when_named(tmp_path: Path) -> None:
    """A picture among documents is no failure; a picture that was asked for is. A .txt that is none always is."""
    (tmp_path / "图.jpg").write_bytes(b"\xff\xd8\xff")
    (tmp_path / "旧.doc").write_bytes(OLE)
    (tmp_path / "假.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00")
    (tmp_path / "说明").write_text("x")
    assert keys(found(tmp_path)) == {
        "图.jpg": ("unknown", True),
        "旧.doc": ("unsupported", True),
        "假.txt": ("image", False),
        "说明": ("unknown", True),
    }
    assert keys(found(tmp_path / "图.jpg", tmp_path / "旧.doc")) == {
        "图.jpg": ("unknown", False),
        "旧.doc": ("unsupported", False),
    }


def test_an_old_name_with_readable_content_is_a_document(tmp_path: Path) -> None:
    """.doc is often HTML or .docx."""
    (tmp_path / "a.doc").write_text("<html><p>云岭县</p>")
    (tmp_path / "b.doc").write_bytes(plain_word("云岭县工作"))
    assert texts(tmp_path) == {"a.doc": "云岭县", "b.doc": "云岭县工作"}


def test_loops_and_repeated_folders_end(tmp_path: Path) -> None:
    """Each real folder is read once, whatever links point to it; a broken link is a failure."""
    (tmp_path / "子").mkdir()
    (tmp_path / "子" / "a.txt").write_text(PLAN)
    (tmp_path / "子" / "上").symlink_to(tmp_path)
    (tmp_path / "子二").symlink_to(tmp_path / "子")
    (tmp_path / "自环").symlink_to(tmp_path / "自环")
    (tmp_path / "断.txt").symlink_to(tmp_path / "没有.txt")
    files = found(tmp_path)
    assert [f.source for f in files if not f.error] == ["子/a.txt"]
    assert keys(files) == {
        "子/上": ("folder-twice", True),
        "子二": ("folder-twice", True),
        "自环": ("io", True),
        "断.txt": ("broken-link", False),
    }


def test_missing_paths_and_devices_are_failures_and_the_rest_is_found(tmp_path: Path) -> None:
    """Nothing is raised midway."""
    (tmp_path / "a.txt").write_text(PLAN)
    os.mkfifo(tmp_path / "管道.txt")
    files = found(tmp_path / "没有", Path("/dev/zero"), tmp_path)
    assert keys(files) == {"没有": ("missing", False), "zero": ("special", False), "管道.txt": ("special", False)}
    assert [f.source for f in files if not f.error] == ["a.txt"]
    reader = Reader(LIMITS)
    with pytest.raises(ZhizeError):
        reader.read(files[0])


def test_two_files_of_one_name_are_a_failure_and_the_same_file_twice_is_not(tmp_path: Path) -> None:
    """Which of them the source means cannot be known; naming a file twice says nothing new."""
    for folder in ("一", "二"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.txt").write_text(folder)
    files = found(tmp_path / "一", tmp_path / "二", tmp_path / "一" / "a.txt")
    assert [(f.source, f.error is None) for f in files] == [("a.txt", True), ("a.txt", False)]
    assert str(tmp_path / "一" / "a.txt") in files[1].error.message("zh")


def test_a_zip_is_a_folder(tmp_path: Path) -> None:
    """Members and those of one zip inside it, by content: a .docx is not opened as a zip."""
    inner = zipped({"丙.txt": PLAN, "子/丁.txt": PLAN[:50]})
    zipped(
        {"甲.txt": PLAN, "乙.docx": plain_word("云岭县"), "内.zip": inner, "图.png": b"\x89PNG", ".x": "x"},
        tmp_path / "包.zip",
    )
    assert {source: len(text) for source, text in texts(tmp_path).items()} == {
        "包.zip/甲.txt": len(PLAN),
        "包.zip/乙.docx": 3,
        "包.zip/内.zip/丙.txt": len(PLAN),
        "包.zip/内.zip/子/丁.txt": 50,
    }
    assert keys(found(tmp_path)) == {"包.zip/图.png": ("unknown", True)}
    assert "包.zip/甲.txt" in texts(tmp_path / "包.zip")


def test_zips_nest_one_level(tmp_path: Path) -> None:
    """Deeper is a failure of that member only."""
    deepest = zipped({"a.txt": PLAN})
    zipped({"b.txt": PLAN, "中.zip": zipped({"底.zip": deepest, "c.txt": PLAN})}, tmp_path / "包.zip")
    assert keys(found(tmp_path)) == {"包.zip/中.zip/底.zip": ("too-deep", False)}
    assert set(texts(tmp_path)) == {"包.zip/b.txt", "包.zip/中.zip/c.txt"}


@pytest.mark.parametrize("name", ["../上.txt", "/etc/x.txt", "a/../../x.txt", "..\\x.txt", "C:/x.txt", "C:\\x.txt"])
def test_unsafe_names_in_a_zip_are_refused(tmp_path: Path, name: str) -> None:
    """Nothing is ever unpacked to disk, and such a name is no source either."""
    zipped({name: PLAN, "a.txt": PLAN}, tmp_path / "包.zip")
    files = found(tmp_path)
    assert [f.error.data["key"] for f in files if f.error] == ["zip-path"]
    assert [f.source for f in files if not f.error] == ["包.zip/a.txt"]


def test_links_and_locked_members_of_a_zip_are_refused(tmp_path: Path) -> None:
    """Each with its own sentence."""
    with zipfile.ZipFile(tmp_path / "包.zip", "w") as archive:
        link = zipfile.ZipInfo("链.txt")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("锁.txt", PLAN)
    # The writer of the library cannot encrypt: set the flag in both headers.
    data = (tmp_path / "包.zip").read_bytes()
    name = "锁.txt".encode()
    for signature, flags, at in ((b"PK\x03\x04", 6, 30), (b"PK\x01\x02", 8, 46)):
        start = next(i for i in range(len(data)) if data[i : i + 4] == signature and data[i + at :].startswith(name))
        data = data[: start + flags] + bytes([data[start + flags] | 1]) + data[start + flags + 1 :]
    (tmp_path / "包.zip").write_bytes(data)
    assert keys(found(tmp_path)) == {"包.zip/链.txt": ("zip-link", False), "包.zip/锁.txt": ("encrypted", False)}


def test_names_in_gbk_and_unflagged_utf8_are_decoded(tmp_path: Path) -> None:
    """As Chinese Windows and old Macs write them; anything else stays in the zip's own code page."""
    names = [
        "要点一.txt".encode("gb18030"),
        "要点二.txt".encode(),
        "café.txt".encode("cp437"),
        b"\x81\x40\x81\x41.txt",  # rare ideographs in GB18030
    ]
    with zipfile.ZipFile(tmp_path / "包.zip", "w") as archive:
        for index, raw in enumerate(names):
            archive.writestr(f"{index}" * (len(raw) - 4) + ".txt", PLAN)
    data = (tmp_path / "包.zip").read_bytes()
    for index, raw in enumerate(names):
        data = data.replace((f"{index}" * (len(raw) - 4) + ".txt").encode(), raw)
    (tmp_path / "包.zip").write_bytes(data)
    assert {f.source for f in found(tmp_path)} == {
        "包.zip/要点一.txt",
        "包.zip/要点二.txt",
        "包.zip/café.txt",
        "包.zip/ü@üA.txt",
    }


def test_zip_bombs_are_refused_unread(tmp_path: Path) -> None:
    """By the number of members, by declared sizes (those of inner zips included), by the ratio of one member."""
    few = Limits(zip_files=3, zip_bytes=2_500_000, file_bytes=2_000_000, zip_ratio=100)
    zipped({f"{n}.txt": "x" for n in range(4)}, tmp_path / "多.zip")
    zipped({f"{n}.txt": os.urandom(900_000) for n in range(3)}, tmp_path / "大.zip")
    zipped({"a.txt": "x", "b.txt": "y", "内.zip": zipped({"c.txt": "z"})}, tmp_path / "内多.zip")
    zipped({"a.txt": b"\x00" * 1_500_000}, tmp_path / "比.zip")
    zipped({"a.zip": b"PK" + b"\x00" * 1_500_000}, tmp_path / "内比.zip")
    files = found(tmp_path, limits=few)
    errors = {f.source: str(f.error.data["setting"]) for f in files if f.error}
    assert errors == {
        "多.zip": "ZHIZE_MAX_ZIP_FILES",
        "大.zip": "ZHIZE_MAX_ZIP_BYTES",
        "内多.zip/内.zip": "ZHIZE_MAX_ZIP_FILES",
        "内比.zip/a.zip": "ZHIZE_MAX_ZIP_RATIO",
    }
    reader = Reader(few)
    with pytest.raises(ZhizeError, match="ZHIZE_MAX_ZIP_RATIO"):
        reader.read(next(f for f in files if f.source == "比.zip/a.txt"))
    reader.close()


def test_a_member_that_lies_about_its_size_is_not_read_beyond_the_limit(tmp_path: Path) -> None:
    """Declared small, unpacks large: the checksum of what was declared cannot fit."""
    zipped({"a.txt": b"x" * 4000}, tmp_path / "包.zip")
    data = (tmp_path / "包.zip").read_bytes().replace((4000).to_bytes(4, "little"), (40).to_bytes(4, "little"))
    (tmp_path / "包.zip").write_bytes(data)
    assert keys(found(tmp_path)) == {"包.zip/a.txt": ("damaged", False)}


def test_damaged_zips_are_failures(tmp_path: Path) -> None:
    """Cut off, or not a zip inside."""
    whole = zipped({"a.txt": PLAN})
    (tmp_path / "断.zip").write_bytes(whole[:60])
    zipped({"内.zip": whole[:60], "b.txt": PLAN}, tmp_path / "包.zip")
    (tmp_path / "大.zip").write_bytes(whole)
    changed = found(tmp_path / "大.zip")[0]
    (tmp_path / "大.zip").write_bytes(whole[:60])
    with pytest.raises(ZhizeError, match="not a sound zip"):
        Reader(LIMITS).read(changed)
    (tmp_path / "大.zip").write_bytes(whole)
    assert keys(found(tmp_path)) == {"断.zip": ("damaged", False)}
    with pytest.raises(ZhizeError, match=r"内\.zip: it is not a sound zip file"):
        texts(tmp_path / "包.zip")
    assert keys(found(tmp_path / "大.zip", limits=Limits(zip_bytes=20))) == {"大.zip": ("limit-exceeded", False)}


@contextmanager
def without_privileges() -> Iterator[None]:
    """As a user who may not read what root and the owner may."""
    user = os.geteuid()
    if user == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(user)


def test_what_may_not_be_read_is_a_failure(tmp_path: Path) -> None:
    """A file, a folder and a zip without permission, in a folder that has it."""
    for name in ("a.txt", "b.zip", "开/c.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        zipped({"x.txt": PLAN}, tmp_path / name)
    (tmp_path / "a.txt").write_text(PLAN)
    listing = found(tmp_path)
    for name in ("a.txt", "b.zip", "开"):
        (tmp_path / name).chmod(0)
    tops = [tmp_path, *(p for p in tmp_path.parents if Path(gettempdir()) in p.parents)]
    modes = [top.stat().st_mode for top in tops]
    for top in tops:
        top.chmod(0o755)
    with without_privileges():
        files = found(tmp_path)
        for name in ("a.txt", "b.zip/x.txt"):
            with pytest.raises(ZhizeError, match="may not be read"):
                Reader(LIMITS).read(next(f for f in listing if f.source == name))
    for top, mode in zip(tops, modes, strict=True):
        top.chmod(mode)
    (tmp_path / "开").chmod(0o755)
    assert keys(files) == dict.fromkeys(("a.txt", "b.zip", "开"), ("denied", False))


def test_a_path_the_system_refuses_is_a_failure(tmp_path: Path) -> None:
    """A link to a name that is too long."""
    (tmp_path / "长.txt").symlink_to("x" * 300)
    assert keys(found(tmp_path)) == {"长.txt": ("io", False)}


def test_a_folder_of_every_format_loads(tmp_path: Path) -> None:
    """What a real folder holds."""
    (tmp_path / "a.pdf").write_bytes(pdf(["云岭县工作要点"]))
    (tmp_path / "b.docx").write_bytes(plain_word("云岭县工作要点"))
    (tmp_path / "c.htm").write_text("<p>云岭县工作要点</p>")
    (tmp_path / "d.md").write_text("云岭县工作要点", encoding="gb18030")
    assert set(texts(tmp_path).values()) == {"云岭县工作要点"}
