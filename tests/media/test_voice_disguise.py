"""A disguised voice: moved as said, as loud and as long as it was, and in time with the picture."""

from __future__ import annotations

import pickle
from functools import cache
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.media import open_audio
from annotator.media.sound_frames import Planes
from annotator.media.voice_disguise import Disguise
from annotator.media.voice_shift import VoiceShift
from annotator.model import Interval, Micros
from annotator.storage.paths import shipped
from tests.support.vowels import RATE, formants_of, pitch_of, vowel

S = 1_000_000
SHIFTS = [(1.0, 1.18), (1.3, 1.0), (0.75, 1.2), (1.35, 0.88), (0.75, 0.86)]


@cache
def talk() -> Planes:
    """Give twenty seconds of the sample's talk, of two voices."""
    with open_audio(shipped("first-session") / "first-session.mp4") as audio:
        return np.ascontiguousarray(audio.read(S, 21 * S).T)


def moved(sound: Planes, pitch: float, formants: float, rate: int = RATE) -> Planes:
    return Disguise(shift=VoiceShift(pitch, formants)).changed(0, sound, rate)


def half_seconds(sound: Planes) -> Planes:
    whole = sound.shape[1] // (RATE // 2) * (RATE // 2)
    power = np.square(sound[0, :whole]).reshape(-1, RATE // 2).mean(axis=1)
    return 10 * np.log10(power + 1e-12)


def envelope(sound: Planes) -> Planes:
    power = np.square(sound[0]).reshape(-1, RATE // 1000).mean(axis=1)
    smooth = np.convolve(np.sqrt(power), np.ones(10) / 10, "same")
    return smooth - smooth.mean()


def lateness(before: Planes, after: Planes) -> int:
    """Give by how many milliseconds loudness comes later."""
    one, other = envelope(before), envelope(after)
    alike = [one[60:-60] @ np.roll(other, -shift)[60:-60] for shift in range(-50, 51)]
    return int(np.argmax(alike)) - 50


@pytest.mark.parametrize(("pitch", "formants"), SHIFTS)
def test_a_vowel_is_moved_as_said(pitch: float, formants: float) -> None:
    before = vowel(1.5, 150, (500, 1500, 2500))
    after = moved(before, pitch, formants)[:, RATE // 4 :]
    assert pitch_of(after) / pitch_of(before) == pytest.approx(pitch, rel=0.02)
    heard = np.divide(formants_of(after, 3), formants_of(before, 3))
    assert heard == pytest.approx(formants, rel=0.06)


@pytest.mark.parametrize("hertz", [80, 120, 220, 330])
def test_voices_of_all_kinds_are_followed(hertz: float) -> None:
    after = moved(vowel(1, hertz, (500, 1500, 2500)), 1.25, 1.0)[:, RATE // 4 :]
    assert pitch_of(after) == pytest.approx(1.25 * hertz, rel=0.02)


@pytest.mark.parametrize(("pitch", "formants"), SHIFTS)
def test_real_speech_is_moved_as_praat_measures_it(pitch: float, formants: float) -> None:
    praat = pytest.importorskip("parselmouth", reason="praat-parselmouth is not installed")
    before, after = (
        praat.Sound(sound[0].astype(float), RATE)
        for sound in (talk()[:, : 8 * RATE], moved(talk()[:, : 8 * RATE], pitch, formants))
    )
    low, high = (one.to_pitch_ac(0.01, 60, pitch_ceiling=600) for one in (before, after))
    spoken = [
        time for time in low.xs() if low.get_value_at_time(time) and high.get_value_at_time(time)
    ]
    ratios = [high.get_value_at_time(time) / low.get_value_at_time(time) for time in spoken]
    assert np.nanmedian(ratios) == pytest.approx(pitch, rel=0.02)
    own = before.to_formant_burg(0.01, 5, 5500)
    new = after.to_formant_burg(0.01, 5, 5500 * formants)
    for number in (1, 2, 3):
        found = [
            new.get_value_at_time(number, time) / own.get_value_at_time(number, time)
            for time, ratio in zip(spoken, ratios, strict=True)
            if np.isfinite(ratio)
        ]
        assert np.nanmedian(found) == pytest.approx(formants, rel=0.03)


@pytest.mark.parametrize(("pitch", "formants"), SHIFTS)
def test_speech_keeps_its_length_level_and_time(pitch: float, formants: float) -> None:
    after = moved(talk(), pitch, formants)
    assert after.shape == talk().shape
    assert after.dtype == np.float32
    before = half_seconds(talk())
    apart = np.abs(half_seconds(after) - before)[before > before.max() - 12]
    assert len(apart) > 15
    assert np.median(apart) < 0.5
    assert np.percentile(apart, 90) < 1
    assert abs(lateness(talk(), after)) <= 5


def test_with_nothing_moved_nearly_the_same_is_heard() -> None:
    before = vowel(1, 140, (500, 1500, 2500))
    after = moved(before, 1.0, 1.0)[:, RATE // 4 :]
    spectra = [np.abs(np.fft.rfft(one[0] * np.hanning(len(one[0])))) for one in (before, after)]
    assert np.argmax(spectra[0]) / before.shape[1] == pytest.approx(
        np.argmax(spectra[1]) / after.shape[1], rel=0.02
    )


@settings(deadline=None, max_examples=12)
@given(
    st.lists(st.integers(1, 30_000), min_size=1, max_size=8),
    st.sampled_from([None, (Interval(Micros(300_000), Micros(900_000)),)]),
)
def test_how_the_sound_is_cut_makes_no_difference(
    cuts: list[int], spans: tuple[Interval, ...] | None
) -> None:
    sound = talk()[:, 3 * RATE : 5 * RATE]
    shift = VoiceShift(1.3, 0.88)
    whole = Disguise(spans, shift).changed(0, sound, RATE)
    edges = [0, *np.cumsum(cuts).tolist()]
    edges = [one for one in edges if one < sound.shape[1]] + [sound.shape[1]]
    disguise = Disguise(spans, shift)
    pieces = [disguise.changed(low, sound[:, low:high], RATE) for low, high in pairwise(edges)]
    assert np.allclose(np.concatenate(pieces, axis=1), whole, atol=1e-6)


def test_outside_the_stretches_every_bit_stays() -> None:
    sound, spans = (
        talk(),
        (Interval(Micros(2 * S), Micros(3 * S)), Interval(Micros(5 * S), Micros(6 * S))),
    )
    after = Disguise(spans, VoiceShift(1.3, 1.18)).changed(0, sound, RATE)
    is_outside = np.ones(sound.shape[1], bool)
    for first, last in ((2, 3), (5, 6)):
        is_outside[first * RATE : last * RATE] = False
        inside = slice(first * RATE + 800, last * RATE - 800)
        assert np.corrcoef(sound[0, inside], after[0, inside])[0, 1] < 0.5
    assert np.array_equal(after[:, is_outside], sound[:, is_outside])


def test_the_voice_is_faded_over_without_a_crack() -> None:
    sound = vowel(2, 150, (500, 1500, 2500))
    spans = (Interval(Micros(S), Micros(3 * S // 2)),)
    after = Disguise(spans, VoiceShift(1.3, 1.18)).changed(0, sound, RATE)
    steps = np.abs(np.diff(after[0]))
    assert steps[RATE - 200 : RATE + 1000].max() < 1.6 * np.abs(np.diff(sound[0])).max()


def test_stretches_that_nearly_touch_are_both_disguised() -> None:
    spans = (Interval(Micros(S), Micros(2 * S)), Interval(Micros(2_040_000), Micros(3 * S)))
    sound = talk()[:, : 4 * RATE]
    after = Disguise(spans, VoiceShift(1.3, 1.18)).changed(0, sound, RATE)
    between = slice(2 * RATE, round(2.04 * RATE))
    assert np.array_equal(after[:, between], sound[:, between])
    assert not np.allclose(
        after[:, 2 * RATE + 4000 : 3 * RATE], sound[:, 2 * RATE + 4000 : 3 * RATE]
    )


def test_spans_are_on_the_clock_of_the_samples() -> None:
    spans = (Interval(Micros(100 * S), Micros(101 * S)),)
    sound = talk()[:, : 2 * RATE]
    after = Disguise(spans, VoiceShift(1.3, 1.18)).changed(99 * RATE, sound, RATE)
    assert np.array_equal(after[:, :RATE], sound[:, :RATE])
    assert not np.array_equal(after[:, RATE:], sound[:, RATE:])


def test_silence_stays_silence() -> None:
    assert not moved(np.zeros((2, RATE), np.float32), 1.3, 0.88).any()
    sound = np.concatenate([vowel(1, 150, (500, 1500)), np.zeros((1, RATE), np.float32)], axis=1)
    assert np.abs(moved(sound, 0.7, 1.2)[:, RATE + RATE // 20 :]).max() == 0


@pytest.mark.parametrize("rate", [8_000, 16_000, 22_050, 44_100, 96_000])
def test_every_usual_rate_and_several_channels(rate: int) -> None:
    one = vowel(1, 150, (500, 1500, 2500), rate)
    sound = np.concatenate([one, one * np.float32(0.5), one * np.float32(-0.25)])
    after = moved(sound, 1.25, 1.15, rate)
    assert after.shape == sound.shape
    assert np.allclose(after[1], after[0] * np.float32(0.5), atol=1e-5)
    assert pitch_of(after[:, rate // 4 :], rate) == pytest.approx(187.5, rel=0.03)


def test_loud_sound_is_bent_and_never_cut() -> None:
    loud = np.clip(vowel(1, 150, (500, 1500, 2500), loud=0.5), -1, 1)
    after = moved(loud, 0.72, 1.2)
    assert np.abs(after).max() <= 1
    assert np.isfinite(after).all()


def test_what_is_no_number_is_taken_for_silence() -> None:
    sound = vowel(1, 150, (500, 1500, 2500))
    sound[0, 1000:1100] = np.nan
    sound[0, 3000] = np.inf
    assert np.isfinite(moved(sound, 1.3, 1.1)).all()


def test_the_original_and_an_empty_block_are_left_as_they_are() -> None:
    sound = talk()[:, :RATE]
    kept = sound.copy()
    disguise = Disguise(shift=VoiceShift(1.3, 1.1))
    disguise.changed(0, sound, RATE)
    assert np.array_equal(sound, kept)
    assert disguise.changed(RATE, sound[:, :0], RATE).shape == (1, 0)


def test_a_copy_in_another_process_has_the_same_voice() -> None:
    sound = talk()[:, : 2 * RATE]
    disguise = Disguise()
    disguise.changed(0, sound, RATE)
    copy = pickle.loads(pickle.dumps(disguise))  # noqa: S301 our own bytes
    assert np.array_equal(
        copy.changed(0, sound, RATE), Disguise(shift=disguise._shift).changed(0, sound, RATE)
    )


def test_nothing_tells_by_how_much_it_is_moved() -> None:
    disguise = Disguise(shift=VoiceShift(1.2345, 0.8765))
    for text in (repr(disguise), repr(disguise._shift), str(disguise._shift)):
        assert "2345" not in text
        assert "8765" not in text
