"""What a client takes, by its ``Accept…`` headers: names with weights, of which only ``q=0``, a refusal, matters."""

from __future__ import annotations

import re

_NONE = re.compile(r"q\s*=\s*0(\.0*)?")


def takes(header: str, name: str) -> bool:
    """Does the list name ``name`` (lower case) at any weight above none? RFC 9110, 12.4.2."""
    for part in header.lower().split(","):
        named, *more = (piece.strip() for piece in part.split(";"))
        if named == name and not any(_NONE.fullmatch(piece) for piece in more):
            return True
    return False
