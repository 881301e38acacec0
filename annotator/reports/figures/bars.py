"""Figures of how much: counts and rates, how long silences are, and how coders' numbers differ."""

from __future__ import annotations

from statistics import fmean, stdev

from matplotlib.axes import Axes
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from annotator.model.table import Cell, Table
from annotator.reports.figures.sheet import COLOURS, HATCHES, INK, Sheet, amount, look, new_sheet

WIDTH = 15.0
_ROOM = 0.8
_LIMITS = 1.96
_FEW = 2


def rates(summary: Table, value: str = "rate") -> Sheet:
    """Draw a column of a summary as bars: a group a code, a bar a session and coder."""
    measure = summary.columns[summary.index(value)]
    records = summary.records()
    several = [
        name
        for name in ("session", "coder", "purpose", "part")
        if len({row[name] for row in records}) > 1
    ]
    series = list(dict.fromkeys(_key(row, several) for row in records))
    used = [
        name
        for name in dict.fromkeys(str(row["name"]) for row in records)
        if any(row[value] for row in records if row["name"] == name)
    ]
    height = _ROOM / max(1, len(series))
    sheet = new_sheet(WIDTH, max(4.0, 2.2 + len(used) * (0.35 + 0.28 * len(series))))
    with look():
        axes = sheet.figure.subplots()
        for place, key in enumerate(series):
            mine = {
                str(row["name"]): number
                for number, row in enumerate(records)
                if _key(row, several) == key and row[value] is not None
            }
            for lane, name in enumerate(used):
                if (number := mine.get(name)) is not None:
                    at = lane - _ROOM / 2 + (place + 0.5) * height
                    _bar(sheet, axes, (at, height), place, amount(records[number][value]), number)
        axes.set_yticks(range(len(used)), used)
        axes.set_ylim(len(used) - 0.5, -0.5)
        axes.tick_params(axis="y", length=0)
        axes.set_xlabel(f"{measure.name} ({measure.unit})" if measure.unit else measure.name)
        _legend(axes, series)
    return sheet


def _bar(
    sheet: Sheet, axes: Axes, lane: tuple[float, float], place: int, length: float, row: int
) -> None:
    at, height = lane
    axes.barh(
        at,
        length,
        height * 0.92,
        color=COLOURS[place % len(COLOURS)],
        hatch=HATCHES[place % len(HATCHES)],
        edgecolor="white",
        linewidth=0.3,
    )
    sheet.mark(axes, (0, length), (at - height / 2, at + height / 2), row)


def counts(summary: Table) -> Sheet:
    """Draw the counts of a summary as bars, as `rates` does."""
    return rates(summary, "count")


def _legend(axes: Axes, series: list[str]) -> None:
    if len(series) < _FEW:
        return
    handles = [
        Patch(
            facecolor=COLOURS[place % len(COLOURS)],
            hatch=HATCHES[place % len(HATCHES)],
            edgecolor="white",
            label=key,
        )
        for place, key in enumerate(series)
    ]
    axes.legend(handles=handles, loc="upper left", bbox_to_anchor=(1.0, 1.0), fontsize=7)


def silence_lengths(stretches: Table) -> Sheet:
    """Draw how many silences there are of each length, in whole seconds."""
    sheet = new_sheet(12.0, 7.0)
    records = stretches.records()
    quiet = [number for number, row in enumerate(records) if row["what"] == "silence"]
    stacked: dict[int, int] = {}
    with look():
        axes = sheet.figure.subplots()
        for number in quiet:
            second = int(amount(records[number]["length"]))
            height = stacked.get(second, 0)
            axes.bar(second, 1, 1, bottom=height, align="edge", color=COLOURS[0], edgecolor="white")
            sheet.mark(axes, (second, second + 1), (height, height + 1), number)
            stacked[second] = height + 1
        axes.set_xlabel("length in seconds")
        axes.set_ylabel("silences")
        axes.yaxis.set_major_locator(MaxNLocator(integer=True))
        axes.set_xlim(left=0)
        axes.set_title(f"{len(quiet)} silence{'' if len(quiet) == 1 else 's'}")
    return sheet


def bland_altman(pairs: Table) -> Sheet:
    """Draw how two coders' numbers differ against their mean, with the limits of agreement."""
    sheet = new_sheet(12.0, 8.5)
    records = pairs.records()
    means = [amount(row["mean"]) for row in records]
    apart = [amount(row["difference"]) for row in records]
    with look():
        axes = sheet.figure.subplots()
        axes.plot(means, apart, "o", color=COLOURS[0], markersize=4, alpha=0.8)
        reach = max((abs(one) for one in [*means, *apart]), default=1.0) or 1.0
        for number, (x, y) in enumerate(zip(means, apart, strict=True)):
            near = reach * 0.015
            sheet.mark(axes, (x - near, x + near), (y - near, y + near), number)
        if len(apart) >= _FEW:
            middle, spread = fmean(apart), stdev(apart)
            for at, style, word in (
                (middle, "-", "mean"),
                (middle + _LIMITS * spread, "--", "+1.96 SD"),
                (middle - _LIMITS * spread, "--", "-1.96 SD"),
            ):
                axes.axhline(at, color=INK, linewidth=0.8, linestyle=style)
                axes.annotate(
                    f"{word} {at:.2f}",
                    (1.0, at),
                    xycoords=("axes fraction", "data"),
                    xytext=(3, 0),
                    textcoords="offset points",
                    va="center",
                    fontsize=7,
                )
        axes.set_xlabel("mean of both coders")
        axes.set_ylabel("first less second")
        axes.set_title(f"{pairs.title} (n = {len(records)})")
    return sheet


def _key(row: dict[str, Cell], several: list[str]) -> str:
    return " · ".join(str(row[name]) for name in several)
