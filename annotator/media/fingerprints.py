"""Recognises a film that was moved or renamed."""

from __future__ import annotations

import hashlib
from pathlib import Path

from annotator.errors import MediaError

_PIECE = 1024 * 1024


def fingerprint(path: Path | str) -> str:
    """Give a film's fingerprint, `sha256-` and 64 hexadecimal digits.

    It is the SHA-256 of the size in bytes (decimal, then a line feed) and of three pieces of at
    most 1 MiB: the first, the middle one (it begins at half of what the size exceeds 1 MiB by,
    rounded down) and the last. A file of at most 3 MiB counts whole, once. So it takes
    milliseconds for a film of any length. Raises MediaError where the file cannot be read.
    """
    file = Path(path)
    try:
        size = file.stat().st_size
        digest = hashlib.sha256(f"{size}\n".encode())
        with file.open("rb") as stream:
            for start, length in _pieces(size):
                stream.seek(start)
                digest.update(stream.read(length))
    except OSError as error:
        raise MediaError(
            f"“{file.name}” cannot be read: {error.strerror}.",
            "If it was moved or renamed, choose it where it is now.",
        ) from error
    return f"sha256-{digest.hexdigest()}"


def _pieces(size: int) -> tuple[tuple[int, int], ...]:
    if size <= 3 * _PIECE:
        return ((0, size),)
    return (0, _PIECE), ((size - _PIECE) // 2, _PIECE), (size - _PIECE, _PIECE)
