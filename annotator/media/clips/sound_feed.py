"""The sound of a clip on its way into the file: how it is encoded, and in step with the picture."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from annotator.media.clips.formats import Format
from annotator.media.clips.resampling import resampled
from annotator.media.clips.source import Source
from annotator.media.clips.wishes import CutSound
from annotator.media.clips.writing import ClipFile, SoundPlan
from annotator.media.sound_frames import Planes
from annotator.media.timebase import samples_at

AHEAD = Fraction(1, 2)
"""Sound is encoded so many seconds before the picture that is shown with it."""


@dataclass(slots=True)
class SoundFeed:
    """Hands sound to a file in step with the pictures, so that both lie side by side in it."""

    file: ClipFile
    pieces: Iterator[Planes]

    def give_until(self, seconds: Fraction) -> None:
        """Encode sound as far as a moment of the clip."""
        stream = self.file.sound
        while stream is not None and self.file.samples < seconds * stream.rate:
            piece = next(self.pieces, None)
            if piece is None:
                return
            self.file.add_sound(piece)

    def rest(self, samples: int) -> Iterator[float]:
        """Encode all that is left, and tell after each piece which share of the whole is done."""
        for piece in self.pieces:
            self.file.add_sound(piece)
            yield min(self.file.samples / max(samples, 1), 1.0)


def sound_plan(source: Source, form: Format, bits: int) -> SoundPlan | None:
    """Tell how a recording's sound is encoded; None where the clip has none."""
    sound = source.sound
    if sound is None:
        return None
    return SoundPlan(form.sound.rate_for(sound.rate), sound.channels, bits)


def sound_pieces(source: Source, plan: SoundPlan | None) -> Iterator[Planes]:
    """Yield the sound of a clip at the rate at which it is encoded."""
    sound = source.sound
    if sound is None or plan is None:
        return iter(())
    return resampled(sound, plan.rate, sample_count(source, plan))


def sample_count(source: Source, plan: SoundPlan | None) -> int:
    """Count the samples that the clip is to have."""
    sound = source.sound
    if sound is None or plan is None:
        return 0
    as_is = plan.rate == sound.rate
    return sound.samples if as_is else samples_at(source.wish.length, plan.rate)


def cut_sound(source: Source, plan: SoundPlan | None) -> CutSound | None:
    """Tell what sound the clip comes to have."""
    if plan is None or source.sound is None:
        return None
    return CutSound(plan.rate, plan.channels, sample_count(source, plan))
