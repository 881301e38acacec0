"""Makes recordings of film files, and sessions of recordings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from annotator import media
from annotator.jobs.progress import SILENT, Part, Progress, advance
from annotator.model import (
    ZERO,
    Codebook,
    Interval,
    Micros,
    Participant,
    ParticipantRole,
    Recording,
    RecordingRole,
    Session,
)
from annotator.model.stamps import new_id
from annotator.storage.paths import relative_path

_ROLE_WORDS = {
    "therapist": RecordingRole.THERAPIST,
    "counsellor": RecordingRole.THERAPIST,
    "counselor": RecordingRole.THERAPIST,
    "clinician": RecordingRole.THERAPIST,
    "client": RecordingRole.CLIENT,
    "patient": RecordingRole.CLIENT,
    "room": RecordingRole.ROOM,
    "wide": RecordingRole.ROOM,
}
_WORD = re.compile(r"[a-z]+")


def prepare_recording(
    film: Path, session_folder: Path, *, offset: Micros = ZERO, watcher: Progress = SILENT
) -> Recording:
    """Look a film or sound file through and make a recording of it.

    `offset` is the session time of its start. The path is kept relative to the session's
    folder where the two share a drive. Raises MediaError where the file cannot be read, and
    CancelledError.
    """
    advance(watcher, 0.0, f"Reading {film.name}")
    facts = media.probe(film)
    advance(watcher, 0.7, f"Taking the fingerprint of {film.name}")
    mark = media.fingerprint(film)
    advance(watcher, 1.0, f"{film.name} is ready")
    return Recording(
        id=new_id(),
        path=relative_path(session_folder, film),
        role=guess_role(film.stem, has_picture=facts.video is not None),
        offset=offset,
        duration=facts.duration,
        fingerprint=mark,
        video=facts.video,
        audio=facts.audio,
    )


def new_session(
    films: Sequence[Path],
    session_path: Path,
    codebook: Codebook,
    title: str = "",
    watcher: Progress = SILENT,
) -> Session:
    """Make a session of one or more films that start together; it is not yet on disk.

    The whole is the region, and there are a therapist and a client whose consent is unknown.
    Without a title it bears the first film's name. Raises MediaError where a film cannot be
    read, and CancelledError.
    """
    recordings = tuple(
        prepare_recording(
            film,
            session_path.parent,
            watcher=Part(watcher, index / len(films), (index + 1) / len(films)),
        )
        for index, film in enumerate(films)
    )
    end = max((recording.duration for recording in recordings), default=ZERO)
    return Session(
        id=new_id(),
        title=title or films[0].stem,
        codebook=codebook,
        region=Interval(ZERO, end),
        recordings=recordings,
        participants=(
            Participant("therapist", ParticipantRole.THERAPIST, "Therapist"),
            Participant("client", ParticipantRole.CLIENT, "Client"),
        ),
    )


def guess_role(name: str, *, has_picture: bool) -> RecordingRole:
    """Guess what a recording shows from the words in its name; the room where they tell nothing."""
    if not has_picture:
        return RecordingRole.SOUND
    words = _WORD.findall(name.casefold())
    return next((_ROLE_WORDS[word] for word in words if word in _ROLE_WORDS), RecordingRole.ROOM)
