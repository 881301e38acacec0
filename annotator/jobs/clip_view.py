"""Which recordings of a session are seen and heard in its clips, chosen by id or by role."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from annotator.errors import AnnotatorError
from annotator.media.clips.composition import (
    USUAL_INSET,
    Composition,
    Heard,
    Inset,
    Layout,
    Take,
)
from annotator.media.clips.panes import require_fitting
from annotator.model import Look, Session
from annotator.model.recording import Recording
from annotator.storage.paths import recording_path


@dataclass(frozen=True, slots=True)
class ClipView:
    """What is asked to be seen and heard; ids or roles of recordings.

    Without `recordings` the session's film is seen. Without `sounds` the first recording that is
    seen is heard, or if it has no sound the first that has; where `mixes`, all of the session
    are, as the player mixes them. `track` counts from 0; None takes the one chosen for playing.
    """

    recordings: tuple[str, ...] = ()
    layout: Layout = Layout.ONE
    inset: Inset = USUAL_INSET
    sounds: tuple[str, ...] = ()
    mixes: bool = False
    track: int | None = None


USUAL_VIEW = ClipView()


@dataclass(frozen=True, slots=True)
class HeardTrack:
    """A recording that is heard: which track from 0, and by what its samples are multiplied."""

    recording: Recording
    track: int
    gain: float = 1.0


@dataclass(frozen=True, slots=True)
class Viewed:
    """What a view means for a session; the first recording that is seen leads."""

    seen: tuple[Recording, ...]
    heard: tuple[HeardTrack, ...]
    layout: Layout
    inset: Inset

    @property
    def recordings(self) -> tuple[Recording, ...]:
        """Every recording that something is taken of, once."""
        every = (*self.seen, *(one.recording for one in self.heard))
        return tuple({one.id: one for one in every}.values())

    @property
    def is_plain(self) -> bool:
        """Whether it is one recording with its own sound, shown as its file asks for."""
        if len(self.seen) != 1 or _followed(self.seen[0].look) != Look():
            return False
        return all(one.recording == self.seen[0] and one.gain == 1 for one in self.heard) and (
            len(self.heard) == (self.seen[0].audio is not None)
        )

    @property
    def track(self) -> int | None:
        """The track of the one recording that is heard; None for silence."""
        return self.heard[0].track if self.heard else None

    def composition(self, session_path: Path) -> Composition | None:
        """Give what is put together for a clip; None where the view is plain."""
        if self.is_plain:
            return None
        takes = (
            Take(recording_path(session_path, one), one.offset, _followed(one.look))
            for one in self.seen
        )
        heard = (
            Heard(
                recording_path(session_path, one.recording),
                one.recording.offset,
                one.track,
                one.gain,
            )
            for one in self.heard
        )
        return Composition(tuple(takes), tuple(heard), self.layout, self.inset)


def viewed(session: Session, view: ClipView) -> Viewed:
    """Find the recordings that a view names.

    Raises AnnotatorError where one is not there, is named twice, has no picture or no sound that
    is asked for, or where there are too few or too many for the layout.
    """
    seen = tuple(_seen(session, view))
    if seen or view.layout is not Layout.ONE:
        require_fitting(view.layout, len(seen))
    return Viewed(seen, tuple(_heard(session, view, seen)), view.layout, view.inset)


def _seen(session: Session, view: ClipView) -> Iterator[Recording]:
    if not view.recordings:
        ordered = sorted(session.recordings, key=lambda one: one.video is None)
        yield from ordered[:1]
        return
    for word, found in zip(view.recordings, _each_named(session, view.recordings), strict=True):
        if found.video is None:
            raise AnnotatorError(f'"{word}" has sound only.', "Have it heard with --sound.")
        yield found


def _heard(session: Session, view: ClipView, seen: Sequence[Recording]) -> Iterator[HeardTrack]:
    if view.sounds:
        named = _each_named(session, view.sounds)
    elif view.mixes:
        named = [one for one in session.recordings if one.audio and not one.listening.muted]
        if not named and any(one.audio for one in session.recordings):
            raise AnnotatorError("Every recording is muted.", "Name one with --sound.")
    else:
        usual = usually_heard(seen, session.recordings)
        named = [] if usual is None else [usual]
    for one in named:
        track = _track(one, view)
        is_alone = len(named) == 1
        yield HeardTrack(one, track, 1.0 if is_alone else one.listening.volume)


def usually_heard(seen: Sequence[Recording], recordings: Sequence[Recording]) -> Recording | None:
    """Give what is heard where nothing is chosen: the leading one, else the first with sound."""
    return next((one for one in (*seen[:1], *recordings) if one.audio), None)


def _track(recording: Recording, view: ClipView) -> int:
    """Number the track that is heard of a recording; raises AnnotatorError where there is none."""
    if recording.audio is None:
        raise AnnotatorError(f'"{recording.id}" has no sound.', "Choose another recording.")
    tracks = max(recording.audio.tracks, 1)
    if view.track is None:
        return min(recording.listening.track, tracks - 1)
    if view.track >= tracks:
        told = f'"{recording.id}" has no sound track {view.track + 1}; it has {tracks}.'
        raise AnnotatorError(told, "Choose another track.")
    return view.track


def _each_named(session: Session, words: Sequence[str]) -> list[Recording]:
    """Find recordings, of which each may be named once."""
    named: dict[str, str] = {}
    found = [_named(session, word) for word in words]
    for one, word in zip(found, words, strict=True):
        if one.id in named:
            both = f'"{word}"' if named[one.id] == word else f'"{named[one.id]}" and "{word}"'
            raise AnnotatorError(f"The same recording is named twice: {both}.", "Name each once.")
        named[one.id] = word
    return found


def _named(session: Session, word: str) -> Recording:
    """Find a recording by id, or by a role that no other has."""
    found = [one for one in session.recordings if one.id == word]
    found = found or [one for one in session.recordings if one.role.value == word]
    if len(found) == 1:
        return found[0]
    known = ", ".join(f"{one.id} ({one.role.value})" for one in session.recordings)
    told = "has no recording" if not found else "has several recordings"
    raise AnnotatorError(f'The session {told} "{word}".', f"It has: {known or 'none'}.")


def _followed(look: Look) -> Look:
    """Leave out where a coder has zoomed in to: that was for a moment, and for one person."""
    return replace(look, zoom=1.0, across=0.5, down=0.5, extra={})
