"""Recordings of one meeting as values, without files: two films, one without sound, a recorder."""

from __future__ import annotations

from annotator.model import AudioFacts, Micros, Recording, RecordingRole, VideoFacts

LENGTH = Micros(2_712_000_000)


def _picture(rate: str) -> VideoFacts:
    return VideoFacts("h264", 1920, 1080, rate, constant=True, frames=60_000)


def _sound(tracks: int = 1) -> AudioFacts:
    return AudioFacts("aac", 48_000, 2, tracks=tracks)


FILM = Recording(
    "film",
    "films/room.mp4",
    RecordingRole.ROOM,
    Micros(0),
    LENGTH,
    "f1",
    _picture("25"),
    _sound(),
)
CLIENT = Recording(
    "client",
    "films/client.mov",
    RecordingRole.CLIENT,
    Micros(480_000),
    LENGTH,
    "f2",
    _picture("30000/1001"),
    _sound(2),
)
SILENT = Recording(
    "silent",
    "silent.mp4",
    RecordingRole.THERAPIST,
    Micros(-1_000_000),
    LENGTH,
    "f3",
    _picture("25"),
)
RECORDER = Recording(
    "recorder",
    "recorder.wav",
    RecordingRole.SOUND,
    Micros(1_250_000),
    LENGTH,
    "f4",
    audio=_sound(),
)
