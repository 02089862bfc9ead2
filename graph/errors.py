"""Every error zhize raises on purpose, in one tree.

    ZhizeError
    ├── InputError                  something that came from outside cannot be used (400)
    │   ├── UnreadableFile          a file could not be turned into text
    │   ├── LimitExceeded           larger, deeper or longer than a setting allows (413)
    │   ├── TooManyRows             an export has more rows than its format holds (413)
    │   ├── InvalidParameter        a query parameter is missing or of the wrong type
    │   ├── InvalidSetting          a setting (environment or option) cannot be used as it is
    │   ├── DecisionRefused         a review decision does not go with what was decided before (409)
    │   ├── UnsupportedFile         an uploaded file is of a kind that is not read (415)
    │   ├── JobRefused              a job is in no state for what was asked (409)
    │   └── CypherRefused           an ad hoc statement says what the guard does not allow
    ├── NotFound                    no node, document or query of that name (404)
    ├── AccessDenied                the caller may not do that (403)
    │   ├── Unauthorized            no key where one is needed, or an unknown one (401)
    │   └── AdhocDisabled           ad hoc Cypher is switched off, or not for this caller
    ├── Interrupted                 the user stopped the run before this was done (503)
    ├── Busy                        too much waits already (503)
    │   ├── QueueFull               no room for another job
    │   └── TooManyListeners        no room for another stream of events
    ├── JobsStuck                   jobs wait and nobody works on them (503)
    ├── EvidenceError               a fact does not quote its document (a defect: never written)
    ├── OntologyError               a node or relation the ontology does not know
    ├── CatalogError                a query file is wrong: names file and line
    ├── KnowledgeError              a knowledge file is wrong: names file and entry
    └── StoreError                  the store cannot do what was asked
        ├── InvalidStoreUrl
        ├── StoreUnavailable        not reachable, or still starting (503)
        ├── StoreAuthError          wrong user or password
        ├── StoreBusy               another program holds the embedded store
        ├── UnusableFolder          the embedded store's folder: full, read-only, damaged (503)
        ├── SchemaTooNew            the store was written by a newer zhize
        ├── InvalidQuery            the engine refuses the statement: syntax, a write in a read (400)
        ├── StoreNotEmpty           a copy would go into a store that has documents already (409)
        ├── WriteConflict           another writer was faster; the caller plans again
        ├── LeaseLost               the job is another worker's by now, or cancelled: nothing was written
        ├── DamagedUpload           the bytes of a job are not those that were sent
        ├── QueryTimeout            the time limit ran out (504)
        ├── ExportTimeout           likewise, of a file (504)
        ├── AdhocTimeout            an ad hoc statement was ended at its time limit (504)
        ├── AdhocMemory             an ad hoc statement needs more memory than it may have (413)
        └── TooManyQueries          as many ad hoc statements run as may at once (429)

Each class has a stable ``code`` (API and tests rely on it), an HTTP ``status``, and one sentence in Chinese and
English that says what happened, to what, and what to do. ``data`` fills the sentence and goes to the API caller:
nothing secret or internal goes in.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, Literal, TypeAlias

Lang = Literal["zh", "en"]
Sentence: TypeAlias = dict[str, str]
"""One text in both languages: ``{"zh": …, "en": …}``."""


class ZhizeError(Exception):
    """Base of all. ``str(error)`` is the English sentence; ``message(lang)`` gives either language."""

    code: ClassVar[str] = "internal-error"
    status: ClassVar[int] = 500
    en: ClassVar[str] = "Something went wrong: {reason}"
    zh: ClassVar[str] = "出错了：{reason}"

    def __init__(self, **data: object) -> None:
        self.data = data
        super().__init__(self.message("en"))

    def message(self, lang: Lang = "en") -> str:
        """The sentence in ``lang``. A value of the form ``{"zh": …, "en": …}`` is given in that language."""
        values = {k: v.get(lang, v) if isinstance(v, dict) else v for k, v in self.data.items()}
        return (self.zh if lang == "zh" else self.en).format(**values)

    def __reduce__(self) -> tuple[object, ...]:
        # Exceptions with keyword arguments do not survive the process pool without this.
        return (_rebuild, (type(self), self.data))


def _rebuild(kind: type[ZhizeError], data: dict[str, object]) -> ZhizeError:
    return kind(**data)


class InputError(ZhizeError):
    code, status = "bad-input", 400
    en = "{what}: {reason}"
    zh = "{what}：{reason}"


class UnreadableFile(InputError):
    """``path``: file as the user named it; ``reason`` and ``remedy``: ``{"zh": …, "en": …}``."""

    code, status = "unreadable-file", 422
    en = "{path}: {reason}. {remedy}."
    zh = "{path}：{reason}。{remedy}。"


class LimitExceeded(InputError):
    """``what`` has ``actual`` where ``limit`` (setting ``setting``) is allowed."""

    code, status = "limit-exceeded", 413
    en = "{what}: {actual} is over the limit of {limit} (setting {setting})."
    zh = "{what}：{actual}，超过上限 {limit}（设置项 {setting}）。"


class TooManyRows(InputError):
    """``what`` has more than ``limit`` rows, the most a file of ``format`` holds."""

    code, status = "too-many-rows", 413
    en = "{what}: more than {limit} rows, the most a {format} file holds. Narrow it, or take xlsx, csv or json."
    zh = "{what}：超过 {limit} 行，{format} 文件放不下。请缩小范围，或改用 xlsx、csv、json。"


class InvalidParameter(InputError):
    code, status = "invalid-parameter", 422
    en = "Parameter {name}: {reason}."
    zh = "参数 {name}：{reason}。"

    @classmethod
    def one_of(cls, name: str, choices: Iterable[str]) -> InvalidParameter:
        """What is given as ``name`` is none of ``choices``."""
        listed = ", ".join(choices)
        return cls(name=name, reason={"zh": f"只能是 {listed}", "en": f"must be one of {listed}"})


class InvalidSetting(InputError):
    """``setting`` as the user writes it (ZHIZE_…, --…); ``reason`` says what is wrong and what would be right."""

    code, status = "invalid-setting", 400
    en = "Setting {setting}: {reason}."
    zh = "设置项 {setting}：{reason}。"


class DecisionRefused(InputError):
    """``what`` was to be decided about (an id or key); ``reason`` says what stands against it and what to do."""

    code, status = "decision-refused", 409
    en = "Not decided about {what}: {reason}."
    zh = "未能对 {what} 作出决定：{reason}。"


class UnsupportedFile(InputError):
    """``path``: the file as it was sent; ``reason``, ``remedy``: as of UnreadableFile; ``supported``: suffixes."""

    code, status = "unsupported-file", 415
    en = "{path}: {reason}. {remedy}. Files that are read: {supported}."
    zh = "{path}：{reason}。{remedy}。可以载入的文件：{supported}。"


class JobRefused(InputError):
    """``state`` of the job, and what would be possible (``reason``)."""

    code, status = "job-refused", 409
    en = "Job {job} is {state}: {reason}."
    zh = "任务 {job} 的状态为 {state}：{reason}。"


class CypherRefused(InputError):
    """``line`` and ``column`` (from 1) in the statement as it was sent; ``reason`` says what may stand there."""

    code, status = "cypher-refused", 400
    en = "Line {line}, column {column}: {reason}."
    zh = "第 {line} 行第 {column} 列：{reason}。"


class NotFound(ZhizeError):
    """``what`` is the kind of thing, ``name`` what was asked for."""

    code, status = "not-found", 404
    en = "No {what} named {name}."
    zh = "没有名为 {name} 的{what}。"


DOCUMENT: Sentence = {"zh": "文件", "en": "document"}
NODE: Sentence = {"zh": "节点", "en": "node"}
FACT: Sentence = {"zh": "事实", "en": "fact"}
DECISION: Sentence = {"zh": "审核决定", "en": "decision"}
JOB: Sentence = {"zh": "载入任务", "en": "job"}
"""What several parts of zhize may not find."""


class AccessDenied(ZhizeError):
    code, status = "forbidden", 403
    en = "Not allowed: {reason}."
    zh = "不允许：{reason}。"


class Unauthorized(AccessDenied):
    code, status = "unauthorized", 401
    en = "No access: {reason}. Send the key as 'Authorization: Bearer KEY' or 'X-API-Key: KEY'."
    zh = "无法访问：{reason}。请以 'Authorization: Bearer 密钥' 或 'X-API-Key: 密钥' 发送密钥。"


class AdhocDisabled(AccessDenied):
    """``reason`` says who could change that, and how."""

    code, status = "adhoc-disabled", 403
    en = "No ad hoc Cypher: {reason}."
    zh = "不能执行临时 Cypher：{reason}。"


class Interrupted(ZhizeError):
    """``path``: what was not done."""

    code, status = "interrupted", 503
    en = "{path}: not loaded, the run was stopped before it. Run the same command again; what is loaded stays."
    zh = "{path}：尚未载入，运行已中止。再次运行同一命令即可，已载入的不受影响。"


class Busy(ZhizeError):
    code, status = "busy", 503
    en = "The service is busy: {reason}. Try again in a while."
    zh = "服务繁忙：{reason}。请稍后再试。"


class QueueFull(Busy):
    """``waiting`` jobs are not done yet, ``limit`` may be."""

    code = "queue-full"
    en = "{waiting} jobs wait already (setting ZHIZE_JOBS_OPEN: {limit}). Send the file again when some are done."
    zh = "已有 {waiting} 个任务在等待（设置项 ZHIZE_JOBS_OPEN：{limit}）。请等其中一些完成后再发送。"


class TooManyListeners(Busy):
    code = "too-many-listeners"
    en = "{limit} streams of events are open (setting ZHIZE_JOBS_LISTENERS). Ask GET /api/v1/jobs/ID instead."
    zh = "已有 {limit} 个事件流（设置项 ZHIZE_JOBS_LISTENERS）。请改用 GET /api/v1/jobs/ID 查询。"


class JobsStuck(ZhizeError):
    """``due`` jobs could be worked on, the oldest since ``since``."""

    code, status = "jobs-stuck", 503
    en = "{due} jobs wait, the oldest since {since}, and none was taken for {seconds} s. Start a worker."
    zh = "有 {due} 个任务在等待，最早的自 {since} 起，{seconds} 秒内没有任何任务开始处理。请启动处理进程。"


class EvidenceError(ZhizeError):
    code, status = "evidence-mismatch", 500
    en = "A fact of {document} does not quote its text at {start}-{end} (rule {rule}): nothing was written."
    zh = "{document} 的一条事实与原文 {start}-{end} 不符（规则 {rule}）：未写入任何内容。"


class OntologyError(ZhizeError):
    code, status = "ontology-violation", 500
    en = "{what} is not allowed by the ontology: {reason}."
    zh = "本体不允许 {what}：{reason}。"


class CatalogError(ZhizeError):
    code, status = "catalog-error", 500
    en = "Query file {path}, line {line}: {reason}."
    zh = "查询文件 {path} 第 {line} 行：{reason}。"


class KnowledgeError(ZhizeError):
    code, status = "knowledge-error", 500
    en = "Knowledge file {path}, {entry}: {reason}."
    zh = "知识文件 {path}，{entry}：{reason}。"


class StoreError(ZhizeError):
    code, status = "store-error", 500
    en = "The store at {store} failed: {reason}."
    zh = "存储 {store} 出错：{reason}。"


class InvalidStoreUrl(StoreError):
    code, status = "invalid-store-url", 400
    en = (
        "Unknown store URL {store}. Use embedded:PATH, neo4j://host:7687 or neo4j+s://host; user and password go into "
        "ZHIZE_NEO4J_USER and ZHIZE_NEO4J_PASSWORD."
    )
    zh = (
        "无法识别的存储地址 {store}。请用 embedded:路径、neo4j://主机:7687 或 neo4j+s://主机；用户和密码请用 "
        "ZHIZE_NEO4J_USER 与 ZHIZE_NEO4J_PASSWORD 设置。"
    )


class StoreUnavailable(StoreError):
    code, status = "store-unavailable", 503
    en = "The store at {store} does not answer ({reason}). Start it, or correct --store / ZHIZE_STORE."
    zh = "存储 {store} 没有响应（{reason}）。请先启动它，或更正 --store / ZHIZE_STORE。"


class StoreAuthError(StoreError):
    code, status = "store-auth", 503
    en = "{store} refused user {user}. Correct ZHIZE_NEO4J_USER and ZHIZE_NEO4J_PASSWORD."
    zh = "{store} 拒绝了用户 {user}。请更正 ZHIZE_NEO4J_USER 与 ZHIZE_NEO4J_PASSWORD。"


class StoreBusy(StoreError):
    code, status = "store-busy", 503
    en = "{store} is in use by another program ({holder}). Wait for it to finish, or stop it."
    zh = "{store} 正被另一个程序使用（{holder}）。请等它结束，或先停止它。"


class UnusableFolder(StoreError):
    """``reason`` and ``remedy``: ``{"zh": …, "en": …}``, by ``graph.stores.folder``."""

    code, status = "store-folder", 503
    en = "{store} cannot be used: {reason}. {remedy}."
    zh = "{store} 无法使用：{reason}。{remedy}。"


class SchemaTooNew(StoreError):
    code, status = "schema-too-new", 500
    en = "{store} has schema version {found}, this zhize knows {known}. Install a newer zhize."
    zh = "{store} 的结构版本为 {found}，本程序只认识 {known}。请安装更新的 zhize。"


class InvalidQuery(StoreError):
    """``reason`` is the engine's own sentence about the statement it was given."""

    code, status = "invalid-query", 400
    en = "The store at {store} refuses the statement: {reason}"
    zh = "存储 {store} 拒绝执行该语句：{reason}"


class StoreNotEmpty(StoreError):
    """``documents``: how many it has."""

    code, status = "store-not-empty", 409
    en = "{store} has {documents} documents already. Take an empty store, or make it the source's equal with --replace."
    zh = "{store} 中已有 {documents} 份文件。请换一个空的存储，或用 --replace 使其与源一致。"


class WriteConflict(StoreError):
    code, status = "write-conflict", 409
    en = "{store}: another writer changed {what} meanwhile. Try again."
    zh = "{store}：另一个写入者刚刚改动了 {what}。请重试。"


class LeaseLost(StoreError):
    code, status = "lease-lost", 409
    en = "{store}: job {job} is no longer this worker's; nothing was written."
    zh = "{store}：任务 {job} 已不归这个进程处理，未写入任何内容。"


class DamagedUpload(StoreError):
    code, status = "damaged-upload", 500
    en = "{name}: its stored bytes are not those that were sent. Send it again."
    zh = "{name}：存储的内容与上传的不一致。请重新上传。"


ANY_QUERY: Sentence = {"zh": "查询", "en": "The query"}
"""What QueryTimeout calls a statement that has no name."""


class QueryTimeout(StoreError):
    code, status = "query-timeout", 504
    en = "{query} did not finish within {seconds} s. Narrow the question or raise ZHIZE_QUERY_TIMEOUT."
    zh = "{query} 未能在 {seconds} 秒内完成。请缩小范围，或调高 ZHIZE_QUERY_TIMEOUT。"


class AdhocTimeout(StoreError):
    """An ad hoc statement did not finish within ``seconds`` and was ended."""

    code, status = "adhoc-timeout", 504
    en = "The ad hoc query did not finish within {seconds} s and was ended. Narrow it, or raise ZHIZE_ADHOC_TIMEOUT."
    zh = "临时查询未能在 {seconds} 秒内完成，已终止。请缩小范围，或调高 ZHIZE_ADHOC_TIMEOUT。"


class AdhocMemory(StoreError):
    """``limit``: what an ad hoc statement may have."""

    code, status = "adhoc-memory", 413
    en = "The ad hoc query needs more memory than it may have ({limit}) and was ended. Narrow it, or raise the limit."
    zh = "临时查询所需内存超过上限（{limit}），已终止。请缩小范围，或调高上限。"


class TooManyQueries(StoreError):
    """``limit``: how many may run at once."""

    code, status = "too-many-queries", 429
    en = "{limit} ad hoc queries are running, no more at once (ZHIZE_ADHOC_CONCURRENT). Try again in a moment."
    zh = "已有 {limit} 个临时查询在运行，达到上限（ZHIZE_ADHOC_CONCURRENT）。请稍后再试。"


class ExportTimeout(StoreError):
    code, status = "export-timeout", 504
    en = (
        "The export did not finish within {seconds} s. Narrow it, raise ZHIZE_EXPORT_TIMEOUT, or run zhize export, "
        "which has no limit."
    )
    zh = "导出未能在 {seconds} 秒内完成。请缩小范围，调高 ZHIZE_EXPORT_TIMEOUT，或用命令 zhize export（不限时）。"
