"""Files over GraphQL: multipart/form-data by the graphql-multipart-request-spec, one file a request, read bounded."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from email.message import Message
from typing import Any

import orjson
from starlette.datastructures import Headers

from kehu.errors import OverLimit, Refused
from kehu.labels import Label

MULTIPART = "multipart/form-data"
PREFLIGHT = ("graphql-require-preflight", "apollo-require-preflight")
"""A page of another origin can't set one of these without asking first (CSRF)."""
_MOST_PARTS = 3
_HEADER_BYTES = 4_096
_OVERHEAD = 65_536
_BOUNDARY = re.compile(r"[0-9A-Za-z'()+_,./:=? -]{1,70}")
_VARIABLE = re.compile(r"variables\.([A-Za-z_][A-Za-z0-9_]*)")

_NO_PREFLIGHT = Label(
    "上传文件须带请求头 GraphQL-Require-Preflight", "An upload needs the header GraphQL-Require-Preflight"
)
_SHAPE = Label(
    "multipart 请求须依次含 operations、map 和一个文件,文件对应一个变量",
    "A multipart request has operations, map and one file, in this order; the file is one variable",
)
_SIZE = Label("请求体超过上限 {limit} 字节", "The body is larger than {limit} bytes")


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it was sent; its kind is told from its bytes, not from what its sender says."""

    name: str = field(repr=False)
    content: bytes = field(repr=False)


async def read_bounded(stream: AsyncIterator[bytes], limit: int) -> bytes:
    """A body of at most ``limit`` bytes. Raises `OverLimit` BODY_TOO_LARGE (413) as soon as there are more."""
    parts: list[bytes] = []
    size = 0
    async for part in stream:
        size += len(part)
        if size > limit:
            refused = OverLimit(_SIZE.format(limit=limit), "BODY_TOO_LARGE", limit=limit)
            refused.status = 413
            raise refused
        parts.append(part)
    return b"".join(parts)


def boundary_of(headers: Headers) -> bytes:
    """The boundary of a multipart body. Raises `Refused` PREFLIGHT_NEEDED, BODY_INVALID."""
    if not any(headers.get(name) for name in PREFLIGHT):
        raise Refused(_NO_PREFLIGHT, "PREFLIGHT_NEEDED")
    stated = Message()
    stated["content-type"] = headers.get("content-type", "")
    boundary = stated.get_boundary("")
    if not boundary or not _BOUNDARY.fullmatch(boundary):
        raise _invalid()
    return boundary.encode()


def upload_limit(operations: int, file: int) -> int:
    """Bytes of a whole body with so many for the operations and the file."""
    return operations + file + _OVERHEAD


def parse_multipart(body: bytes, boundary: bytes) -> Any:  # reason: JSON of any shape
    """The operations with the file in the place of its variable. Raises `Refused` BODY_INVALID."""
    parts = dict(_parts(body, boundary))
    if list(parts)[:2] != ["operations", "map"] or len(parts) != _MOST_PARTS:
        raise _invalid()
    operations, mapped = (_json(parts[name].content) for name in ("operations", "map"))
    [name] = set(parts) - {"operations", "map"}
    paths = mapped.get(name) if isinstance(mapped, dict) and len(mapped) == 1 else None
    found = _VARIABLE.fullmatch(paths[0]) if isinstance(paths, list) and len(paths) == 1 else None
    variables = operations.get("variables") if isinstance(operations, dict) else None
    if found is None or not isinstance(variables, dict) or variables.get(found[1], "") is not None:
        raise _invalid()
    variables[found[1]] = parts[name]
    return operations


def _parts(body: bytes, boundary: bytes) -> list[tuple[str, Upload]]:
    delimiter = b"\r\n--" + boundary
    # In front of the first delimiter stands nothing, or a preamble that counts for nothing.
    pieces = (b"\r\n" + body).split(delimiter, _MOST_PARTS + 2)
    if len(pieces) != _MOST_PARTS + 2 or not pieces[-1].startswith(b"--"):
        raise _invalid()
    return [_part(piece) for piece in pieces[1:-1]]


def _part(piece: bytes) -> tuple[str, Upload]:
    head, separator, content = piece.partition(b"\r\n\r\n")
    if not separator or len(head) > _HEADER_BYTES:
        raise _invalid()
    stated = Message()
    for line in head.split(b"\r\n"):
        key, _, value = line.partition(b":")
        if key.strip().lower() == b"content-disposition":
            stated["content-disposition"] = value.strip().decode("utf-8", "replace")
    name = stated.get_param("name", header="content-disposition")
    if not isinstance(name, str):
        raise _invalid()
    return name, Upload(str(stated.get_filename("")), content)


def _json(content: bytes) -> Any:  # reason: JSON of any shape
    try:
        return orjson.loads(content)
    except orjson.JSONDecodeError:
        raise _invalid() from None


def _invalid() -> Refused:
    return Refused(_SHAPE, "BODY_INVALID")
