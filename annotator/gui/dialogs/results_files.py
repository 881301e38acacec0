"""The system's own dialog for where results are kept."""

from __future__ import annotations

from pathlib import Path

from PyQt6.QtWidgets import QFileDialog, QWidget

TABLES = (
    "Workbook with definitions (*.xlsx);;CSV, one file a table (*.csv);;Web page (*.html);;"
    "LaTeX (*.tex);;JSON (*.json)"
)
FIGURES = "PDF (*.pdf);;SVG (*.svg);;PNG picture (*.png)"
ENDINGS = frozenset({".xlsx", ".csv", ".html", ".tex", ".json", ".pdf", ".svg", ".png"})


def choose_results_place(parent: QWidget | None, start: Path, *, figure: bool) -> Path | None:
    """Ask where results shall be written; None where no place was chosen."""
    filters = FIGURES if figure else TABLES
    name, chosen = QFileDialog.getSaveFileName(parent, "Save results", str(start), filters)
    if not name:
        return None
    path = Path(name)
    if path.suffix.lower() in ENDINGS:
        return path
    ending = chosen.rpartition("*")[2].rstrip(")") or start.suffix
    return path.with_name(path.name + ending)
