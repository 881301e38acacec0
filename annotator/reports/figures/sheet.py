"""The sheet that a figure is drawn on: its look, its marks that can be clicked, its files."""

from __future__ import annotations

import io
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from annotator.errors import AnnotatorError
from annotator.model.table import Cell

COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#8a8a00", "#5d3a9b")
"""Okabe and Ito's, which colour-blind eyes can tell apart, the yellow made darker for print."""

HATCHES = ("", "///", "...", "xxx", "\\\\\\", "ooo", "+++", "---")
"""Beside colours, so that print in grey can be read."""

INK, FAINT = "#1b2a33", "#c4ccd1"
FORMATS = ("pdf", "svg", "png")
PRINT_DPI = 300
INCH = 2.54

_LOOK: dict[Any, Any] = {
    "font.family": "DejaVu Sans",
    "font.size": 8,
    "axes.edgecolor": INK,
    "axes.labelcolor": INK,
    "axes.titlesize": 9,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.linewidth": 0.6,
    "xtick.color": INK,
    "ytick.color": INK,
    "xtick.major.width": 0.6,
    "ytick.major.width": 0.6,
    "hatch.linewidth": 0.5,
    "legend.frameon": False,
    "pdf.fonttype": 42,
    "svg.fonttype": "path",
    "svg.hashsalt": "annotator",
}


@dataclass(frozen=True, slots=True)
class Hit:
    """Where in a picture a row of the table stands: shares of its width and height, from the top.

    `column` is that of the table which the mark shows, -1 for the whole row.
    """

    left: float
    top: float
    right: float
    bottom: float
    row: int
    column: int = -1


@dataclass(frozen=True, slots=True)
class _Mark:
    axes: Axes
    x: tuple[float, float]
    y: tuple[float, float]
    row: int
    column: int


@dataclass(slots=True)
class Sheet:
    """A figure that is being drawn."""

    figure: Figure
    marks: list[_Mark] = field(default_factory=list)

    def mark(
        self,
        axes: Axes,
        x: tuple[float, float],
        y: tuple[float, float],
        row: int,
        column: int = -1,
    ) -> None:
        """Note that a rectangle, in the axes' own numbers, stands for a row of the table."""
        self.marks.append(_Mark(axes, x, y, row, column))


def new_sheet(width: float, height: float) -> Sheet:
    """Begin a figure of so many centimetres."""
    with mpl.rc_context(_LOOK):
        figure = Figure(figsize=(width / INCH, height / INCH), layout="constrained")
    return Sheet(figure)


def look() -> AbstractContextManager[None]:
    """Give the context in which axes are made and drawn."""
    return mpl.rc_context(_LOOK)


def file_of(sheet: Sheet, form: str) -> bytes:
    """Write a figure as PDF, SVG or PNG (300 dots per inch), with no date in it.

    Raises AnnotatorError where the format is none of these.
    """
    if form not in FORMATS:
        endings = ", ".join(f".{one}" for one in FORMATS)
        raise AnnotatorError(f"A figure cannot be written as .{form}.", f"Endings are: {endings}.")
    metadata = {
        "pdf": {"Creator": "annotator", "Producer": None, "CreationDate": None},
        "svg": {"Creator": "annotator", "Date": None},
        "png": {"Software": "annotator"},
    }[form]
    data = io.BytesIO()
    with mpl.rc_context(_LOOK):
        sheet.figure.savefig(data, format=form, dpi=PRINT_DPI, metadata=metadata)
    return data.getvalue()


@dataclass(frozen=True, slots=True)
class Picture:
    """A figure as PNG for the screen, and where its rows stand in it."""

    png: bytes
    hits: tuple[Hit, ...]


def picture_of(sheet: Sheet, dpi: float) -> Picture:
    """Draw a figure for the screen."""
    data = io.BytesIO()
    with mpl.rc_context(_LOOK):
        sheet.figure.savefig(data, format="png", dpi=dpi)
    return Picture(data.getvalue(), tuple(_hits(sheet.figure, sheet.marks)))


_NEAR = 0.004


def _hits(figure: Figure, marks: Sequence[_Mark]) -> list[Hit]:
    width, height = figure.bbox.width, figure.bbox.height
    found: list[Hit] = []
    for one in marks:
        corners = one.axes.transData.transform([(one.x[0], one.y[0]), (one.x[1], one.y[1])])
        left, right = corners[:, 0].min() / width, corners[:, 0].max() / width
        bottom, top = corners[:, 1].min() / height, corners[:, 1].max() / height
        found.append(
            Hit(
                float(left) - _NEAR,
                1 - float(top),
                float(right) + _NEAR,
                1 - float(bottom),
                one.row,
                one.column,
            )
        )
    return found


def amount(cell: Cell) -> float:
    """Give a cell's number; 0 where it holds none."""
    return float(cell) if isinstance(cell, int | float) else 0.0
