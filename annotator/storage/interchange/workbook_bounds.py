"""Whether a workbook from strangers can be unpacked and read within bounds, before it is."""

from __future__ import annotations

import io
import lzma
import re
import struct
import zipfile
import zlib
from dataclasses import dataclass

from annotator.storage.interchange.report import ForeignFileError, Watch, unwatched
from annotator.storage.interchange.table_rows import MOST_CELLS, too_many_cells

BROKEN_ZIP = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
)
"""What unpacking strangers' archives can fail with."""

_MEGA = 1024 * 1024
MOST_UNPACKED = 1024 * _MEGA
_MOST_OF_PARTS, _MOST_TEXTS = 16 * _MEGA, 256 * _MEGA
_MOST_MEMBERS = 5000
_CHUNK = 1024 * 1024
_OVERLAP = 16
_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
_ENCODING = re.compile(rb"""^\s*<\?xml[^>]*encoding\s*=\s*["'](?!utf-?8["'])""", re.IGNORECASE)
_OLD = b"\xd0\xcf\x11\xe0"


@dataclass(slots=True)
class _Budget:
    """What may still be unpacked, in bytes and in cells."""

    unpacked: int
    parts: int
    cells: int


def check_workbook(data: bytes, watch: Watch = unwatched) -> None:
    """Unpack all that is to be read of a workbook once, and keep nothing of it.

    Raises ForeignFileError where it is no workbook, where it holds more than any table of tags,
    or where its XML does what no program's does.
    """
    if data.startswith(_OLD):
        raise ForeignFileError(
            "The workbook has a password, or is of the old kind (.xls).",
            "Open it in a spreadsheet program and save it as .xlsx without a password.",
        )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            if len(members) > _MOST_MEMBERS:
                raise _too_much()
            budget = _Budget(MOST_UNPACKED, _MOST_OF_PARTS, MOST_CELLS)
            for one in members:
                if is_checked(one.filename):
                    _check_member(archive, one, budget, watch)
    except BROKEN_ZIP as error:
        raise broken_workbook() from error


def is_checked(name: str) -> bool:
    """Tell whether a member of that name is looked at; no other may be read afterwards."""
    return name.endswith((".xml", ".rels"))


def _check_member(
    archive: zipfile.ZipFile, one: zipfile.ZipInfo, budget: _Budget, watch: Watch
) -> None:
    is_sheet = "/worksheets/" in one.filename and one.filename.endswith(".xml")
    is_text = one.filename.endswith("/sharedStrings.xml")
    before, size = b"", 0
    with archive.open(one) as member:
        while chunk := member.read(_CHUNK):
            watch(0)
            if not size and (
                chunk.startswith((b"\xff\xfe", b"\xfe\xff")) or _ENCODING.match(chunk)
            ):
                raise broken_workbook()
            size += len(chunk)
            budget.unpacked -= len(chunk)
            budget.parts -= 0 if is_sheet or is_text else len(chunk)
            if budget.unpacked < 0 or budget.parts < 0 or (is_text and size > _MOST_TEXTS):
                raise _too_much()
            seam = before[-_OVERLAP:] + chunk
            if _DOCTYPE.search(seam):
                raise broken_workbook()
            budget.cells -= len(_CELL.findall(chunk)) if is_sheet else 0
            if budget.cells < 0:
                raise too_many_cells(0)
            before = chunk


def broken_workbook() -> ForeignFileError:
    """Make the failure that tells of a workbook that cannot be understood."""
    return ForeignFileError(
        "The workbook is damaged, or is none.",
        "Open it in a spreadsheet program and save it as .xlsx or .csv.",
    )


def _too_much() -> ForeignFileError:
    return ForeignFileError(
        "The workbook unpacks to more than any table of tags has.",
        "Save the sheet of the coding alone, as .xlsx or .csv.",
    )
