"""Who spoke is told only where it is clear."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pytest

from annotator.media.levels import PlacedLevels
from annotator.media.silences import SilenceProposal, find_silences
from annotator.media.voices import channels_of, with_speakers
from annotator.model import SECOND, Micros
from tests.support.talks import Sound, gain, levels_from, noise, talk

Told = list[tuple[str, str]]

NAMES = ("therapist", "client")
THERAPIST = talk(60, [(10, 14), (20, 36), (50, 60)], -25, seed=1)
CLIENT = talk(60, [(0, 20.5), (32, 50.5)], -25, seed=2)
SILENCES = [
    SilenceProposal(Micros(a * SECOND), Micros(b * SECOND)) for a, b in [(10, 14), (32, 36)]
]
UNCLEAR = [("", ""), ("", "")]


def told(tracks: Sequence[PlacedLevels], silences: Iterable[SilenceProposal]) -> Told:
    return [(one.before, one.after) for one in with_speakers(silences, tracks)]


def stereo(left: Sound, right: Sound, bleed: float) -> tuple[Sound, Sound]:
    """Let each microphone hear the other person, fainter."""
    factor = gain(bleed)
    return left + right * factor + noise(60, -60, 5), right + left * factor + noise(60, -55, 6)


@pytest.mark.parametrize("bleed", [-60, -20, -10])
@pytest.mark.parametrize("louder", [0, 15])
def test_a_channel_for_each(bleed: float, louder: float) -> None:
    left, right = stereo(THERAPIST, CLIENT, bleed)
    levels = levels_from(left * gain(-louder), right)
    assert told(channels_of(levels, NAMES), find_silences(levels)) == [
        ("therapist", "therapist"),
        ("client", "therapist"),
    ]


def test_both_channels_hear_the_same() -> None:
    left, right = stereo(THERAPIST, CLIENT, -1)
    tracks = channels_of(levels_from(left, right), NAMES)
    assert told(tracks, SILENCES) == UNCLEAR


def test_both_talk_at_once() -> None:
    left, right = stereo(THERAPIST, talk(60, [(10, 14)], -25, seed=8), -40)
    tracks = channels_of(levels_from(left, right), NAMES)
    assert told(tracks, SILENCES[:1]) == UNCLEAR[:1]


def test_one_channel_is_empty() -> None:
    left, _ = stereo(THERAPIST, CLIENT, -60)
    tracks = channels_of(levels_from(left, noise(60, -60)), NAMES)
    assert told(tracks, SILENCES) == UNCLEAR


def test_one_track_alone_tells_nothing() -> None:
    levels = levels_from(THERAPIST + noise(60, -60))
    assert told(channels_of(levels, NAMES), SILENCES) == UNCLEAR


def test_nothing_before_and_nothing_after() -> None:
    left, right = stereo(THERAPIST, CLIENT, -60)
    tracks = channels_of(levels_from(left, right), NAMES)
    beyond = SilenceProposal(Micros(63 * SECOND), Micros(70 * SECOND))
    first = SilenceProposal(Micros(0), Micros(0))
    (after, before) = told(tracks, [beyond, first])
    assert after == ("", "")
    assert before[0] == ""
