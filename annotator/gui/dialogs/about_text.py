"""What the program says about itself: version, licence, parts and how to cite it."""

from __future__ import annotations

import platform
from importlib import import_module

from PyQt6.QtCore import QT_VERSION_STR

PARTS = ("PyQt6", "av", "opencv-python", "pydub", "numpy")
"""What does the work beside the program itself, by its name in the package index."""


def part_versions() -> tuple[tuple[str, str], ...]:
    """List the parts the program is made of with their versions, the language first."""
    rows = [("Python", platform.python_version()), ("Qt", QT_VERSION_STR)]
    return (*rows, *((name, _version(name)) for name in PARTS))


def citation(program_version: str) -> str:
    """Write how to cite this version in a paper."""
    return f"annotator (Version {program_version}) [Computer software]."


def report_text(program_version: str, parts: tuple[tuple[str, str], ...]) -> str:
    """Write the versions as plain lines, to be pasted into a question for help."""
    lines = [f"annotator {program_version}", f"system {platform.platform()}"]
    return "\n".join([*lines, *(f"{name} {number}" for name, number in parts)])


def _version(name: str) -> str:
    metadata = import_module("importlib.metadata")  # slow to load, and seldom needed
    try:
        return str(metadata.version(name))
    except metadata.PackageNotFoundError:
        return "unknown"
