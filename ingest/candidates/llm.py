"""``llm``: names and duties as a language model sees them, from any endpoint that speaks OpenAI's chat completions.

Document text leaves the machine here, and only here: when ``ZHIZE_CANDIDATES=llm``, to ``ZHIZE_LLM_URL`` alone (no
redirect is followed, no proxy is used). The reply is untrusted text: it is read as the JSON of ``Reply`` or not at
all, and all it can do is quote the document.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Iterator, Sequence
from functools import cache
from hashlib import sha256
from importlib import resources
from typing import Any

import httpx
import yaml
from pydantic import BaseModel, Field, ValidationError

from graph.errors import InvalidSetting
from graph.ontology import ontology
from ingest.candidates.accept import candidate_types
from ingest.candidates.port import Candidate, Proposed, unique
from ingest.candidates.replies import Replies
from ingest.candidates.settings import CandidateSettings

CONFIDENCE = 0.5
"""The model's own certainty is not asked for: it would mean nothing."""
MAX_REPLY = 1_000_000
"""Bytes of a reply; a longer one is not read to its end."""
PAUSE = 60.0
"""Seconds in which nothing more is asked after an endpoint has failed: the other documents need not wait for it too."""
_AGAIN = frozenset({408, 429, 500, 502, 503, 504})


class Span(BaseModel):
    """A name, word for word, and the sentence it was seen in."""

    type: str = Field(max_length=40)
    quote: str = Field(max_length=200)
    sentence: str = Field("", max_length=2000)


class Duty(BaseModel):
    """A duty of the body ``unit`` to the task that ``sentence`` belongs to."""

    relation: str = Field(max_length=40)
    unit: str = Field(max_length=200)
    sentence: str = Field("", max_length=2000)


class Reply(BaseModel):
    """All that is read of a reply."""

    spans: list[Span] = Field(default=[], max_length=1000)
    duties: list[Duty] = Field(default=[], max_length=1000)


class _Failed(Exception):
    """A request without a usable reply. ``reason`` is for the report; ``again``: it may go better a second time;
    ``down``: it is the endpoint, not this piece of text."""

    def __init__(self, reason: str, *, again: bool = False, down: bool = True) -> None:
        super().__init__(reason)
        self.reason, self.again, self.down = reason, again, down


class LlmSource:
    """An endpoint, a model and a prompt. Raises InvalidSetting when the settings do not name the first two."""

    name = "llm"
    suffixed = False

    def __init__(self, settings: CandidateSettings) -> None:
        self.url = _endpoint(settings.llm_url)
        if not settings.llm_model:
            raise _unset("ZHIZE_LLM_MODEL", "须写明模型名称", "names no model")
        self._settings = settings
        self._replies = Replies(settings.llm_replies)
        self._paused_until = 0.0

    @property
    def version(self) -> str:
        return f"{self._settings.llm_model}/{prompt_version()}"

    def propose(self, text: str, zones: Sequence[tuple[int, int]]) -> Proposed:
        """What the model sees in each piece of the text. A piece without a usable reply is a note, no error."""
        pieces = list(_pieces(text, zones, self._settings.llm_chars))
        sent = pieces[: self._settings.llm_requests]
        notes = [f"候选（llm）：全文 {len(pieces)} 段，只询问了前 {len(sent)} 段"] if len(pieces) > len(sent) else []
        found, failures = asyncio.run(self._ask_all(text, sent))
        if failures:
            notes.append(f"候选（llm）：{len(failures)} 段未取得（{failures[0]}），规则结果不受影响")
        return Proposed(tuple(found), tuple(notes), complete=not failures)

    async def _ask_all(self, text: str, pieces: list[tuple[int, int]]) -> tuple[list[Candidate], list[str]]:
        found: list[Candidate] = []
        failures: list[str] = []
        # SSL_CERT_FILE counts, proxies from the environment do not: the text goes where the setting says.
        async with httpx.AsyncClient(trust_env=False, verify=httpx.create_ssl_context()) as client:
            for low, high in pieces:
                try:
                    reply = await self._ask(client, text[low:high])
                except _Failed as failure:
                    failures.append(failure.reason)
                    continue
                found.extend(_candidates(reply, text, low, high))
        return found, failures

    async def _ask(self, client: httpx.AsyncClient, piece: str) -> Reply:
        # A lone surrogate, which no encoding can hold, becomes one other character: offsets stay.
        request = _request(self._settings.llm_model, piece.encode("utf-8", "replace").decode())
        kept = self._replies.get(request)
        if kept is not None and (reply := _read(kept)) is not None:
            return reply
        if time.monotonic() < self._paused_until:
            raise _Failed("接口刚刚失败，暂不再问")
        content = await self._content(client, request)
        reply = _read(content)
        if reply is None:
            raise _Failed("返回的不是约定的 JSON", down=False)
        try:
            self._replies.put(request, content)
        except OSError:
            raise _Failed("回复无法存入 ZHIZE_LLM_REPLIES", down=False) from None
        return reply

    async def _content(self, client: httpx.AsyncClient, request: dict[str, Any]) -> str:
        """The message of the reply, asked for as often as the settings say."""
        attempt = 0
        while True:
            try:
                async with asyncio.timeout(self._settings.llm_timeout):
                    return _message(await self._post(client, request))
            except TimeoutError:
                failure = _Failed("超时", again=True)
            except _Failed as failed:
                failure = failed
            if not failure.again or attempt == self._settings.llm_retries:
                break
            await asyncio.sleep(min(0.2 * 2**attempt, 5.0))
            attempt += 1
        if failure.down:
            self._paused_until = time.monotonic() + PAUSE
        raise failure

    async def _post(self, client: httpx.AsyncClient, request: dict[str, Any]) -> bytes:
        key = self._settings.llm_key.get_secret_value()
        # Not compressed: a limit on what is received is then a limit on what it becomes.
        headers = {"Accept-Encoding": "identity", **({"Authorization": f"Bearer {key}"} if key else {})}
        # The time limit is the caller's, over all of it; httpx would begin anew with each byte.
        try:
            async with client.stream("POST", self.url, json=request, headers=headers, timeout=None) as response:
                if response.status_code != httpx.codes.OK:
                    raise _Failed(f"HTTP {response.status_code}", again=response.status_code in _AGAIN)
                body = bytearray()
                async for part in response.aiter_raw():
                    body += part
                    if len(body) > MAX_REPLY:
                        raise _Failed(f"返回超过 {MAX_REPLY} 字节", down=False)
                return bytes(body)
        except httpx.HTTPError as error:
            raise _Failed(f"连接失败 {type(error).__name__}", again=True) from None


def _endpoint(url: str) -> str:
    """The address requests go to. Only http and https, a host, and no account in the URL: it would end up in logs."""
    try:
        parsed = httpx.URL(url)
    except httpx.InvalidURL:
        parsed = httpx.URL("")
    if parsed.scheme not in ("http", "https") or not parsed.host or parsed.userinfo:
        raise _unset(
            "ZHIZE_LLM_URL",
            "须是完整的 http:// 或 https:// 地址，不带用户名和密码（密钥用 ZHIZE_LLM_KEY）",
            "must be a full http:// or https:// URL without user and password (a key goes into ZHIZE_LLM_KEY)",
        )
    return f"{url.rstrip('/')}/chat/completions"


def _unset(setting: str, zh: str, en: str) -> InvalidSetting:
    return InvalidSetting(setting=setting, reason={"zh": zh, "en": en})


@cache
def _prompt() -> dict[str, str]:
    """The messages, but for the text."""
    text = resources.files("ingest.candidates").joinpath("prompt.yaml").read_text(encoding="utf-8")
    prompt: dict[str, str] = yaml.safe_load(text)
    known = ontology()
    types = "、".join(f"{name}（{known.nodes[name].zh}）" for name in sorted(candidate_types()))
    duties = "、".join(f"{name}（{known.relations[name].zh}）" for name in known.types("duty"))
    return {**prompt, "system": prompt["system"].replace("{types}", types).replace("{duties}", duties)}


@cache
def prompt_version() -> str:
    """Short digest of what the model is asked, types and duties included."""
    return sha256(json.dumps(_prompt(), ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:8]


def _request(model: str, piece: str) -> dict[str, Any]:
    prompt = _prompt()
    return {
        "model": model,
        "messages": [
            {"role": "system", "content": prompt["system"]},
            {"role": "user", "content": prompt["user"].replace("{text}", piece)},
        ],
        "temperature": 0,
        "response_format": {"type": "json_object"},
    }


def _message(body: bytes) -> str:
    """The text of the first choice of a chat completion."""
    try:
        content = json.loads(body)["choices"][0]["message"]["content"]
    except (ValueError, LookupError, TypeError, RecursionError):
        content = None
    if not isinstance(content, str):
        raise _Failed("返回的不是对话补全", down=False)
    return content


def _read(content: str) -> Reply | None:
    """The reply in a message; what a model thinks aloud or fences it with is left out. None when it is none."""
    answer = content.rpartition("</think>")[2]
    try:
        return Reply.model_validate_json(answer[answer.find("{") : answer.rfind("}") + 1])
    except ValidationError:
        return None


def _pieces(text: str, zones: Sequence[tuple[int, int]], size: int) -> Iterator[tuple[int, int]]:
    """Stretches of at most ``size`` characters that end at line ends where there are any; blank ones are left out."""
    for low, high in zones:
        start = low
        while start < high:
            end = min(start + size, high)
            if end < high and (line := text.rfind("\n", start, end)) > start:
                end = line + 1
            if text[start:end].strip():
                yield start, end
            start = end


def _candidates(reply: Reply, text: str, low: int, high: int) -> Iterator[Candidate]:
    """Candidates of a reply about ``text[low:high]``."""
    for span in reply.spans:
        start = _place(text, span.quote, span.sentence, low, high)
        yield Candidate(span.type, span.quote, LlmSource.name, CONFIDENCE, start)
    for duty in reply.duties:
        start = _place(text, duty.unit, duty.sentence, low, high)
        yield Candidate("Unit", duty.unit, LlmSource.name, CONFIDENCE, start, duty.relation)


def _place(text: str, quote: str, sentence: str, low: int, high: int) -> int:
    """Offset of the quote: in its sentence where the piece has that once, else in the piece; -1 when not just once."""
    around = unique(text, sentence, low, high)
    if around >= 0 and (start := unique(text, quote, around, around + len(sentence))) >= 0:
        return start
    return unique(text, quote, low, high)
