"""Listens through a film or a session for silences, and lays them before a coder as proposals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from annotator.errors import MediaError
from annotator.jobs.progress import SILENT, Part, Progress
from annotator.jobs.sound_shape import find_shape
from annotator.media.levels import Levels, PlacedLevels
from annotator.media.loudness import Loudness, loudness_of
from annotator.media.silences import MINIMUM, SilenceProposal, find_common_silences
from annotator.media.sound_stream import count_tracks
from annotator.media.voices import channels_of, with_speakers
from annotator.model import ZERO, Micros, Recording, RecordingRole, Session
from annotator.model.time import to_clocks
from annotator.storage.cache import Cache
from annotator.storage.paths import recording_path

SIDES = ("left", "right")

_PEOPLE = (RecordingRole.THERAPIST, RecordingRole.CLIENT)
_BOTH = 2
_CLEAR = 12.0
_FAINT = (
    "The voices hardly stand out from the noise of this recording, so soft speech may be taken"
    " for silence. Look at each one with care."
)
_NOBODY = (
    "Nobody is heard: there is nothing but silence or steady noise from start to end."
    " Perhaps this is the wrong sound track."
)


@dataclass(frozen=True, slots=True)
class SilenceWish:
    """What to look for, and where.

    `level` is in dBFS, None for each track's own. `track` and `channel` count from 0; None
    stands for all of them. `names` are those of the people, where two channels, two tracks or
    two recordings hold one each, in their order; empty for their places' own names.
    """

    minimum: Micros = MINIMUM
    level: float | None = None
    padding: Micros = ZERO
    track: int | None = None
    channel: int | None = None
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SoundSource:
    """A file to listen to, where its time 0 stands on the session's clock, and whose it is."""

    path: Path
    offset: Micros = ZERO
    name: str = ""


@dataclass(frozen=True, slots=True)
class HeardTrack:
    """What is known of one sound track; `loudness` is None where it holds only steady noise."""

    name: str
    loudness: Loudness | None


@dataclass(frozen=True, slots=True)
class FoundSilences:
    """Silences on the session's clock, in order, the tracks they come from, and what to know.

    `is_empty` tells that nobody is heard on any track, so that the whole is one silence.
    """

    proposals: tuple[SilenceProposal, ...]
    tracks: tuple[HeardTrack, ...]
    notices: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing but steady noise was heard."""
        return all(track.loudness is None for track in self.tracks)


def silences_of(
    sources: Path | Sequence[SoundSource],
    wish: SilenceWish | None = None,
    watcher: Progress = SILENT,
    cache: Cache | None = None,
) -> FoundSilences:
    """Find when a film, or several recordings together, are silent.

    What was heard is kept in the cache, the user's own by default; nothing becomes a tag.
    Raises MediaError where a file cannot be read or has no sound, and CancelledError.
    """
    wish = wish or SilenceWish()
    return silences_in(listen(sources, wish, watcher, cache), wish)


def listen(
    sources: Path | Sequence[SoundSource],
    wish: SilenceWish,
    watcher: Progress = SILENT,
    cache: Cache | None = None,
) -> tuple[PlacedLevels, ...]:
    """Measure all tracks wished for; the slow part, whose result serves for any other limit.

    Raises as `silences_of` does.
    """
    files = (SoundSource(sources),) if isinstance(sources, Path) else tuple(sources)
    heard: list[PlacedLevels] = []
    for number, file in enumerate(files):
        part = Part(watcher, number / len(files), (number + 1) / len(files))
        heard += _listened(file, wish, cache, part)
    return tuple(heard)


def silences_in(heard: Sequence[PlacedLevels], wish: SilenceWish) -> FoundSilences:
    """Find silences in tracks that were listened to; a moment's work for an hour of sound."""
    proposals = find_common_silences(
        heard, minimum=wish.minimum, level=wish.level, padding=wish.padding
    )
    named = with_speakers(proposals, people_of(heard, wish))
    tracks = tuple(HeardTrack(one.name, _loudness(one.levels)) for one in heard)
    found = FoundSilences(named, tracks, tuple(_gap_notices(heard)))
    return replace(found, notices=(*found.notices, *_noise_notices(found, wish)))


def sources_of(
    session: Session, session_path: Path, recording: str = ""
) -> tuple[SoundSource, ...]:
    """Choose what to listen to in a session, or give the recording named by id, role or file.

    Where the therapist and the client have a recording with sound each, these two; else a
    recording of sound alone; else the first one that has sound. Raises MediaError where there
    is none, or where its file is not there.
    """
    chosen = _named(session, recording) if recording else _chosen(session)
    return tuple(_source(session_path, one) for one in chosen)


def _listened(
    source: SoundSource, wish: SilenceWish, cache: Cache | None, watcher: Progress
) -> list[PlacedLevels]:
    """Measure the tracks of a file that are wished for."""
    count = count_tracks(source.path)
    numbers = range(max(count, 1)) if wish.track is None else (wish.track,)
    heard = []
    for place, number in enumerate(numbers):
        part = Part(watcher, place / len(numbers), (place + 1) / len(numbers))
        shape = find_shape(source.path, track=number, cache=cache, watcher=part)
        levels = shape.levels
        if wish.channel is not None:
            levels = _one_channel(levels, wish.channel, source.path.name)
        name = source.name or (f"track {number + 1}" if count > 1 else "")
        heard.append(PlacedLevels(levels, source.offset, name))
    return heard


def _one_channel(levels: Levels, channel: int, name: str) -> Levels:
    if channel >= levels.channels:
        raise MediaError(
            f"The sound of “{name}” has no channel {channel + 1}; it has {levels.channels}."
        )
    return levels.channel(channel)


def people_of(heard: Sequence[PlacedLevels], wish: SilenceWish) -> tuple[PlacedLevels, ...]:
    """Give the tracks or channels that may hold a person each; none where there are not two."""
    if len(heard) == 1 and heard[0].levels.channels == _BOTH:
        sides = channels_of(heard[0].levels, wish.names or SIDES)
        return tuple(replace(side, offset=heard[0].offset) for side in sides)
    if len(heard) != _BOTH:
        return ()
    names = wish.names or tuple(one.name for one in heard)
    return tuple(replace(one, name=name) for one, name in zip(heard, names, strict=False))


def _loudness(levels: Levels) -> Loudness | None:
    return loudness_of(levels.mixed(), levels.step)


def _gap_notices(heard: Sequence[PlacedLevels]) -> list[str]:
    """Say where there is no sound although the track has begun."""
    gaps = [gap for one in heard for gap in one.levels.gaps() if gap.start > 0]
    return [
        f"There is no sound from {to_clocks(gap)} of the recording; this is not counted as silence."
        for gap in gaps
        if gap.length >= MINIMUM
    ]


def _noise_notices(found: FoundSilences, wish: SilenceWish) -> list[str]:
    """Say where the recording itself does not tell quiet from voice well."""
    if wish.level is not None:
        return []
    if found.is_empty:
        return [_NOBODY]
    faint = any(one.loudness and one.loudness.contrast < _CLEAR for one in found.tracks)
    return [_FAINT] if faint else []


def _chosen(session: Session) -> tuple[Recording, ...]:
    sounding = [one for one in session.recordings if one.audio is not None]
    if not sounding:
        raise MediaError(
            "No recording of this session has sound, so no silence can be heard in it.",
            "If the sound was recorded apart, add that file to the session.",
        )
    people = [next((one for one in sounding if one.role is role), None) for role in _PEOPLE]
    both = tuple(one for one in people if one is not None)
    if len(both) == _BOTH:
        return both
    alone = [one for one in sounding if one.role is RecordingRole.SOUND]
    return ((alone or sounding)[0],)


def _named(session: Session, word: str) -> tuple[Recording, ...]:
    for one in session.recordings:
        if word in (one.id, one.role.value, one.path, Path(one.path).name):
            return (one,)
    known = ", ".join(Path(one.path).name for one in session.recordings) or "none yet"
    raise MediaError(f'The session has no recording "{word}".', f"It has: {known}.")


def _source(session_path: Path, recording: Recording) -> SoundSource:
    path = recording_path(session_path, recording)
    name = recording.role.value if recording.role in _PEOPLE else ""
    return SoundSource(path, recording.offset, name)
