"""Tables of tags as text, CSV and TSV, read with a mapping of columns; XLSX stands beside them."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from decimal import Decimal
from itertools import islice

from annotator.errors import StorageError
from annotator.model.session import Session
from annotator.model.time import Micros, to_seconds_text
from annotator.storage.interchange.columns import Column
from annotator.storage.interchange.interface import Format, Found, Wishes
from annotator.storage.interchange.report import ForeignFileError, Notes
from annotator.storage.interchange.source import Source
from annotator.storage.interchange.spreadsheet import XLSX
from annotator.storage.interchange.table_cells import guarded
from annotator.storage.interchange.table_headings import heard
from annotator.storage.interchange.table_heads import is_head
from annotator.storage.interchange.table_rows import text_grid
from annotator.storage.interchange.table_tags import read_table
from annotator.storage.interchange.table_writing import LOSES, headings_of, rows_of

_LOOKED_AT = 50
_SAY_WHAT = {Column.CODE, Column.KIND}


def _claims_csv(source: Source) -> bool:
    """Claim all that is called so: whatever a person has, columns can be chosen for it."""
    return source.suffix == ".csv" or _headed_with(source) in {",", ";", "|"}


def _claims_tsv(source: Source) -> bool:
    return _headed_with(source) == "\t"


def _headed_with(source: Source) -> str:
    """Give what stands between headings for a start and a code; empty where there are none."""
    lines = source.head.split("\n")[:_LOOKED_AT]
    if lines[0].startswith("#"):
        return ""
    try:
        grid = text_grid(lines, Notes())
        heads = [cells for _, cells in islice(grid.rows(), _LOOKED_AT) if is_head(cells)]
    except ForeignFileError:
        return ""
    said = [heard(cell) for cell in heads[0]] if heads else []
    says_what = any(one.role in _SAY_WHAT or one.is_tier for one in said)
    return grid.delimiter if says_what else ""


def _read(source: Source, wishes: Wishes, notes: Notes) -> Found:
    wished = wishes.columns
    encoding = (wished.encoding if wished else "") or wishes.encoding
    text = source.text(notes, encoding)
    grid = text_grid(text.lines, notes, wished.delimiter if wished else "")
    return read_table(grid, wishes, notes, source.stem)


def _write_with(delimiter: str) -> Callable[[Sequence[Session], Wishes, Notes], bytes]:
    """Give what writes tags with that between their cells, in UTF-8 where nothing else is asked."""

    def write(sessions: Sequence[Session], wishes: Wishes, _notes: Notes) -> bytes:
        out = io.StringIO()
        writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
        writer.writerow([guarded(heading) for heading in headings_of(sessions)])
        writer.writerows([_cell(one) for one in row] for row in rows_of(sessions))
        try:
            return out.getvalue().encode(wishes.encoding or "utf-8", errors="replace")
        except LookupError as error:
            told = f"There is no encoding “{wishes.encoding}”."
            raise StorageError(told, "Such names are utf-8, utf-16, cp1252.") from error

    return write


def _cell(value: str | Decimal) -> str:
    if isinstance(value, str):
        return guarded(value.replace("\0", ""))
    return to_seconds_text(Micros(int(value.scaleb(6))))


CSV = Format(
    id="csv",
    title="Table (CSV)",
    suffixes=(".csv",),
    claims=_claims_csv,
    read=_read,
    write=_write_with(","),
    loses=LOSES,
    holds_several=True,
)
TSV = Format(
    id="tsv",
    title="Table (tab-separated)",
    suffixes=(".tsv", ".tab"),
    claims=_claims_tsv,
    read=_read,
    write=_write_with("\t"),
    loses=LOSES,
    holds_several=True,
)
FORMATS: tuple[Format, ...] = (CSV, TSV, XLSX)
