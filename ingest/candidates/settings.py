"""Which candidate source is asked beside the rules, and how: ``ZHIZE_CANDIDATES``, ``ZHIZE_LLM_…``."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from graph.errors import InvalidSetting

Choice = Literal["none", "lac", "llm"]


class CandidateSettings(BaseSettings):
    """Candidate sources. None is asked by default, and no text leaves the machine unless ``llm`` is chosen."""

    model_config = SettingsConfigDict(env_prefix="ZHIZE_", env_ignore_empty=True, extra="ignore", frozen=True)

    candidates: Choice = Field(
        "none", description="Candidate source asked beside the rules: none, lac, llm ([what they add](candidates.md))"
    )
    llm_url: str = Field(
        "",
        description="llm: base URL of an OpenAI-compatible API (http://127.0.0.1:11434/v1); document text goes there",
    )
    llm_model: str = Field("", description="llm: name of the model")
    llm_key: SecretStr = Field(SecretStr(""), description="llm: key sent as a bearer token")
    llm_timeout: float = Field(60.0, gt=0, description="llm: seconds one request may take in all")
    llm_retries: int = Field(2, ge=0, le=10, description="llm: times a request that failed on the way is sent again")
    llm_chars: int = Field(3000, ge=200, le=100_000, description="llm: characters of a document that one request holds")
    llm_requests: int = Field(50, ge=1, description="llm: requests for one document; what is beyond them is not sent")
    llm_replies: Path | None = Field(
        None, description="llm: folder that keeps the replies; what is in it is not asked again"
    )


def candidate_settings(**given: object) -> CandidateSettings:
    """Settings from the environment, ``given`` (not None) over it; InvalidSetting names the first wrong one."""
    try:
        return CandidateSettings(**{name: value for name, value in given.items() if value is not None})  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        raise InvalidSetting(setting=f"ZHIZE_{first['loc'][0]}".upper(), reason=first["msg"]) from None
