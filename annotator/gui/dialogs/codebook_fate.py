"""Asks where the tags of a code go that is removed, or the answers to a rating."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtWidgets import QButtonGroup, QComboBox, QDialog, QPushButton, QRadioButton, QWidget

from annotator.editing.fates import DELETED, RETIRED, TagsGo, recoded
from annotator.gui.dialogs.pieces import button_row, paragraph, prepare


class RemovalDialog(QDialog):
    """Offers to retire, to move and to delete; the first is chosen, since it loses nothing."""

    def __init__(
        self,
        name: str,
        noun: str,
        count: int,
        targets: Sequence[tuple[str, str]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        many = f"1 {noun.removesuffix('s')}" if count == 1 else f"{count} {noun}"
        self.retire = QRadioButton(f"Keep {many}, and retire “{name}”: it takes no new ones")
        self.recode = QRadioButton(f"Move {many} to")
        self.delete = QRadioButton(f"Delete {many}")
        self.target = QComboBox()
        self.target.setAccessibleName(f"Where {many} go")
        self._ids = [one for one, _ in targets]
        self.target.addItems([text for _, text in targets])
        self.recode.setEnabled(bool(targets))
        self.target.setEnabled(False)
        self.recode.toggled.connect(self.target.setEnabled)
        choices = QButtonGroup(self)
        rows = prepare(self, f"Remove “{name}”", "codebooks")
        rows.addWidget(paragraph(f"This session has {many} of “{name}”, over all passes."))
        for one in (self.retire, self.recode, self.target, self.delete):
            rows.addWidget(one)
            if isinstance(one, QRadioButton):
                choices.addButton(one)
        self.retire.setChecked(True)
        self.ok, self.back = QPushButton("Remove"), QPushButton("Cancel")
        rows.addStretch(1)
        rows.addLayout(button_row((self.back,), self.ok))
        self.ok.clicked.connect(self.accept)
        self.back.clicked.connect(self.reject)

    @property
    def fate(self) -> TagsGo:
        """Where they go."""
        if self.delete.isChecked():
            return DELETED
        if self.recode.isChecked():
            return recoded(self._ids[self.target.currentIndex()])
        return RETIRED


def ask_fate(
    parent: QWidget | None, name: str, noun: str, count: int, targets: Sequence[tuple[str, str]]
) -> TagsGo | None:
    """Ask where so many tags or answers go; None where it is not to be removed after all."""
    dialog = RemovalDialog(name, noun, count, targets, parent)
    return dialog.fate if dialog.exec() == QDialog.DialogCode.Accepted else None
