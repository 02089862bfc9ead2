"""Patterns of page furniture that several rules of zh_source ask for."""

from __future__ import annotations

import re

from graph.patterns import any_of
from ingest.genre import genre

CONTACT = re.compile(r"[（(]?" + any_of(genre().zones.contact))
TAIL = re.compile(any_of(genre().zones.tail))
OPEN_FILE = re.compile(r"[（(]此件.{0,12}[）)]$")
