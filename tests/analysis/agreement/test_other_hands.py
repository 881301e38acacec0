"""Our coefficients against those of krippendorff, pingouin and statsmodels, on random data."""

from __future__ import annotations

import krippendorff
import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from statsmodels.stats import inter_rater

from annotator.analysis.agreement.icc import icc, mean_squares
from annotator.analysis.agreement.kappa import Weights, cohen, cohen_bounds
from annotator.analysis.agreement.units import Counts, Level, alpha, fleiss

TABLES = st.integers(2, 5).flatmap(
    lambda size: st.lists(
        st.lists(st.integers(1, 30), min_size=size, max_size=size), min_size=size, max_size=size
    )
)
COUNTS = st.lists(st.lists(st.integers(0, 3), min_size=3, max_size=3), min_size=3, max_size=12)


@given(TABLES)
def test_kappas(rows: list[list[int]]) -> None:
    table = np.array(rows, dtype=float)
    theirs = inter_rater.cohens_kappa(table)
    assert cohen(table).value == pytest.approx(theirs.kappa, abs=1e-9)
    limits = cohen_bounds(table)
    assert limits is not None
    wanted = (max(-1, theirs.kappa_low), min(1, theirs.kappa_upp))
    assert limits == pytest.approx(wanted, abs=1e-6)
    for weights, name in ((Weights.LINEAR, "linear"), (Weights.QUADRATIC, "quadratic")):
        weighted = inter_rater.cohens_kappa(table, wt=name, return_results=False)
        assert cohen(table, weights).value == pytest.approx(weighted, abs=1e-9)


@given(st.lists(st.lists(st.sampled_from("abc"), min_size=4, max_size=4), min_size=2, max_size=12))
def test_fleiss(units: list[list[str]]) -> None:
    table = np.array([[unit.count(one) for one in "abc"] for unit in units], dtype=float)
    assume(np.count_nonzero(table.sum(axis=0)) > 1)
    found = fleiss(Counts(("a", "b", "c"), table))
    assert found.value == pytest.approx(inter_rater.fleiss_kappa(table), abs=1e-9)


@given(COUNTS, st.sampled_from(Level))
def test_alphas(rows: list[list[int]], level: Level) -> None:
    table = np.array(rows, dtype=float)
    kept = table[table.sum(axis=1) > 1]
    assume(len(kept) and np.count_nonzero(kept.sum(axis=0)) > 1)
    values = (1.0, 2.0, 4.0)
    theirs = krippendorff.alpha(
        value_counts=table.astype(int), value_domain=list(values), level_of_measurement=level.value
    )
    assert alpha(Counts(values, table), level).value == pytest.approx(theirs, abs=1e-9)


@given(st.integers(3, 8), st.integers(2, 4), st.integers(0, 10_000))
def test_mean_squares_add_up(targets: int, coders: int, seed: int) -> None:
    table = np.random.default_rng(seed).normal(size=(targets, coders)) * 2 + 5
    squares = mean_squares(table)
    spread = float(((table - table.mean()) ** 2).sum())
    parts = squares.targets * (targets - 1) + squares.within * targets * (coders - 1)
    assert parts == pytest.approx(spread, abs=1e-9)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.filterwarnings("ignore")
def test_icc(seed: int) -> None:
    pingouin = pytest.importorskip("pingouin")
    pandas = pytest.importorskip("pandas")
    random = np.random.default_rng(seed)
    table = random.normal(size=(7, 1)) + random.normal(size=(7, 3)) * 0.7 + 3
    rows = [(t, c, table[t, c]) for t in range(7) for c in range(3)]
    frame = pandas.DataFrame(rows, columns=["target", "coder", "value"])
    theirs = pingouin.intraclass_corr(frame, "target", "coder", "value").set_index("Type")
    for one in icc(table.tolist()):
        row = theirs.loc[one.form.value]
        assert one.value == pytest.approx(row["ICC"], abs=1e-9)
        assert (one.low, one.high) == pytest.approx(tuple(row["CI95"]), abs=5.1e-3)  # as printed
