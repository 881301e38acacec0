"""Puts what was made of clips in its place: logged, its manifest and captions beside it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from annotator.errors import AnnotatorError, StorageError
from annotator.jobs.clip_holding import held_in
from annotator.jobs.clip_wishes import ClipsWish
from annotator.model import Interval, Session
from annotator.model.captions import Caption
from annotator.model.disclosure import Permit
from annotator.model.export_record import Circumstances, HashedFile, Logged, record_export
from annotator.model.stamps import new_id
from annotator.model.transcript import Cue, Transcript
from annotator.storage.atomic import write_atomically
from annotator.storage.export_log import log_export, log_given_up
from annotator.storage.interchange.transcripts import render_transcript
from annotator.storage.interchange.webvtt import WEBVTT
from annotator.storage.manifest import hash_file, manifest_bytes, manifest_path
from annotator.storage.placing import put_in_place, require_free

CAPTIONS_SUFFIX = ".vtt"


@dataclass(frozen=True, slots=True)
class Finished:
    """A file that was made, and where it goes; `captions` stand beside it, None where none do.

    `spans` are what it shows of the session, in order, and `seen` the same, each from when its
    first picture came; empty where none came earlier.
    """

    made: Path
    place: Path
    allowed: Permit
    spans: tuple[Interval, ...]
    captions: bytes | None
    settings: Mapping[str, str]
    sources: tuple[HashedFile, ...]
    seen: tuple[Interval, ...] = ()


def keep(session: Session, session_path: Path, wish: ClipsWish, one: Finished) -> tuple[Path, ...]:
    """Log a file that was made, write its manifest, and put all in place; gives what is there.

    Raises StorageError where that cannot be; nothing is left there then.
    """
    place, captions = one.place, one.place.with_suffix(CAPTIONS_SUFFIX)
    how = Circumstances(
        new_id(),
        wish.now,
        wish.who,
        folder=", ".join(str(one.absolute()) for one in (place.parent, wish.pack) if one),
        recipient=wish.recipient,
        settings=one.settings,
        sources=one.sources,
        results=(hash_file(one.made, place.name), *_hashed(captions, one.captions)),
        holds=tuple(sorted(held_in(session, wish))),
        seen=one.seen if one.seen != one.spans else (),
    )
    require_free(place)
    require_free(manifest_path(place))
    if one.captions is not None:
        require_free(captions)
    logged = log_export(session_path, record_export(session, one.allowed, one.spans, how))
    written: list[Path] = []
    try:
        beside = {manifest_path(place): manifest_bytes(session, logged)}
        if one.captions is not None:
            beside[captions] = one.captions
        for path, data in beside.items():
            part = one.made.with_name(path.name)
            write_atomically(part, data)
            put_in_place(part, path)  # never over what another run has put there meanwhile
            written.append(path)
        put_in_place(one.made, place)
    except BaseException as error:  # an interrupt too leaves nothing half done
        for path in written:
            path.unlink(missing_ok=True)
        _give_up(session_path, logged, wish.now, error)
        raise
    return (place, *written)


def _give_up(session_path: Path, logged: Logged, when: str, error: BaseException) -> None:
    """Note in the log that a file was not made after all.

    Raises StorageError, which tells of both, where that cannot be noted either.
    """
    try:
        log_given_up(session_path, logged.record.id, when)
    except AnnotatorError as second:
        name = logged.record.results[0].name
        raise StorageError(
            f"{error} The export log names “{name}” all the same, since it could not be changed.",
            "Make room on the disk, then try once more.",
        ) from second


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
