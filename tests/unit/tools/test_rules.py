"""Every rule that can fire is described, with an example that makes it fire."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from ingest.entry import LABELS
from ingest.lexicon import knowledge
from ingest.limits import Limits
from ingest.texts import texts_of
from tools.rules import DATA, ROOT, does, fired, groups, rules, text_of

pytestmark = pytest.mark.unmeasured

NOT_RULES = frozenset({"content.xml"})
"""Words of the same form that are no rules: a file name inside a document of OpenOffice."""


def _missing(found: Iterable[tuple[str, str]]) -> str:
    """What to write for rules that are not described: (rule, where it was seen)."""
    known = rules()
    lines = sorted({f"    {rule}: {{does: …, example: …}}    # {seen}" for rule, seen in found if rule not in known})
    advice = "Not described: add to the group it belongs to in docs/data/rules.yaml, and run `make docs`:\n"
    return advice + "\n".join(lines) if lines else ""


@pytest.mark.parametrize("id", rules())
def test_the_example_of_a_rule_makes_it_fire(id: str) -> None:
    """What the page shows is what the code does."""
    found = fired(text_of(rules()[id]))
    assert id in found, f"{id} does not fire on its example in docs/data/rules.yaml; what fires: {sorted(found)}"


def test_every_rule_that_fires_on_the_reference_texts_is_described(shared: Path) -> None:
    """Seeds, corpus and examples."""
    paths = [shared / "seeds", shared / "corpus", ROOT / "examples"]
    problems: list[object] = []
    seen = {
        rule: f"{document.source}: {said}"
        for document in texts_of(paths, Limits(), problems.append)
        for rule, said in fired(document.text).items()
    }
    assert problems == []
    assert len(seen) > 100
    assert not (advice := _missing(seen.items())), advice


def test_every_rule_of_the_knowledge_files_is_described() -> None:
    """One for each type of name, each last word of a body, each world relation."""
    labels = {label for label in LABELS.values() if label not in {"", "Unit"}}
    wanted = [(f"{label.lower()}.lexicon", f"{label} in the knowledge files") for label in labels]
    wanted += [(e.id.replace("suffix.", "unit."), "units.yaml") for e in knowledge().entries("units", "suffix")]
    wanted += [(rule, "ingest/world.py") for rule in fired("")]
    assert not (advice := _missing(wanted)), advice


def _written() -> Iterator[tuple[str, str]]:
    """Rule ids as they stand in the source: strings ``group.name`` with the name of a group that is described."""
    prefixes = {id.partition(".")[0] for id in rules()}
    form = re.compile(rf"(?:{'|'.join(sorted(prefixes))})\.[a-z]+(?:-[a-z]+)*")
    for path in sorted((ROOT / "ingest").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and form.fullmatch(node.value):
                yield node.value, str(path.relative_to(ROOT))


def test_every_rule_that_is_written_in_the_source_is_described() -> None:
    """Also those that no reference text happens to bring about."""
    written = [(rule, path) for rule, path in _written() if rule not in NOT_RULES]
    assert len(written) > 50
    assert not (advice := _missing(written)), advice


def test_no_rule_is_described_twice() -> None:
    """YAML would keep the last of two in silence."""
    ids = re.findall(r"^    ([a-z]+\.[a-z-]+):", DATA.read_text(encoding="utf-8"), re.M)
    assert [id for id, count in Counter(ids).items() if count > 1] == []
    assert set(ids) == set(rules())


def test_every_rule_says_what_it_does() -> None:
    for group in groups():
        assert group["about"]
    for id, rule in rules().items():
        assert does(id, rule).removeprefix("Last word "), id


def test_what_is_missing_is_said_with_what_to_write() -> None:
    """The message can be pasted."""
    advice = _missing([("unit.bureau", "here"), ("unit.moon", "a.txt: Unit 月球局")])
    assert advice.splitlines()[1:] == ["    unit.moon: {does: …, example: …}    # a.txt: Unit 月球局"]
    assert "docs/data/rules.yaml" in advice
    assert _missing([("unit.bureau", "here")]) == ""
