"""What the numbers of HDR films mean, and which numbers of other films look the same.

HDR films tell light up to many times that of white paper, in more colours than screens commonly
show. White paper stays nearly white here, what is brighter is pressed together above it, and
colours out of reach are paled no more than they must be.
"""

from __future__ import annotations

from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]
"""Shape (…, 3): red, green, blue; signals are from 0 to 1."""

WHITE = 203.0
"""The light of white paper in HDR films, in candela a square metre (ITU-R BT.2408, table 1)."""

_PEAK = 1000.0
"""The most light that is told apart: what HLG means, and what cameras that write PQ reach."""

_GAMMA = 2.4
"""Of ordinary screens (ITU-R BT.1886)."""

_WIDE = np.array([0.2627, 0.6780, 0.0593])
_NARROW = np.array([0.2126, 0.7152, 0.0722])
"""How much colours count for brightness: of ITU-R BT.2020, and of BT.709."""

_TO_NARROW = np.array(
    [
        [1.660491, -0.587641, -0.072850],
        [-0.124550, 1.132900, -0.008349],
        [-0.018151, -0.100579, 1.118730],
    ]
)
"""ITU-R BT.2087, its matrix turned round."""

_M1, _M2 = 2610 / 16384, 2523 / 4096 * 128
_C1, _C2, _C3 = 3424 / 4096, 2413 / 4096 * 32, 2392 / 4096 * 32
_MOST = 10_000.0
"""ITU-R BT.2100, table 4."""

_A = 0.17883277
_B, _C = 1 - 4 * _A, 0.5 - _A * np.log(4 * _A)
_MEETING = 0.5
_SYSTEM_GAMMA = 1.2
"""ITU-R BT.2100, table 5, for a screen of 1000 candela a square metre.

The two parts of the curve meet at a signal of a half.
"""


class Transfer(IntEnum):
    """Ways in which HDR films write light as numbers, by what they carry (ITU-T H.273)."""

    PQ = 16
    HLG = 18


def to_ordinary(signals: Values, transfer: Transfer) -> Values:
    """Turn signals of an HDR film into those of a BT.709 one that looks like it."""
    wide = pq_to_light(signals) if transfer is Transfer.PQ else hlg_to_light(signals)
    narrow = _paled(wide @ _TO_NARROW.T)
    brightest = narrow.max(axis=-1, keepdims=True)
    factor = rolled_off(brightest) / np.maximum(brightest, 1e-9)
    shown: Values = np.clip(narrow * factor / WHITE, 0, 1) ** (1 / _GAMMA)
    return shown


def pq_to_light(signals: Values) -> Values:
    """Tell light in candela a square metre (ITU-R BT.2100, table 4)."""
    power = np.clip(signals, 0, 1) ** (1 / _M2)
    light: Values = _MOST * (np.maximum(power - _C1, 0) / (_C2 - _C3 * power)) ** (1 / _M1)
    return light


def light_to_pq(light: Values) -> Values:
    """Tell the signals of light; the same table."""
    power = (np.clip(light, 0, _MOST) / _MOST) ** _M1
    signals: Values = ((_C1 + _C2 * power) / (1 + _C3 * power)) ** _M2
    return signals


def hlg_to_light(signals: Values) -> Values:
    """Tell light in candela a square metre on a screen of 1000 (ITU-R BT.2100, table 5)."""
    clipped = np.clip(signals, 0, 1)
    bright = (np.exp((clipped - _C) / _A) + _B) / 12
    scene = np.where(clipped <= _MEETING, clipped**2 / 3, bright)
    brightness = scene @ _WIDE
    light: Values = _PEAK * scene * brightness[..., None] ** (_SYSTEM_GAMMA - 1)
    return light


def rolled_off(light: Values) -> Values:
    """Press light up to the peak into what is below white (ITU-R BT.2408, annex 5)."""
    whole = light_to_pq(np.array(_PEAK))
    most = light_to_pq(np.array(WHITE)) / whole
    knee = 1.5 * most - 0.5
    signals = np.minimum(light_to_pq(light) / whole, 1)
    way = np.maximum(signals - knee, 0) / (1 - knee)
    curve = (
        (2 * way**3 - 3 * way**2 + 1) * knee
        + (way**3 - 2 * way**2 + way) * (1 - knee)
        + (3 * way**2 - 2 * way**3) * most
    )
    return pq_to_light(np.where(signals < knee, signals, curve) * whole)


def _paled(narrow: Values) -> Values:
    """Mix colours that are out of reach with grey of their brightness, as little as will do."""
    grey = (narrow @ _NARROW)[..., None]
    lacking = np.maximum(-narrow.min(axis=-1, keepdims=True), 0)
    paled: Values = narrow + (grey - narrow) * lacking / np.maximum(grey + lacking, 1e-9)
    return paled
