"""The page's files: what is in git is what is served, whole, offline and under known licences."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
WEB = ROOT / "service" / "web"
OWN = sorted(path for path in WEB.rglob("*") if path.is_file() and path.parent.name != "vendor")
VENDORED = [WEB / "vendor", ROOT / "tests" / "browser" / "vendor"]
_KEY = re.compile(r"^  '?([\w.-]+)'?: ", re.MULTILINE)
_IMPORT = re.compile(r"""(?:from|import)\s*\(?\s*['"](\.[^'"]+)['"]""")
_LINK = re.compile(r"""(?:href|src)="(static/[^"]+)\"""")


def dictionary(lang: str) -> dict[str, str]:
    text = (WEB / "i18n" / f"{lang}.js").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if _KEY.match(line)]
    return {_KEY.match(line).group(1): line.split(": ", 1)[1] for line in lines}  # type: ignore[union-attr]


def test_both_languages_have_the_same_words() -> None:
    """Equal keys, in the same order, with the same values to fill in; no key twice."""
    zh, en = dictionary("zh-CN"), dictionary("en")
    assert list(zh) == list(en)
    for key, words in zh.items():
        assert sorted(re.findall(r"\{\w+\}", words)) == sorted(re.findall(r"\{\w+\}", en[key])), key
    for lang in ("zh-CN", "en"):
        keys = _KEY.findall((WEB / "i18n" / f"{lang}.js").read_text(encoding="utf-8"))
        assert len(keys) == len(set(keys))


def test_every_word_is_used() -> None:
    """A key nobody asks for is a leftover. Keys put together at run time share a prefix that the code names."""
    code = "\n".join(
        path.read_text(encoding="utf-8") for path in OWN if path.suffix == ".js" and "i18n" not in path.parts
    )
    made = set(re.findall(r"`([\w.-]+\.)\$\{", code))
    unused = [
        key for key in dictionary("en") if f"'{key}'" not in code and not any(key.startswith(one) for one in made)
    ]
    assert not unused


@pytest.mark.parametrize("folder", VENDORED, ids=lambda folder: folder.parent.name)
def test_vendored_files_are_the_ones_that_were_built(folder: Path) -> None:
    """VENDOR.json names every file with its hash: nothing is edited by hand or left lying about."""
    files = json.loads((folder / "VENDOR.json").read_text(encoding="utf-8"))["files"]
    for entry in files:
        assert hashlib.sha256((folder / entry["file"]).read_bytes()).hexdigest() == entry["sha256"], entry["file"]
        assert all(package["license"] for package in entry["packages"])
    known = {entry["file"] for entry in files} | {"VENDOR.json", "LICENSES.txt"}
    assert {path.name for path in folder.iterdir()} <= known


def test_every_shipped_package_has_its_licence() -> None:
    licences = (WEB / "vendor" / "LICENSES.txt").read_text(encoding="utf-8")
    files = json.loads((WEB / "vendor" / "VENDOR.json").read_text(encoding="utf-8"))["files"]
    for package in (package for entry in files for package in entry["packages"]):
        assert f"{package['name']} {package['version']} ({package['license']})" in licences


def test_the_vendor_lock_has_versions_and_hashes_and_no_hosts() -> None:
    """VENDOR.json agrees with tools/vendor/package-lock.json, which installs the same from any registry."""
    lock = json.loads((ROOT / "tools" / "vendor" / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert all(entry.get("integrity") and "resolved" not in entry for name, entry in lock.items() if name)
    for folder in VENDORED:
        files = json.loads((folder / "VENDOR.json").read_text(encoding="utf-8"))["files"]
        for package in (package for entry in files for package in entry["packages"]):
            assert lock[f"node_modules/{package['name']}"]["version"] == package["version"]


def test_every_module_and_file_that_is_asked_for_is_there() -> None:
    for path in OWN:
        if path.suffix == ".js":
            for target in _IMPORT.findall(path.read_text(encoding="utf-8")):
                assert (path.parent / target).is_file(), f"{path.name} imports {target}"
        if path.suffix == ".html":
            for target in _LINK.findall(path.read_text(encoding="utf-8")):
                assert (WEB / target.removeprefix("static/")).is_file(), f"{path.name} links {target}"


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.name)
def test_nothing_of_ours_is_inline_or_from_elsewhere(path: Path) -> None:
    """The strictest policy holds: no inline script or style, no markup made from strings, no outside address."""
    text = path.read_text(encoding="utf-8")
    addresses = set(re.findall(r"https?://[^\s\"'`)]+", text)) - {"http://www.w3.org/2000/svg"}
    assert not addresses
    for forbidden in (
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "unsafeHTML",
        "eval(",
        "new Function",
    ):
        assert forbidden not in text
    if path.suffix == ".html":
        assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=", text)
    if path.suffix == ".js":
        assert not re.search(r"<[^>`]*\sstyle=", text)


@pytest.mark.parametrize("path", [path for path in OWN if path.suffix == ".js"], ids=lambda path: path.name)
def test_modules_stay_small(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400
