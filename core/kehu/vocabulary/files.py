"""The content of a stored file (文件内容): what stands for it in its row, and which kinds of files are taken."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

from kehu.labels import Label
from kehu.vocabulary.base import GovernedType, Storage, ValueRefused
from kehu.vocabulary.hidden import CONSTANT
from kehu.vocabulary.normal import refuse_mask, text_of
from kehu.vocabulary.policies import PERSONAL

_STARTS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "application/pdf"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
)
_OFFICE = "application/vnd.openxmlformats-officedocument."
_PACKAGES = {
    "word/document.xml": f"{_OFFICE}wordprocessingml.document",
    "xl/workbook.xml": f"{_OFFICE}spreadsheetml.sheet",
}
MEDIA_TYPES: tuple[str, ...] = tuple(dict.fromkeys((*(kind for _, kind in _STARTS), *_PACKAGES.values())))
"""What is taken: pictures and papers. Nothing that a browser would run."""
_STANDS_FOR = re.compile(r"sha256:[0-9a-f]{64}:[0-9]{1,10}")


def media_type_of(content: bytes) -> str:
    """The media type that the bytes themselves show; what the sender says of them counts for nothing.

    Raises `ValueRefused` FILE_EMPTY, FILE_TYPE.
    """
    if not content:
        raise ValueRefused("FILE_EMPTY", "文件是空的,请重新选择", "The file is empty; choose another")
    for start, media_type in _STARTS:
        if content.startswith(start):
            return media_type
    found = _packaged(content) if content.startswith(b"PK\x03\x04") else None
    if found is None:
        raise ValueRefused(
            "FILE_TYPE",
            "只接受 PDF、JPEG、PNG、TIFF、DOCX、XLSX 文件(不含宏)",
            "Only PDF, JPEG, PNG, TIFF, DOCX and XLSX files are taken, without macros",
        )
    return found


def _packaged(content: bytes) -> str | None:
    """An Office document without macros, by the parts that its package lists; nothing is unpacked."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            names = set(package.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return None
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        return None
    return next((kind for part, kind in _PACKAGES.items() if part in names), None)


def parse_file_content(raw: object) -> str:
    """``sha256:<hex>:<bytes>``, as core writes it. Raises `ValueRefused` FILE_CONTENT, MASK_SENT_BACK, TEXT_*."""
    text = text_of(raw)
    refuse_mask(text)
    if not _STANDS_FOR.fullmatch(text):
        raise ValueRefused("FILE_CONTENT", "文件须先上传", "Upload the file first")
    return text


FileContent: GovernedType[str] = GovernedType(
    name="FileContent",
    label=Label("文件内容", "Content of a file"),
    description=Label(
        "文件内容,分块加密另存;此处为其 SHA-256 摘要和字节数",
        "The content, kept apart in sealed chunks; shown is its SHA-256 and its size in bytes",
    ),
    storage=Storage.TEXT,
    policy=PERSONAL,
    parse=parse_file_content,
    schema={"type": "string", "pattern": "^sha256:[0-9a-f]{64}:[0-9]{1,10}$"},
    masks=(CONSTANT,),
)
