"""Leaving with work that the disk would not take."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from PyQt6.QtWidgets import QDialog, QPushButton, QWidget

from annotator.gui.dialogs.pieces import button_row, paragraph, prepare


class Leave(Enum):
    """What to do with work that is not on disk."""

    SAVE_ELSEWHERE = "save elsewhere"
    GIVE_UP = "give up"
    STAY = "stay"


@dataclass(frozen=True, slots=True)
class UnsavedWords:
    """What the question says."""

    title: str
    text: str
    give_up: str


def unsaved_words(why: str, unsaved_tags: int) -> UnsavedWords:
    """Word the question; `why` is what the disk said, `unsaved_tags` how much would be lost.

    Where no tag is at stake (0), other changes still are.
    """
    if unsaved_tags == 1:
        lost, button = "1 tag", "Close and lose 1 tag"
    elif unsaved_tags > 1:
        lost, button = f"{unsaved_tags} tags", f"Close and lose {unsaved_tags} tags"
    else:
        lost, button = "Your last changes", "Close and lose the changes"
    verb = "is" if unsaved_tags == 1 else "are"
    text = f"{lost} {verb} in this window only. Save the session in another folder to keep them."
    if unsaved_tags == 1:
        text = text.replace("keep them", "keep it")
    return UnsavedWords("The session could not be saved", f"{why}\n\n{text}".strip(), button)


class UnsavedDialog(QDialog):
    """Saving elsewhere is the way out that is offered first; closing it stays."""

    def __init__(self, why: str, unsaved_tags: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.answer = Leave.STAY
        words = unsaved_words(why, unsaved_tags)
        self.save_button = QPushButton("Save elsewhere…")
        self.give_up_button = QPushButton(words.give_up)
        self.stay_button = QPushButton("Go back")
        rows = prepare(self, words.title, "file_format")
        rows.addWidget(paragraph(words.text))
        rows.addStretch(1)
        quiet = (self.give_up_button, self.stay_button)
        rows.addLayout(button_row(quiet, self.save_button))
        self.save_button.setFocus()
        self.save_button.clicked.connect(lambda: self._choose(Leave.SAVE_ELSEWHERE))
        self.give_up_button.clicked.connect(lambda: self._choose(Leave.GIVE_UP))
        self.stay_button.clicked.connect(self.reject)

    def _choose(self, answer: Leave) -> None:
        self.answer = answer
        self.accept()


def ask_unsaved(parent: QWidget | None, why: str, unsaved_tags: int) -> Leave:
    """Ask what to do with work that the disk would not take.

    `why` is what went wrong in plain words, `unsaved_tags` how many tags would be lost.
    """
    dialog = UnsavedDialog(why, unsaved_tags, parent)
    dialog.exec()
    return dialog.answer
