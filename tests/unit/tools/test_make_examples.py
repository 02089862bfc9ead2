"""The example files that no editor shows are what their readable texts say."""

import io
import zipfile
from pathlib import Path

from tools.make_examples import examples, main

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"


def content(data: bytes) -> object:
    """The bytes, or for a zip (Word too) its members: how they are packed may differ between zlib versions."""
    if not data.startswith(b"PK"):
        return data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_committed_files_are_what_the_script_writes() -> None:
    """Every Word, PDF, zip, GB18030 and UTF-16 example comes from its text in ``tools/examples/``."""
    for path, data in examples().items():
        assert content((EXAMPLES / path).read_bytes()) == content(data), f"{path}: run python tools/make_examples.py"


def test_every_readable_text_is_used(tmp_path: Path) -> None:
    """No text lies unused in ``tools/examples/``, and writing into an empty folder gives the same files."""
    main(tmp_path)
    written = {str(p.relative_to(tmp_path)) for p in tmp_path.rglob("*") if p.is_file()}
    assert written == set(examples())
    texts = list((EXAMPLES.parent / "tools" / "examples").iterdir())
    assert len(texts) == len(examples()) + 1  # two are in the zip


def test_every_kind_of_file_is_among_the_examples() -> None:
    """Loading the examples exercises every loader."""
    kinds = {path.suffix for path in EXAMPLES.rglob("*") if path.is_file()}
    assert kinds == {".txt", ".html", ".docx", ".pdf", ".zip"}
