"""Clips of several sessions at once: none is called as another, and each has its own masks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from annotator.errors import AnnotatorError, MediaError
from annotator.jobs.clip_masking import FilmMasks
from annotator.jobs.clip_view import ClipView, viewed
from annotator.jobs.mask_reviewing import OTHER_MASKS, load_masks
from annotator.media.fingerprints import fingerprint
from annotator.model import Session
from annotator.model.export_names import TemplateError, read_template
from annotator.model.recording import Recording
from annotator.storage.paths import recording_path

_SESSION = "session"


def require_told_apart(template: str) -> None:
    """See to it that file names of clips of several sessions tell of which one each is.

    Raises TemplateError.
    """
    if all(field != _SESSION for _, field, _ in read_template(template).parts):
        told = "The names of files do not say of which session a clip is."
        raise TemplateError(told, f"Clips of several sessions are told apart by {{{_SESSION}}}.")


def own_masks(
    session: Session, session_path: Path, looked_at: Iterable[FilmMasks]
) -> tuple[FilmMasks, ...]:
    """Give of masks that were looked at those of a session's own films, by its own ids for them."""
    ids = {recording_path(session_path, one): one.id for one in session.recordings}
    return tuple(replace(one, recording=ids[one.path]) for one in looked_at if one.path in ids)


def view_elsewhere(view: ClipView, recordings: Sequence[Recording]) -> ClipView:
    """Give a view that names recordings of a session by id, so that it fits others: by role.

    One whose role another has too stays named by its id.
    """
    roles = [one.role.value for one in recordings]
    names = {one.id: one.role.value for one in recordings if roles.count(one.role.value) == 1}
    seen, heard = ([names.get(one, one) for one in ids] for ids in (view.recordings, view.sounds))
    return replace(view, recordings=tuple(seen), sounds=tuple(heard))


def shared_plans(
    sessions: Sequence[tuple[Session, Path]], view: ClipView, files: Sequence[Path]
) -> list[tuple[Path, ...]]:
    """Give for each session, in order, which files of masks were made of a film seen in its clips.

    Raises StorageError where one is not there, and MediaError where one is no plan or was made of
    none of the films.
    """
    made_of = {path: load_masks(path).film for path in files}
    seen = [_seen(session, path, view) for session, path in sessions]
    known = {print_ for prints in seen for print_ in prints or ()}
    for path, film in made_of.items():
        if film not in known and None not in seen:
            told = f"The masks in “{path.name}” were made of no film that is shown, or of one "
            raise MediaError(f"{told}that was changed since.", OTHER_MASKS)
    return [
        tuple(path for path, film in made_of.items() if film in (prints or ())) for prints in seen
    ]


def _seen(session: Session, session_path: Path, view: ClipView) -> set[str] | None:
    """Give the fingerprints of the films that are seen; None where one cannot be read."""
    try:
        seen = viewed(session, view).seen
        return {fingerprint(recording_path(session_path, one)) for one in seen}
    except AnnotatorError:  # that is told where the session's clips are planned
        return None
