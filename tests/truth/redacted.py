"""Documents whose place was crossed out. Their bodies carry the document's id: nobody can tell which they are."""

from __future__ import annotations

from itertools import count

from tests.truth.markup import mark
from tests.truth.model import Document, Unit
from tests.truth.specification import Specification

NAMES = {"traffic": "X县交警大队", "bureau": "X县公安局", "transport": "县交通运输局"}
OWN = ("大队", "我大队", "大队")


def units(spec: Specification) -> list[Unit]:
    return [Unit(f"{doc}/{body}", name, doc) for doc in sorted(spec.redacted) for body, name in NAMES.items()]


def document(spec: Specification, doc: str, text: str) -> Document:
    year = spec.redacted[doc]["year"]
    return Document(doc, text.splitlines()[0], "summary", doc, year, f"{doc}/traffic", f"{year}-12", "")


def write(spec: Specification, doc: str) -> str:
    """The text, marked. The same names as in the other redacted documents, other bodies."""
    data = spec.redacted[doc]
    form: str = spec.words["redacted"][sorted(spec.redacted).index(doc)]
    turns = count()
    pieces = form.split("{own}")
    marked = pieces[0]
    for piece in pieces[1:]:
        marked += mark("unit", f"{doc}/traffic", OWN[next(turns) % len(OWN)]) + piece
    return marked.format(
        y=data["year"],
        alone=mark("unit", f"{doc}/traffic", NAMES["traffic"]),
        bureau=mark("unit", f"{doc}/bureau", NAMES["bureau"]),
        bureau_short=mark("unit", f"{doc}/bureau", "县局"),
        transport=mark("unit", f"{doc}/transport", NAMES["transport"]),
        **data["numbers"],
    )
