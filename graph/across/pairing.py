"""What two documents are to each other, and the keys by which one finds the other.

``keys_of`` is stored, ``lookups_of`` is looked up: for any two documents between which ``graph.across.links`` makes a
link, a key of the one is a lookup of the other, and the other way round, whichever comes second.
"""

from __future__ import annotations

from collections.abc import Iterator

from graph.across.record import DIRECTIVE, Citation, DocumentRecord
from graph.across.results import covers, years_of

YEARS = 2
"""How far apart two documents of a series may be for their tasks to be compared."""


def keys_of(record: DocumentRecord) -> tuple[str, ...]:
    """The blocking keys under which ``record`` can be found."""
    return tuple(sorted(set(_keys(record))))


def _keys(record: DocumentRecord) -> Iterator[str]:
    yield from (f"title:{title}" for title in record.titles)
    if record.number:
        yield f"number:{record.number}"
    for citation in record.citations:
        yield from (f"cites:{name}" for name in _names(citation))
        if citation.relation == "SUPERSEDES":
            yield from (f"repeals:{name}" for name in _names(citation))
    if not record.place:
        return
    yield f"series:{record.place}:{series_of(record)}:{record.year}"
    if record.kind in DIRECTIVE:
        yield from (f"below:{above}:{series_of(record)}:{record.year}" for above in _above(record))
    yield from (f"targets:{record.place}:{year}" for year in years_of(record, record.targets))
    yield from (f"results:{record.place}:{year}" for year in years_of(record, record.results))


def lookups_of(record: DocumentRecord) -> tuple[str, ...]:
    """The keys under which the partners of ``record`` are found."""
    return tuple(sorted(set(_lookups(record))))


def _lookups(record: DocumentRecord) -> Iterator[str]:
    for citation in record.citations:
        yield from _cited_keys(citation)
    yield from (f"cites:{name}" for name in _own_names(record))
    if not record.place:
        return
    series = series_of(record)
    for year in range(record.year - YEARS, record.year + YEARS + 1):
        yield f"series:{record.place}:{series}:{year}"
    if record.kind in DIRECTIVE:
        yield f"below:{record.place}:{series}:{record.year}"
        yield from (f"series:{above}:{series}:{record.year}" for above in _above(record))
    yield from (f"results:{record.place}:{year}" for year in years_of(record, record.targets))
    yield from (f"targets:{record.place}:{year}" for year in years_of(record, record.results))


def repeal_lookups(record: DocumentRecord) -> tuple[str, ...]:
    """The keys under which documents are found that may repeal ``record``."""
    return tuple(sorted(f"repeals:{name}" for name in _own_names(record)))


def repealed_lookups(record: DocumentRecord) -> tuple[str, ...]:
    """The keys under which documents are found that ``record`` may repeal; none when it repeals nothing."""
    cited = (citation for citation in record.citations if citation.relation == "SUPERSEDES")
    return tuple(sorted({key for citation in cited for key in _cited_keys(citation)}))


def series_of(record: DocumentRecord) -> str:
    """What makes documents of different years one series: the subject, and for general work the kind too."""
    if record.subject:
        return f"{'directive' if record.kind in DIRECTIVE else record.kind}/{record.subject}"
    return f"{record.kind}/"


def _own_names(record: DocumentRecord) -> Iterator[str]:
    yield from record.titles
    if record.number:
        yield record.number


def _cited_keys(citation: Citation) -> Iterator[str]:
    """The keys of documents that have a title or number of that policy."""
    yield from (f"title:{title}" for title in citation.titles)
    yield from (f"number:{number}" for number in citation.numbers)


def _names(citation: Citation) -> Iterator[str]:
    yield from citation.titles
    yield from citation.numbers


def _above(record: DocumentRecord) -> tuple[str, ...]:
    """Names of the places above: those of its path, else all that the document names."""
    return tuple(sorted({*record.path[:-1], *(record.places if len(record.path) == 1 else ())} - {record.place}))


# What two documents are to each other


def same_place(one: DocumentRecord, other: DocumentRecord) -> bool:
    """Do both speak for one place? Where one knows less of where it lies, it must name the other's parent."""
    a, b = one.path, other.path
    if not a or not b or a[-1] != b[-1]:
        return False
    short, long = sorted((one, other), key=lambda r: len(r.path))
    if long.path[-len(short.path) :] != short.path:
        return False
    rest = long.path[: -len(short.path)]
    return not rest or rest[-1] in short.places


def beneath(lower: DocumentRecord, higher: DocumentRecord) -> bool:
    """Does ``lower`` speak for a place within the place of ``higher``, as far as it says?"""
    if not lower.path or not higher.path or lower.place == higher.place:
        return False
    if len(lower.path) > 1:
        return higher.place in lower.path[:-1]
    return higher.place in lower.places and lower.place not in higher.path


def one_series(one: DocumentRecord, other: DocumentRecord) -> bool:
    """Are both of one place, authority and subject, so that a later one continues an earlier one?"""
    alike = one.subject or one.authority == other.authority
    return bool(alike) and series_of(one) == series_of(other) and same_place(one, other)


def follows(later: DocumentRecord, earlier: DocumentRecord) -> bool:
    """Is ``later`` next year's document of the same series?"""
    return later.year == earlier.year + 1 and one_series(later, earlier)


def named_in(citing: DocumentRecord, cited: DocumentRecord) -> Citation | None:
    """The citation by which ``citing`` names ``cited``, the strongest relation first.

    Nothing repeals what is issued after it, nor puts into effect what is of a later year.
    """
    order = {"SUPERSEDES": 0, "IMPLEMENTS": 1, "CITES": 2}
    if 0 < citing.year < cited.year:
        return None
    earlier = not (citing.issued_on and cited.issued_on > citing.issued_on)
    found = [
        citation
        for citation in citing.citations
        if (earlier or citation.relation != "SUPERSEDES") and _means(citation, citing, cited)
    ]
    return min(found, key=lambda c: (order[c.relation], c.regulation), default=None)


def supersedes(later: DocumentRecord, earlier: DocumentRecord) -> bool:
    """Does ``later`` repeal ``earlier``?"""
    cited = named_in(later, earlier)
    return cited is not None and cited.relation == "SUPERSEDES"


def is_text_of(document: DocumentRecord, citation: Citation) -> bool:
    """Is ``document`` the text of that policy? Only by what the policy is called everywhere, whoever names it.

    A title without place or body could be anybody's: it is a law's or that of a body without a place.
    """
    return citation.own in document.titles and (citation.named or document.kind == "regulation" or not document.path)


def _means(citation: Citation, citing: DocumentRecord, cited: DocumentRecord) -> bool:
    if cited.number and citation.numbers:
        return cited.number in citation.numbers
    if not set(cited.titles) & set(citation.titles):
        return False
    # A title without place or body is everybody's: it means the own one, or one from above.
    if citation.named or not cited.path or not citing.path:
        return True
    return same_place(citing, cited) or beneath(citing, cited)


def tasks_compared(later: DocumentRecord, earlier: DocumentRecord) -> bool:
    """Are tasks of ``later`` (or lower) compared with those of ``earlier`` (or higher)?"""
    if later.kind not in DIRECTIVE or earlier.kind not in DIRECTIVE:
        return False
    if later.year == earlier.year:
        cited = named_in(later, earlier)
        if cited is not None and cited.relation == "IMPLEMENTS":
            return True
        return series_of(later) == series_of(earlier) and beneath(later, earlier)
    return 0 < later.year - earlier.year <= YEARS and one_series(later, earlier)


def reports_on(report: DocumentRecord, plan: DocumentRecord) -> bool:
    """Can results of ``report`` answer targets of ``plan``?"""
    if not report.results or not plan.targets or not same_place(report, plan):
        return False
    public = plan.authority in ("coordination_body", "government")
    if not public and report.authority != plan.authority:
        return False
    years = {result.year for result in report.results}
    return any(covers(report, plan, target, year) for target in plan.targets for year in years)
