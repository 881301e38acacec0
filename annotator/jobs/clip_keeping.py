"""Puts what was made of clips in its place: logged, its manifest and captions beside it."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from annotator.errors import AnnotatorError, StorageError
from annotator.jobs.clip_wishes import ClipsWish
from annotator.jobs.prepare import new_id
from annotator.model import Interval, Session
from annotator.model.captions import Caption
from annotator.model.disclosure import Permit
from annotator.model.export_record import Circumstances, HashedFile, record_export
from annotator.model.transcript import Cue, Transcript
from annotator.storage.atomic import write_atomically
from annotator.storage.export_log import log_export, log_given_up
from annotator.storage.faults import storage_error
from annotator.storage.interchange.transcripts import render_transcript
from annotator.storage.interchange.webvtt import WEBVTT
from annotator.storage.manifest import hash_file, manifest_bytes, manifest_path

CAPTIONS_SUFFIX = ".vtt"
_STAGING = ".annotator-clips-"


@dataclass(frozen=True, slots=True)
class Finished:
    """A file that was made, and where it goes; `captions` stand beside it, None where none do.

    `spans` are what it shows of the session, in order.
    """

    made: Path
    place: Path
    allowed: Permit
    spans: tuple[Interval, ...]
    captions: bytes | None
    settings: Mapping[str, str]
    sources: tuple[HashedFile, ...]


def keep(session: Session, session_path: Path, wish: ClipsWish, one: Finished) -> tuple[Path, ...]:
    """Log a file that was made, write its manifest, and put all in place; gives what is there.

    Raises StorageError where that cannot be; nothing is left there then.
    """
    place, captions = one.place, one.place.with_suffix(CAPTIONS_SUFFIX)
    how = Circumstances(
        new_id(),
        wish.now,
        wish.who,
        folder=", ".join(str(folder) for folder in (place.parent, wish.pack) if folder),
        recipient=wish.recipient,
        settings=one.settings,
        sources=one.sources,
        results=(hash_file(one.made, place.name), *_hashed(captions, one.captions)),
    )
    for path in (place, manifest_path(place), captions):
        if os.path.lexists(path):
            raise StorageError(f"There is already a file {path}.", "Choose another folder.")
    logged = log_export(session_path, record_export(session, one.allowed, one.spans, how))
    written: list[Path] = []
    try:
        write_atomically(manifest_path(place), manifest_bytes(session, logged))
        written.append(manifest_path(place))
        if one.captions is not None:
            write_atomically(captions, one.captions)
            written.append(captions)
        _move(one.made, place)
    except AnnotatorError:
        for path in written:
            path.unlink(missing_ok=True)
        log_given_up(session_path, how.id, wish.now)
        raise
    return (place, *written)


@contextlib.contextmanager
def staging(folder: Path) -> Iterator[Path]:
    """Give a hidden folder in the one for the clips, which is gone afterwards.

    Raises StorageError where there cannot be one.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(prefix=_STAGING, dir=folder))
    except OSError as error:
        raise storage_error(error, folder, "could not be written") from error
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


def captions_file(captions: Sequence[Caption]) -> bytes | None:
    """Write captions as WebVTT; None where there are none."""
    if not captions:
        return None
    cues = tuple(
        Cue(f"c{number:04d}", one.start, one.end, one.text, one.speaker)
        for number, one in enumerate(captions, 1)
    )
    return render_transcript(Transcript("captions", cues), WEBVTT).text.encode("utf-8")


def _hashed(path: Path, data: bytes | None) -> tuple[HashedFile, ...]:
    if data is None:
        return ()
    return (HashedFile(path.name, hashlib.sha256(data).hexdigest(), len(data)),)


def _move(source: Path, place: Path) -> None:
    try:
        source.rename(place)
    except OSError as error:
        raise storage_error(error, place, "could not be put in its place") from error
