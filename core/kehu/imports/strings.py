"""The shared strings of an .xlsx, of which a large file has millions: in blocks on disk, sealed, a few of them opened.

The blocks stand in a temporary file without a name, each under AES-GCM with a key that this process alone has and
forgets: what the disk keeps of it can't be read.
"""

from __future__ import annotations

import os
import tempfile
from array import array
from collections import OrderedDict
from collections.abc import Iterable

import orjson
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

BLOCK = 256
_OPENED = 64
_IN_MEMORY = 1 << 20


class SharedStrings:
    """Strings by number, made once from ``texts``. Not for several threads."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._aead = AESGCM(AESGCM.generate_key(256))
        self._file = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115  # closed with the object
        self._ends = array("Q", [0])
        self._opened: OrderedDict[int, list[str]] = OrderedDict()
        self._count = 0
        block: list[str] = []
        for text in texts:
            block.append(text)
            if len(block) == BLOCK:
                self._write(block)
                block = []
        self._write(block)

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, number: int) -> str:
        """Raises IndexError for a number that the file doesn't have."""
        if not 0 <= number < self._count:
            raise IndexError
        which, at = divmod(number, BLOCK)
        block = self._opened.get(which)
        if block is None:
            block = self._read(which)
        return block[at]

    def close(self) -> None:
        self._file.close()

    def __del__(self) -> None:
        self._file.close()

    def _write(self, block: list[str]) -> None:
        number = len(self._ends) - 1
        self._count += len(block)
        self._file.write(self._aead.encrypt(_nonce(number), orjson.dumps(block), None))
        self._ends.append(self._file.tell())

    def _read(self, which: int) -> list[str]:
        begin, end = self._ends[which], self._ends[which + 1]
        self._file.seek(begin, os.SEEK_SET)
        block: list[str] = orjson.loads(self._aead.decrypt(_nonce(which), self._file.read(end - begin), None))
        self._opened[which] = block
        if len(self._opened) > _OPENED:
            self._opened.popitem(last=False)
        return block


def _nonce(number: int) -> bytes:
    """Each block is written once, under a key of its file: its number is never used twice."""
    return number.to_bytes(12, "big")
