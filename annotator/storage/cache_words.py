"""How the commands and the window tell what the cache holds."""

from __future__ import annotations

from pathlib import Path

from annotator.errors import StorageError
from annotator.storage.cache import Cache

_KILO = 1000


def to_amount(size: int) -> str:
    """Write a number of bytes with its unit, such as `3.1 MB`."""
    amount = float(size)
    for unit in ("bytes", "kB", "MB"):
        if amount < _KILO:
            return f"{amount:.0f} {unit}" if unit == "bytes" else f"{amount:.1f} {unit}"
        amount /= _KILO
    return f"{amount:.1f} GB"


def emptied(cache: Cache) -> str:
    """Empty a cache and tell how much that freed.

    Raises StorageError where something could not be deleted.
    """
    freed = cache.empty()
    if left := cache.size():
        raise StorageError(
            f"{to_amount(left)} in {cache.folder} could not be deleted.",
            "Close the other windows of annotator, or delete the folder yourself.",
        )
    return f"Emptied {cache.folder}: {to_amount(freed)}"


def kept(folder: Path, size: int) -> str:
    """Tell how much is kept, and where."""
    return f"{folder}: {to_amount(size)}"
