"""What is known of clips beforehand: bare faces, no model for faces, no room, a damaged log."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from importlib import import_module
from pathlib import Path, PurePosixPath

from annotator.errors import MediaError, StorageError
from annotator.jobs.clip_bare import bared_words, together
from annotator.jobs.clip_hindrances import why_not
from annotator.jobs.clip_view import Viewed, viewed
from annotator.jobs.clip_wishes import ClipsWish, PlannedClip
from annotator.media.clips.panes import board_of
from annotator.media.clips.wishes import Form, Quality
from annotator.model import Session
from annotator.model.counts import counted
from annotator.model.participant import Mask
from annotator.model.time import SECOND
from annotator.storage.export_log import export_log_path
from annotator.storage.export_log_elsewhere import read_exports

_BITS = {Quality.BEST: 0.18, Quality.GOOD: 0.10, Quality.SMALL: 0.05}
"""Roughly so many bits a pixel does a film of talking people take, measured and rounded up."""

_SOUND_BYTES = {Form.WAV: 192_000}
_USUAL_SOUND, _BYTE = 20_000, 8
_USUAL_FPS = 25.0
_MEGA, _GIGA = 1_000_000, 1_000_000_000


@dataclass(frozen=True, slots=True)
class Shape:
    """How large the pictures of a clip are and how many come in a second; 0 without any."""

    width: int = 0
    height: int = 0
    fps: float = 0.0


def warnings_of(
    session: Session, session_path: Path, planned: Sequence[PlannedClip], wish: ClipsWish
) -> tuple[str, ...]:
    """Say what clips show that was found, and what will keep those allowed from being made.

    Whatever is wrong with the log of exports, to which they will be added, comes first. A sentence
    or two each. Found faces that are bare are told of refused clips too: it is why.
    """
    allowed = [one for one in planned if not why_not(one, wish)]
    bared = together(one.bare for one in planned)
    return (
        *_log(session_path, session.id),
        *bared_words(bared, names_of(session)),
        *_faces(allowed, wish),
        *_room(session, allowed, wish),
    )


def names_of(session: Session) -> dict[str, str]:
    """Give by their ids what recordings are called at home: the names of their files."""
    return {one.id: PurePosixPath(one.path).name for one in session.recordings}


def _log(session_path: Path, session_id: str) -> Iterator[str]:
    name = export_log_path(session_path).name
    try:
        log = read_exports(session_path, session_id)
    except StorageError as error:
        yield str(error)
        return
    yield from log.elsewhere
    if faults := log.faults:
        more = f" And {len(faults) - 1:,} more." if len(faults) > 1 else ""
        yield (
            f"The log of exports, “{name}”, was changed by other hands or is damaged. "
            f"{faults[0]}{more} What is made now is added to it all the same."
        )


def _faces(allowed: Sequence[PlannedClip], wish: ClipsWish) -> Iterator[str]:
    wanted = [one for one in allowed if Mask.FACES in one.masks and Mask.PICTURE not in one.masks]
    if not wanted or not wish.form.has_picture:
        return
    try:
        import_module("annotator.media.faces").model_path()  # loads OpenCV
    except MediaError as error:
        yield f"{counted(len(wanted), 'clip')} cannot be made, since faces must be masked. {error}"


def _room(session: Session, allowed: Sequence[PlannedClip], wish: ClipsWish) -> Iterator[str]:
    shape = _shape(viewed(session, wish.view))
    needed = sum(rough_bytes(one, wish, shape) for one in allowed)
    copies = 1 if wish.pack is None else 2
    free = free_bytes(wish.folder)
    if free is not None and needed * copies > free:
        yield (
            f"These clips may take about {size_told(needed * copies)}, and the disk of "
            f"{wish.folder} has {size_told(free)} left. Choose another folder or smaller files."
        )


def _shape(view: Viewed) -> Shape:
    """Tell how large the picture is in which all stand that are seen."""
    videos = [one.video for one in view.seen if one.video is not None]
    if not videos:
        return Shape()
    board = board_of(view.layout, [(one.width, one.height) for one in videos], view.inset)
    return Shape(board.width, board.height, max(_fps(one.rate) for one in videos))


def _fps(rate: str) -> float:
    try:
        return float(Fraction(rate))
    except (ValueError, ZeroDivisionError):
        return _USUAL_FPS


def rough_bytes(one: PlannedClip, wish: ClipsWish, shape: Shape) -> int:
    """Estimate how large a clip becomes; half or twice as much is nothing unusual."""
    seconds = one.stretch.interval.length / SECOND
    rate = float(_SOUND_BYTES.get(wish.form, _USUAL_SOUND))
    if wish.form.has_picture and shape.height:
        most = wish.size.most_height or shape.height
        share = min(1.0, most / shape.height) ** 2
        pixels = shape.width * shape.height * share
        rate += pixels * shape.fps * _BITS[wish.size.quality] / _BYTE
    most_bytes = wish.size.most_bytes
    needed = int(seconds * rate)
    return needed if most_bytes is None else min(needed, most_bytes)


def free_bytes(folder: Path) -> int | None:
    """Tell how many bytes are free where a folder is or will be; None where it cannot be told."""
    for place in (folder, *folder.absolute().parents):
        if place.is_dir():
            try:
                return shutil.disk_usage(place).free
            except OSError:
                return None
    return None


def size_told(count: int) -> str:
    """Write a number of bytes in round words."""
    if count >= _GIGA:
        return f"{count / _GIGA:.1f} GB"
    return f"{max(1, round(count / _MEGA)):,} MB"
