"""Clips of a session: judged by consent, masked, cut, captioned and written down."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from annotator.errors import AnnotatorError
from annotator.jobs.clip_bench import ClipBench
from annotator.jobs.clip_cutting import cut_one
from annotator.jobs.clip_hindrances import why_not
from annotator.jobs.clip_keeping import Finished, captions_file, keep
from annotator.jobs.clip_planning import as_written, clip_films
from annotator.jobs.clip_rejudging import judged_anew, require_alike
from annotator.jobs.clip_view import viewed
from annotator.jobs.clip_wishes import ClipsWish, MadeClip, PlannedClip
from annotator.jobs.clip_words import captions_in
from annotator.jobs.processes import Done, Errand, run_apart
from annotator.jobs.progress import Progress
from annotator.jobs.session_watch import SessionWatch
from annotator.media.clips.wishes import CutResult
from annotator.model import Session
from annotator.model.captions import Caption
from annotator.model.disclosure import Permit
from annotator.storage.leftovers import staging_folder


def make_clips(
    session: Session,
    session_path: Path,
    planned: Sequence[PlannedClip],
    wish: ClipsWish,
    watcher: Progress,
) -> Iterator[MadeClip]:
    """Cut what is allowed and can be made, each clip in a process of its own, as it is done.

    A clip is put in its place once it was verified, is in the session's export log and has its
    manifest beside it; one that fails leaves nothing, nor does one that the session, where it was
    changed on disk meanwhile, does not allow any more. Raises StorageError where the folder cannot
    be written, MediaError where the film is not there, and CancelledError.
    """
    if all(why_not(one, wish) for one in planned):
        yield from (MadeClip(one, failure=why_not(one, wish)) for one in planned)
        return
    watch = wish.watch or SessionWatch.begun(session_path)
    view = viewed(session, wish.view)
    films = clip_films(view, session_path)
    planned = [as_written(session, one, films, wish) for one in planned]
    reasons = [(one, why_not(one, wish)) for one in planned]
    yield from (MadeClip(one, failure=why) for one, why in reasons if why)
    wanted = [one for one, why in reasons if not why]
    with staging_folder(wish.folder) as hidden:
        keeper = _Keeper(ClipBench(session, session_path, view, films, wish), hidden, watch)
        errands = [keeper.errand(one) for one in wanted]
        for done in run_apart(errands, watcher):
            yield keeper.kept(wanted[done.number], done)


@dataclass(frozen=True, slots=True)
class _Keeper:
    """Has clips cut, and puts them in their place."""

    bench: ClipBench
    staging: Path
    watch: SessionWatch

    def errand(self, one: PlannedClip) -> Errand[CutResult]:
        """Give the work of cutting a clip."""
        target = self.staging / one.name
        return Errand(one.name, partial(cut_one, self.bench.job(one, target)), (target,))

    def kept(self, one: PlannedClip, done: Done[CutResult]) -> MadeClip:
        """Log a clip that was cut, write its manifest, and put all of it in place."""
        if done.failure is not None or done.result is None or one.allowed is None:
            return MadeClip(one, failure=str(done.failure or "The clip was not made."))
        try:
            now = self._as_now(one)
            files = self._put(now, now.allowed or one.allowed, done.result)
            return MadeClip(now, files, done.result, sources=self.bench.sources())
        except AnnotatorError as error:
            return MadeClip(one, failure=str(error))

    def _as_now(self, one: PlannedClip) -> PlannedClip:
        """Judge a clip by what the session says now; raises RefusedError where it may not be."""
        now = self.watch.changed()
        if now is None:
            return one
        (fresh,) = judged_anew(now, [one], self.bench.films, self.bench.wish)
        require_alike([one], [fresh])
        return fresh

    def _put(self, one: PlannedClip, allowed: Permit, result: CutResult) -> tuple[Path, ...]:
        bench = self.bench
        tells = bench.wish.captions and bench.wish.form.has_sound
        found = found_captions(bench.session, one) if tells else ()
        finished = Finished(
            result.target,
            bench.wish.folder / one.name,
            allowed,
            (one.stretch.interval,),
            captions_file(found),
            bench.settings(result, [one]),
            bench.sources(),
            (one.seen,),
        )
        return keep(bench.session, bench.session_path, bench.wish, finished)


def found_captions(session: Session, one: PlannedClip) -> tuple[Caption, ...]:
    """Give the captions of a clip, from its first frame on, with roles for names."""
    return captions_in(session, one.stretch.interval, one.sound.names.wish)
