"""The tone that comes with the light of the exercise, where there is sound."""

from __future__ import annotations

from array import array
from math import pi, sin

from annotator.gui.player.sound_output import SoundError, SoundOutput, open_sound_output

RATE = 44_100
PITCH_HZ = 880
LENGTH_SECONDS = 0.08
FADE_SECONDS = 0.005
LOUDEST = 12_000


class Tone:
    """Is silent where its output is None, or has gone."""

    def __init__(self, output: SoundOutput | None) -> None:
        self._output = output
        self._sound = tone(output.rate, output.channels) if output is not None else b""

    @property
    def is_heard(self) -> bool:
        """Tell whether there is sound."""
        return self._output is not None and not self._output.is_lost()

    def make_ready(self) -> None:
        """Open the way out, so that the tone itself need not wait for it."""
        if self._output is not None:
            self._output.start()

    def sound(self) -> None:
        """Sound now; silence follows it, since some machines play only what fills their store."""
        if self._output is not None and self.is_heard:
            room = self._output.room()
            self._output.write(self._sound.ljust(room, b"\0"))

    def stop(self) -> None:
        """Fall silent."""
        if self._output is not None:
            self._output.stop()


def tone(rate: int, channels: int) -> bytes:
    """Make a short tone of 16-bit samples, soft at both ends lest it clicks."""
    count = round(LENGTH_SECONDS * rate)
    fade = round(FADE_SECONDS * rate)
    samples = array("h")
    for place in range(count):
        share = min(1.0, place / fade, (count - place) / fade)
        level = round(LOUDEST * share * sin(2 * pi * PITCH_HZ * place / rate))
        samples.extend([level] * channels)
    return samples.tobytes()


def open_tone(device: str, volume: float) -> Tone:
    """Open the tone at the chosen output; a silent one where there is no sound."""
    if volume <= 0:
        return Tone(None)
    try:
        output = open_sound_output(RATE, 1, device)
    except SoundError:
        return Tone(None)
    output.set_volume(volume)
    return Tone(output)
