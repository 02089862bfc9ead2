"""Every error code the API may answer with: its status, what it means and what to do about it.

The codes come from the classes of ``graph.errors`` and of the service, and from what the framework refuses by itself
(``service.errors.HTTP``); the words for them stand here. ``GET /api/v1/errors``, the ``code`` of the description and
docs/api.md are made from ``error_codes()``, and a test fails while a code has no words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from graph.errors import Sentence, ZhizeError

HTTP: Mapping[int, tuple[str, str, str]] = {
    400: ("bad-input", "请求无法解析。", "The request cannot be understood."),
    404: ("not-found", "没有这个地址。", "There is nothing at this address."),
    405: ("method-not-allowed", "这个地址不支持该方法。", "This address does not support that method."),
    406: (
        "not-acceptable",
        "这个地址只给出 JSON，而 Accept 不接受它。",
        "This address answers in JSON, which Accept rules out.",
    ),
    414: ("uri-too-long", "地址过长。", "The address is too long."),
    415: (
        "unsupported-media-type",
        "请求内容不是 JSON（Content-Type）。",
        "The request body is not JSON by its Content-Type.",
    ),
    431: ("headers-too-large", "请求头过长。", "The headers of the request are too long."),
}
"""Errors that are no class of ours: code and sentence."""

_WORDS: Mapping[str, tuple[str, str, str, str]] = {
    "bad-input": (
        "请求的写法无法解析",
        "the request cannot be parsed",
        "检查地址与请求内容：UTF-8、有效的 JSON、嵌套不过深",
        "check address and body: UTF-8, valid JSON, not nested deeply",
    ),
    "not-found": (
        "没有这个地址、节点、文件、查询或任务",
        "no such address, node, document, query or job",
        "核对名称或编号；地址末尾不带 /，全部地址见 /openapi.json",
        "check name or id; addresses do not end in /, and /openapi.json lists them all",
    ),
    "method-not-allowed": (
        "该地址不支持这个方法",
        "the address does not support the method",
        "用响应头 Allow 中的方法",
        "use a method of the Allow header",
    ),
    "not-acceptable": (
        "Accept 排除了能给出的格式",
        "Accept rules out what there is",
        "在 Accept 中加上 application/json，或不发送 Accept",
        "accept application/json, or send no Accept",
    ),
    "uri-too-long": (
        "地址（含参数）过长",
        "the address with its parameters is too long",
        "缩短参数；一个参数最长 500 个字符",
        "shorten the parameters; one has at most 500 characters",
    ),
    "unsupported-media-type": (
        "请求内容的格式不支持",
        "the body is of a type that is not read here",
        "以 Content-Type: application/json 发送 JSON",
        "send JSON with Content-Type: application/json",
    ),
    "headers-too-large": (
        "请求头过长",
        "the headers are too long",
        "去掉多余的请求头或 Cookie",
        "drop headers or cookies that are not needed",
    ),
    "invalid-parameter": (
        "参数缺失、类型不对、重复或不认识",
        "a parameter is missing, of the wrong type, given twice or unknown",
        "按 detail 更正该参数；参数与例子见 /openapi.json",
        "correct the parameter as detail says; /openapi.json has parameters and examples",
    ),
    "limit-exceeded": (
        "内容超过设置的上限",
        "something is larger than a setting allows",
        "缩小内容或范围，或请管理员调高 detail 中的设置项",
        "send or ask less, or have the setting named in detail raised",
    ),
    "unreadable-file": (
        "文件无法转成文字",
        "a file cannot be turned into text",
        "按 detail 处理该文件后重新发送",
        "treat the file as detail says and send it again",
    ),
    "invalid-setting": (
        "服务器的一个设置项不能用",
        "a setting of the server cannot be used",
        "请管理员更正该设置项",
        "have the administrator correct the setting",
    ),
    "decision-refused": (
        "审核决定与已有决定不合",
        "a review decision does not go with earlier ones",
        "查看已有决定（GET /api/v1/reviews?target=…），先撤销它",
        "look at what was decided (GET /api/v1/reviews?target=…) and undo that first",
    ),
    "forbidden": (
        "不允许",
        "the caller may not do that",
        "换用权限足够的密钥；不带密钥时只能从本机、以 localhost 访问",
        "use a key with the role needed; without a key, call from the server's machine as localhost",
    ),
    "unauthorized": (
        "没有密钥或密钥不对",
        "no key, or a wrong one",
        "以 Authorization: Bearer 密钥 或 X-API-Key: 密钥 发送密钥",
        "send the key as Authorization: Bearer KEY or X-API-Key: KEY",
    ),
    "interrupted": (
        "运行被中止",
        "a run was stopped before this was done",
        "重新发送同一请求",
        "send the same request again",
    ),
    "internal-error": (
        "服务器出错",
        "the server failed",
        "把 request_id 告诉管理员",
        "give the request_id to the administrator",
    ),
    "evidence-mismatch": (
        "事实与原文不符，未写入",
        "a fact does not quote its document; nothing was written",
        "把 request_id 告诉管理员",
        "give the request_id to the administrator",
    ),
    "ontology-violation": (
        "本体不允许的节点或关系",
        "a node or relation the ontology does not know",
        "把 request_id 告诉管理员",
        "give the request_id to the administrator",
    ),
    "catalog-error": (
        "查询文件有误",
        "a query file is wrong",
        "请管理员运行 zhize catalog check",
        "have the administrator run zhize catalog check",
    ),
    "knowledge-error": (
        "知识文件有误",
        "a knowledge file is wrong",
        "请管理员运行 zhize lexicon check",
        "have the administrator run zhize lexicon check",
    ),
    "store-error": (
        "存储出错",
        "the store failed",
        "请管理员运行 zhize doctor",
        "have the administrator run zhize doctor",
    ),
    "invalid-store-url": (
        "存储地址写法不对",
        "the address of the store is wrong",
        "请管理员更正 ZHIZE_STORE",
        "have the administrator correct ZHIZE_STORE",
    ),
    "store-unavailable": (
        "存储没有响应",
        "the store does not answer",
        "按 Retry-After 稍后再试",
        "try again after Retry-After",
    ),
    "store-auth": (
        "存储拒绝了账号",
        "the store refuses the account",
        "请管理员更正 ZHIZE_NEO4J_USER 与 ZHIZE_NEO4J_PASSWORD",
        "have the administrator correct ZHIZE_NEO4J_USER and ZHIZE_NEO4J_PASSWORD",
    ),
    "store-busy": (
        "存储正被另一个程序使用",
        "another program holds the store",
        "稍后再试",
        "try again later",
    ),
    "store-folder": (
        "存储文件夹已满、只读或损坏",
        "the store's folder is full, read-only or damaged",
        "请管理员按 detail 处理",
        "have the administrator do what detail says",
    ),
    "schema-too-new": (
        "存储由更新的 zhize 写成",
        "the store was written by a newer zhize",
        "请管理员安装更新的 zhize",
        "have the administrator install a newer zhize",
    ),
    "invalid-query": (
        "存储拒绝执行该语句",
        "the store refuses the statement",
        "更正 detail 指出之处",
        "correct what detail names",
    ),
    "store-not-empty": (
        "目标存储已有文件",
        "the target store has documents already",
        "换一个空的存储",
        "take an empty store",
    ),
    "write-conflict": (
        "另一个写入者抢先",
        "another writer was faster",
        "重新发送同一请求",
        "send the same request again",
    ),
    "query-timeout": (
        "未能在时限内完成",
        "the time limit ran out",
        "缩小范围（年份、文件、单位），或请管理员调高 ZHIZE_QUERY_TIMEOUT",
        "narrow it (year, document, unit), or have ZHIZE_QUERY_TIMEOUT raised",
    ),
    "unsupported-file": (
        "上传的文件不属于可以读取的种类",
        "an uploaded file is of a kind that is not read",
        "另存为 supported 中列出的格式后再上传",
        "save it in one of the formats named in supported and send it again",
    ),
    "job-refused": (
        "任务目前的状态不允许这一操作",
        "the job is in no state for what was asked",
        "先查询任务；只有失败或取消的任务可以重试，结束的任务不能取消",
        "look at the job first; only failed or cancelled ones are retried, ended ones cannot be cancelled",
    ),
    "busy": ("服务繁忙", "too much waits already", "稍后再试（见 Retry-After）", "try again later (see Retry-After)"),
    "queue-full": (
        "等待处理的任务太多",
        "too many jobs wait",
        "等一些任务完成后再上传，或增加处理进程",
        "send the file again when some are done, or start more workers",
    ),
    "too-many-listeners": (
        "打开的事件流太多",
        "too many streams of events are open",
        "改为查询 GET /api/v1/jobs/{id}",
        "ask GET /api/v1/jobs/{id} instead",
    ),
    "jobs-stuck": (
        "有任务在等待而没有进程处理",
        "jobs wait and nobody works on them",
        "启动处理进程（zhize worker 或 ZHIZE_JOBS_WORKERS）",
        "start a worker (zhize worker, or ZHIZE_JOBS_WORKERS)",
    ),
    "lease-lost": (
        "任务已由另一个进程处理或已取消",
        "the job is another worker's by now, or cancelled",
        "无需处理；查询任务可知其状态",
        "nothing; the job itself says how it stands",
    ),
    "damaged-upload": (
        "存储的上传内容与发送的不一致",
        "the stored bytes of an upload are not those that were sent",
        "重新上传该文件；多次出现请运行 zhize doctor",
        "send the file again; if it comes back, run zhize doctor",
    ),
}
"""Meaning and hint of each code: (zh, en, zh, en)."""
_OTHER = ("其他错误", "another error", "按 detail 处理", "do as detail says")


@dataclass(frozen=True, slots=True)
class ErrorCode:
    """``hint``: what a caller can do about it, in one sentence."""

    code: str
    status: int
    meaning: Sentence
    hint: Sentence


def error_codes() -> dict[str, ErrorCode]:
    """All codes, in alphabetical order."""
    statuses = {code: status for status, (code, _, _) in HTTP.items()}
    statuses |= {kind.code: kind.status for kind in _kinds(ZhizeError)}
    return {code: _described(code, status) for code, status in sorted(statuses.items())}


def hint(code: str) -> Sentence:
    """What to do about an error of ``code``."""
    *_, zh, en = _WORDS.get(code, _OTHER)
    return {"zh": f"{zh}。", "en": f"{en[0].upper()}{en[1:]}."}


def without_words() -> list[str]:
    """Codes nobody has described yet."""
    return [code for code in error_codes() if code not in _WORDS]


def _described(code: str, status: int) -> ErrorCode:
    zh, en, *_ = _WORDS.get(code, _OTHER)
    return ErrorCode(code, status, {"zh": f"{zh}。", "en": f"{en[0].upper()}{en[1:]}."}, hint(code))


def _kinds(base: type[ZhizeError]) -> Iterator[type[ZhizeError]]:
    yield base
    for child in base.__subclasses__():
        yield from _kinds(child)
