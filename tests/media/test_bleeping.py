"""Beeps and silence over words: nothing of what was said is left, and nothing else is touched."""

from __future__ import annotations

import pickle
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.media.bleeping import BEEP_DECIBELS, BEEP_HERTZ, Bleeps, Cover, bleeps_over
from annotator.media.loudness import Loudness
from annotator.media.sound_frames import Planes
from annotator.media.sound_spans import sample_spans
from annotator.media.voice_disguise import Disguise
from annotator.media.voice_masks import SoundMask
from annotator.media.voice_shift import VoiceShift
from annotator.model import Interval, Micros

RATE = 16_000
SPAN = Interval(Micros(500_000), Micros(1_200_000))


def hiss(seconds: float, seed: int = 1, channels: int = 2) -> Planes:
    dice = np.random.default_rng(seed)
    return (0.1 * dice.standard_normal((channels, int(seconds * RATE)))).astype(np.float32)


@pytest.mark.parametrize("cover", Cover)
def test_what_is_inside_does_not_depend_on_what_was_there(cover: Cover) -> None:
    bleeps = Bleeps((SPAN,), cover)
    one, other = (bleeps.changed(0, hiss(2, seed), RATE) for seed in (1, 2))
    inside = slice(8_000, 19_200)
    assert np.array_equal(one[:, inside], other[:, inside])
    for sound, seed in ((one, 1), (other, 2)):
        assert np.array_equal(sound[:, :8_000], hiss(2, seed)[:, :8_000])
        assert np.array_equal(sound[:, 19_200:], hiss(2, seed)[:, 19_200:])


def test_what_was_no_number_is_covered_too() -> None:
    broken = np.full((1, 2 * RATE), np.nan, np.float32)
    assert np.isfinite(Bleeps((SPAN,)).changed(0, broken, RATE)[:, 8_000:19_200]).all()


def test_a_beep_is_a_tone_as_loud_as_said_that_swells() -> None:
    beep = Bleeps((SPAN,)).changed(0, np.zeros((1, 2 * RATE), np.float32), RATE)[0, 8_000:19_200]
    spectrum = np.abs(np.fft.rfft(beep))
    assert np.argmax(spectrum) * RATE / len(beep) == pytest.approx(BEEP_HERTZ, abs=2)
    steady = beep[200:-200]
    assert 10 * np.log10(np.mean(np.square(steady))) == pytest.approx(BEEP_DECIBELS, abs=0.1)
    assert beep[0] == 0
    assert np.abs(beep[:12]).max() < 0.02 * np.abs(beep).max()
    assert np.abs(beep[-12:]).max() < 0.02 * np.abs(beep).max()


def test_silence_is_nothing_at_all() -> None:
    made = Bleeps((SPAN,), Cover.SILENCE).changed(0, hiss(2), RATE)
    assert not made[:, 8_000:19_200].any()


@given(st.lists(st.integers(1, 9_000), max_size=12), st.sampled_from(Cover))
def test_how_the_sound_is_cut_makes_no_difference(cuts: list[int], cover: Cover) -> None:
    sound = hiss(2)
    spans = (SPAN, Interval(Micros(1_000_000), Micros(1_500_000)))
    edges = [0, *(at for at in np.cumsum(cuts).tolist() if at < 2 * RATE), 2 * RATE]
    pieces = [
        Bleeps(spans, cover).changed(low, sound[:, low:high], RATE) for low, high in pairwise(edges)
    ]
    whole = Bleeps(spans, cover).changed(0, sound, RATE)
    assert np.array_equal(np.concatenate(pieces, axis=1), whole)


def test_samples_are_numbered_from_the_clock_of_the_spans() -> None:
    whole = Bleeps((SPAN,)).changed(0, hiss(2), RATE)
    later = Bleeps((SPAN,)).changed(RATE, hiss(2)[:, RATE:], RATE)
    assert np.array_equal(later, whole[:, RATE:])


def test_a_span_of_any_length_is_wholly_covered() -> None:
    for length in (0, 1, 30, 100, 20_000):
        span = Interval(Micros(500_030), Micros(500_030 + length))
        made = Bleeps((span,), Cover.SILENCE).changed(0, np.ones((1, RATE), np.float32), RATE)
        moments = np.arange(RATE) / RATE * 1_000_000
        touched = (moments + 1_000_000 / RATE > span.start) & (moments < span.end)
        assert np.array_equal(made[0] == 0, touched & (length > 0))


@given(st.lists(st.tuples(st.integers(0, 5_000_000), st.integers(0, 900_000)), max_size=9))
def test_samples_of_spans_are_in_order_and_apart(pairs: list[tuple[int, int]]) -> None:
    spans = [Interval(Micros(start), Micros(start + length)) for start, length in pairs]
    found = sample_spans(spans, 44_100)
    edges = [edge for span in found for edge in span]
    assert edges == sorted(set(edges))
    for span in spans:
        inside = [
            one for one in found if one[0] * 1_000_000 <= span.start * 44_100 < one[1] * 1_000_000
        ]
        assert len(inside) == (1 if span.length else len(inside))


def test_names_are_gone_before_the_voice_is_moved() -> None:
    mask = SoundMask(Disguise(shift=VoiceShift(1.3, 1.1)), Bleeps((SPAN,)))
    quiet = np.zeros((1, 2 * RATE), np.float32)
    named = quiet.copy()
    named[:, 8_000:19_200] = hiss(2, channels=1)[:, 8_000:19_200]
    assert np.array_equal(mask.changed(0, named, RATE), mask.changed(0, quiet, RATE))


def test_a_mask_of_nothing_changes_nothing() -> None:
    sound = hiss(1)
    assert np.array_equal(SoundMask().changed(0, sound, RATE), sound)


def test_spans_may_come_in_any_order_and_the_mask_travels() -> None:
    other = Interval(Micros(0), Micros(100_000))
    bleeps = bleeps_over([SPAN, other])
    assert bleeps.spans == (other, SPAN)
    assert pickle.loads(pickle.dumps(bleeps)) == bleeps  # noqa: S301 our own bytes


@pytest.mark.parametrize(("speech", "beep"), [(-30.0, -33.0), (-5.0, -20.0), (-90.0, -50.0)])
def test_a_beep_is_a_little_quieter_than_speech_within_bounds(speech: float, beep: float) -> None:
    loudness = Loudness(floor=-95, voice=speech, loudest=speech + 3, level=-93)
    assert bleeps_over([SPAN], speech=loudness).decibels == beep
    assert bleeps_over([SPAN]).decibels == BEEP_DECIBELS
