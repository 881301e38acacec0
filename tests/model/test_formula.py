from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.model.formula import (
    FormulaError,
    can_be_named,
    evaluate,
    names_in,
    renamed_in,
    undefined_because,
)


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("a", 3.0),
        ("a + b * 2", 11.0),
        ("(a + b) * 2", 14.0),
        ("-a / b", -0.75),
        ("a - b - 1", -2.0),
        (" 1.5 ", 1.5),
    ],
)
def test_formulas_are_arithmetic(formula: str, value: float) -> None:
    assert evaluate(formula, {"a": 3, "b": 4}) == value


@pytest.mark.parametrize("formula", ["a / (b - b)", "c", "a + c"])
def test_without_a_value_there_is_none(formula: str) -> None:
    assert evaluate(formula, {"a": 3, "b": 4}) is None


@pytest.mark.parametrize(
    "formula",
    [
        "",
        "a +",
        "a ** b",
        "a(b)",
        "a.b",
        "__import__('os')",
        "a if b else c",
        "[a]",
        "'a'",
        "True",
        "a < b",
        "1j",
        "a\0",
        "(" * 500 + "a" + ")" * 500,
        "-" * 5000 + "a",
        "+".join(["a"] * 5000),
    ],
)
def test_what_is_no_formula_is_refused(formula: str) -> None:
    with pytest.raises(FormulaError):
        names_in(formula)
    with pytest.raises(FormulaError):
        evaluate(formula, {"a": 1, "b": 1})


@pytest.mark.parametrize("formula", ["a * 1" + "0" * 400, "1e999 * a", "1" + "0" * 400])
def test_numbers_too_large_have_no_value(formula: str) -> None:
    assert evaluate(formula, {"a": 3.0}) is None


def test_the_names_of_a_formula_are_ids() -> None:
    assert names_in("(a_1 + b) / a_1") == {"a_1", "b"}


def test_an_id_is_renamed_whole() -> None:
    assert renamed_in("a + ab + b_a + a", "a", "x") == "x + ab + b_a + x"


@given(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6))
def test_sums_are_those_of_python(first: float, second: float) -> None:
    value = evaluate("a + b - a", {"a": first, "b": second})
    assert value is not None
    assert math.isclose(value, first + second - first, abs_tol=1e-12)


@pytest.mark.parametrize(
    ("formula", "told"),
    [
        ("a / b", ""),
        ("a / none", "none is 0, and nothing can be divided by that"),
        ("a / (none + none)", "none + none is 0, and nothing can be divided by that"),
        ("a / c + d", "there is no value for c, d"),
        ("a * 1e308 * 1e308", "the numbers are too large"),
    ],
)
def test_it_is_said_why_there_is_no_value(formula: str, told: str) -> None:
    values = {"a": 3.0, "b": 4.0, "none": 0.0}
    assert undefined_because(formula, values) == told
    assert (evaluate(formula, values) is None) == bool(told)


@pytest.mark.parametrize("name", ["Q", "cl_C_pos", "_x", "Ärger"])
def test_what_a_formula_can_name(name: str) -> None:
    assert can_be_named(name)
    assert names_in(f"{name} + 1") == {name}


@pytest.mark.parametrize("name", ["", "CQ+", "open question", "3RS", "in", "None", "\ufb01le"])
def test_what_a_formula_cannot_name(name: str) -> None:
    assert not can_be_named(name)


@pytest.mark.parametrize("formula", ["1or 2", "0x1for x in y", "'\\d'"])
def test_nothing_is_printed_about_a_strange_formula(formula: str) -> None:
    with pytest.raises(FormulaError):
        names_in(formula)
