"""A person who imports and exports in the window, and files for her to choose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pytestqt.qtbot import QtBot

from annotator.gui.app import Program
from annotator.gui.dialogs.export_window import ExportWindow
from annotator.gui.dialogs.import_window import ImportWindow
from annotator.model.session import Session
from tests.support.programs import Answers

PATIENCE_MS = 20_000
TABLE = """Onset,Offset,Behavior,Rater,Comment
1.5,1.5,Open question,K,well put
3,4.5,Silence,K,
5,5,Laughter,K,
6,6,Open question,L,
"""
GRID = """File type = "ooTextFile"
Object class = "TextGrid"

xmin = 0
xmax = 10
tiers? <exists>
size = 2
item []:
    item [1]:
        class = "IntervalTier"
        name = "codes"
        xmin = 0
        xmax = 10
        intervals: size = 4
        intervals [1]:
            xmin = 0
            xmax = 2
            text = "MI"
        intervals [2]:
            xmin = 2
            xmax = 4
            text = "XY"
        intervals [3]:
            xmin = 4
            xmax = 6
            text = "MI"
        intervals [4]:
            xmin = 6
            xmax = 10
            text = "XY"
    item [2]:
        class = "IntervalTier"
        name = "words"
        xmin = 0
        xmax = 10
        intervals: size = 2
        intervals [1]:
            xmin = 0
            xmax = 5
            text = "how have you been since we last met"
        intervals [2]:
            xmin = 5
            xmax = 10
            text = "it was a long week and I slept badly"
"""


@dataclass
class Person(Answers):
    """Answers what imports and exports ask."""

    to_import: Path | None = None
    new_session: Path | None = None
    folder: Path | None = None
    to_write: Path | None = None

    def choose_import(self, kinds: Sequence[tuple[str, tuple[str, ...]]]) -> Path | None:
        self.asked.append(f"a file of {len(kinds)} kinds")
        return self.to_import

    def choose_new_session(self, suggested: Path) -> Path | None:
        self.asked.append(f"place for {suggested.name}")
        return self.new_session

    def choose_sessions_folder(self, suggested: Path) -> Path | None:
        self.asked.append(f"a folder, perhaps {suggested.name}")
        return self.folder

    def choose_export_place(
        self, suggested: Path, title: str, suffixes: tuple[str, ...]
    ) -> Path | None:
        self.asked.append(f"{title}: {suggested.name} {' '.join(suffixes)}")
        return self.to_write


def import_window(program: Program) -> ImportWindow:
    """Give the window of an import."""
    return program.exchanging.importing.dialog


def export_window(program: Program) -> ExportWindow:
    """Give the window of an export."""
    return program.exchanging.exporting.dialog


def settle(qtbot: QtBot, program: Program) -> ImportWindow:
    """Wait until the file is read and what would come of it is worked out, or told not to be."""
    window = import_window(program)

    def is_there() -> bool:
        is_planned = window.plan is not None or bool(window.parts.trouble.text())
        needs_plan = program.desk is not None and window.session is not None
        return window.isVisible() and not window.is_busy and (is_planned or not needs_plan)

    qtbot.wait_until(is_there, timeout=PATIENCE_MS)
    return window


def look_at(qtbot: QtBot, program: Program, path: Path) -> ImportWindow:
    """Drop a file on the window and wait until it shows what would come of it."""
    with qtbot.wait_signal(program.exchanging.importing.shown, timeout=PATIENCE_MS):
        program.window.file_dropped.emit(path)
    return settle(qtbot, program)


def take_over(qtbot: QtBot, program: Program) -> None:
    """Take over what is chosen, and wait until the notice of it is there."""
    with qtbot.wait_signal(program.exchanging.importing.reports.told, timeout=PATIENCE_MS):
        import_window(program).parts.take_button.click()


def session(program: Program) -> Session:
    """Give the open session."""
    assert program.desk is not None
    return program.desk.document.session


def written(folder: Path, name: str, text: str) -> Path:
    """Write a file for her to import."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path
