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
class Recording:
    """One film or sound file of a session.

    `path` is relative to the session file, with forward slashes, or absolute where the two
    share no folder. `offset` is the session time at which the recording's own time 0 stands.
    `video` or `audio` is None where the file has no picture or no sound.
    """

    id: str
    path: str
    role: RecordingRole
    offset: Micros
    duration: Micros
    fingerprint: str
    video: VideoFacts | None = None
    audio: AudioFacts | None = None
    extra: Mapping[str, object] = field(default_factory=dict)
