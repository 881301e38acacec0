"""Adds a participant to a session: a code and a role, never a name."""

from __future__ import annotations

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from annotator.gui.dialogs.recordings_pieces import push_button
from annotator.gui.panels.bar_fields import ListField
from annotator.gui.theme import Theme
from annotator.model.participant import ParticipantRole

LONGEST = 24


class PersonAdding(QWidget):
    """Return in the code does as the button."""

    added = pyqtSignal(str, object)  # code, ParticipantRole

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.code, self.role = QLineEdit(), ListField("Role of the new participant")
        self.button = push_button("Add", "Add a participant")
        self.code.setAccessibleName("Code of a new participant")
        self.code.setPlaceholderText("New: code, as C07")
        self.code.setMaxLength(LONGEST)
        self.code.setMinimumWidth(theme.px(60))
        for role in ParticipantRole:
            self.role.addItem(role.value, role.value)
        self.role.setCurrentIndex(self.role.findData(ParticipantRole.CLIENT.value))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.spacing_small)
        row.addWidget(self.code, 1)
        row.addWidget(self.role)
        row.addWidget(self.button)
        self.button.setEnabled(False)
        self.code.textChanged.connect(lambda text: self.button.setEnabled(bool(text.strip())))
        self.code.returnPressed.connect(self._add)
        self.button.clicked.connect(lambda _on: self._add())

    def _add(self) -> None:
        code = self.code.text().strip()
        if code:
            self.code.clear()
            self.added.emit(code, ParticipantRole(self.role.currentData()))
