"""Choices, anchors and thresholds as rows of a small table, and back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from annotator.model.codebook import Anchor, Attribute, Band, Choice
from annotator.model.proposing import next_id

ATTRIBUTE_HEADINGS = ("Attribute", "Choice", "Key")
ANCHOR_HEADINGS = ("Number", "What it means")
BAND_HEADINGS = ("From", "Name")


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row, and what they were made of, so that ids and all else stay."""

    cells: tuple[str, ...]
    made_of: tuple[object, ...] = field(default=(), compare=False)


def rows_of(values: Sequence[object]) -> tuple[Row, ...]:
    """Write attributes, anchors or bands as rows."""
    return tuple(row for one in values for row in _rows_of_one(one))


def _rows_of_one(one: object) -> tuple[Row, ...]:
    match one:
        case Attribute(choices=()):
            return (Row((one.name, "", ""), (one,)),)
        case Attribute():
            return tuple(
                Row((one.name, choice.name, choice.key), (one, choice)) for choice in one.choices
            )
        case Anchor():
            return (Row((f"{one.value:.15g}", one.text), (one,)),)
        case Band():
            return (Row((f"{one.start:.15g}", one.name), (one,)),)
    return ()


def number_of(text: str) -> float | None:
    """Read a number, with a point or a comma; None where it is none."""
    try:
        return float(text.strip().replace(",", "."))
    except ValueError:
        return None


def attributes_of(rows: Sequence[Row]) -> tuple[Attribute, ...]:
    """Read attributes from rows; those of one name are one attribute, in order."""
    named: dict[str, list[Row]] = {}
    for row in rows:
        if row.cells[0].strip():
            named.setdefault(row.cells[0].strip(), []).append(row)
    found: list[Attribute] = []
    for name, members in named.items():
        origin = next((one for row in members for one in row.made_of[:1]), None)
        taken = [one.id for one in found]
        if not isinstance(origin, Attribute) or origin.id in taken:
            origin = Attribute(next_id(name, taken), name)
        found.append(replace(origin, name=name, choices=_choices(members)))
    return tuple(found)


def _choices(rows: Sequence[Row]) -> tuple[Choice, ...]:
    found: list[Choice] = []
    for row in rows:
        name, key = row.cells[1].strip(), row.cells[2].strip()
        if not name:
            continue
        origin = next(iter(row.made_of[1:]), None)
        taken = [one.id for one in found]
        if not isinstance(origin, Choice) or origin.id in taken:
            origin = Choice(next_id(name, taken), name)
        found.append(replace(origin, name=name, key=key))
    return tuple(found)


def anchors_of(rows: Sequence[Row]) -> tuple[Anchor, ...]:
    """Read anchors from rows, leaving out those without a number."""
    found: list[Anchor] = []
    for row in rows:
        value = number_of(row.cells[0])
        origin = next(iter(row.made_of), None)
        if value is not None:
            before = origin if isinstance(origin, Anchor) else Anchor(value, "")
            found.append(replace(before, value=value, text=row.cells[1]))
    return tuple(found)


def bands_of(rows: Sequence[Row]) -> tuple[Band, ...]:
    """Read thresholds from rows, leaving out those without a number."""
    found: list[Band] = []
    for row in rows:
        start = number_of(row.cells[0])
        origin = next(iter(row.made_of), None)
        if start is not None:
            before = origin if isinstance(origin, Band) else Band("", start)
            found.append(replace(before, start=start, name=row.cells[1]))
    return tuple(found)
