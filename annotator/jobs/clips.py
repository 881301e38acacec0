"""Clips of a session: judged by consent, masked, cut, captioned and written down."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from annotator.errors import AnnotatorError
from annotator.jobs.clip_cutting import CutJob, cut_one
from annotator.jobs.clip_keeping import Finished, captions_file, keep, staging
from annotator.jobs.clip_planning import ClipFilm, as_written, clip_films
from annotator.jobs.clip_view import Viewed, viewed
from annotator.jobs.clip_wishes import ClipsWish, MadeClip, PlannedClip
from annotator.jobs.processes import Done, Errand, run_apart
from annotator.jobs.progress import Progress
from annotator.media.clips.wishes import CutResult
from annotator.model import ZERO, Micros, Session
from annotator.model.captions import Caption, CaptionWish, captions_of
from annotator.model.disclosure import Permit
from annotator.model.export_record import HashedFile
from annotator.model.sound_masks import NamesWish, name_spans, shifted
from annotator.storage.manifest import hash_file


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
    with staging(wish.folder) as hidden:
        keeper = _Keeper(session, session_path, view, films, wish, hidden)
        errands = [keeper.errand(one) for one in wanted]
        for done in run_apart(errands, watcher):
            yield keeper.kept(wanted[done.number], done)


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
        found = found_captions(self.session, one) if self.wish.captions else ()
        finished = Finished(
            result.target,
            self.wish.folder / one.name,
            allowed,
            (one.stretch.interval,),
            captions_file(found),
            self._settings(result),
            self._sources(),
        )
        return keep(self.session, self.session_path, self.wish, finished)

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


def found_captions(session: Session, one: PlannedClip) -> tuple[Caption, ...]:
    """Give the captions of a clip, from its first frame on, with roles for names."""
    transcript = session.transcripts[-1] if session.transcripts else None
    return captions_of(session, one.stretch.interval, transcript, CaptionWish())
