"""The files of Datavyu as the archives that they are, unpacked within bounds."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from annotator.storage.interchange.report import ForeignFileError, Notes
from annotator.storage.interchange.source import LARGEST, Source, too_large

SMALL = 64 * 1024
"""In bytes: what a project or the settings of a film may have; real ones have a thousand."""

BEGINNING = b"PK"
_JUNK = "__MACOSX"
_MOST_MEMBERS = 10_000
_FAULTS = (BadZipFile, zlib.error, struct.error, EOFError, RuntimeError, OSError, ValueError)


class Archive:
    """The members of an archive by their bare names; folders that they lie in do not count."""

    def __init__(self, source: Source, notes: Notes) -> None:
        self.name = source.name
        self._members: dict[str, ZipInfo] = {}
        try:
            self._zip = ZipFile(BytesIO(source.data))
            listed = self._zip.infolist()
        except _FAULTS as error:
            raise self._damaged() from error
        if len(listed) > _MOST_MEMBERS:
            raise ForeignFileError(
                f"“{source.name}” was not read: it is packed of {len(listed):,} files.",
                "No program of the field writes such a file; ask where it comes from.",
            )
        for info in sorted(listed, key=lambda one: one.filename.count("/")):
            self._add(info, notes)

    def _add(self, info: ZipInfo, notes: Notes) -> None:
        path = info.filename.replace("\\", "/")
        bare = path.rpartition("/")[2]
        if not bare or _JUNK in path.split("/"):
            return
        if bare in self._members:
            notes.noticed(f"the archive holds a second “{bare}”, which was not read", path)
            return
        self._members[bare] = info

    def __contains__(self, name: str) -> bool:
        return name in self._members

    def read(self, name: str, largest: int = LARGEST) -> bytes:
        """Unpack a member that is there.

        Raises ForeignFileError where it is locked, damaged, or larger than that; however large it
        says it is, no more than that is unpacked.
        """
        info = self._members[name]
        if info.flag_bits & 1:
            raise ForeignFileError(
                f"“{self.name}” is locked with a password.", "Unpack it, and pack it without one."
            )
        if info.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
            raise self._damaged()
        try:
            with self._zip.open(info) as member:
                data = member.read(largest + 1)
        except _FAULTS as error:
            raise self._damaged() from error
        if len(data) > largest:
            raise too_large(len(data), largest)
        return data

    def _damaged(self) -> ForeignFileError:
        return ForeignFileError(
            f"“{self.name}” is damaged: it cannot be unpacked.",
            "Open it in Datavyu and save it again, or fetch it once more.",
        )
