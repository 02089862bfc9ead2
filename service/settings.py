"""All that can be set about the service, from the environment (``ZHIZE_…``) or by the command line.

What concerns the store alone (URL, user, password, time limits) is ``graph.settings``, uploads and jobs are
``service.job_settings``, files are ``ingest.limits``.
Refusing to start is part of the promise: see ``Settings.check``.
"""

from __future__ import annotations

import ipaddress
from functools import lru_cache
from pathlib import Path
from typing import Annotated

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import NoDecode

from graph.errors import InvalidSetting, Lang
from queries.catalog import folders_of
from service.job_settings import JobSettings

MIN_KEY_LENGTH = 32

CommaSeparated = Annotated[tuple[str, ...], NoDecode]
Folders = Annotated[tuple[Path, ...], NoDecode]


class Settings(JobSettings):
    """Settings of one server and its store. Sizes are bytes, times seconds."""

    host: str = Field("127.0.0.1", description="Address to listen on; any but loopback needs ZHIZE_API_KEY")
    port: int = Field(8000, ge=0, le=65535, description="Port to listen on; 0 takes a free one")
    api_key: SecretStr | None = Field(None, description="Administrator's key, 32 characters or more")
    lang: Lang = Field("zh", description="Language of an answer when the caller names none: zh, en")
    max_rows: int = Field(1000, ge=1, le=1000, description="Rows one answer may have")
    max_body: int = Field(2_000_000, ge=1, description="Bytes of a JSON request body")
    export_timeout: float = Field(300.0, gt=0, description="Seconds a file of /export may take, waiting included")
    exports: int = Field(2, ge=1, description="Files of /export written at once; others wait")
    reviewer: str = Field("", description="Name that signs decisions of zhize review; empty: the system's user")
    queries: Folders = Field(
        (), description="Folders of the user's own catalog files, added to the packaged ones; several as in PATH"
    )
    adhoc_cypher: bool = Field(
        False, description="Ad hoc Cypher over REST, for keys of role analyst ([what is allowed](adhoc.md))"
    )
    adhoc_timeout: float = Field(5.0, gt=0, le=60, description="Ad hoc: seconds a statement may run")
    adhoc_rows: int = Field(1000, ge=1, le=10_000, description="Ad hoc: rows of an answer")
    adhoc_bytes: int = Field(2_000_000, ge=1000, le=20_000_000, description="Ad hoc: bytes of an answer's rows")
    adhoc_memory_mib: int = Field(512, ge=64, description="Ad hoc: MiB a statement's process may take beside the graph")
    adhoc_concurrent: int = Field(2, ge=1, le=16, description="Ad hoc: statements that may run at once")
    cors_origins: CommaSeparated = Field((), description="Origins whose pages may read the API, separated by commas")
    frame_ancestors: CommaSeparated = Field((), description="Origins that may frame /embed, separated by commas")

    @field_validator("cors_origins", "frame_ancestors", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(part.strip().rstrip("/") for part in value.split(",") if part.strip())
        return value

    @field_validator("queries", mode="before")
    @classmethod
    def _folders(cls, value: object) -> object:
        if isinstance(value, str | Path):
            return folders_of(str(value))
        return value

    @property
    def on_loopback(self) -> bool:
        """Is the server bound to this machine only?"""
        return is_loopback(self.host)

    def check(self) -> None:
        """Refuse what would be unsafe: a weak key, or a bind beyond this machine without a key."""
        key = self.api_key.get_secret_value() if self.api_key else ""
        if self.api_key and len(key) < MIN_KEY_LENGTH:
            raise InvalidSetting(
                setting="ZHIZE_API_KEY",
                reason={
                    "zh": f"密钥只有 {len(key)} 个字符，至少需要 {MIN_KEY_LENGTH} 个",
                    "en": f"the key has {len(key)} characters, at least {MIN_KEY_LENGTH} are needed",
                },
            )
        if "*" in self.cors_origins and self.on_loopback:
            raise InvalidSetting(
                setting="ZHIZE_CORS_ORIGINS",
                reason={
                    "zh": "监听本机时不需要密钥，* 会让任何网页读取图谱；请写出允许的来源，例如 https://portal.example",
                    "en": "a server on this machine asks for no key, and with * any page could read the graph; "
                    "name the origins, such as https://portal.example",
                },
            )
        if not key and not self.on_loopback:
            raise InvalidSetting(
                setting="ZHIZE_API_KEY",
                reason={
                    "zh": f"监听 {self.host} 时必须设置密钥（至少 {MIN_KEY_LENGTH} 个字符）；"
                    "只在本机使用请用 --host 127.0.0.1",
                    "en": f"listening on {self.host} needs a key (at least {MIN_KEY_LENGTH} characters); "
                    "for use on this machine alone take --host 127.0.0.1",
                },
            )


@lru_cache(maxsize=256)
def is_loopback(host: str) -> bool:
    """Does ``host`` (a name or an address, as bound or as seen of a client) mean this machine only?"""
    if host == "localhost":
        return True
    try:
        address = ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None)
    return (mapped or address).is_loopback


def load_settings(**given: object) -> Settings:
    """Settings from the environment, ``given`` (not None) over it; InvalidSetting names the first wrong one."""
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        name = str(first["loc"][0])
        shown = f"--{name}" if given.get(name) is not None else f"ZHIZE_{name.upper()}"
        raise InvalidSetting(setting=shown, reason=first["msg"]) from None
