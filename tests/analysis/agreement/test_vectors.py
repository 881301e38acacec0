"""Published numbers, to the digits they were printed with."""

from __future__ import annotations

import numpy as np
import pytest

from annotator.analysis.agreement.icc import Form, icc, mean_squares
from annotator.analysis.agreement.kappa import against_rest, cohen, fitted_kappa
from annotator.analysis.agreement.unitizing import unitizing_alpha
from annotator.analysis.agreement.units import Level, ac1, alpha, counted, fleiss, raw_agreement


@pytest.mark.parametrize(
    ("rows", "kappa", "observed", "expected", "most"),
    [
        ([[88, 14, 18], [10, 40, 10], [2, 6, 12]], 0.492, 0.70, 0.41, 0.831),
        ([[25, 12, 3], [13, 2, 15], [12, 16, 2]], -0.092, 0.29, 0.35, 0.85),
        ([[53, 5, 2], [11, 14, 5], [1, 6, 3]], 0.429, 0.70, 0.475, None),
        ([[20, 20], [10, 50]], 0.348, 0.70, 0.54, None),
    ],
)
def test_cohen(
    rows: list[list[int]], kappa: float, observed: float, expected: float, most: float | None
) -> None:
    found = cohen(np.array(rows, dtype=float))
    assert found.value == pytest.approx(kappa, abs=5e-4)
    assert found.observed == pytest.approx(observed, abs=5e-3)
    assert found.expected == pytest.approx(expected, abs=5e-4)
    if most is not None:
        assert found.maximum == pytest.approx(most, abs=5e-3)


FIRST = "00" + "1" * 8 + "0" * 4 + "1" * 6 + "0" * 4
SECOND = "0000" + "1111" + "0" * 7 + "11" + "0" * 7


@pytest.mark.parametrize(
    ("one", "other", "kappa"),
    [(FIRST, SECOND, 0.385), ("001111110011111001111001100"[:24], None, None)],
)
def test_time_units_of_krippendorff(one: str, other: str | None, kappa: float | None) -> None:
    if other is None or kappa is None:
        one, other, kappa = "001111110011001111001100", "110011110011110011001100", 0.314
    table = np.zeros((2, 2))
    for a, b in zip(one, other, strict=True):
        table[int(a), int(b)] += 1
    assert cohen(table).value == pytest.approx(kappa, abs=5e-4)


def test_no_variation_gives_words() -> None:
    found = cohen(np.array([[0.0, 0], [0, 24]]))
    assert found.value is None
    assert "same code throughout" in found.because


FLEISS = [
    "444444",
    "222555",
    "233335",
    "555555",
    "222444",
    "113333",
    "333355",
    "113334",
    "114444",
    "555555",
    "144444",
    "124444",
    "222333",
    "144444",
    "224445",
    "333335",
    "111455",
    "111112",
    "224444",
    "133555",
    "555555",
    "244444",
    "224555",
    "114444",
    "144445",
    "222224",
    "111155",
    "224444",
    "133333",
    "555555",
]


def test_fleiss() -> None:
    found = fleiss(counted([list(unit) for unit in FLEISS]))
    assert found.value == pytest.approx(0.430, abs=5e-4)
    assert found.observed == pytest.approx(0.5556, abs=5e-5)
    assert found.expected == pytest.approx(0.2201, abs=5e-4)  # printed from rounded shares
    printed = [0.248, 0.248, 0.517, 0.470, 0.565]  # from rounded shares, as is what chance brings
    assert found.per_code == pytest.approx(printed, abs=5e-3)
    raw = raw_agreement(counted([list(unit) for unit in FLEISS]))
    assert raw.value == pytest.approx(0.5556, abs=5e-5)


def rated(rows: list[str]) -> list[list[float | None]]:
    split = [row.split() for row in rows]
    return [
        [None if one in ".*" else float(one) for one in unit] for unit in zip(*split, strict=True)
    ]


@pytest.mark.parametrize(
    ("level", "value"),
    [
        (Level.NOMINAL, 0.743),
        (Level.ORDINAL, 0.815),
        (Level.INTERVAL, 0.849),
        (Level.RATIO, 0.797),
    ],
)
def test_alpha_of_four_coders(level: Level, value: float) -> None:
    units = rated(
        [
            "1 2 3 3 2 1 4 1 2 . . .",
            "1 2 3 3 2 2 4 1 2 5 . 3",
            ". 3 3 3 2 3 4 2 2 5 1 .",
            "1 2 3 3 2 4 4 1 2 5 1 .",
        ]
    )
    assert alpha(counted(units), level).value == pytest.approx(value, abs=5e-4)


@pytest.mark.parametrize(("level", "value"), [(Level.NOMINAL, 0.691), (Level.INTERVAL, 0.811)])
def test_alpha_of_three_coders(level: Level, value: float) -> None:
    units = rated(
        [
            "* * * * * 3 4 1 2 1 1 3 3 * 3",
            "1 * 2 1 3 3 4 3 * * * * * * *",
            "* * 2 1 3 4 4 * 2 1 1 3 3 * 4",
        ]
    )
    assert alpha(counted(units), level).value == pytest.approx(value, abs=5e-4)


HAYES = [
    "112.2",
    "1101.",
    "2333.",
    ".00.0",
    "000.0",
    "000.0",
    "102.1",
    "1.20.",
    "222.2",
    "2111.",
    ".100.",
    "0000.",
    "1222.",
    "33223",
    "111.1",
    "111.1",
    "212.2",
    "1233.",
    "1101.",
    "000.0",
    "0011.",
    "00.00",
    "2333.",
    "0000.",
    "12.22",
    "0111.",
    "00010",
    "1212.",
    "1122.",
    "112.2",
    "110.0",
    "2121.",
    "22.22",
    "3222.",
    "222.2",
    "223.2",
    "222.2",
    "22.12",
    "2222.",
    "111.1",
]


def test_alpha_of_hayes_and_krippendorff() -> None:
    units = [[None if one == "." else float(one) for one in unit] for unit in HAYES]
    assert len(units) == 40
    assert alpha(counted(units), Level.ORDINAL).value == pytest.approx(0.7598, abs=5e-5)


def test_ac1_by_hand() -> None:
    units = [["y", "y"]] * 8 + [["n", "n"], ["y", "n"]]
    found = ac1(counted(units))
    assert found.observed == pytest.approx(0.9)
    assert found.expected == pytest.approx(0.255)
    assert found.value == pytest.approx(0.8658, abs=5e-5)


def test_icc_of_shrout_and_fleiss() -> None:
    rows = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]
    squares = mean_squares(np.array(rows, dtype=float))
    assert squares.targets == pytest.approx(11.2417, abs=5e-5)
    assert squares.coders == pytest.approx(32.4861, abs=5e-5)
    assert squares.error == pytest.approx(1.0194, abs=5e-5)
    assert squares.within == pytest.approx(6.2639, abs=5e-5)
    values = {one.form: one.value for one in icc(rows)}
    assert values == {
        Form.ONE_SINGLE: pytest.approx(0.17, abs=5e-3),
        Form.ABSOLUTE_SINGLE: pytest.approx(0.29, abs=5e-3),
        Form.CONSISTENT_SINGLE: pytest.approx(0.71, abs=5e-3),
        Form.ONE_AVERAGE: pytest.approx(0.44, abs=5e-3),
        Form.ABSOLUTE_AVERAGE: pytest.approx(0.62, abs=5e-3),
        Form.CONSISTENT_AVERAGE: pytest.approx(0.91, abs=5e-3),
    }


def test_unitizing_of_krippendorff() -> None:
    coded = {
        "c": [[(225, 70), (370, 30)], [(220, 80), (355, 20), (400, 20)]],
        "k": [[(180, 60), (300, 50)], [(180, 60), (300, 50)]],
    }
    whole, per_code = unitizing_alpha(coded, 150, 300)
    assert per_code["c"].observed == pytest.approx(0.0144, abs=5e-5)
    assert per_code["c"].expected == pytest.approx(0.0532, abs=5e-5)
    assert per_code["c"].value == pytest.approx(0.7286, abs=5e-5)
    assert per_code["k"].expected == pytest.approx(0.0490, abs=5e-5)
    assert per_code["k"].value == 1.0
    assert whole.value == pytest.approx(0.85867, abs=5e-6)


def test_unitizing_of_one_against_three() -> None:
    whole, _ = unitizing_alpha({"A": [[(1, 8)], [(2, 1), (4, 1), (6, 1)]]}, 0, 10)
    assert whole.observed == pytest.approx(0.91, abs=5e-5)
    assert whole.expected == pytest.approx(0.5351, abs=1e-4)  # printed cut off, not rounded
    assert whole.value == pytest.approx(-0.7003, abs=5e-5)


@pytest.mark.parametrize(
    ("rows", "observed", "expected", "kappa", "most"),
    [
        ([[2, 0, 2], [2, 4, 0], [1, 1, 0]], 0.5, 0.333333, 0.25, 0.875),
        (
            [[4, 0, 0, 1], [0, 4, 0, 0], [0, 2, 2, 0], [0, 0, 1, 0]],
            0.714286,
            0.284024,
            0.600945,
            0.800472,
        ),
        ([[40, 6, 5], [4, 30, 7], [3, 8, 0]], 0.679612, 0.389741, 0.474996, None),
        ([[6, 0, 0], [0, 6, 0], [0, 0, 0]], 1, 0.5, 1, 1),
    ],
)
def test_easydiag_tables(
    rows: list[list[int]], observed: float, expected: float, kappa: float, most: float | None
) -> None:
    found = fitted_kappa(np.array(rows, dtype=float))
    assert found.observed == pytest.approx(observed, abs=1e-6)
    assert found.expected == pytest.approx(expected, abs=1e-6)
    assert found.value == pytest.approx(kappa, abs=1e-6)
    if most is not None:
        assert found.maximum == pytest.approx(most, abs=1e-6)


def test_easydiag_per_code() -> None:
    table = np.array([[4, 0, 0, 1], [0, 4, 0, 0], [0, 2, 2, 0], [0, 0, 1, 0]], dtype=float)
    values = [cohen(against_rest(table, place)).value for place in range(3)]
    assert values == pytest.approx([0.8372, 0.6957, 0.4324], abs=5e-5)
