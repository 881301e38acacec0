"""Clips of a session: judged by consent, masked, cut, captioned and written down."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from annotator.errors import AnnotatorError, StorageError
from annotator.jobs.clip_cutting import CutJob, cut_one
from annotator.jobs.clip_planning import ClipFilm, as_written, clip_films
from annotator.jobs.clip_view import Viewed, viewed
from annotator.jobs.clip_wishes import ClipsWish, MadeClip, PlannedClip
from annotator.jobs.prepare import new_id
from annotator.jobs.processes import Done, Errand, run_apart
from annotator.jobs.progress import Progress
from annotator.media.clips.wishes import CutResult
from annotator.model import ZERO, Micros, Session
from annotator.model.captions import Caption, CaptionWish, captions_of
from annotator.model.disclosure import Permit
from annotator.model.export_record import Circumstances, HashedFile, record_export
from annotator.model.sound_masks import NamesWish, name_spans, shifted
from annotator.model.transcript import Cue, Transcript
from annotator.storage.atomic import write_atomically
from annotator.storage.export_log import log_export, log_given_up
from annotator.storage.faults import storage_error
from annotator.storage.interchange.transcripts import render_transcript
from annotator.storage.interchange.webvtt import WEBVTT
from annotator.storage.manifest import hash_file, manifest_bytes, manifest_path

CAPTIONS_SUFFIX = ".vtt"
_STAGING = ".annotator-clips-"


def make_clips(
    session: Session,
    session_path: Path,
    planned: Sequence[PlannedClip],
    wish: ClipsWish,
    watcher: Progress,
) -> Iterator[MadeClip]:
    """Cut what is allowed, each clip in a process of its own, and give each as it is done.

    A clip is put in its place once it was verified, is in the session's export log and has its
    manifest beside it; one that fails leaves nothing. Raises StorageError where the folder cannot
    be written, MediaError where the film is not there, and CancelledError.
    """
    if all(one.allowed is None for one in planned):
        yield from (MadeClip(one, failure=one.refusal) for one in planned)
        return
    view = viewed(session, wish.view)
    films = clip_films(view, session_path)
    planned = [as_written(session, one, films, wish) for one in planned]
    yield from (MadeClip(one, failure=one.refusal) for one in planned if one.allowed is None)
    wanted = [one for one in planned if one.allowed is not None]
    with _staging(wish.folder) as staging:
        keeper = _Keeper(session, session_path, view, films, wish, staging)
        errands = [keeper.errand(one) for one in wanted]
        for done in run_apart(errands, watcher):
            yield keeper.kept(wanted[done.number], done)


@contextlib.contextmanager
def _staging(folder: Path) -> Iterator[Path]:
    """Give a hidden folder in the one for the clips, which is gone afterwards."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        staging = Path(tempfile.mkdtemp(prefix=_STAGING, dir=folder))
    except OSError as error:
        raise storage_error(error, folder, "could not be written") from error
    try:
        yield staging
    finally:
        shutil.rmtree(staging, ignore_errors=True)


@dataclass(slots=True)
class _Keeper:
    """Knows all that a clip needs to be cut, and puts it in its place."""

    session: Session
    session_path: Path
    view: Viewed
    films: Sequence[ClipFilm]
    wish: ClipsWish
    staging: Path
    hashed: tuple[HashedFile, ...] = ()

    def errand(self, one: PlannedClip) -> Errand[CutResult]:
        """Give the work of cutting a clip."""
        target = self.staging / one.name
        return Errand(one.name, partial(cut_one, self._job(one, target)), (target,))

    def _job(self, one: PlannedClip, target: Path) -> CutJob:
        several = self.view.composition(self.session_path)
        offset = self.films[0].recording.offset if several is None else ZERO
        span = one.stretch.interval
        (own,) = shifted([span], Micros(-offset))
        names = shifted(name_spans(self.session, span, NamesWish()), Micros(-offset))
        return CutJob(
            self.films[0].path,
            own.start,
            own.end,
            target,
            self.wish.form,
            self.wish.size,
            self.wish.fades,
            one.masks,
            names,
            track=self.view.track,
            threads=1,
            composition=several,
        )

    def kept(self, one: PlannedClip, done: Done[CutResult]) -> MadeClip:
        """Log a clip that was cut, write its manifest, and put all of it in place."""
        if done.failure is not None or done.result is None or one.allowed is None:
            return MadeClip(one, failure=str(done.failure or "The clip was not made."))
        try:
            files = self._put(one, one.allowed, done.result)
        except AnnotatorError as error:
            return MadeClip(one, failure=str(error))
        return MadeClip(one, files, done.result)

    def _put(self, one: PlannedClip, allowed: Permit, result: CutResult) -> tuple[Path, ...]:
        wish = self.wish
        place = wish.folder / one.name
        beside = self._captions(one) if wish.captions else None
        captions = place.with_suffix(CAPTIONS_SUFFIX)
        how = Circumstances(
            new_id(),
            wish.now,
            wish.who,
            folder=", ".join(str(one) for one in (wish.folder, wish.pack) if one),
            recipient=wish.recipient,
            settings=self._settings(result),
            sources=self._sources(),
            results=(hash_file(result.target, one.name), *_hashed(captions, beside)),
        )
        record = record_export(self.session, allowed, [one.stretch.interval], how)
        for path in (place, manifest_path(place), captions):
            if os.path.lexists(path):
                raise StorageError(f"There is already a file {path}.", "Choose another folder.")
        logged = log_export(self.session_path, record)
        written: list[Path] = []
        try:
            write_atomically(manifest_path(place), manifest_bytes(self.session, logged))
            written.append(manifest_path(place))
            if beside is not None:
                write_atomically(captions, beside)
                written.append(captions)
            _move(result.target, place)
        except AnnotatorError:
            for path in written:
                path.unlink(missing_ok=True)
            log_given_up(self.session_path, how.id, wish.now)
            raise
        return (place, *written)

    def _sources(self) -> tuple[HashedFile, ...]:
        """Give the hash of every film, which is worked out for the first clip alone."""
        if not self.hashed:
            self.hashed = tuple(hash_file(one.path, one.recording.id) for one in self.films)
        return self.hashed

    def _settings(self, result: CutResult) -> dict[str, str]:
        told = {"form": self.wish.form.value, "quality": self.wish.size.quality.value}
        if len(self.view.seen) > 1:
            told["layout"] = self.view.layout.value
        if result.picture is not None:
            told["picture"] = f"{result.picture.width} x {result.picture.height}"
            told["frames"] = str(result.picture.frames)
        return told

    def _captions(self, one: PlannedClip) -> bytes | None:
        """Write the captions of a clip as WebVTT, with roles for names; None where none are."""
        found = found_captions(self.session, one)
        if not found:
            return None
        made = render_transcript(Transcript("captions", _cues(found)), WEBVTT)
        return made.text.encode("utf-8")


def _hashed(path: Path, data: bytes | None) -> tuple[HashedFile, ...]:
    if data is None:
        return ()
    return (HashedFile(path.name, hashlib.sha256(data).hexdigest(), len(data)),)


def found_captions(session: Session, one: PlannedClip) -> tuple[Caption, ...]:
    """Give the captions of a clip, from its first frame on, with roles for names."""
    transcript = session.transcripts[-1] if session.transcripts else None
    return captions_of(session, one.stretch.interval, transcript, CaptionWish())


def _cues(captions: Sequence[Caption]) -> tuple[Cue, ...]:
    return tuple(
        Cue(f"c{number:04d}", one.start, one.end, one.text, one.speaker)
        for number, one in enumerate(captions, 1)
    )


def _move(source: Path, place: Path) -> None:
    try:
        source.rename(place)
    except OSError as error:
        raise storage_error(error, place, "could not be put in its place") from error
