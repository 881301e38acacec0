"""Figures over time: the session as a barcode, cumulative curves, the balance of talk."""

from __future__ import annotations

from typing import Any

from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from annotator.model.table import Cell, Table
from annotator.reports.figures.sheet import (
    COLOURS,
    FAINT,
    HATCHES,
    INK,
    Sheet,
    amount,
    look,
    new_sheet,
)

WIDTH = 17.0
_LANE, _HEAD = 0.42, 1.6
_BAR = 0.36
_STYLES = ("-", "--", ":", "-.")
_MINUTE = 60.0
_DRAWN_AT_LEAST = 0.0018


def barcode(tags: Table) -> Sheet:
    """Draw every tag of one or several passes: a lane a code, a panel a pass.

    The table is one of tags; instants are strokes, stretches are bars.
    """
    panels = _parted(tags, ("session", "coder", "purpose"))
    codes = _in_groups(tags)
    end = max((amount(value) for value in tags.values("end")), default=1.0) or 1.0
    sheet = new_sheet(WIDTH, max(3.5, len(panels) * (len(codes) * _LANE + _HEAD)))
    start, finish, name = tags.index("start"), tags.index("end"), tags.index("name")
    with look():
        grid = sheet.figure.subplots(max(1, len(panels)), 1, sharex=True, squeeze=False)
        for axes, (key, rows) in zip(grid[:, 0], panels.items(), strict=False):
            _lanes(axes, codes, " · ".join(key))
            for number in rows:
                row = tags.rows[number]
                lane = codes.index(str(row[name]))
                at, to = amount(row[start]) / _MINUTE, amount(row[finish]) / _MINUTE
                width = max(to - at, _DRAWN_AT_LEAST * end / _MINUTE)
                _stroke(axes, lane, at, width, is_stretch=to > at)
                sheet.mark(axes, (at, at + width), (lane - _BAR, lane + _BAR), number)
            axes.set_xlim(0, end / _MINUTE)
        grid[-1, 0].set_xlabel("minutes")
    return sheet


def _stroke(axes: Axes, lane: int, at: float, width: float, *, is_stretch: bool) -> None:
    colour = COLOURS[lane % len(COLOURS)]
    hatch = HATCHES[(lane // len(COLOURS)) % len(HATCHES)] if is_stretch else ""
    axes.barh(
        lane,
        width,
        left=at,
        height=2 * _BAR,
        color=colour,
        alpha=0.75 if is_stretch else 1.0,
        edgecolor=INK if is_stretch else colour,
        linewidth=0.3,
        hatch=hatch,
    )


def _lanes(axes: Axes, names: list[str], title: str) -> None:
    axes.set_title(title)
    axes.set_yticks(range(len(names)), names)
    axes.set_ylim(len(names) - 0.5, -0.5)
    axes.tick_params(axis="y", length=0)
    for lane in range(len(names)):
        axes.axhline(lane, color=FAINT, linewidth=0.4, zorder=0)


def states(tags: Table) -> Sheet:
    """Draw stretches as bands: a panel a pass, a band a group of codes, a colour a code."""
    panels = _parted(tags, ("session", "coder", "purpose"))
    codes = _in_groups(tags)
    groups = sorted({str(value) for value in tags.values("group")})
    end = max((amount(value) for value in tags.values("end")), default=1.0) / _MINUTE
    records = tags.records()
    sheet = new_sheet(WIDTH, max(3.5, len(panels) * (len(groups) * 2 * _LANE + _HEAD)))
    with look():
        grid = sheet.figure.subplots(max(1, len(panels)), 1, sharex=True, squeeze=False)
        for axes, (key, rows) in zip(grid[:, 0], panels.items(), strict=False):
            _lanes(axes, [group or "no group" for group in groups], " · ".join(key))
            for number in rows:
                row = records[number]
                lane, place = groups.index(str(row["group"])), codes.index(str(row["name"]))
                at, to = amount(row["start"]) / _MINUTE, amount(row["end"]) / _MINUTE
                axes.barh(lane, to - at, left=at, height=2 * _BAR, **_filled(place))
                sheet.mark(axes, (at, to), (lane - _BAR, lane + _BAR), number)
            axes.set_xlim(0, end)
        grid[-1, 0].set_xlabel("minutes")
        handles = [Patch(label=code, **_filled(at)) for at, code in enumerate(codes)]
        sheet.figure.legend(handles=handles, loc="outside right upper", fontsize=7)
    return sheet


def _filled(place: int) -> dict[str, Any]:
    return {
        "facecolor": COLOURS[place % len(COLOURS)],
        "hatch": HATCHES[place % len(HATCHES)],
        "edgecolor": "white",
        "linewidth": 0.4,
    }


def cumulative(tags: Table) -> Sheet:
    """Draw how the count of each code grows over time: a panel a pass, a line a code."""
    panels = _parted(tags, ("session", "coder", "purpose"))
    sheet = new_sheet(WIDTH, max(7.0, 5.5 * len(panels)))
    start, name, counts = tags.index("start"), tags.index("name"), tags.index("counted")
    codes = _in_groups(tags)
    end = max((amount(value) for value in tags.values("start")), default=0.0) / _MINUTE
    with look():
        grid = sheet.figure.subplots(
            max(1, len(panels)), 1, sharex=True, sharey=True, squeeze=False
        )
        for axes, (key, rows) in zip(grid[:, 0], panels.items(), strict=False):
            axes.set_title(" · ".join(key))
            axes.set_ylabel("tags so far")
            for place, code in enumerate(codes):
                own = [
                    n for n in rows if str(tags.rows[n][name]) == code and tags.rows[n][counts] == 1
                ]
                times = [amount(tags.rows[n][start]) / _MINUTE for n in own]
                if times:
                    heights = [*range(len(times) + 1), len(times)]
                    axes.plot([0.0, *times, end], heights, drawstyle="steps-post", **_line(place))
                for height, (number, at) in enumerate(zip(own, times, strict=True), start=1):
                    sheet.mark(axes, (at, at), (height - 0.4, height + 0.4), number)
            axes.set_ylim(bottom=0)
            axes.set_xlim(0, end)
            axes.yaxis.set_major_locator(MaxNLocator(integer=True))
        grid[-1, 0].set_xlabel("minutes")
        handles = [Line2D([], [], label=code, **_line(at)) for at, code in enumerate(codes)]
        sheet.figure.legend(handles=handles, loc="outside right upper", fontsize=7)
    return sheet


def _line(place: int) -> dict[str, Any]:
    return {
        "color": COLOURS[place % len(COLOURS)],
        "linestyle": _STYLES[(place // len(COLOURS)) % len(_STYLES)],
        "linewidth": 1.2,
    }


def _in_groups(tags: Table) -> list[str]:
    """Name the codes that were used, those of a group together."""
    pairs = zip(tags.values("group"), tags.values("name"), strict=True)
    return [name for _, name in sorted({(str(group), str(name)) for group, name in pairs})]


def talk_balance(balance: Table) -> Sheet:
    """Draw each person's share of talk over time: a panel a session, an area a person."""
    panels = _parted(balance, ("session",))
    sheet = new_sheet(WIDTH, max(5.0, 4.2 * len(panels)))
    people = sorted({str(value) for value in balance.values("person")})
    with look():
        grid = sheet.figure.subplots(max(1, len(panels)), 1, squeeze=False)
        for axes, (key, rows) in zip(grid[:, 0], panels.items(), strict=False):
            axes.set_title(" · ".join(key))
            _stack(sheet, axes, balance, rows, people)
            axes.set_ylabel("% of talk")
            axes.set_ylim(0, 100)
            axes.set_xlim(left=0)
        grid[-1, 0].set_xlabel("minutes")
        handles = [Patch(label=who, **_filled(place)) for place, who in enumerate(people)]
        sheet.figure.legend(handles=handles, loc="outside right upper", fontsize=7)
    return sheet


def _stack(sheet: Sheet, axes: Axes, balance: Table, rows: list[int], people: list[str]) -> None:
    """Draw the bars of one session, each person's on those of the ones before."""
    records = balance.records()
    below: dict[Cell, float] = {}
    for number in sorted(rows, key=lambda one: people.index(str(records[one]["person"]))):
        row = records[number]
        if row["share"] is None:
            continue
        place = people.index(str(row["person"]))
        left, right = amount(row["from"]) / _MINUTE, amount(row["to"]) / _MINUTE
        base, height = below.get(row["from"], 0.0), amount(row["share"]) * 100
        axes.bar(
            left,
            height,
            right - left,
            bottom=base,
            align="edge",
            **_filled(place),
        )
        sheet.mark(axes, (left, right), (base, base + height), number)
        below[row["from"]] = base + height


def _parted(table: Table, by: tuple[str, ...]) -> dict[tuple[str, ...], list[int]]:
    """Give the numbers of the rows of each part, in the order in which the parts are met."""
    places = [table.index(name) for name in by]
    found: dict[tuple[str, ...], list[int]] = {}
    for number, row in enumerate(table.rows):
        found.setdefault(tuple(str(row[place]) for place in places), []).append(number)
    return found
