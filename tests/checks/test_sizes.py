"""Modules and functions stay small enough to be read in one go."""

from __future__ import annotations

import ast
from pathlib import Path

PACKAGE = Path(__file__).parents[2] / "annotator"
LONGEST_MODULE = 400
LONGEST_WINDOW = 250
LONGEST_FUNCTION = 40


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def too_long(source: str) -> list[str]:
    return [
        f"{node.name} ({length} lines)"
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (length := (node.end_lineno or 0) - node.lineno + 1) > LONGEST_FUNCTION
    ]


def test_modules_and_their_functions_are_small() -> None:
    large = []
    for path in modules():
        source = path.read_text(encoding="utf-8")
        limit = LONGEST_WINDOW if path.name == "main_window.py" else LONGEST_MODULE
        lines = len(source.splitlines())
        found = too_long(source) + ([f"{lines} lines"] if lines > limit else [])
        large += [f"{path.relative_to(PACKAGE)}: {one}" for one in found]
    assert large == []


def test_the_check_sees_a_long_function() -> None:
    body = "\n".join("    x = 1" for _ in range(LONGEST_FUNCTION))
    assert too_long(f"def f():\n{body}\n") == [f"f ({LONGEST_FUNCTION + 1} lines)"]


def test_there_is_something_to_check() -> None:
    assert len(modules()) > 40
