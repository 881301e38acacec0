"""Tables as the bytes of files: CSV, JSON, LaTeX and HTML."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Sequence
from html import escape

from annotator.errors import AnnotatorError
from annotator.model.table import Cell, Column, Table

NOT_DEFINED = "–"
"""What stands for a value that is not defined, where people read it."""

_TEX = {
    "\\": r"\textbackslash{}",
    "&": r"\&",
    "%": r"\%",
    "$": r"\$",
    "#": r"\#",
    "_": r"\_",
    "{": r"\{",
    "}": r"\}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "–": "--",
    "κ": r"$\kappa$",
    "α": r"$\alpha$",
    "↓": r"$\downarrow$",
    "→": r"$\rightarrow$",
}


def shown(value: Cell, column: Column) -> str:
    """Write a value as people read it, with the column's decimals."""
    if value is None:
        return NOT_DEFINED
    if isinstance(value, float):
        return f"{value:.{column.decimals}f}"
    return str(value)


def as_csv(table: Table) -> bytes:
    """Write a table as UTF-8 CSV with ids as headings; a value not defined is an empty field.

    Numbers have all their digits and a point, so that R, SPSS and pandas read them as they are.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([column.id for column in table.columns])
    writer.writerows(["" if value is None else value for value in row] for row in table.rows)
    return text.getvalue().encode("utf-8", "backslashreplace")


def as_json(tables: Sequence[Table]) -> bytes:
    """Write tables with their columns' definitions and notes as JSON; not defined is null."""
    tree = {
        "tables": [
            {
                "id": table.id,
                "title": table.title,
                "columns": [
                    {
                        "id": one.id,
                        "name": one.name,
                        "unit": one.unit or None,
                        "definition": one.definition,
                    }
                    for one in table.columns
                ],
                "rows": table.records(),
                "notes": list(table.notes),
            }
            for table in tables
        ]
    }
    text = json.dumps(tree, indent=2, ensure_ascii=False, allow_nan=False)
    return (text + "\n").encode("utf-8", "backslashreplace")


def as_html(tables: Sequence[Table]) -> bytes:
    """Write tables as one page that needs nothing else; headings tell their definitions."""
    title = escape(tables[0].title if tables else "Results")
    parts = [
        "<!DOCTYPE html>",
        f'<html lang="en"><head><meta charset="utf-8"><title>{title}</title>',
        f"<style>{_STYLE}</style></head><body>",
        *(_section(table) for table in tables),
        "</body></html>",
    ]
    return ("\n".join(parts) + "\n").encode("utf-8", "xmlcharrefreplace")


_STYLE = (
    "body{font:15px/1.45 system-ui,sans-serif;margin:2em;color:#1b2a33}"
    "table{border-collapse:collapse;border-top:2px solid;border-bottom:2px solid}"
    "th,td{padding:.25em .7em;text-align:left}thead th{border-bottom:1px solid}"
    "td.number{text-align:right;font-variant-numeric:tabular-nums}"
    "p.note{margin:.3em 0;color:#4b5a63;max-width:60em}"
)


def _section(table: Table) -> str:
    heads = "".join(
        f'<th scope="col" title="{escape(_defined(one), quote=True)}">{escape(headed(one))}</th>'
        for one in table.columns
    )
    rows = "\n".join(
        "<tr>"
        + "".join(
            f"<td{_number(value)}>{escape(shown(value, column))}</td>"
            for value, column in zip(row, table.columns, strict=True)
        )
        + "</tr>"
        for row in table.rows
    )
    notes = "\n".join(f'<p class="note">{escape(note)}</p>' for note in table.notes)
    return (
        f"<h2>{escape(table.title)}</h2>\n<table><thead><tr>{heads}</tr></thead>\n"
        f"<tbody>\n{rows}\n</tbody></table>\n{notes}"
    )


def _number(value: Cell) -> str:
    return "" if isinstance(value, str) else ' class="number"'


def as_tex(tables: Sequence[Table]) -> bytes:
    """Write tables as LaTeX that wants `booktabs` and `longtable`; notes stand below."""
    text = "\n\n".join(map(_tex_table, tables))
    return (f"% needs \\usepackage{{booktabs,longtable}}\n{text}\n").encode("utf-8", "replace")


def _tex_table(table: Table) -> str:
    numeric = [
        any(not isinstance(row[at], str) for row in table.rows) for at in range(len(table.columns))
    ]
    shape = "".join("r" if one else "l" for one in numeric)
    heads = " & ".join(_tex(headed(one)) for one in table.columns)
    rows = "\n".join(
        " & ".join(_tex(shown(value, one)) for value, one in zip(row, table.columns, strict=True))
        + r" \\"
        for row in table.rows
    )
    notes = "\n\n".join(f"\\noindent\\small {_tex(note)}" for note in table.notes)
    return (
        f"\\begin{{longtable}}{{@{{}}{shape}@{{}}}}\n\\caption{{{_tex(table.title)}}}\\\\\n"
        f"\\toprule\n{heads} \\\\\n\\midrule\n\\endhead\n{rows}\n\\bottomrule\n"
        f"\\end{{longtable}}\n{notes}"
    )


def _tex(text: str) -> str:
    return "".join(_TEX.get(sign, sign) for sign in " ".join(text.split()))


def headed(column: Column) -> str:
    """Name a column with its unit, where it has one."""
    return f"{column.name} ({column.unit})" if column.unit not in {"", "1"} else column.name


def _defined(column: Column) -> str:
    return column.definition or column.name


def _as_xlsx(tables: Sequence[Table]) -> bytes:
    from annotator.reports.workbook import as_xlsx  # noqa: PLC0415 its library is seldom wanted

    return as_xlsx(tables)


FORMATS: dict[str, Callable[[Sequence[Table]], bytes]] = {
    ".json": as_json,
    ".xlsx": _as_xlsx,
    ".html": as_html,
    ".tex": as_tex,
}


def files_of(tables: Sequence[Table], name: str) -> dict[str, bytes]:
    """Write tables as files of one format, which the name's ending tells; by file names.

    CSV holds one table a file: with several, the table's id stands before the ending. Raises
    AnnotatorError where the ending is none of ours.
    """
    stem, dot, ending = name.rpartition(".")
    if f"{dot}{ending}".lower() == ".csv":
        if len(tables) == 1:
            return {name: as_csv(tables[0])}
        return {f"{stem}-{table.id}.{ending}": as_csv(table) for table in tables}
    write = FORMATS.get(f"{dot}{ending}".lower())
    if write is None:
        endings = ", ".join((".csv", *FORMATS))
        raise AnnotatorError(f"“{name}” does not say in which format.", f"Endings are: {endings}.")
    return {name: write(tables)}
