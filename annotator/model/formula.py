"""Formulas of a codebook's scores: arithmetic over the ids of codes and ratings."""

from __future__ import annotations

import ast
import keyword
import math
import re
import unicodedata
import warnings
from collections.abc import Mapping

from annotator.errors import AnnotatorError

_OPERATORS = (ast.Add, ast.Sub, ast.Mult, ast.Div)
_MOST_PARTS = 900  # so that no formula, however it is nested, can exhaust the stack


class FormulaError(AnnotatorError):
    """A score's formula cannot be read."""


def names_in(formula: str) -> set[str]:
    """Give the ids that a formula names.

    Raises FormulaError where it holds more than numbers, ids, + - * / and brackets.
    """
    return {node.id for node in ast.walk(_parsed(formula)) if isinstance(node, ast.Name)}


def renamed_in(formula: str, old: str, new: str) -> str:
    """Write a formula with one id replaced by another, all else as it was.

    The new id must be one that `can_be_named`.
    """
    return re.sub(rf"(?<![\w]){re.escape(old)}(?![\w])", new, formula)


def can_be_named(one: str) -> bool:
    """Tell whether an id can stand in a formula: letters, digits and _, not beginning with a digit.

    Words that mean something to Python, such as "in", cannot.
    """
    is_plain = unicodedata.normalize("NFKC", one) == one
    return one.isidentifier() and is_plain and not keyword.iskeyword(one)


def evaluate(formula: str, values: Mapping[str, float]) -> float | None:
    """Compute a formula; None where it has no finite value or names what has no value.

    Raises FormulaError where it holds more than numbers, ids, + - * / and brackets.
    """
    try:
        value = _value(_parsed(formula).body, values)
    except (ZeroDivisionError, OverflowError, KeyError):
        return None
    return value if math.isfinite(value) else None


def undefined_because(formula: str, values: Mapping[str, float]) -> str:
    """Say why a formula has no value, in words that read after "not defined: "; empty if it has.

    Raises FormulaError as `evaluate` does.
    """
    if evaluate(formula, values) is not None:
        return ""
    if missing := sorted(names_in(formula) - set(values)):
        return f"there is no value for {', '.join(missing)}"
    for node in ast.walk(_parsed(formula)):
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div):
            divisor = ast.unparse(node.right)
            if evaluate(divisor, values) == 0:
                return f"{divisor} is 0, and nothing can be divided by that"
    return "the numbers are too large"


def _parsed(formula: str) -> ast.Expression:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # "1or 2" is warned of, and then refused below
            tree = ast.parse(formula.strip(), mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise FormulaError(f'the formula "{formula}" cannot be read') from error
    parts = list(ast.walk(tree))
    if len(parts) > _MOST_PARTS:
        raise FormulaError("the formula is too long")
    if not all(_is_allowed(part) for part in parts):
        raise FormulaError(f'the formula "{formula}" holds more than + - * / and ids')
    return tree


def _is_allowed(node: ast.AST) -> bool:
    if isinstance(node, ast.Constant):
        return type(node.value) in {int, float}
    allowed = (ast.Expression, ast.BinOp, ast.UnaryOp, ast.USub, ast.Name, ast.Load, *_OPERATORS)
    return isinstance(node, allowed)


def _value(node: ast.expr, values: Mapping[str, float]) -> float:
    match node:
        case ast.Constant(value=int() | float() as number):
            return float(number)
        case ast.Name(id=name):
            return float(values[name])
        case ast.UnaryOp(operand=operand):
            return -_value(operand, values)
        case ast.BinOp(left=left, op=operator, right=right):
            return _combined(_value(left, values), operator, _value(right, values))
    raise FormulaError("the formula cannot be computed")


def _combined(left: float, operator: ast.operator, right: float) -> float:
    match operator:
        case ast.Add():
            return left + right
        case ast.Sub():
            return left - right
        case ast.Mult():
            return left * right
    return left / right
