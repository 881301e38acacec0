"""Figures of what meets what: transitions as heat map and graph, the matrix of agreement."""

from __future__ import annotations

from math import cos, pi, sin

from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.patches import FancyArrowPatch, Rectangle

from annotator.model.table import Table
from annotator.reports.figures.sheet import FAINT, INK, Sheet, amount, look, new_sheet

_CELL, _FRAME = 0.85, 4.6
_DARK = 0.55
_BLUES = LinearSegmentedColormap.from_list("annotator", ["#ffffff", "#9cc9e6", "#0b4f80"])
_WIDEST = 4.0
_SHOWN_SHARE = 0.05
_CERTAIN = 0.05


def transition_map(transitions: Table) -> Sheet:
    """Draw the long table of transitions: counts as numbers, shares as shades; * for p < .05."""
    followed = _used(transitions)
    size = len(followed)
    sheet = new_sheet(max(8.0, _FRAME + size * _CELL), max(7.0, _FRAME + size * _CELL))
    with look():
        axes = sheet.figure.subplots()
        for number, row in enumerate(transitions.records()):
            if row["given"] not in followed or row["target"] not in followed:
                continue
            x, y = followed.index(str(row["target"])), followed.index(str(row["given"]))
            share, count = amount(row["probability"]), int(amount(row["count"]))
            _tile(axes, (x, y), share)
            certain = row["p"] is not None and amount(row["p"]) < _CERTAIN
            if count:
                _write(axes, (x, y), f"{count}{'*' if certain else ''}", share)
                sheet.mark(axes, (x - 0.5, x + 0.5), (y - 0.5, y + 0.5), number)
        _frame(axes, followed, followed, "follows", "given")
        axes.set_title("Transitions: counts, shaded by share of what follows (* p < .05)")
    return sheet


def transition_graph(transitions: Table) -> Sheet:
    """Draw codes on a circle, and arrows as wide as the share of what follows each."""
    names = _used(transitions)
    sheet = new_sheet(15.0, 13.0)
    at = {
        name: (cos(2 * pi * place / len(names) + pi / 2), sin(2 * pi * place / len(names) + pi / 2))
        for place, name in enumerate(names)
    }
    with look():
        axes = sheet.figure.subplots()
        for number, row in enumerate(transitions.records()):
            share = amount(row["probability"])
            one, other = str(row["given"]), str(row["target"])
            if share < _SHOWN_SHARE or one not in at or other not in at:
                continue
            certain = row["p"] is not None and amount(row["p"]) < _CERTAIN
            _arrow(axes, at[one], at[other], share, certain=certain)
            x, y = _tip(at[one], at[other])
            sheet.mark(axes, (x - 0.04, x + 0.04), (y - 0.04, y + 0.04), number)
        for name, (x, y) in at.items():
            axes.plot([x], [y], "o", color="white", markeredgecolor=INK, markersize=11)
            side = "left" if x > _SHOWN_SHARE else "right" if x < -_SHOWN_SHARE else "center"
            axes.text(x * 1.12, y * 1.12, name, ha=side, va="center")
        axes.set_xlim(-1.75, 1.75)
        axes.set_ylim(-1.3, 1.3)
        axes.set_aspect("equal")
        axes.axis("off")
        axes.set_title("Transitions: width is the share of what follows; dark where p < .05")
    return sheet


def agreement_matrix(matrix: Table) -> Sheet:
    """Draw a confusion matrix: counts as numbers, shaded by their share of the row."""
    rows = [str(row[0]) for row in matrix.rows]
    columns = [column.name for column in matrix.columns[1:]]
    kept = [
        place
        for place, row in enumerate(matrix.rows)
        if any(amount(value) for value in row[1:])
        or any(amount(other[place + 1]) for other in matrix.rows)
    ]
    size = len(kept)
    sheet = new_sheet(max(8.0, _FRAME + size * _CELL), max(7.0, _FRAME + size * _CELL))
    first, _, second = matrix.columns[0].name.partition("↓")
    with look():
        axes = sheet.figure.subplots()
        for y, number in enumerate(kept):
            total = sum(amount(value) for value in matrix.rows[number][1:])
            for x, place in enumerate(kept):
                count = amount(matrix.rows[number][place + 1])
                share = count / total if total else 0.0
                _tile(axes, (x, y), share)
                if count:
                    _write(axes, (x, y), f"{count:g}", share)
                    sheet.mark(axes, (x - 0.5, x + 0.5), (y - 0.5, y + 0.5), number, place + 1)
        axes.set_title(matrix.title)
        names = [columns[place] for place in kept], [rows[place] for place in kept]
        _frame(axes, *names, second.replace("→", "").strip(), first.strip())
    return sheet


def _tile(axes: Axes, at: tuple[int, int], share: float) -> None:
    x, y = at
    axes.add_patch(
        Rectangle((x - 0.5, y - 0.5), 1, 1, facecolor=_BLUES(share), edgecolor=FAINT, linewidth=0.4)
    )


def _write(axes: Axes, at: tuple[int, int], text: str, share: float) -> None:
    colour = "white" if share > _DARK else INK
    axes.text(*at, text, ha="center", va="center", color=colour, fontsize=7)


def _frame(axes: Axes, across: list[str], down: list[str], x: str, y: str) -> None:
    axes.set_xticks(range(len(across)), across, rotation=45, ha="right", rotation_mode="anchor")
    axes.set_yticks(range(len(down)), down)
    axes.set_xlim(-0.5, max(0.5, len(across) - 0.5))
    axes.set_ylim(max(0.5, len(down) - 0.5), -0.5)
    axes.tick_params(length=0)
    axes.set_xlabel(x)
    axes.set_ylabel(y)
    axes.set_aspect("equal")


def _used(transitions: Table) -> list[str]:
    """List the codes that follow another or are followed by one, in order."""
    rows = [row for row in transitions.records() if row["count"]]
    used = {str(row[end]) for row in rows for end in ("given", "target")}
    return sorted(used.intersection(str(value) for value in transitions.values("given")))


def _arrow(
    axes: Axes,
    start: tuple[float, float],
    end: tuple[float, float],
    share: float,
    *,
    certain: bool,
) -> None:
    bend = "arc3,rad=0.18" if start != end else "arc3,rad=1.6"
    to = end if start != end else (end[0] + 0.02, end[1] + 0.02)
    axes.add_patch(
        FancyArrowPatch(
            start,
            to,
            connectionstyle=bend,
            arrowstyle="-|>",
            mutation_scale=7,
            linewidth=0.4 + _WIDEST * share,
            color=INK if certain else "#8aa0ad",
            shrinkA=8,
            shrinkB=8,
            zorder=2 if certain else 1,
        )
    )


def _tip(start: tuple[float, float], end: tuple[float, float]) -> tuple[float, float]:
    """Give the middle of an arrow's bend, where it is clicked."""
    middle = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
    across = (end[1] - start[1], start[0] - end[0])
    return (middle[0] + 0.09 * across[0], middle[1] + 0.09 * across[1])
