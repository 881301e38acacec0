"""The way out to the loudspeakers, where there is one; the one place that asks for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Protocol

from annotator.errors import AnnotatorError


class SoundError(AnnotatorError):
    """Sound cannot be played on this machine as it stands."""


@dataclass(frozen=True, slots=True)
class SoundDevice:
    """An output that is connected; `name` is the system's word for it."""

    id: str
    name: str


class SoundOutput(Protocol):
    """An open way out: takes 16-bit samples, and tells how many were heard."""

    rate: int
    channels: int

    def start(self) -> None:
        """Begin anew; the count of samples heard is 0."""

    def stop(self) -> None:
        """Fall silent at once, dropping what was not yet heard."""

    def room(self) -> int:
        """Tell how many bytes it takes now."""

    def write(self, sound: bytes) -> int:
        """Give it bytes; tells how many it took."""

    def heard(self) -> int:
        """Tell how many samples a channel were heard since `start`."""

    def is_lost(self) -> bool:
        """Tell whether the device has gone."""

    def set_volume(self, volume: float) -> None:
        """Set the loudness, from 0 to 1, as the ear judges it."""


def sound_devices() -> Sequence[SoundDevice]:
    """List the outputs that are connected now; empty where there are none, or no sound at all."""
    try:
        sink = import_module("annotator.gui.player.sound_sink")
    except ImportError:
        return ()
    return tuple(SoundDevice(*one) for one in sink.list_outputs())


def open_sound_output(rate: int, channels: int, device: str = "") -> SoundOutput:
    """Open a connected sound output by its id; empty means the system's present one.

    Raises SoundError with what is missing and how to get it.
    """
    try:
        sink = import_module("annotator.gui.player.sound_sink")
    except ImportError as error:
        raise SoundError(*_missing(str(error))) from error
    output: SoundOutput | None = sink.open_sink(rate, channels, device)
    if output is None:
        raise SoundError(
            "The film plays silently: no sound output was found.",
            "Connect loudspeakers or headphones, then play again.",
        )
    return output


def _missing(reason: str) -> tuple[str, str]:
    library = reason.partition(":")[0]
    if "libpulse" in library:
        return (
            "The film plays silently: the system library libpulse is missing.",
            "Install the package libpulse0 (Debian, Ubuntu) or pulseaudio-libs (Fedora).",
        )
    return (
        f"The film plays silently: {library} cannot be loaded.",
        "Run “annotator doctor” to see which package brings it.",
    )
