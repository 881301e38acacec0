"""Reels of a session: judged as a whole, masked, joined into one film and written down."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from annotator.errors import AnnotatorError
from annotator.jobs.clip_bench import ClipBench
from annotator.jobs.clip_duties import masked_alike
from annotator.jobs.clip_keeping import Finished, captions_file, keep
from annotator.jobs.clip_planning import (
    as_written,
    clip_films,
    foreseen,
    judged_for,
    permit_together,
)
from annotator.jobs.clip_rejudging import judged_anew, require_alike
from annotator.jobs.clip_view import viewed
from annotator.jobs.clip_wishes import ClipsWish, PlannedClip
from annotator.jobs.clip_words import (
    captions_in,
    require_drawable,
    require_words,
    said,
    texts_of,
)
from annotator.jobs.processes import Errand, run_apart
from annotator.jobs.progress import Progress
from annotator.jobs.reel_cutting import ClipJob, LegJob, ReelJob, join_all
from annotator.jobs.reel_parts import (
    Cards,
    CardTimes,
    ClipLayout,
    captions_in_reel,
    chapters_of,
    lay_out,
    words_in,
)
from annotator.jobs.reel_progress import ClipsTold
from annotator.jobs.session_watch import SessionWatch
from annotator.media.clips.reel_wishes import Still
from annotator.media.clips.subtitles import Subtitle
from annotator.media.clips.wishes import CutResult, Form
from annotator.media.lettering.letters import tidied
from annotator.media.lettering.words import Look, Overlay
from annotator.model import Micros, Session
from annotator.model.captions import Caption
from annotator.model.disclosure import Permit, RefusedError
from annotator.model.telling import require_nameless
from annotator.model.time import to_clock
from annotator.storage.leftovers import staging_folder
from annotator.storage.placing import require_free

ALL_CARDS = frozenset(Cards)
_TIMES = CardTimes()


@dataclass(frozen=True, slots=True)
class ReelAsk:
    """Where a reel goes, which its ending tells the form of, and what it shows beside its clips."""

    place: Path
    cards: frozenset[Cards] = ALL_CARDS
    times: CardTimes = _TIMES


@dataclass(frozen=True, slots=True)
class MadeReel:
    """What became of a reel: its clips in order, those left out, and the files if there are any.

    A refusal by consent is `refused`; anything else that went wrong is a `failure`. `allowed` is
    how all of it together was judged, None where it was not allowed.
    """

    clips: tuple[PlannedClip, ...] = ()
    left_out: tuple[PlannedClip, ...] = ()
    files: tuple[Path, ...] = ()
    result: CutResult | None = None
    refused: str = ""
    failure: str = ""
    allowed: Permit | None = None


def require_reel(
    session: Session, planned: Sequence[PlannedClip], wish: ClipsWish, ask: ReelAsk
) -> ClipsWish:
    """See to it before anything is written that a reel can be made; gives the wish in its form.

    Raises AnnotatorError where the ending is none of a film, where a file is there already, or
    where words cannot be shown, and RefusedError where they tell a name.
    """
    endings = {f".{form}": form for form in Form if form.has_picture and form.has_sound}
    form = endings.get(ask.place.suffix.lower())
    if form is None:
        known = " or ".join(endings)
        raise AnnotatorError(f"“{ask.place.name}” is no name for a reel.", f"End it in {known}.")
    require_free(ask.place)
    stretches = [one.stretch for one in planned]
    cards = [
        text for one in lay_out(session, stretches, ask.cards, ask.times) for text in _texts(one)
    ]
    told = [ask.place.name, wish.override or "", *cards]
    told += texts_of(session, stretches, wish.words)
    require_nameless(session, wish.level, told, wish.sound.names)
    require_words(session, stretches, wish.words, form)
    require_drawable(cards)
    return replace(wish, form=form)


def _texts(layout: ClipLayout) -> Iterator[str]:
    for still in (*layout.before, *layout.after):
        yield from (still.card.text, still.card.number, still.card.below)
    yield from (leg.asked for leg in layout.legs)


def make_reel(
    session: Session,
    session_path: Path,
    planned: Sequence[PlannedClip],
    wish: ClipsWish,
    ask: ReelAsk,
    watcher: Progress,
) -> MadeReel:
    """Join the clips that consent allows into one film, in a process of its own.

    What all clips show together is judged once more as a whole, and everything is masked that
    must be in one of them. It is put in its place once it was verified, is in the session's
    export log and has its manifest beside it. Raises StorageError where the folder cannot be
    written, MediaError where the film is not there, and what `require_reel` does; CancelledError.
    A watcher that hears of parts is told how far each clip is, by its name.
    """
    wish = require_reel(session, planned, wish, ask)
    planned = judged_for(session, planned, wish)
    if all(one.allowed is None for one in planned):
        return MadeReel(left_out=tuple(planned), refused=_NONE_LEFT)
    watch = wish.watch or SessionWatch.begun(session_path)
    view = viewed(session, wish.view)
    films = clip_films(view, session_path)
    judged = _judged(session, [as_written(session, one, films, wish) for one in planned], wish)
    if judged.allowed is None:
        return judged
    bench = ClipBench(session, session_path, view, films, wish)
    with staging_folder(ask.place.absolute().parent) as hidden:
        place = hidden / f"reel.{wish.form}"
        maker = _Reel(bench, ask, judged.clips, judged.allowed, place, watch)
        made = maker.made(watcher)
        return replace(judged, files=made.files, result=made.result, failure=made.failure)


def foreseen_reel(
    session: Session,
    session_path: Path,
    planned: Sequence[PlannedClip],
    wish: ClipsWish,
    ask: ReelAsk,
) -> MadeReel:
    """Tell what a reel would hold, judged as when it is made; nothing is written.

    Raises what `require_reel` does, and MediaError where a film is not there.
    """
    wish = require_reel(session, planned, wish, ask)
    planned = judged_for(session, planned, wish)
    return _judged(session, foreseen(session, session_path, planned, wish), wish)


def _judged(session: Session, planned: Sequence[PlannedClip], wish: ClipsWish) -> MadeReel:
    """Judge a reel as a whole, by clips that were judged by what will be in them."""
    clips = tuple(one for one in planned if one.allowed is not None)
    left_out = tuple(one for one in planned if one.allowed is None)
    if not clips:
        return MadeReel(left_out=left_out, refused=_NONE_LEFT)
    clips = masked_alike(session, clips, wish)
    try:
        allowed = permit_together(session, clips, wish)
    except RefusedError as refused:
        return MadeReel(left_out=(*clips, *left_out), refused=str(refused))
    return MadeReel(clips, left_out, allowed=allowed)


_NONE_LEFT = "No clip of the reel is allowed."


@dataclass(slots=True)
class _Reel:
    """Has a reel made, and puts it in its place."""

    bench: ClipBench
    ask: ReelAsk
    clips: tuple[PlannedClip, ...]
    allowed: Permit
    target: Path
    watch: SessionWatch

    def made(self, watcher: Progress) -> MadeReel:
        """Join the clips, and log the reel; what failed is told."""
        try:
            self._require_allowed()  # it would be for nothing, which takes long to find out
        except AnnotatorError as error:
            return MadeReel(failure=str(error))
        layouts = lay_out(
            self.bench.session,
            [one.stretch for one in self.clips],
            self.ask.cards,
            self.ask.times,
        )
        captions = [shown for one in layouts for shown in self._captions(one)]
        job = self._job(layouts, captions)
        errand = Errand(self.ask.place.name, partial(join_all, job), (self.target,))
        told = ClipsTold(watcher, [one.name for one in self.clips], layouts, job.looking)
        (done,) = run_apart([errand], told)
        if done.failure is not None or done.result is None:
            return MadeReel(failure=str(done.failure or "The reel was not made."))
        try:
            files = self._kept(layouts, captions, done.result)
        except AnnotatorError as error:
            return MadeReel(failure=str(error))
        return MadeReel(files=files, result=done.result)

    def _captions(self, layout: ClipLayout) -> Iterator[Caption]:
        names = self.bench.wish.sound.names_wish
        shown = captions_in(self.bench.session, layout.stretch.interval, names)
        return captions_in_reel(layout, shown)

    def _job(self, layouts: Sequence[ClipLayout], captions: Sequence[Caption]) -> ReelJob:
        wish = self.bench.wish
        parts: list[Still | ClipJob] = []
        for layout, one in zip(layouts, self.clips, strict=True):
            parts += [*layout.before, self._clip(layout, one), *layout.after]
        subtitles = (Subtitle(one.start, one.end, said(one)) for one in captions)
        return ReelJob(
            tuple(parts),
            self.target,
            wish.form,
            wish.size,
            tidied(wish.words.watermark),
            tuple(subtitles) if wish.words.subtitles else (),
            chapters_of(layouts, self.ask.cards),
        )

    def _clip(self, layout: ClipLayout, one: PlannedClip) -> ClipJob:
        bench, span = self.bench, layout.stretch.interval
        cut, offset = bench.job(one, self.target), bench.offset
        overlay = cut.wish.changes.overlay
        lying = overlay.words if overlay is not None else ()
        # the watermark stands on the cards too, so that it is the reel's
        words = [one for one in lying if one.look is not Look.WATERMARK]
        legs = tuple(
            LegJob(
                Micros(leg.span.start - offset),
                Micros(leg.span.end - offset),
                leg.stands,
                leg.asked,
                Overlay(words_in(words, span, leg)) if words else None,
            )
            for leg in layout.legs
        )
        return ClipJob(cut, legs)

    def _require_allowed(self) -> Permit:
        """Judge anew where the session was changed meanwhile; raises RefusedError."""
        now, wish = self.watch.changed(), self.bench.wish
        if now is None:
            return self.allowed
        anew = _judged(now, judged_anew(now, self.clips, self.bench.films, wish), wish)
        if anew.allowed is None or anew.left_out:
            told = next((one.refusal for one in anew.left_out if one.refusal), anew.refused)
            raise RefusedError(f"The session was changed while this was made. {told}")
        require_alike(self.clips, anew.clips)
        return anew.allowed

    def _kept(
        self, layouts: Sequence[ClipLayout], captions: Sequence[Caption], result: CutResult
    ) -> tuple[Path, ...]:
        bench, allowed = self.bench, self._require_allowed()
        starts = {
            f"clip {number}": f"begins at {to_clock(one.moves[0][0])}"
            for number, one in enumerate(layouts, 1)
        }
        finished = Finished(
            result.target,
            self.ask.place.absolute(),
            allowed,
            tuple(one.stretch.interval for one in layouts),
            captions_file(captions) if bench.wish.captions else None,
            bench.settings(result, self.clips) | {"clips": str(len(layouts))} | starts,
            bench.sources(),
            tuple(one.seen for one in self.clips),
        )
        return keep(bench.session, bench.session_path, bench.wish, finished)
