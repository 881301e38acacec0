"""Asks for a film that is no longer where the session expects it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from PyQt6.QtWidgets import QDialog, QFormLayout, QPushButton, QWidget

from annotator.gui.dialogs.files import ChooseFile, choose_film
from annotator.gui.dialogs.pieces import button_row, paragraph, prepare, warn
from annotator.model.recording import Recording
from annotator.model.time import Micros, to_clock


class FilmMatch(Enum):
    """Whether a chosen file is the film that was coded."""

    SAME = "same"
    OTHER = "other"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Candidate:
    """What is known of a chosen file; `duration` is None and `problem` says why if unreadable."""

    match: FilmMatch
    duration: Micros | None = None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Relocation:
    """The file to use; `same` tells whether it is the film that was coded."""

    path: Path
    same: bool


Examine = Callable[[Path], Candidate]


def verdict(wanted: Recording, name: str, candidate: Candidate) -> str:
    """Say in plain words how a chosen file differs; empty where it is the film that was coded."""
    match candidate.match:
        case FilmMatch.SAME:
            return ""
        case FilmMatch.UNREADABLE:
            return candidate.problem or f"{name} cannot be played. Choose another file."
        case FilmMatch.OTHER:
            return (
                f"{name} is not the same film. {_length_words(wanted, candidate.duration)} "
                "Tags may lie at the wrong moments if you use it."
            )


def _length_words(wanted: Recording, duration: Micros | None) -> str:
    if duration is None:
        return "Its contents differ."
    if to_clock(duration) == to_clock(wanted.duration):
        return "It is as long, but its contents differ."
    return f"It is {to_clock(duration)} long instead of {to_clock(wanted.duration)}."


class RelocateDialog(QDialog):
    """Shows what is looked for, takes a file, and warns where it is another film."""

    def __init__(
        self,
        wanted: Recording,
        expected: Path,
        examine: Examine,
        choose: ChooseFile = choose_film,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.answer: Relocation | None = None
        self._wanted, self._expected = wanted, expected
        self._examine, self._choose = examine, choose
        self._chosen: Path | None = None
        self.warning = paragraph("")
        self.choose_button = QPushButton("Choose the film…")
        self.use_button = QPushButton("Use it anyway")
        self.without_button = QPushButton("Open without the film")
        self._lay_out()
        self.choose_button.setFocus()
        self.choose_button.clicked.connect(self._ask)
        self.use_button.clicked.connect(lambda: self._take(same=False))
        self.without_button.clicked.connect(self.reject)

    def _lay_out(self) -> None:
        rows = prepare(self, "The film has moved", "recordings")
        rows.addWidget(
            paragraph(
                "The film of this session is not where it was. Show where it is now; "
                "it is recognised by its contents, whatever its name."
            )
        )
        facts = QFormLayout()
        facts.addRow("Name", paragraph(self._expected.name))
        facts.addRow("Length", paragraph(to_clock(self._wanted.duration)))
        facts.addRow("Looked for in", paragraph(str(self._expected.parent)))
        rows.addLayout(facts)
        warn(self.warning)
        self.warning.hide()
        self.use_button.hide()
        rows.addWidget(self.warning)
        rows.addStretch(1)
        quiet = (self.without_button, self.use_button)
        rows.addLayout(button_row(quiet, self.choose_button))

    def _ask(self) -> None:
        path = self._choose(self, self._expected.parent)
        if path is None:
            return
        self._chosen = path
        candidate = self._examine(path)
        if candidate.match is FilmMatch.SAME:
            self._take(same=True)
            return
        self.warning.setText(verdict(self._wanted, path.name, candidate))
        self.warning.show()
        self.use_button.setVisible(candidate.match is FilmMatch.OTHER)
        self.choose_button.setText("Choose another…")

    def _take(self, *, same: bool) -> None:
        if self._chosen is not None:
            self.answer = Relocation(self._chosen, same)
            self.accept()


def ask_for_film(
    parent: QWidget | None,
    wanted: Recording,
    expected: Path,
    examine: Examine,
    choose: ChooseFile = choose_film,
) -> Relocation | None:
    """Ask where a film is now; None where the session shall open without it.

    `expected` is the absolute path at which it should have been; `examine` compares a file with
    the film wanted.
    """
    dialog = RelocateDialog(wanted, expected, examine, choose, parent)
    dialog.exec()
    return dialog.answer
