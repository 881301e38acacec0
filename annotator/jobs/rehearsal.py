"""The main job from start to end without a window, for machines on which none can open."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from annotator import editing
from annotator.errors import AnnotatorError
from annotator.jobs.opening import film_of
from annotator.jobs.progress import SILENT, Progress, advance
from annotator.media import Frame, Video, open_video
from annotator.media.png import encode_png
from annotator.model import CodingPass, Micros, Origin, Purpose, Session, Tag
from annotator.model.stamps import new_id, now
from annotator.storage.atomic import write_atomically
from annotator.storage.sample import copy_sample
from annotator.storage.store import SessionStore

CODER = "demo"
_MOMENT = Micros(21_000_000)  # in the middle of the talk
_STEPS = 3
_LONG_STEPS = 30


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What a rehearsal left behind: the session file, exact pictures and the tags it made."""

    session: Path
    pictures: tuple[Path, ...]
    tags: tuple[Tag, ...]


def rehearse(folder: Path, watcher: Progress = SILENT) -> Rehearsal:
    """Open the sample session, step, tag, save and reopen it; all of it lies in the folder.

    Raises AnnotatorError where the folder cannot be written or a tag is not there on
    reopening.
    """
    advance(watcher, 0.0, "Copying the sample session")
    path = copy_sample(folder / "first-session")
    opened = SessionStore.open(path, CODER)
    if opened.store.read_only:
        raise AnnotatorError(opened.store.read_only_reason, "Choose another folder with --out.")
    try:
        frames, pictures = _step_through(_film(opened.session, path), folder, watcher)
        advance(watcher, 0.8, "Tagging")
        session, tags = _tag(opened.store, opened.session, frames)
        opened.store.save(session)
    finally:
        opened.store.close()
    advance(watcher, 0.9, "Opening the session again")
    _require(path, tags)
    advance(watcher, 1.0, "Done")
    return Rehearsal(path, pictures, tags)


def _film(session: Session, path: Path) -> Path:
    place = film_of(session, path)
    if place.path is None or place.is_missing:
        raise AnnotatorError("The sample session has lost its film.", "Install annotator again.")
    return place.path


def _step_through(
    film: Path, folder: Path, watcher: Progress
) -> tuple[tuple[Frame, ...], tuple[Path, ...]]:
    """Step to a moment, three frames on and over a stretch; each stop leaves a picture."""
    with open_video(film) as video:
        frames = tuple(_stops(video, watcher))
        pictures = tuple(folder / f"{at}-frame-{one.index}.png" for at, one in enumerate(frames, 1))
        for frame, picture in zip(frames, pictures, strict=True):
            write_atomically(picture, encode_png(frame.to_rgb()))
    return frames, pictures


def _stops(video: Video, watcher: Progress) -> list[Frame]:
    """Show the moment, then step on frame by frame, stopping twice."""
    advance(watcher, 0.2, "Stepping through the film")
    frame = video.frame_at(_MOMENT)
    stops = [frame]
    for steps in (_STEPS, _LONG_STEPS):
        for _ in range(steps):
            frame = video.frame(frame.index + 1)
        stops.append(frame)
    return stops


def _tag(
    store: SessionStore, session: Session, frames: tuple[Frame, ...]
) -> tuple[Session, tuple[Tag, ...]]:
    """Tag a moment and a stretch as the coder of the rehearsal, each journalled at once."""
    moment, begin, end = (frame.time for frame in frames)
    when = now()
    coding_pass = session.pass_of(CODER)
    if coding_pass is None:
        coding_pass = CodingPass(new_id(), CODER, Purpose.TRAINING, when)
        session = _done(store, session, editing.add_pass(session, coding_pass))
    tags = (
        Tag(new_id(), "reflection", moment, moment, origin=Origin.COMMAND, created=when),
        Tag(new_id(), "silence", begin, end, origin=Origin.COMMAND, created=when),
    )
    for tag in tags:
        session = _done(store, session, editing.add_tag(session, coding_pass.id, tag))
    return session, tags


def _done(store: SessionStore, session: Session, edit: editing.Edit) -> Session:
    store.append(edit.changes)
    return edit.apply(session)


def _require(path: Path, tags: tuple[Tag, ...]) -> None:
    reopened = SessionStore.open(path, CODER)
    reopened.store.close()
    coding_pass = reopened.session.pass_of(CODER)
    kept = coding_pass.tags if coding_pass else ()
    if any(tag not in kept for tag in tags):
        raise AnnotatorError("A tag was not there when the session was opened again.")
