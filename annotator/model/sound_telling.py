"""What is said of the masking of sound and captions, in plain words and no more than is true."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from annotator.model.counts import counted


class Sureness(StrEnum):
    """How far one may rely on a mask."""

    CERTAIN = "certain"
    LIKELY = "likely"
    WEAK = "weak"


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that is said of a mask: what was done, and how far it holds."""

    text: str
    sureness: Sureness


@dataclass(frozen=True, slots=True)
class SoundMasked:
    """What was masked in the sound and the captions of an export.

    `voices` names whose voice was moved, by role ("client"); empty for nobody's. `whole` tells
    that all of the sound was moved rather than the stretches of those people. `names` is how many
    stretches were covered, None where names were left; `estimated` how many of them have times
    that are guesses. `beeped` tells a beep from silence, `captioned` that there are captions.
    """

    voices: Sequence[str] = ()
    whole: bool = False
    names: int | None = None
    estimated: int = 0
    beeped: bool = True
    captioned: bool = False


NEVER_WHOLLY = Told(
    "A recording can never be wholly masked: what is told, the way of speaking, the accent and "
    "the people and places that come up still point to a person.",
    Sureness.CERTAIN,
)
"""Said with every export, whatever was masked in it."""


def told(masked: SoundMasked) -> tuple[Told, ...]:
    """Say what was masked in sound and captions, how sure that is and what is left."""
    return (*_of_voices(masked), *_of_names(masked), NEVER_WHOLLY)


def _of_voices(masked: SoundMasked) -> Iterator[Told]:
    if not masked.voices and not masked.whole:
        yield Told("Voices were not changed: everyone can be known by the voice.", Sureness.CERTAIN)
        return
    whose = "All voices were" if masked.whole else f"The voice of the {_listed(masked.voices)} was"
    yield Told(
        f"{whose} disguised: pitch and resonance are moved by an amount that was drawn by chance "
        "for this export and is kept nowhere. Someone who knows the person well may still know "
        "the voice, and a determined listener can undo the change or match it with another "
        "recording.",
        Sureness.WEAK,
    )
    if not masked.whole:
        yield Told(
            "Only where tags or the transcript tell who speaks was the voice disguised. Wherever "
            "they do not, it is as it was: listen to the whole clip before you show it.",
            Sureness.LIKELY,
        )


def _of_names(masked: SoundMasked) -> Iterator[Told]:
    if masked.names is None:
        yield Told("Names were left in.", Sureness.CERTAIN)
        return
    if masked.names:
        cover = "a beep" if masked.beeped else "silence"
        yield Told(
            f"In {counted(masked.names, 'place')} there is {cover} instead of what was said; "
            "nothing of the sound under it is left in the file.",
            Sureness.CERTAIN,
        )
    if masked.estimated:
        yield Told(
            f"For {masked.estimated} of them the time of the word was estimated from the "
            "transcript. More was covered on either side, but listen to them.",
            Sureness.LIKELY,
        )
    yield Told(
        "Only names that somebody marked are covered. Whether all were marked, nobody can tell "
        "but who listens.",
        Sureness.WEAK,
    )
    if masked.captioned:
        yield Told("The same words stand as “[name]” in the captions.", Sureness.CERTAIN)


def _listed(words: Sequence[str]) -> str:
    return " and the ".join([", the ".join(words[:-1]), words[-1]] if words[1:] else words)
