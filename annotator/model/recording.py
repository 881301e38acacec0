"""One film or sound file of a session, and what is known of its picture and sound."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from annotator.model.time import ZERO, Micros


class RecordingRole(StrEnum):
    """What a recording shows."""

    ROOM = "room"
    THERAPIST = "therapist"
    CLIENT = "client"
    SOUND = "sound"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class VideoFacts:
    """What is known of a recording's picture.

    `width` and `height` are pixels as shown (after rotation); `rate` is frames a second as an
    exact fraction such as "30000/1001" (the average where `constant` is false); `start` is the
    first frame's time in the recording; `rotation` is the degrees clockwise that the file asks
    a player to turn the picture; `keyframe_spacing` is the longest stretch between keyframes.
    """

    codec: str
    width: int
    height: int
    rate: str
    constant: bool
    frames: int
    start: Micros = ZERO
    keyframe_spacing: Micros = ZERO
    rotation: int = 0
    pixel_format: str = ""
    extra: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AudioFacts:
    """What is known of a recording's first sound track: samples a second, channels, start."""

    codec: str
    rate: int
    channels: int
    start: Micros = ZERO
    tracks: int = 1
    extra: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Look:
    """How a coder has a recording's picture shown; the recording itself stays as it is.

    `turn` is the degrees clockwise by which the picture is turned beyond what the file asks for;
    `brightness` is -1 to 1 and `contrast` 0.25 to 4, where 0 and 1 change nothing; `shape` is
    width to height of the unturned picture such as "16:9", empty where the file's own is right;
    `zoom` is 1 to 16, and `across` and `down` tell which point of the picture stands in the
    middle, from 0 (left, top) to 1.
    """

    turn: int = 0
    brightness: float = 0.0
    contrast: float = 1.0
    shape: str = ""
    deinterlace: bool = False
    zoom: float = 1.0
    across: float = 0.5
    down: float = 0.5
    extra: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Listening:
    """How a coder hears a recording: `volume` 0 to 1, whether silent, which track from 0."""

    volume: float = 1.0
    muted: bool = False
    track: int = 0
    extra: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Recording:
    """One film or sound file of a session.

    `path` is relative to the session file, with forward slashes, or absolute where the two
    share no folder. `offset` is the session time at which the recording's own time 0 stands.
    `video` or `audio` is None where the file has no picture or no sound; `look` and `listening`
    say how they are played.
    """

    id: str
    path: str
    role: RecordingRole
    offset: Micros
    duration: Micros
    fingerprint: str
    video: VideoFacts | None = None
    audio: AudioFacts | None = None
    look: Look = field(default_factory=Look)
    listening: Listening = field(default_factory=Listening)
    extra: Mapping[str, object] = field(default_factory=dict)
