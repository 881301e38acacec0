"""Plans of a film's masks: made once, kept in a file, and looked through before they count."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from importlib import import_module
from pathlib import Path

from annotator.errors import GivenUpError, MediaError, StorageError
from annotator.jobs.clip_bare import plan_words
from annotator.jobs.clip_masking import FilmMasks
from annotator.jobs.clip_view import ClipView, viewed
from annotator.jobs.processes import Errand, Line, run_apart
from annotator.jobs.progress import CancelledError, Progress
from annotator.media.face_masks import MaskPlan
from annotator.media.face_masks_json import plan_from_json, plan_to_json
from annotator.media.face_planning import plan_faces
from annotator.media.fingerprints import fingerprint
from annotator.media.mask_pictures import outlined_picture, told
from annotator.media.png import encode_png
from annotator.media.sound_stream import Watch
from annotator.media.survey import Survey
from annotator.media.video import open_video
from annotator.model import Interval, Session
from annotator.model.counts import counted
from annotator.model.time import to_clock
from annotator.storage.atomic import write_atomically
from annotator.storage.faults import storage_error
from annotator.storage.paths import recording_path

MOST_SHOWN = 24
"""So many moments a strip has at most, those that are least certain."""

PAGE = "index.html"
OTHER_MASKS = "Choose the masks of this film, or look for faces again."


def find_masks(
    film: Path, span: Interval, watcher: Progress, known: Survey | None = None
) -> MaskPlan:
    """Look for faces in a stretch of a film, in a process of its own, and plan to cover them.

    `known` saves reading the film through. Raises MediaError where it cannot be read or what knows
    faces is missing; CancelledError.
    """
    (done,) = run_apart([Errand(film.name, partial(_find, film, span, known))], watcher, 1)
    if done.failure is not None or done.result is None:
        raise done.failure or MediaError(f"No masks could be planned for “{film.name}”.")
    return done.result


def _find(film: Path, span: Interval, known: Survey | None, line: Line) -> MaskPlan:
    try:
        watch = Watch(line.progress, line.cancelled)
        return plan_faces(film, span.start, span.end, watch, known=known)
    except GivenUpError as error:
        raise CancelledError from error


def save_masks(path: Path, plan: MaskPlan) -> None:
    """Write a plan as JSON, over one that is there; raises StorageError."""
    text = json.dumps(plan_to_json(plan), indent=1, ensure_ascii=False)
    write_atomically(path, f"{text}\n".encode())


def load_masks(path: Path) -> MaskPlan:
    """Read a plan; raises StorageError where there is none, MediaError where it is no plan."""
    try:
        values = json.loads(path.read_bytes())
    except OSError as error:
        raise storage_error(error, path, "could not be read") from error
    except (ValueError, RecursionError):
        values = None
    return plan_from_json(values)


def proved(plan: MaskPlan, film: Path, watcher: Progress) -> MaskPlan:
    """Give a plan with what a search of its film finds, where it does not say what was found.

    What it covers stays as it is. Raises what `find_masks` does.
    """
    if plan.found is not None:
        return plan
    return replace(plan, found=find_masks(film, plan.watched, watcher).found)


def require_fitting(plan: MaskPlan, film: Path) -> None:
    """See to it that a plan was made of this very film; raises MediaError."""
    with open_video(film) as video:
        size = video.facts.width, video.facts.height
    if size != plan.size:
        told_size, own = (f"{width} x {height}" for width, height in (plan.size, size))
        raise MediaError(
            f"These masks are for a picture of {told_size}; “{film.name}” has {own}.",
            OTHER_MASKS,
        )
    if plan.film != fingerprint(film):
        raise MediaError(
            f"These masks were made of another film than “{film.name}”, or it was changed since.",
            OTHER_MASKS,
        )


def write_strip(film: Path, plan: MaskPlan, folder: Path, watcher: Progress) -> int:
    """Write the least certain moments as pictures with masks on and a page; tells how many.

    Raises StorageError where the folder is not empty or cannot be written, MediaError where the
    film cannot be read; CancelledError.
    """
    page = import_module("annotator.reports.mask_page")
    _make_empty(folder)
    shown = []
    strip = plan.review_strip(MOST_SHOWN)
    with open_video(film) as video:
        for number, moment in enumerate(strip, 1):
            if watcher.cancelled():
                raise CancelledError
            watcher.progress(number / len(strip), f"{number} of {len(strip)}")
            name = f"{number:02d}.png"
            write_atomically(folder / name, encode_png(outlined_picture(video, plan, moment.shown)))
            shown.append(page.LookedAt(to_clock(moment.shown), told(moment), name))
    write_atomically(folder / PAGE, page.mask_page(_intro(plan, film, len(shown)), shown).encode())
    return len(shown)


def _intro(plan: MaskPlan, film: Path, shown: int) -> str:
    followed = " ".join([f"{counted(len(plan.tracks), 'face')} followed.", *plan_words(plan, film)])
    what = f"Here {'is' if shown == 1 else 'are'} {counted(shown, 'moment')} to look at first."
    return (
        f"{followed} {what} A yellow outline is a face that "
        "was found, a blue one a mask drawn by hand, a red one a face that is shown. No search "
        "finds every face: look through the masked film before you show it."
    )


def session_masks(
    session: Session, session_path: Path, view: ClipView, files: Sequence[Path]
) -> tuple[FilmMasks, ...]:
    """Read plans for the recordings that are seen in clips, each for the one it was made of.

    Raises StorageError where one is not there, MediaError where it is no plan, is of another
    film, or a film is not there; AnnotatorError where the session has no such recording.
    """
    seen = viewed(session, view).seen
    if not files or not seen:
        return ()
    films = {one.id: recording_path(session_path, one) for one in seen}
    found: list[FilmMasks] = []
    for path in files:
        plan = load_masks(path)
        own = [one for one in films if plan.film == fingerprint(films[one])]
        if not own and len(films) > 1:
            raise _of_none(path, films.values())
        for one in own or films:
            require_fitting(plan, films[one])
            found.append(FilmMasks(films[one], plan, one))
    return tuple(found)


def _of_none(plan: Path, films: Iterable[Path]) -> MediaError:
    shown = ", ".join(f"“{one.name}”" for one in films)
    told = f"The masks in “{plan.name}” were made of no film that is shown ({shown}), or of one "
    return MediaError(f"{told}that was changed since.", OTHER_MASKS)


def _make_empty(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        is_empty = not any(folder.iterdir())
    except OSError as error:
        raise storage_error(error, folder, "could not be written") from error
    if not is_empty:
        raise StorageError(f"The folder {folder} is not empty.", "Choose a new one.")
