"""Asks where a session file shall go when it cannot be beside its film."""

from __future__ import annotations

import os
from pathlib import Path

from PyQt6.QtCore import QStandardPaths
from PyQt6.QtWidgets import QDialog, QPushButton, QWidget

from annotator.gui.dialogs.files import ChooseFile, as_session_file, choose_session_file
from annotator.gui.dialogs.pieces import button_row, paragraph, prepare
from annotator.model.naming import numbered
from annotator.storage.paths import SESSION_ENDING

OTHER_FOLDER = "Choose another folder."


def place_problem(path: Path) -> str:
    """Say why a file cannot be written there, in plain words; empty where it can."""
    if not path.parent.is_dir():
        return f"There is no folder {path.parent}. {OTHER_FOLDER}"
    if not os.access(path.parent, os.W_OK):
        return f"The folder {path.parent} cannot be written. {OTHER_FOLDER}"
    if path.exists() and not os.access(path, os.W_OK):
        return f"{path.name} is there already and cannot be changed. Choose another name."
    return ""


def suggested_place(wanted: Path, documents: Path) -> Path:
    """Suggest the wanted name in the documents folder, numbered where it is taken."""
    stem = as_session_file(wanted).name.removesuffix(SESSION_ENDING)
    places = (documents / one for one in numbered(stem, " {}", SESSION_ENDING))
    return next(one for one in places if not one.exists())


def documents_folder() -> Path:
    """Give the person's documents folder, or her home where the system names none."""
    kind = QStandardPaths.StandardLocation.DocumentsLocation
    named = QStandardPaths.writableLocation(kind)
    folder = Path(named) if named else Path.home()
    return folder if folder.is_dir() else Path.home()


class SavePlaceDialog(QDialog):
    """Says why, offers a place that works, and lets another be chosen."""

    def __init__(
        self,
        suggested: Path,
        why: str,
        choose: ChooseFile = choose_session_file,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.place: Path | None = None
        self._suggested, self._choose = suggested, choose
        self.problem = paragraph(place_problem(suggested))
        self.save_button = QPushButton("Save there")
        self.choose_button = QPushButton("Choose another place…")
        self.cancel_button = QPushButton("Cancel")
        rows = prepare(self, "Where shall the session file go?", "file_format")
        if why:
            rows.addWidget(paragraph(why))
        rows.addWidget(paragraph(f"It can go here instead:\n{suggested}"))
        rows.addWidget(self.problem)
        rows.addStretch(1)
        quiet = (self.cancel_button, self.choose_button)
        rows.addLayout(button_row(quiet, self.save_button))
        self.save_button.setEnabled(not self.problem.text())
        self.problem.setVisible(bool(self.problem.text()))
        self.save_button.setFocus()
        self.save_button.clicked.connect(lambda: self._take(self._suggested))
        self.choose_button.clicked.connect(self._ask)
        self.cancel_button.clicked.connect(self.reject)

    def _ask(self) -> None:
        place = self._choose(self, self._suggested)
        if place is not None:
            self._take(as_session_file(place))

    def _take(self, place: Path) -> None:
        problem = place_problem(place)
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
        if not problem:
            self.place = place
            self.accept()


def ask_save_place(
    parent: QWidget | None,
    wanted: Path,
    why: str,
    choose: ChooseFile = choose_session_file,
) -> Path | None:
    """Ask where a session file shall go that cannot be at `wanted`; None where nowhere.

    `why` says in plain words what is wrong with the place wanted; where it is empty, the person
    asked to save elsewhere and is shown the system's own dialog at once.
    """
    if not why:
        place = choose(parent, wanted)
        return None if place is None else as_session_file(place)
    suggested = suggested_place(wanted, documents_folder())
    dialog = SavePlaceDialog(suggested, why, choose, parent)
    dialog.exec()
    return dialog.place
