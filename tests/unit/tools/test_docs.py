"""The reference pages say what the code does."""

import pytest

from tools.docs import PAGES, ROOT


@pytest.mark.parametrize("page", sorted(PAGES))
def test_reference_page_is_what_the_code_says(page: str) -> None:
    """A page of ``docs/`` that is made from the code is up to date in the repository."""
    written = (ROOT / "docs" / page).read_text(encoding="utf-8")
    assert written == PAGES[page](), f"docs/{page} is stale: run `make docs` and commit it"
