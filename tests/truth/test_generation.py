"""The generated and the hand-written documents are what they claim to be."""

import json
import os
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
import yaml

from tests.truth.generate import generate
from tests.truth.hand import HERE as HAND
from tests.truth.hand import find, load
from tests.truth.markup import mark, read
from tests.truth.model import Span, Truth, check
from tests.truth.specification import Specification
from tests.truth.voice import day, number, ordinal

pytestmark = pytest.mark.unmeasured

ROOT = Path(__file__).resolve().parents[2]
GENERATED = generate()
WRITTEN = load()
BOTH = pytest.mark.parametrize("made", [GENERATED, WRITTEN], ids=["generated", "hand"])
Made = tuple[dict[str, str], Truth]


@BOTH
def test_every_offset_holds(made: Made) -> None:
    """What is true of a span can be read at its place."""
    texts, truth = made
    spans = list(truth.spans())
    assert all(texts[span.doc][span.start : span.end] == span.text for span in spans)
    assert len(spans) > 300


def test_a_span_beside_its_place_is_refused() -> None:
    texts, truth = WRITTEN
    doc = truth.unit_mentions[0].span.doc
    with pytest.raises(AssertionError, match=doc):
        check(truth, {**texts, doc: f" {texts[doc]}"})


def test_the_same_specification_gives_the_same_bytes(tmp_path: Path) -> None:
    """Two processes with other hash seeds write the same files."""
    written = []
    for seed in ("1", "2"):
        out = tmp_path / seed
        command = [sys.executable, "-m", "tests.truth", str(out)]
        subprocess.run(command, cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": seed}, check=True, capture_output=True)
        written.append({file.relative_to(out): file.read_bytes() for file in sorted(out.rglob("*")) if file.is_file()})
    assert written[0] == written[1]
    assert len(written[0]) == len(GENERATED[0]) + len(WRITTEN[0]) + 2
    said = json.loads(written[0][Path("generated/truth.json")])
    assert said == json.loads(json.dumps(GENERATED[1].json()))


def test_there_is_enough_of_each_kind_of_truth() -> None:
    """A change of the specification that loses a kind is seen."""
    counts = GENERATED[1].counts()
    least = {
        "documents": 40,
        "unit_mentions": 600,
        "campaign_mentions": 100,
        "tasks": 150,
        "targets": 150,
        "results": 150,
        "correspondences": 150,
        "implements": 10,
        "supersedes": 5,
        "outcomes.met": 60,
        "outcomes.missed": 30,
        "outcomes.not_reported": 15,
        "outcomes.not_comparable": 10,
        "correspondences.kept": 20,
        "correspondences.reworded": 20,
        "correspondences.moved": 10,
        "correspondences.raised": 20,
        "correspondences.lowered": 5,
        "correspondences.level": 30,
        "unmatched.dropped": 8,
        "unmatched.added": 8,
    }
    assert {kind: counts[kind] for kind in least if counts[kind] < least[kind]} == {}


def test_a_body_is_written_in_many_ways() -> None:
    """The bodies that issue are each called by five names and more, and short names stand for several bodies."""
    _, truth = GENERATED
    forms: dict[str, set[str]] = {}
    bodies: dict[str, set[str]] = {}
    for mention in truth.unit_mentions:
        forms.setdefault(mention.unit, set()).add(mention.span.text)
        bodies.setdefault(mention.span.text, set()).add(mention.unit)
    for place in ("lanchuan", "hefeng", "yanxi", "wangling", "dongyu"):
        assert len(forms[f"{place}/traffic"]) >= 5, place
    assert len(bodies["大队"]) >= 4
    assert {"lanchuan/bureau", "yanxi/bureau"} <= bodies["市局"]
    assert {"lanchuan/traffic", "shuoyuan/traffic", "hengze/traffic"} <= bodies["支队"]
    assert {"我局", "各大队", "县局"} <= bodies.keys()
    assert any("交巡警" in form for form in forms["lanchuan/traffic"])


def test_crossed_out_bodies_are_never_one() -> None:
    """X县交警大队 of two documents: the same name, two bodies."""
    _, truth = GENERATED
    meant = {mention.unit for mention in truth.unit_mentions if mention.span.text == "X县交警大队"}
    assert meant == {"redacted-a/traffic", "redacted-b/traffic"}


def test_documents_look_like_documents() -> None:
    """Each has a title, numbered parts and a date; all but summaries a number."""
    texts, truth = GENERATED
    for document in truth.documents:
        text = texts[document.doc]
        assert document.title in text
        assert "一、" in text
        assert "年" in text.rstrip().splitlines()[-1] or document.kind == "scheme", document.doc
        assert document.number in text
        assert bool(document.number) == (document.kind != "summary")
        assert not set("⟦⟧{}") & set(text)


def test_nobody_says_what_the_year_gives_twice() -> None:
    """Within one document no two tasks have one title, so that a link to a task is unambiguous."""
    seen = Counter((task.span.doc, task.span.text) for task in GENERATED[1].tasks)
    assert max(seen.values()) == 1


def test_hand_written_documents_hold_enough() -> None:
    """Seven documents, at least twenty units of truth in each, none in the generator's words."""
    texts, truth = WRITTEN
    held = Counter(
        item.span.doc
        for group in (truth.unit_mentions, truth.campaign_mentions, truth.tasks, truth.targets, truth.results)
        for item in group
    )
    assert len(texts) == 7
    assert min(held[doc] for doc in texts) >= 20
    theirs = {line.strip() for text in GENERATED[0].values() for line in text.splitlines() if len(line) > 12}
    assert not theirs & {line.strip() for text in texts.values() for line in text.splitlines()}


# The parts


def test_marks_become_offsets() -> None:
    inner = mark("unit", "u", "丙")
    text, marks = read("甲" + mark("task", "a", f"乙{inner}丁") + "戊")
    assert text == "甲乙丙丁戊"
    assert [(m.layer, m.reference, text[m.start : m.end]) for m in marks] == [
        ("task", "a", "乙丙丁"),
        ("unit", "u", "丙"),
    ]


def test_an_open_mark_is_an_error() -> None:
    with pytest.raises(ValueError, match="not closed"):
        read("甲⟦unit:u|乙")


def test_numbers_and_dates_are_written_as_officials_write_them() -> None:
    spec = Specification()
    assert [number(82.5, True), number(12600, True), number(12600, False)] == ["82.5", "1.26万", "12600"]
    dates = [day(value, True) for value in map(date.fromisoformat, ("2022-12-20", "2023-01-09", "2024-10-31"))]
    assert dates == ["二〇二二年十二月二十日", "二〇二三年一月九日", "二〇二四年十月三十一日"]
    assert [ordinal(n) for n in (1, 10, 11, 20)] == ["一", "十", "十一", "二十"]
    assert spec.pick("any", ["a", "b"], 0) != spec.pick("any", ["a", "b"], 1)


def test_a_place_is_found_by_its_context() -> None:
    text = "支队要求，支队决定"
    assert find("d", text, "，[支队]决") == Span("d", 5, 7, "支队")
    assert find("d", text, "[支队]#2") == Span("d", 5, 7, "支队")


@pytest.mark.parametrize("place", ["[支队]", "[大队]", "[支队]#3"])
def test_an_ambiguous_or_missing_place_is_refused(place: str) -> None:
    with pytest.raises(ValueError, match="times in the text"):
        find("d", "支队要求，支队决定", place)


@pytest.mark.parametrize(
    ("change", "message"),
    [(("met", "missed"), "cannot be"), (("met", None), "without a verdict")],
    ids=["contradicted", "forgotten"],
)
def test_a_verdict_must_fit_the_figures(change: tuple[str, str | None], message: str, tmp_path: Path) -> None:
    """An annotation that calls a met target missed, or that forgets a target, is refused."""
    for file in HAND.glob("*.txt"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    data = yaml.safe_load((HAND / "annotations.yaml").read_text(encoding="utf-8"))
    moved = data["outcomes"][change[0]].pop()
    if change[1]:
        data["outcomes"][change[1]].append(moved)
    (tmp_path / "annotations.yaml").write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    with pytest.raises(ValueError, match=message):
        load(tmp_path)
