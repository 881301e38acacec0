"""A session's tags as rows of a table, for spreadsheets, R and pandas: CSV or JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from annotator.model.coding import CodingPass, Tag
from annotator.model.session import Session
from annotator.model.time import Micros, to_seconds, to_seconds_text

# what a spreadsheet may take for a formula; the last four are the wide forms of = + - @
_FORMULA_HEADS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")

COLUMNS = (
    "session",
    "pass",
    "coder",
    "purpose",
    "tag",
    "code",
    "name",
    "group",
    "start",
    "end",
    "duration",
    "participant",
    "note",
)
"""The columns of every table of tags; one a attribute follows, by its id, then `origin`."""


@dataclass(frozen=True, slots=True)
class TagRow:
    """One tag with all that a line of the table tells; times are seconds, exactly."""

    session: str
    coding_pass: CodingPass
    tag: Tag
    name: str
    group: str

    def cells(self, attributes: Sequence[str]) -> dict[str, str | Decimal]:
        """Give the row by column; an attribute that the tag lacks is an empty cell."""
        tag, one = self.tag, self.coding_pass
        row: dict[str, str | Decimal] = {
            "session": self.session,
            "pass": one.id,
            "coder": one.coder,
            "purpose": one.purpose.value,
            "tag": tag.id,
            "code": tag.code,
            "name": self.name,
            "group": self.group,
            "start": to_seconds(tag.start),
            "end": to_seconds(tag.end),
            "duration": to_seconds(Micros(tag.end - tag.start)),
            "participant": tag.participant,
            "note": tag.note,
        }
        for attribute in attributes:
            row[column_of(attribute)] = tag.attributes.get(attribute, "")
        row["origin"] = tag.origin.value
        return row


def column_of(attribute: str) -> str:
    """Give the heading of an attribute's column; never one of the fixed ones."""
    return f"{attribute}_attribute" if attribute in (*COLUMNS, "origin") else attribute


def tag_rows(session: Session, coder: str = "") -> list[TagRow]:
    """List the tags by start, end and coder; of one coder alone where `coder` is not empty.

    `name` and `group` are those that people read; a code that the codebook lacks has its id.
    """
    names = {code.id: code.name for code in session.codebook.codes}
    lanes = {group.id: group.name for group in session.codebook.groups}
    groups = {code.id: lanes.get(code.group, code.group) for code in session.codebook.codes}
    rows = [
        TagRow(session.id, one, tag, names.get(tag.code, tag.code), groups.get(tag.code, ""))
        for one in session.passes
        if coder in {"", one.coder}
        for tag in one.tags
    ]
    return sorted(rows, key=lambda row: (row.tag.start, row.tag.end, row.coding_pass.coder))


def attributes_of(session: Session) -> list[str]:
    """List the ids of the codebook's attributes in its order, then others that tags carry."""
    known = [one.id for code in session.codebook.codes for one in code.attributes]
    used = (name for one in session.passes for tag in one.tags for name in tag.attributes)
    return list(dict.fromkeys((*known, *sorted(set(used)))))


def to_csv(rows: Iterable[TagRow], attributes: Sequence[str]) -> str:
    """Write rows as CSV with a heading line; seconds are decimal with a point.

    A text that a spreadsheet could take for a formula (it begins with = + - @, a tab or a line
    break) has an apostrophe put before it, as OWASP advises against CSV injection.
    """
    out = io.StringIO()
    headings = [*COLUMNS, *(column_of(one) for one in attributes), "origin"]
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([harmless(heading) for heading in headings])
    for row in rows:
        cells = row.cells(attributes)
        writer.writerow([_cell(cells[heading]) for heading in headings])
    return out.getvalue()


def to_json(rows: Iterable[TagRow], attributes: Sequence[str]) -> str:
    """Write rows as a JSON list of objects with the columns as keys; seconds are numbers."""
    records = [
        {
            key: float(cell) if isinstance(cell, Decimal) else cell
            for key, cell in row.cells(attributes).items()
        }
        for row in rows
    ]
    return json.dumps(records, indent=2, ensure_ascii=False) + "\n"


def harmless(text: str) -> str:
    """Give a text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA_HEADS) else text


def _cell(value: str | Decimal) -> str:
    if isinstance(value, str):
        one_kind_of_break = value.replace("\r\n", "\n").replace("\r", "\n")
        return harmless(one_kind_of_break.replace("\0", ""))
    return to_seconds_text(Micros(int(value.scaleb(6))))
