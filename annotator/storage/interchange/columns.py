"""Which column of a table is what: a mapping that is guessed, corrected, and kept by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class TimeForm(StrEnum):
    """How a table writes times; `GUESSED` where each column is to be found out by itself.

    `FRAMES` and `SMPTE` are counted at the rate of `TableColumns.rate`.
    """

    GUESSED = "guessed"
    SECONDS = "seconds"
    MILLISECONDS = "milliseconds"
    CLOCK = "clock"
    FRAMES = "frames"
    SMPTE = "smpte"


class Layout(StrEnum):
    """Whether a table has a row for each tag, or a row for each moment and a column a code."""

    TAGS = "tags"
    CODES = "codes"


class Column(StrEnum):
    """What a column of a table can hold.

    `CODE` is a code's word (its id, in our own tables) and `NAME` what people read; `KIND` tells
    whether a row starts something, stops it, or is all of it; `TAG` and `PASS` are ids; `RECORDING`
    names a film. Several columns may be `NOTE` or `ATTRIBUTE`.
    """

    START = "start"
    END = "end"
    DURATION = "duration"
    CODE = "code"
    NAME = "name"
    GROUP = "group"
    KIND = "kind"
    CODER = "coder"
    PARTICIPANT = "participant"
    NOTE = "note"
    SESSION = "session"
    RECORDING = "recording"
    TAG = "tag"
    PASS = "pass"  # noqa: S105 a coding pass
    PURPOSE = "purpose"
    ORIGIN = "origin"
    CREATED = "created"
    MODIFIED = "modified"
    ATTRIBUTE = "attribute"
    LEAVE = "leave"


@dataclass(frozen=True, slots=True)
class TableColumns:
    """How a table of tags is read: what each column is, by its heading (or "column 3").

    What is empty is found out; a column that is not named while others are is left. Where `layout`
    is `CODES`, the columns taken for `CODE` are a code each. `rate` is frames a second such as "25"
    or "30000/1001". `decimal` is the mark before decimals, and `delimiter` what stands between
    cells. `is_headed` tells whether the first row holds headings, None where that is to be found
    out.
    """

    columns: Mapping[str, Column] = field(default_factory=dict)
    layout: Layout = Layout.TAGS
    times: TimeForm = TimeForm.GUESSED
    rate: str = ""
    decimal: str = ""
    delimiter: str = ""
    encoding: str = ""
    sheet: str = ""
    is_headed: bool | None = None
