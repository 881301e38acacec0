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
from annotator.model.export_names import safe_stem
from annotator.model.export_record import (
    Circumstances,
    ExportRecord,
    HashedFile,
    Logged,
    record_export,
)
from annotator.model.stamps import new_id
from annotator.model.telling import session_code
from annotator.model.transcript import Cue, Transcript
from annotator.storage.atomic import write_atomically
from annotator.storage.export_log import log_export, log_given_up
from annotator.storage.interchange.transcripts import render_transcript
from annotator.storage.interchange.webvtt import WEBVTT
from annotator.storage.manifest import hash_file, manifest_bytes, manifest_path
from annotator.storage.placing import put_in_place, require_free

CAPTIONS_SUFFIX = ".vtt"
_LONGEST_CODE = 40


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


@dataclass(frozen=True, slots=True)
class Share:
    """What a file that was made shows of one session; where it shows more, each has its own."""

    session: Session
    session_path: Path
    wish: ClipsWish
    finished: Finished

    def record(self, results: tuple[HashedFile, ...]) -> ExportRecord:
        """Give what the session's log tells of the file and what stands beside it."""
        wish, one = self.wish, self.finished
        folders = (one.place.parent, wish.pack)
        how = Circumstances(
            new_id(),
            wish.now,
            wish.who,
            folder=", ".join(str(each.absolute()) for each in folders if each),
            recipient=wish.recipient,
            settings=one.settings,
            sources=one.sources,
            results=results,
            holds=tuple(sorted(held_in(self.session, wish))),
            seen=one.seen if one.seen != one.spans else (),
        )
        return record_export(self.session, one.allowed, one.spans, how)


def keep(session: Session, session_path: Path, wish: ClipsWish, one: Finished) -> tuple[Path, ...]:
    """Log a file that was made, write its manifest, and put all in place; gives what is there.

    Raises StorageError where that cannot be; nothing is left there then.
    """
    return keep_shared([Share(session, session_path, wish, one)])


def keep_shared(shares: Sequence[Share]) -> tuple[Path, ...]:
    """Do what `keep` does with a file of several sessions: each has its line and its manifest."""
    one, wish = shares[0].finished, shares[0].wish
    place, captions = one.place, one.place.with_suffix(CAPTIONS_SUFFIX)
    manifests = manifest_places(place, [share.session for share in shares])
    for path in (place, *manifests, *([] if one.captions is None else [captions])):
        require_free(path)
    results = (hash_file(one.made, place.name), *_hashed(captions, one.captions))
    logged: list[tuple[Path, Logged]] = []
    written: list[Path] = []
    try:
        beside = {}
        for share, manifest in zip(shares, manifests, strict=True):
            entry = log_export(share.session_path, share.record(results))
            logged.append((share.session_path, entry))
            beside[manifest] = manifest_bytes(share.session, entry)
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
        _give_up(logged, wish.now, error)
        raise
    return (place, *written)


def manifest_places(place: Path, sessions: Sequence[Session]) -> tuple[Path, ...]:
    """Give where the manifests of a file stand: of several sessions, each under its code."""
    if len(sessions) == 1:
        return (manifest_path(place),)
    codes = [session_code(one) for one in sessions]
    stems = [f"{safe_stem(code)[:_LONGEST_CODE]}" for code in codes]
    told = [
        f"{stem}-{number}" if stem in stems[: number - 1] else stem
        for number, stem in enumerate(stems, 1)
    ]
    return tuple(manifest_path(place.with_name(f"{place.name}.{one}")) for one in told)


def _give_up(logged: Sequence[tuple[Path, Logged]], when: str, error: BaseException) -> None:
    """Note in each log that a file was not made after all.

    Raises StorageError, which tells of both, where that cannot be noted either.
    """
    failed: AnnotatorError | None = None
    for session_path, entry in logged:
        try:
            log_given_up(session_path, entry.record.id, when)
        except AnnotatorError as second:
            failed = failed or second
    if failed is not None:
        name = logged[0][1].record.results[0].name
        raise StorageError(
            f"{error} The export log names “{name}” all the same, since it could not be changed.",
            "Make room on the disk, then try once more.",
        ) from failed


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
