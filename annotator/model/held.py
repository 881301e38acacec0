"""What an export can hold of people, and so what can be masked in it at all."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from annotator.model.participant import Mask


class Held(StrEnum):
    """By what people can be known in an export; `WORDS` are captions, in it or beside it."""

    PICTURE = "picture"
    SOUND = "sound"
    WORDS = "words"


ALL_HELD = tuple(Held)
_MASKS = {
    Held.PICTURE: {Mask.FACES, Mask.PICTURE},
    Held.SOUND: {Mask.VOICE, Mask.NAMES},
    Held.WORDS: {Mask.NAMES},
}


def maskable(held: Iterable[Held]) -> frozenset[Mask]:
    """Give the masks that mean something in an export: no faces in sound, no voice in a GIF."""
    return frozenset(mask for one in held for mask in _MASKS[one])
