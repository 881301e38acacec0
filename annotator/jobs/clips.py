"""Clips of a session: judged by consent, masked, cut, captioned and written down."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

from annotator.errors import AnnotatorError, MediaError, StorageError
from annotator.jobs.clip_cutting import ANY_SIZE, NO_FADES, CutJob, cut_one
from annotator.jobs.opening import film_of
from annotator.jobs.prepare import new_id
from annotator.jobs.processes import Done, Errand, run_apart
from annotator.jobs.progress import Progress
from annotator.media.clips.wishes import CutResult, Fades, Form, Size
from annotator.media.video import Video, open_video
from annotator.model import Interval, Micros, Session
from annotator.model.captions import Caption, CaptionWish, captions_of
from annotator.model.clipping import Stretch
from annotator.model.disclosure import Judgement, MaskDuty, Permit, RefusedError, judge, permit
from annotator.model.export_names import USUAL_TEMPLATE, Named, file_names, read_template
from annotator.model.export_record import Circumstances, HashedFile, record_export
from annotator.model.participant import ConsentScope, Mask
from annotator.model.recording import Recording
from annotator.model.sound_masks import NamesWish, name_spans, shifted
from annotator.model.telling import require_nameless, session_code
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
class ClipsWish:
    """How clips are to be made, for whom, and who answers for it.

    `masks` are applied beside those that the consents demand. `pack` is the folder of a pack that
    is made of them, None for none. `override` is the reason to make
    what is refused, None where nothing refused is made. `who` and `recipient` stay in the
    session's log; `now` is ISO 8601 in UTC.
    """

    level: ConsentScope
    folder: Path
    who: str
    now: str
    today: date
    masks: frozenset[Mask] = frozenset()
    form: Form = Form.MP4
    size: Size = ANY_SIZE
    fades: Fades = NO_FADES
    template: str = USUAL_TEMPLATE
    captions: bool = True
    override: str | None = None
    recipient: str = ""
    pack: Path | None = None


@dataclass(frozen=True, slots=True)
class PlannedClip:
    """A clip as it will be made: its name and masks; `refusal` says why it will not be."""

    stretch: Stretch
    name: str
    judgement: Judgement
    masks: frozenset[Mask]
    allowed: Permit | None
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class MadeClip:
    """What became of a planned clip: the files that were written, or words why there are none."""

    planned: PlannedClip
    files: tuple[Path, ...] = ()
    result: CutResult | None = None
    failure: str = ""


@dataclass(frozen=True, slots=True)
class _Film:
    """The film that is cut; `video` is None where it has no picture."""

    recording: Recording
    path: Path
    video: Video | None = None


def plan_clips(
    session: Session, stretches: Sequence[Stretch], wish: ClipsWish
) -> tuple[PlannedClip, ...]:
    """Say of each stretch whether it may become a clip, what it will be called and masked.

    Nothing is read or written but the names in the folder. Raises TemplateError where file names
    cannot be made so, RefusedError where a template or a reason tells a name.
    """
    require_nameless(session, wish.level, [wish.override or "", wish.template])
    session_word = session_code(session)
    codes = {tag.id: tag.code for one in session.passes for tag in one.tags}
    named = [
        Named(
            session_word,
            number,
            codes.get(one.tags[0], "clip") if one.tags else "clip",
            one.interval.start,
            one.interval.end,
            wish.level,
        )
        for number, one in enumerate(stretches, 1)
    ]
    taken = [one.name for one in wish.folder.iterdir()] if wish.folder.is_dir() else []
    names = file_names(read_template(wish.template), named, f".{wish.form.value}", taken)
    pairs = zip(stretches, names, strict=True)
    return tuple(_planned(session, stretch, name, wish) for stretch, name in pairs)


def _planned(session: Session, stretch: Stretch, name: str, wish: ClipsWish) -> PlannedClip:
    judgement = judge(session, [stretch.interval], wish.level, wish.today)
    masks = wish.masks | {mask for duty in judgement.duties for mask in duty.masks}
    told = tuple(sorted(masks))
    applied = [MaskDuty(one, told) for one in judgement.present] if told else []
    try:
        allowed = permit(judgement, applied, wish.override)
    except RefusedError as refused:
        return PlannedClip(stretch, name, judgement, masks, None, str(refused))
    return PlannedClip(stretch, name, judgement, masks, allowed)


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
    film = _film(session, session_path)
    planned = [_as_written(session, one, film, wish) for one in planned]
    yield from (MadeClip(one, failure=one.refusal) for one in planned if one.allowed is None)
    wanted = [one for one in planned if one.allowed is not None]
    with _staging(wish.folder) as staging:
        keeper = _Keeper(session, session_path, film, wish, staging)
        errands = [keeper.errand(one) for one in wanted]
        for done in run_apart(errands, watcher):
            yield keeper.kept(wanted[done.number], done)


def _film(session: Session, session_path: Path) -> _Film:
    place = film_of(session, session_path)
    if place.recording is None or place.path is None or place.is_missing:
        name = place.path.name if place.path else "a film"
        raise MediaError(f"{name} is not there.", "Open the session and say where it is now.")
    if place.recording.video is None:
        return _Film(place.recording, place.path)
    with open_video(place.path) as video:  # what it knows of its frames outlasts it
        return _Film(place.recording, place.path, video)


def _as_written(session: Session, one: PlannedClip, film: _Film, wish: ClipsWish) -> PlannedClip:
    """Judge a clip anew by what will be in it, which is whole frames.

    The frame on screen at its start may have come before it, out of what is excluded.
    """
    if one.allowed is None or film.video is None or not wish.form.has_picture:
        return one
    offset, span = film.recording.offset, one.stretch.interval
    times = film.video.frame_times
    first = times[film.video.index_at(Micros(span.start - offset))]
    start = min(span.start, Micros(first + offset))
    if start == span.start:
        return one
    whole = replace(one.stretch, interval=Interval(start, span.end))
    return _planned(session, whole, one.name, wish)


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
    film: _Film
    wish: ClipsWish
    staging: Path
    hashed: HashedFile | None = None

    def errand(self, one: PlannedClip) -> Errand[CutResult]:
        """Give the work of cutting a clip."""
        target = self.staging / one.name
        return Errand(one.name, partial(cut_one, self._job(one, target)), (target,))

    def _job(self, one: PlannedClip, target: Path) -> CutJob:
        offset = self.film.recording.offset
        span = one.stretch.interval
        (own,) = shifted([span], Micros(-offset))
        names = shifted(name_spans(self.session, span, NamesWish()), Micros(-offset))
        return CutJob(
            self.film.path,
            own.start,
            own.end,
            target,
            self.wish.form,
            self.wish.size,
            self.wish.fades,
            one.masks,
            names,
            track=None if self.film.recording.audio is None else 0,
            threads=1,
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
            sources=(self._source(),),
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

    def _source(self) -> HashedFile:
        """Give the film's hash, which is worked out for the first clip alone."""
        if self.hashed is None:
            self.hashed = hash_file(self.film.path, self.film.recording.id)
        return self.hashed

    def _settings(self, result: CutResult) -> dict[str, str]:
        told = {"form": self.wish.form.value, "quality": self.wish.size.quality.value}
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
