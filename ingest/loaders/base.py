"""What a loader gives, and the sentences for files that cannot be read."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field

from graph.errors import UnreadableFile
from ingest.limits import Limits


@dataclass(frozen=True, slots=True)
class LoadedFile:
    """A file as text. Offsets of every later fact are code points into ``text``; nothing changes it after loading.

    ``original`` are the bytes as they came; ``notes`` say (in Chinese) what was left out or guessed.
    """

    text: str = field(repr=False)
    original: bytes = field(repr=False)
    name: str
    media_type: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a file cannot be read and what to do: one half sentence each, in both languages."""

    zh: str
    en: str
    remedy_zh: str
    remedy_en: str


_AS_DOCX = (
    "请用 Word 或 WPS 打开，另存为 .docx 或 .txt 后再载入",
    "Open it in Word or WPS and save it as .docx or .txt.",
)
_UNLOCK = ("请去掉密码后另存，再载入", "Save a copy without the password.")
_AGAIN = ("请重新下载或从原程序另存一份", "Download it again, or save it afresh from the program it came from.")
_UTF8 = ("请用记事本等打开确认内容，另存为 UTF-8 后再载入", "Open it in an editor and save it as UTF-8.")
_OCR = ("请先做文字识别（OCR），另存为 .docx 或 .txt", "Recognise its text (OCR) and save it as .docx or .txt.")
_LEAVE = ("请换一个含有文字的文件", "Give a file that holds text.")
_UNPACK = ("请解压后载入其中的文件", "Unpack it and load the files in it.")

REASONS: dict[str, Reason] = {
    "empty": Reason("文件是空的", "the file is empty", *_LEAVE),
    "blank": Reason("只有空白，没有文字", "it holds only blanks, no text", *_LEAVE),
    "binary": Reason("是二进制内容，不是文字", "its content is binary, not text", *_LEAVE),
    "missing": Reason("没有这个文件", "there is no such file", "请检查路径", "Check the path."),
    "denied": Reason("没有读取权限", "it may not be read", "请授予读取权限", "Grant read permission."),
    "io": Reason(
        "读取时出错（{detail}）", "reading it failed ({detail})", "请检查磁盘或网络盘", "Check the disk or share."
    ),
    "special": Reason("不是普通文件", "it is not a regular file", *_LEAVE),
    "broken-link": Reason(
        "链接指向的文件不存在", "it links to a file that is not there", "请修复或删除链接", "Mend the link."
    ),
    "folder-twice": Reason(
        "与 {detail} 是同一个文件夹（链接成环或重复）",
        "it is the same folder as {detail} (a link loop, or linked twice)",
        "已读过一次，无需处理；要避免提示请删除链接",
        "It was read once; delete the link to silence this.",
    ),
    "encoding": Reason(
        "不是 UTF-8、UTF-16 或 GB18030 编码（{detail}）", "it is not UTF-8, UTF-16 or GB18030 ({detail})", *_UTF8
    ),
    "ambiguous": Reason(
        "太短或太特殊，无法确定编码（可能是 {detail}）",
        "its encoding cannot be told for sure (could be {detail})",
        *_UTF8,
    ),
    "garbled": Reason("内容本身已是乱码", "its text is garbled already", *_AGAIN),
    "replacement": Reason("含有替换符 U+FFFD，原文已缺字", "it holds U+FFFD: characters were lost before", *_AGAIN),
    "encrypted": Reason("已加密", "it is encrypted", *_UNLOCK),
    "encrypted-aes": Reason(
        "用 AES 加密，本机无法解密", "it is encrypted with AES, which cannot be undone here", *_UNLOCK
    ),
    "damaged": Reason("不是完好的 {detail} 文件", "it is not a sound {detail} file", *_AGAIN),
    "scanned": Reason("是扫描件，没有文字层", "it is scanned: no text in it", *_OCR),
    "pdf-font": Reason("所用字体没有文字对照，取出的是乱码", "its fonts do not say which characters they draw", *_OCR),
    "no-text": Reason("没有正文文字", "there is no text in it", *_LEAVE),
    "too-deep": Reason("压缩包嵌套超过一层", "a zip inside a zip inside a zip", *_UNPACK),
    "zip-path": Reason(
        "压缩包内的路径不安全（绝对路径或含 ..）",
        "its path inside the zip is unsafe (absolute, or with ..)",
        "请重新打包，只用相对路径",
        "Pack it again with relative paths.",
    ),
    "zip-link": Reason("是压缩包内的链接，不是文件", "it is a link inside the zip, not a file", *_UNPACK),
    "crashed": Reason(
        "读取它时进程崩溃",
        "reading it brought the process down",
        "请另存为 .txt 后再载入",
        "Save it as .txt and load that.",
    ),
    "timeout": Reason(
        "读取超过 {detail} 秒，已中止",
        "reading it took more than {detail} s and was stopped",
        "请拆成较小的文件，或另存为 .txt 后再载入",
        "Split it into smaller files, or save it as .txt and load that.",
    ),
    "no-documents": Reason(
        "压缩包里没有可以载入的文件",
        "there is no document in the zip",
        "支持 .txt .md .html .docx .pdf",
        "Supported: .txt .md .html .docx .pdf.",
    ),
    "extraction": Reason(
        "提取时程序出错（{detail}），属程序缺陷",
        "extraction failed ({detail}): a defect of the program",
        "其余文件不受影响；请把本句和文件告知开发者",
        "The other files are not affected; report this sentence and the file.",
    ),
    "same-source": Reason(
        "与 {detail} 的来源名相同，本次只载入前者",
        "it has the same source name as {detail}, which was loaded",
        "请分开载入，或改名",
        "Load them separately, or rename one.",
    ),
    "unsupported": Reason("不支持 {detail} 格式", "{detail} is not a supported format", *_AS_DOCX),
    "image": Reason("是图片", "it is a picture", *_OCR),
    "packed": Reason("不支持 {detail} 压缩包", "{detail} archives are not supported", *_UNPACK),
    "unknown": Reason(
        "不认识 {detail} 类文件",
        "files named {detail} are not read",
        "支持 .txt .md .html .docx .pdf .zip",
        "Supported: .txt .md .html .docx .pdf .zip.",
    ),
}


def unreadable(name: str, key: str, detail: str = "") -> UnreadableFile:
    """The error for file ``name`` and the reason ``key`` of REASONS."""
    reason = REASONS[key]
    return UnreadableFile(
        path=name,
        reason={"zh": reason.zh.format(detail=detail), "en": reason.en.format(detail=detail)},
        remedy={"zh": reason.remedy_zh, "en": reason.remedy_en.removesuffix(".")},
        key=key,
    )


def finish(
    text: str, original: bytes, name: str, media_type: str, notes: tuple[str, ...], limits: Limits
) -> LoadedFile:
    """The last gate of every loader: text that is there, not larger than allowed, and writable as UTF-8."""
    if not text.strip():
        raise unreadable(name, "blank")
    # Four bytes is the most a character takes: most texts are cleared without encoding them.
    if len(text) * 4 > limits.text_bytes:
        limits.check(name, len(text.encode("utf-8", "surrogatepass")), "text_bytes")
    if any(unicodedata.category(c) == "Cs" for c in set(text)):
        raise unreadable(name, "garbled")
    return LoadedFile(text=text, original=original, name=name, media_type=media_type, notes=notes)
