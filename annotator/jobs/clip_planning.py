"""Which clips may be made, what they are called, and what must be masked in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from annotator.errors import MediaError
from annotator.jobs.clip_duties import bared_by, duties_done, masks_of, sound_of
from annotator.jobs.clip_holding import held_in
from annotator.jobs.clip_keeping import CAPTIONS_SUFFIX
from annotator.jobs.clip_view import Viewed, viewed
from annotator.jobs.clip_wishes import ClipsWish, PlannedClip
from annotator.jobs.clip_words import pack_texts, require_words, texts_of
from annotator.media.clips.known import surveyed
from annotator.media.clips.stamps import Stamp, stamp_of
from annotator.media.survey import Survey
from annotator.media.video import Video, open_video
from annotator.model import Interval, Micros, Session
from annotator.model.clipping import Stretch
from annotator.model.disclosure import Permit, RefusedError, judge, permit
from annotator.model.export_names import Named, file_names, read_template
from annotator.model.held import maskable
from annotator.model.recording import Recording
from annotator.model.telling import require_nameless, session_code
from annotator.model.time import to_clock
from annotator.storage.faults import storage_error
from annotator.storage.paths import recording_path


@dataclass(frozen=True, slots=True)
class ClipFilm:
    """A film that is cut; `video` is None where nothing of it is seen.

    `known` is what its packets say, so that it need not be read through for every clip; `stamp`
    tells whether it is still the file that it was.
    """

    recording: Recording
    path: Path
    known: Survey
    stamp: Stamp
    video: Video | None = None


def clip_films(view: Viewed, session_path: Path) -> tuple[ClipFilm, ...]:
    """Give every recording that clips are made of, those that are seen first.

    Raises MediaError where one is not there or cannot be opened.
    """
    if not view.recordings:
        raise MediaError("A film is not there.", "Open the session and add one.")
    return tuple(_film(one, session_path, view) for one in view.recordings)


def _film(recording: Recording, session_path: Path, view: Viewed) -> ClipFilm:
    path = recording_path(session_path, recording)
    if not path.is_file():
        raise MediaError(f"{path.name} is not there.", "Open the session and say where it is now.")
    stamp = stamp_of(path)
    known = surveyed(stamp)
    if recording.video is None or recording not in view.seen:
        return ClipFilm(recording, path, known, stamp)
    with open_video(path, known) as video:  # what it knows of its frames outlasts it
        return ClipFilm(recording, path, known, stamp, video)


def plan_clips(
    session: Session, stretches: Sequence[Stretch], wish: ClipsWish
) -> tuple[PlannedClip, ...]:
    """Say of each stretch whether it may become a clip, what it will be called and masked.

    Nothing is read or written but the names in the folder. Raises TemplateError where file names
    cannot be made so, RefusedError where a template, a reason or what a pack says of the clips
    tells a name, AnnotatorError where the session has no such recording or track, or where words
    cannot be shown.
    """
    viewed(session, wish.view)
    packed = stretches if wish.pack else ()
    texts = [wish.override or "", wish.template, *pack_texts(session, packed)]
    texts += texts_of(session, stretches, wish.words)
    require_nameless(session, wish.level, texts, wish.sound.names)
    require_words(session, stretches, wish.words, wish.form)
    session_word = session_code(session)
    codes = {tag.id: tag.code for one in session.passes for tag in one.tags}
    numbers = {clip.id: number for number, clip in enumerate(session.clips, 1)}
    named = [
        Named(
            session_word,
            number if one.clip is None else numbers.get(one.clip.id, number),
            codes.get(one.tags[0], "clip") if one.tags else "clip",
            one.interval.start,
            one.interval.end,
            wish.level,
        )
        for number, one in enumerate(stretches, 1)
    ]
    ending = f".{wish.form.value}"
    taken = (*wish.taken, *_taken(wish.folder, ending))
    names = file_names(read_template(wish.template), named, ending, taken)
    pairs = zip(stretches, names, strict=True)
    return tuple(planned_clip(session, stretch, name, wish) for stretch, name in pairs)


def _taken(folder: Path, ending: str) -> list[str]:
    """List the names that no clip with that ending may have: captions stand beside one only."""
    try:
        present = [*folder.iterdir()] if folder.is_dir() else []
    except OSError as error:
        raise storage_error(error, folder, "could not be read") from error
    beside = [one.stem + ending for one in present if one.suffix == CAPTIONS_SUFFIX]
    return [one.name for one in present] + beside


def planned_clip(session: Session, stretch: Stretch, name: str, wish: ClipsWish) -> PlannedClip:
    """Judge one clip of a session by what its consents allow and demand."""
    judgement = judge(session, [stretch.interval], wish.level, wish.today, recipient=wish.recipient)
    held = held_in(session, wish)
    masks = masks_of([judgement], wish, held)
    sound = sound_of(session, stretch.interval, [judgement], wish)
    bared = bared_by(session, stretch.interval, masks, wish)
    applied = duties_done(judgement.present, masks, [sound], bared.shown)
    allowed, refusal = None, ""
    try:
        allowed = permit(judgement.where(maskable(held)), applied, wish.override)
    except RefusedError as refused:
        refusal = str(refused)
    return PlannedClip(stretch, name, judgement, masks, allowed, refusal, sound, bared, held)


def permit_together(session: Session, clips: Sequence[PlannedClip], wish: ClipsWish) -> Permit:
    """Judge what several clips show together, with the masks that each has; raises RefusedError.

    Beside the masks, only the stretches and the sound of the clips count.
    """
    spans = [one.seen for one in clips]
    judgement = judge(session, spans, wish.level, wish.today, recipient=wish.recipient)
    judgement = judgement.where(maskable(clips[0].holds))
    sounds, shown = [one.sound for one in clips], [who for one in clips for who in one.bared.shown]
    masks = frozenset.intersection(*(one.masks for one in clips))
    applied = duties_done(judgement.present, masks, sounds, shown)
    return permit(judgement, applied, wish.override)


def judged_for(
    session: Session, planned: Sequence[PlannedClip], wish: ClipsWish
) -> tuple[PlannedClip, ...]:
    """Judge clips anew that were planned as files which hold more or less than is wished now."""
    held = held_in(session, wish)
    return tuple(
        one if one.holds == held else planned_clip(session, one.stretch, one.name, wish)
        for one in planned
    )


def as_written(
    session: Session, one: PlannedClip, films: Sequence[ClipFilm], wish: ClipsWish
) -> PlannedClip:
    """Judge a clip anew by what will be in it, which is whole frames of each of its films.

    The frame on screen at its start may have come before it, out of what is excluded. Its bounds
    stay as they are: of the sound nothing is taken along.
    """
    span = one.stretch.interval
    if one.allowed is None or not wish.form.has_picture:
        return one
    start = min((_first_shown(film, span.start) for film in films), default=span.start)
    if start >= span.start:
        return one
    whole = replace(one.stretch, interval=Interval(start, span.end))
    judged = planned_clip(session, whole, one.name, wish)
    since = f" The picture on screen at its start came at {to_clock(start)}."
    told = judged.refusal and judged.refusal + since
    return replace(judged, stretch=one.stretch, sound=one.sound, refusal=told, first_frame=start)


def foreseen(
    session: Session, session_path: Path, planned: Sequence[PlannedClip], wish: ClipsWish
) -> tuple[PlannedClip, ...]:
    """Judge planned clips by what will be in them, as is done when they are made; writes nothing.

    Raises MediaError where a film that is needed is not there or cannot be opened.
    """
    if all(one.allowed is None for one in planned):
        return tuple(planned)
    films = clip_films(viewed(session, wish.view), session_path)
    return tuple(as_written(session, one, films, wish) for one in planned)


def _first_shown(film: ClipFilm, start: Micros) -> Micros:
    """Tell when the frame came on screen that a film shows at a moment, on the session's clock."""
    if film.video is None:
        return start
    offset, times = film.recording.offset, film.video.frame_times
    own = Micros(start - offset)
    return Micros(times[film.video.index_at(own)] + offset) if own < film.video.duration else start
