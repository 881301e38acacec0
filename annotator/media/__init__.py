"""Films and sound: probing, exact frames, exact samples, playback and pictures.

The modules load when first asked for, so that a command that needs no film does not pay for
the decoders.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from annotator.media.audio import AudioReader, open_audio
    from annotator.media.clock import PlaybackClock
    from annotator.media.facts import RecordingFacts, TrackFacts
    from annotator.media.fingerprints import fingerprint
    from annotator.media.frame import Frame
    from annotator.media.mixing import Mix, Voice
    from annotator.media.segment import to_segment
    from annotator.media.stretch import StretchedAudio
    from annotator.media.video import Video, open_video, probe

_HOMES = {
    "AudioReader": "audio",
    "Frame": "frame",
    "Mix": "mixing",
    "PlaybackClock": "clock",
    "RecordingFacts": "facts",
    "StretchedAudio": "stretch",
    "TrackFacts": "facts",
    "Video": "video",
    "Voice": "mixing",
    "fingerprint": "fingerprints",
    "open_audio": "audio",
    "open_video": "video",
    "probe": "video",
    "to_segment": "segment",
}

__all__ = [
    "AudioReader",
    "Frame",
    "Mix",
    "PlaybackClock",
    "RecordingFacts",
    "StretchedAudio",
    "TrackFacts",
    "Video",
    "Voice",
    "fingerprint",
    "open_audio",
    "open_video",
    "probe",
    "to_segment",
]


def __getattr__(name: str) -> object:
    """Load the module in which a public name lives."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
