"""How much a file may ask of us. Every limit is a setting: ``ZHIZE_MAX_`` and the field's name in capitals."""

from __future__ import annotations

from typing import NoReturn

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from graph.errors import LimitExceeded

MEGABYTE = 1_000_000


class Limits(BaseSettings):
    """Sizes in bytes. The defaults are those of the design; a process may lower or raise them by environment."""

    model_config = SettingsConfigDict(env_prefix="ZHIZE_MAX_", frozen=True)

    file_bytes: int = Field(50 * MEGABYTE, gt=0, description="one file, or one member of a zip, as stored")
    text_bytes: int = Field(20 * MEGABYTE, gt=0, description="the text of one document, as UTF-8")
    xml_bytes: int = Field(100 * MEGABYTE, gt=0, description="the XML parts of one .docx, unpacked")
    zip_files: int = Field(1000, gt=0, description="members of a zip, those of a zip inside it included")
    zip_bytes: int = Field(500 * MEGABYTE, gt=0, description="a zip, packed and unpacked")
    zip_ratio: int = Field(200, gt=1, description="unpacked over packed size of a member above one megabyte")

    def exceeded(self, name: str, actual: int, field: str, unit: str = "B") -> NoReturn:
        """Raise LimitExceeded for the file ``name``."""
        limit = int(getattr(self, field))
        setting = f"ZHIZE_MAX_{field.upper()}"
        raise LimitExceeded(what=name, actual=amount(actual, unit), limit=amount(limit, unit), setting=setting)

    def check(self, name: str, actual: int, field: str, unit: str = "B") -> None:
        """Raise LimitExceeded when ``actual`` is over the limit ``field``."""
        if actual > getattr(self, field):
            self.exceeded(name, actual, field, unit)


def amount(value: int, unit: str = "B") -> str:
    """A size as people read it: 200.0 MB, 1,001 files."""
    if unit != "B":
        return f"{value:,}{unit}"
    for factor, suffix in ((MEGABYTE, "MB"), (1000, "kB")):
        if value >= factor:
            return f"{value / factor:,.1f} {suffix}"
    return f"{value} B"
