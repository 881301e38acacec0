"""Files of a pack as one zip: the same files give the same bytes, and films are stored as is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from annotator.reports.packs.pack import PackFile

CHUNK = 1 << 20
_LONG_AGO = (1980, 1, 1, 0, 0, 0)
_LARGE = 1 << 31
_UNIX = 3
_READABLE = 0o100644 << 16
_PACKED = (".html", ".xml", ".json", ".vtt")
_SAFE = re.compile(r"[a-z0-9][a-z0-9._-]*(/[a-z0-9][a-z0-9._-]*)*", re.ASCII)


def parts_of(data: bytes | Path) -> Iterable[bytes]:
    """Give the bytes of a file in parts of at most 1 MiB; raises OSError."""
    if isinstance(data, bytes):
        yield data
        return
    with data.open("rb") as source:
        while part := source.read(CHUNK):
            yield part


def write_zip(
    files: Iterable[PackFile],
    out: BinaryIO,
    step: Callable[[int], None],
    pieces: Callable[[bytes | Path], Iterable[bytes]] = parts_of,
) -> None:
    """Write the files as a zip, in their order; `step` hears of each piece's number of bytes.

    Texts are packed, films and stills stored. Dates, modes and the writing system are always the
    same. Raises ValueError where a name could leave the folder that the zip is unpacked to, and
    OSError where a file cannot be read or the zip not written; what `step` raises passes through.
    """
    with ZipFile(out, "w", ZIP_STORED, strict_timestamps=True) as archive:
        for file in files:
            with archive.open(_entry(file), "w", force_zip64=_is_large(file.data)) as target:
                for piece in pieces(file.data):
                    target.write(piece)
                    step(len(piece))


def size_of(data: bytes | Path) -> int:
    """Give the number of bytes; raises OSError."""
    return len(data) if isinstance(data, bytes) else data.stat().st_size


def checked_name(name: str) -> str:
    """Give a name inside a pack; raises ValueError where it is none of ours."""
    if not _SAFE.fullmatch(name):
        raise ValueError(f"not a name for a file of a pack: {name!r}")
    return name


def _is_large(data: bytes | Path) -> bool:
    try:
        return size_of(data) >= _LARGE
    except OSError:  # told when it is opened
        return False


def _entry(file: PackFile) -> ZipInfo:
    entry = ZipInfo(checked_name(file.name), _LONG_AGO)
    entry.create_system = _UNIX
    entry.external_attr = _READABLE
    entry.compress_type = ZIP_DEFLATED if file.name.endswith(_PACKED) else ZIP_STORED
    return entry
