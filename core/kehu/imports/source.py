"""The file of an import: on disk, or whole in memory where it came over the network and is small."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Source:
    """Bytes that can be read as often as needed, a part at a time. Its name and content don't show themselves."""

    at: Path | bytes = field(repr=False)

    @property
    def size(self) -> int:
        return len(self.at) if isinstance(self.at, bytes) else self.at.stat().st_size

    def open(self) -> BinaryIO:
        return io.BytesIO(self.at) if isinstance(self.at, bytes) else self.at.open("rb")

    def head(self, size: int) -> bytes:
        with self.open() as file:
            return file.read(size)

    def sha256(self) -> str:
        """Digest of all bytes, read in chunks."""
        digest = hashlib.sha256()
        with self.open() as file:
            while chunk := file.read(CHUNK):
                digest.update(chunk)
        return digest.hexdigest()
