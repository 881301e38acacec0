"""The drawing of a sound, held against peaks that are known."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from PyQt6.QtGui import QColor, QImage

from annotator.gui.timeline.wave import SoundWave
from annotator.media.levels import Levels
from annotator.media.peaks import Peaks
from annotator.media.sound_shape import SoundShape
from annotator.model import Micros

STEP, LEVEL_STEP = 5_000, 10_000
BLACK = QColor("#000000")
HEIGHT = 40
LOUD, QUIET = 20_000, 0
SECOND = 1_000_000


def wave_of(highs: NDArray[np.int16], lows: NDArray[np.int16] | None = None) -> SoundWave:
    """Make the wave of known bins; the body is half of each swing."""
    under = -highs if lows is None else lows
    power = (highs.astype(np.float64)[::2] / 2 / 32767) ** 2
    levels = Levels(power.astype(np.float32)[:, None], Micros(LEVEL_STEP))
    return SoundWave(SoundShape(Peaks(Micros(STEP), np.stack([under, highs])), levels))


def alphas(image: QImage) -> NDArray[np.uint8]:
    """Read how opaque each pixel is."""
    pointer = image.constBits()
    assert pointer is not None
    words = np.frombuffer(pointer.asarray(image.sizeInBytes()), np.uint32)
    opaque: NDArray[np.uint8] = (words.reshape(image.height(), image.width()) >> 24).astype("u1")
    return opaque


def heights(
    wave: SoundWave, start: float, end: float, width: int, line: float = 1
) -> NDArray[np.int64]:
    """Count the pixels drawn in each column, from seconds."""
    span = Micros(round(start * SECOND)), Micros(round(end * SECOND))
    drawn: NDArray[np.int64] = np.count_nonzero(
        alphas(wave.image(*span, (width, HEIGHT), BLACK, line)), axis=0
    )
    return drawn


def seconds(count: float) -> int:
    return round(count * SECOND / STEP)


@pytest.fixture
def loud_and_quiet() -> SoundWave:
    """A minute: silent, but loud from 20 to 30 s."""
    highs = np.zeros(seconds(60), np.int16)
    highs[seconds(20) : seconds(30)] = LOUD
    return wave_of(highs)


@pytest.mark.parametrize("width", [60, 600, 1200, 2999])
def test_loud_is_tall_and_silence_is_a_flat_line(loud_and_quiet: SoundWave, width: int) -> None:
    found = heights(loud_and_quiet, 0, 60, width)
    a_second = width // 60 + 2
    loud = found[20 * width // 60 + a_second : 30 * width // 60 - a_second]
    quiet = np.concatenate(
        [found[: 20 * width // 60 - a_second], found[30 * width // 60 + a_second :]]
    )
    assert (loud >= HEIGHT - 2).all()
    assert set(quiet.tolist()) <= {1, 2}


@pytest.mark.parametrize("span", [10.0, 1.0, 0.1, 0.02])
def test_the_edge_stands_where_it_is_at_every_zoom(loud_and_quiet: SoundWave, span: float) -> None:
    width = 1000
    found = heights(loud_and_quiet, 20 - span / 2, 20 + span / 2, width)
    edge = int(np.argmax(found > HEIGHT // 2))
    # no pixel knows more than the bin it lies in
    assert abs(edge - width // 2) <= max(1, round(STEP / SECOND / span * width))


def test_finer_than_the_finest_peaks_each_bin_is_as_wide_as_it_lasts() -> None:
    highs = np.zeros(seconds(1), np.int16)
    highs[100] = LOUD
    found = heights(wave_of(highs), 0.49, 0.52, 600)
    tall = np.flatnonzero(found > HEIGHT // 2)
    assert (tall.min(), tall.max()) == (200, 299)


def test_a_click_is_seen_in_the_width_of_an_hour() -> None:
    highs = np.zeros(seconds(3600), np.int16)
    highs[seconds(1801)] = LOUD
    found = heights(wave_of(highs), 0, 3600, 1200)
    assert np.flatnonzero(found > HEIGHT // 2).tolist() == [600]


def test_nothing_is_drawn_where_nothing_was_recorded() -> None:
    highs, lows = np.zeros(seconds(10), np.int16), np.zeros(seconds(10), np.int16)
    highs[: seconds(4)], lows[: seconds(4)] = -1, 1
    found = heights(wave_of(highs, lows), -2, 12, 140)
    assert (found[:59] == 0).all()
    assert (found[61:119] > 0).all()
    assert (found[121:] == 0).all()


def test_quiet_recordings_are_drawn_taller_but_silent_ones_are_not() -> None:
    some = np.full(seconds(10), 2000, np.int16)
    assert heights(wave_of(some), 1, 9, 100).min() >= HEIGHT - 2
    assert heights(wave_of(np.zeros_like(some)), 1, 9, 100).max() <= 2
    hiss = np.full_like(some, 20)
    assert heights(wave_of(hiss), 1, 9, 100).max() <= 4


def test_a_door_does_not_make_speech_small() -> None:
    highs = np.full(seconds(60), 3000, np.int16)
    highs[seconds(10) : seconds(10.1)] = 32767
    assert heights(wave_of(highs), 30, 40, 100).min() >= HEIGHT - 2


def test_the_body_is_stronger_than_the_peaks(loud_and_quiet: SoundWave) -> None:
    span = Micros(21 * SECOND), Micros(29 * SECOND)
    opaque = alphas(loud_and_quiet.image(*span, (80, HEIGHT), BLACK, 1))
    assert (opaque[HEIGHT // 2] == 255).all()
    assert ((opaque[3] > 50) & (opaque[3] < 200)).all()
    strong = np.count_nonzero(opaque > 200, axis=0)
    assert ((strong > HEIGHT * 0.4) & (strong < HEIGHT * 0.6)).all()


def test_low_and_high_need_not_be_alike() -> None:
    highs = np.full(seconds(10), LOUD, np.int16)
    opaque = alphas(
        wave_of(highs, np.zeros_like(highs)).image(
            Micros(SECOND), Micros(2 * SECOND), (50, HEIGHT), BLACK, 1
        )
    )
    assert (opaque[2] > 0).all()
    assert (opaque[-3] == 0).all()


def test_it_has_the_colour_asked_for(loud_and_quiet: SoundWave) -> None:
    colour = QColor("#84929c")
    image = loud_and_quiet.image(Micros(21 * SECOND), Micros(22 * SECOND), (20, HEIGHT), colour, 1)
    assert image.pixelColor(10, HEIGHT // 2) == colour
