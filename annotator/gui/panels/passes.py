"""The page of coding passes: whose they are, how far they are, and which are hidden."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PyQt6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from annotator.gui.panels.labels import dress_heading, dress_quiet
from annotator.gui.theme import Theme

LEAST_CHARACTERS = 8


@dataclass(frozen=True, slots=True)
class PassLine:
    """A pass as the page shows it."""

    id: str
    words: str


class PassesPage(QWidget):
    """Shows passes; knows nothing of the session."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("helpPage", "passes")
        self.heading, self.lines = QLabel("Coding passes"), QLabel()
        self.blind = QCheckBox("Hide the passes of others")
        self.reason = QLineEdit()
        self.purpose, self.hidden = QComboBox(), QComboBox()
        self.begin, self.finish = QPushButton("Begin"), QPushButton("Finish mine")
        self.reopen, self.show_hidden = QPushButton("Reopen"), QPushButton("Show")
        self._name_parts()
        self._lay_out(theme)
        self.set_theme(theme)

    def show_passes(
        self, lines: Sequence[PassLine], unseen: Sequence[PassLine], *, blind: bool
    ) -> None:
        """List the passes that may be seen, and offer those that were never shown on record.

        Those are hidden where the coder works blind; where she does not, she sees them, and can
        have it kept that she did.
        """
        self.lines.setText("\n".join(one.words for one in lines) or "No pass has begun yet.")
        fill_with_passes(self.hidden, unseen)
        self.show_hidden.setText("Show" if blind else "Note as seen")
        self.show_hidden.setToolTip("Keeps for good that this pass was shown to you")
        for part in (self.hidden, self.show_hidden):
            part.setVisible(bool(unseen))

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        dress_heading(self.heading, theme)
        dress_quiet(self.lines, theme)

    def _name_parts(self) -> None:
        self.setAccessibleName("Coding passes")
        self.lines.setWordWrap(True)
        self.reason.setPlaceholderText("Reason, where one is asked for")
        self.reason.setAccessibleName("Reason")
        for box, name in (
            (self.purpose, "Purpose of a new pass"),
            (self.hidden, "Pass that was not shown to you"),
        ):
            box.setAccessibleName(name)
            box.setToolTip(name)
            box.setMinimumContentsLength(LEAST_CHARACTERS)

    def _lay_out(self, theme: Theme) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*([theme.spacing] * 4))
        layout.setSpacing(theme.spacing_small)
        grid = QGridLayout()
        grid.setSpacing(theme.spacing_small)
        for row, parts in enumerate(((self.purpose, self.begin), (self.hidden, self.show_hidden))):
            grid.addWidget(parts[0], row, 0)
            grid.addWidget(parts[1], row, 1)
        grid.setColumnStretch(0, 1)
        ends = QHBoxLayout()
        for button in (self.finish, self.reopen):
            ends.addWidget(button, 1)
        for part in (self.heading, self.lines, self.blind):
            layout.addWidget(part)
        layout.addLayout(grid)
        layout.addWidget(self.reason)
        layout.addLayout(ends)
        layout.addStretch(1)


def fill_with_passes(box: QComboBox, choices: Sequence[PassLine]) -> None:
    """Offer these passes; the one that was chosen stays chosen where it still can be."""
    chosen = box.currentData()
    box.blockSignals(True)
    box.clear()
    for one in choices:
        box.addItem(one.words, one.id)
    box.setCurrentIndex(max(0, box.findData(chosen)) if choices else -1)
    box.blockSignals(False)
