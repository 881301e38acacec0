"""The manifest beside an export, which goes along with it: codes only, no names, no paths.

`NAME.mp4.manifest.json` says when and for whom a clip was made, from what, with which masks, and
by when it is to be deleted. Who made it is told by a code that the session's export log resolves;
only what stays with the team says it outright.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from annotator.model.consent_rules import NARROWEST
from annotator.model.disclosure import MaskDuty
from annotator.model.export_record import (
    ExportRecord,
    HashedFile,
    Logged,
    Overridden,
    Shown,
)
from annotator.model.session import Session
from annotator.model.telling import require_nameless, session_code
from annotator.storage.codec_export import RECORD
from annotator.storage.codec_text import to_bytes, write_indented
from annotator.storage.faults import storage_error

MANIFEST_SUFFIX = ".manifest.json"
MANIFEST_FORMAT = "annotator-manifest"
MANIFEST_VERSION = 1

_AT_HOME = {"folder", "recipient", "seen"}
_AT_ONCE = 1 << 20  # bytes
_OWN_ID = re.compile(r"[0-9a-f]{12}|r[0-9]+")
"""The ids that this program gives to recordings: no name is one."""


def manifest_path(export: Path) -> Path:
    """Give where the manifest of an exported file stands: beside it, its whole name and more."""
    return export.with_name(export.name + MANIFEST_SUFFIX)


def hash_file(
    path: Path, name: str = "", reached: Callable[[int], None] = lambda _: None
) -> HashedFile:
    """Give the SHA-256 and size of a file, under its own name or another.

    `reached` is told how many bytes were read so far, about every megabyte; what it raises ends
    the reading. Raises StorageError where the file cannot be read.
    """
    seen, size = sha256(), 0
    try:
        with path.open("rb") as file:
            while piece := file.read(_AT_ONCE):
                seen.update(piece)
                size += len(piece)
                reached(size)
    except OSError as error:
        raise storage_error(error, path, "could not be read") from error
    return HashedFile(name or path.name, seen.hexdigest(), size)


def manifest_bytes(session: Session, logged: Logged) -> bytes:
    """Give the manifest of an export that stands in the log, as it is written.

    Raises RefusedError where a coder's name or the title stands in the reason of an override, in
    a setting or in a file's name, and the export is not for the team.
    """
    record = logged.record
    texts = [record.override, *record.settings.values(), *(one.name for one in record.results)]
    require_nameless(session, record.purpose, texts)
    return to_bytes(write_indented(_tree(session, record, logged.code)) + "\n")


def _tree(session: Session, record: ExportRecord, code: str) -> dict[str, object]:
    coded = _coded(session, record)
    known = {field.key for field in RECORD.fields}
    written = {key: one for key, one in RECORD.write(coded).items() if key in known - _AT_HOME}
    who = record.who if record.purpose is NARROWEST else code
    head = {"format": MANIFEST_FORMAT, "version": MANIFEST_VERSION}
    return head | written | {"who": who, "notice": _notice(record)}


def _coded(session: Session, record: ExportRecord) -> ExportRecord:
    """Put codes in the place of ids, which may be names where they come from other programs.

    A participant is P1, P2 … in the order of `record.shown`, which the log keeps with the ids; a
    recording whose id is none of ours is R1, R2 … in that of `record.sources`.
    """
    ids = [one.participant for one in record.shown]
    ids += [one.participant for one in record.masks]
    codes = {one: f"P{number}" for number, one in enumerate(dict.fromkeys(ids), 1)}
    return replace(
        record,
        session=session_code(session),
        sources=tuple(
            one if _OWN_ID.fullmatch(one.name) else replace(one, name=f"R{number}")
            for number, one in enumerate(record.sources, 1)
        ),
        shown=tuple(Shown(codes[one.participant], one.role, one.allows) for one in record.shown),
        masks=tuple(MaskDuty(codes[one.participant], one.masks) for one in record.masks),
        overridden=tuple(
            Overridden(one.ground, codes.get(one.participant, ""), one.span)
            for one in record.overridden
        ),
    )


def _notice(record: ExportRecord) -> str:
    """Say to whoever finds the clip what it may be used for."""
    masks = sorted({mask.value for one in record.masks for mask in one.masks})
    masked = f"Masked: {', '.join(masks)}." if masks else "Nothing was masked."
    end = f" Delete it and every copy by {record.delete_by}." if record.delete_by else ""
    return (
        f"Made for {record.purpose.told} and for nobody else. {masked} "
        f"A recording always holds something by which people can be recognised.{end}"
    )
