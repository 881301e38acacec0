"""What masks the sound of one clip: voices disguised, and names covered."""

from __future__ import annotations

from dataclasses import dataclass

from annotator.media.bleeping import Bleeps
from annotator.media.sound_frames import Planes
from annotator.media.voice_disguise import Disguise


@dataclass(frozen=True, slots=True)
class SoundMask:
    """Changes a clip's sound: first the voice, then the names, so that beeps stay as they are.

    Either may be None, and then that is left out.
    """

    voice: Disguise | None = None
    names: Bleeps | None = None

    def changed(self, start: int, planes: Planes, rate: int) -> Planes:
        """Give sound of the same shape (channels, samples), the original left as it is.

        `start` numbers the first sample from time 0 of the clock that the spans are on. What was
        said under a beep is gone before the voice is moved, so that no part of it sounds beside.
        """
        if self.names is not None:
            planes = self.names.silenced(start, planes, rate)
        if self.voice is not None:
            planes = self.voice.changed(start, planes, rate)
        return planes if self.names is None else self.names.changed(start, planes, rate)
