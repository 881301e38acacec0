"""Signals of HDR films mean the light that the standards say, and ordinary ones look like it."""

from __future__ import annotations

import numpy as np
import pytest

from annotator.media.hdr_light import (
    WHITE,
    Transfer,
    hlg_to_light,
    light_to_pq,
    pq_to_light,
    rolled_off,
    to_ordinary,
)

BOTH = pytest.mark.parametrize("transfer", Transfer)
TO_WIDE = np.array([[0.6274, 0.3293, 0.0433], [0.0691, 0.9195, 0.0114], [0.0164, 0.0880, 0.8956]])
"""BT.709 light as that of BT.2020 (ITU-R BT.2087, table 1)."""


def grey(signal: float) -> np.ndarray:
    return np.full(3, signal)


@pytest.mark.parametrize(
    ("signal", "light"),
    [(0.0, 0.0), (0.38, 26), (0.58, 203), (0.7518, 1000), (0.9026, 4000), (1.0, 10_000)],
)
def test_light_of_pq_as_published(signal: float, light: float) -> None:
    assert pq_to_light(grey(signal)) == pytest.approx(light, rel=0.03)


@pytest.mark.parametrize(
    ("signal", "light"), [(0.0, 0.0), (0.38, 26), (0.75, 203), (0.5, 50.7), (1.0, 1000)]
)
def test_light_of_hlg_as_published(signal: float, light: float) -> None:
    assert hlg_to_light(grey(signal)) == pytest.approx(light, rel=0.03)


def test_pq_there_and_back() -> None:
    signals = np.linspace(0, 1, 200)
    assert light_to_pq(pq_to_light(signals)) == pytest.approx(signals, abs=1e-6)


def test_what_is_dark_stays_and_what_is_bright_is_pressed_together() -> None:
    light = np.linspace(0, 1000, 4000)
    rolled = rolled_off(light)
    assert rolled[light < 90] == pytest.approx(light[light < 90], rel=1e-3)
    assert (np.diff(rolled) >= 0).all()
    assert np.diff(rolled, 2).max() < 1e-3  # no corner, and never steeper again
    assert rolled_off(np.array([1000.0, 5000.0])) == pytest.approx(WHITE)


@BOTH
def test_greys(transfer: Transfer) -> None:
    """White paper is as in other films (about 90 %), the grey card a little over 40 %."""
    white = 0.58069 if transfer is Transfer.PQ else 0.75
    for signal, expected in ((0.0, 0.0), (0.38, 0.425), (white, 0.903), (1.0, 1.0)):
        assert to_ordinary(grey(signal), transfer) == pytest.approx(expected, abs=0.005)


@pytest.mark.parametrize("colour", [(1, 0, 0), (0, 1, 0), (0, 0, 1), (0.8, 0.5, 0.4), (0, 0.3, 0)])
def test_colours_that_others_show_too_are_kept(colour: tuple[float, float, float]) -> None:
    light = np.array(colour) * 80  # below where brightness is pressed together
    shown = to_ordinary(light_to_pq(TO_WIDE @ light), Transfer.PQ)
    assert shown**2.4 * WHITE == pytest.approx(light, abs=0.3)


@BOTH
def test_colours_out_of_reach_keep_their_brightness_and_their_hue(transfer: Transfer) -> None:
    to_light = pq_to_light if transfer is Transfer.PQ else hlg_to_light
    to_narrow = np.linalg.inv(TO_WIDE)
    for at in range(3):
        signal = np.zeros(3)
        signal[at] = 0.35  # below where brightness is pressed together
        shown = to_ordinary(signal, transfer) ** 2.4 * WHITE
        wanted = to_narrow @ to_light(signal)
        brightness = np.array([0.2126, 0.7152, 0.0722])
        assert shown @ brightness == pytest.approx(wanted @ brightness, rel=0.01)
        assert shown.min() == pytest.approx(0, abs=0.02)  # no paler than it must be
        assert int(shown.argmax()) == at


@BOTH
def test_bright_colours_keep_their_hue(transfer: Transfer) -> None:
    to_light = pq_to_light if transfer is Transfer.PQ else hlg_to_light
    skin = np.array([0.55, 0.5, 0.48])
    for brighter in (0.0, 0.05, 0.1):
        light = np.linalg.inv(TO_WIDE) @ to_light(skin + brighter)
        shown = to_ordinary(skin + brighter, transfer) ** 2.4
        assert shown / shown.max() == pytest.approx(light / light.max(), abs=0.003)
        assert shown.max() < 1


@BOTH
def test_every_signal_becomes_one_that_can_be_shown(transfer: Transfer) -> None:
    steps = np.linspace(0, 1, 21)
    shown = to_ordinary(np.stack(np.meshgrid(steps, steps, steps), axis=-1), transfer)
    assert np.isfinite(shown).all()
    assert shown.min() >= 0
    assert shown.max() <= 1
