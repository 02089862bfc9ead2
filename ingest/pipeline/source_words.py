"""Patterns of page furniture that several rules of zh_source ask for."""

from __future__ import annotations

import re

from ingest.genre import any_of, genre

CONTACT = re.compile(r"[（(]?" + any_of(genre().zones.contact))
TAIL = re.compile(any_of(genre().zones.tail))
OPEN_FILE = re.compile(r"[（(]此件.{0,12}[）)]$")
