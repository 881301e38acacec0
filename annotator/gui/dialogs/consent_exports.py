"""The exports of a session: what was made for whom, what is to be called back, certificates."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from annotator.gui.dialogs.consent_words import EXPORT_HEADS, export_lines, export_rows
from annotator.gui.dialogs.import_choosing import PickTable
from annotator.gui.dialogs.pieces import paragraph
from annotator.gui.dialogs.recordings_pieces import dress_hint, push_button
from annotator.gui.dialogs.rows_model import RowsModel
from annotator.gui.dialogs.tabs import give_rows_room
from annotator.gui.panels.labels import dress_quiet
from annotator.gui.theme import Theme
from annotator.model.export_record import Logged
from annotator.model.recall import Recall
from annotator.model.session import Session
from annotator.storage.export_log import ExportLog

NOTHING = "Nothing was exported from this session yet."
GIVEN_TO, SHOWS = 3, 4


class ExportsView(QWidget):
    """Asks for an export to be noted as called back, and for certificates."""

    recalled = pyqtSignal(str)  # id of the export
    certificate_asked = pyqtSignal(str)  # likewise

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.model, self.table = (
            RowsModel(EXPORT_HEADS, self),
            PickTable("Exports", GIVEN_TO, SHOWS),
        )
        self.told, self.about = paragraph(""), paragraph("")
        self.recall_button = push_button("Mark as called back")
        self.certificate_button = push_button("Certificate…")
        self._session: Session | None = None
        self._exports: tuple[Logged, ...] = ()
        self._reasons: dict[int, tuple[str, ...]] = {}
        self._theme, self._has_faults = theme, False
        self._lay_out(theme)
        self.set_theme(theme)

    @property
    def due(self) -> int:
        """How many are to be called back."""
        return len(self._reasons)

    def show_log(self, session: Session, log: ExportLog, recalls: Sequence[Recall]) -> None:
        """Show the log of a session, and which of its exports are to be called back."""
        self._session, self._exports = session, log.exports
        self._reasons = {one.logged.line: one.reasons for one in recalls}
        self.model.show_rows(export_rows(log.exports, self._reasons))
        told = (*log.faults, *log.elsewhere, *log.notes)
        lines = [*told, *([] if log.exports else [NOTHING])]
        self.told.setText("\n".join(lines))
        self.told.setVisible(bool(lines))
        self._has_faults = bool(log.faults or log.elsewhere)
        self._dress()
        self._show_chosen()

    def show_trouble(self, text: str) -> None:
        """Say why the log cannot be read or written."""
        self.told.setText(text)
        self.told.setVisible(True)
        self._has_faults = True
        self._dress()

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        self.model.set_theme(theme)
        give_rows_room(self.table, theme)
        dress_quiet(self.about, theme)
        self._theme = theme
        self._dress()

    def _dress(self) -> None:
        dress_hint(self.told, self._theme, wrong=self._has_faults)

    def _lay_out(self, theme: Theme) -> None:
        self.table.setModel(self.model)
        self.table.setSelectionBehavior(PickTable.SelectionBehavior.SelectRows)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        for button, told in (
            (self.certificate_button, self.certificate_asked),
            (self.recall_button, self.recalled),
        ):
            buttons.addWidget(button)
            button.clicked.connect(lambda _on, told=told: told.emit(self._chosen_id()))
        column = QVBoxLayout(self)
        column.setSpacing(theme.spacing_small)
        column.addWidget(self.told)
        column.addWidget(self.table, 1)
        column.addWidget(self.about)
        column.addLayout(buttons)
        if (selection := self.table.selectionModel()) is not None:
            selection.currentRowChanged.connect(lambda _now, _before: self._show_chosen())
        self.model.modelReset.connect(self._choose_first)

    def _choose_first(self) -> None:
        due = [place for place, one in enumerate(self.model.rows) if one.trouble >= 0]
        if self.model.rows:
            self.table.selectRow(due[0] if due else 0)

    def _chosen_id(self) -> str:
        row = self.table.currentIndex().row()
        return self.model.rows[row].key if 0 <= row < len(self.model.rows) else ""

    def _show_chosen(self) -> None:
        chosen = next((one for one in self._exports if one.record.id == self._chosen_id()), None)
        session = self._session
        self.certificate_button.setEnabled(chosen is not None)
        can = chosen is not None and not chosen.recalled and not chosen.given_up
        self.recall_button.setEnabled(can)
        self.recall_button.setToolTip("Once the clip and all its copies are deleted")
        told = ""
        if chosen is not None and session is not None:
            told = export_lines(session, chosen, self._reasons.get(chosen.line, ()))
        self.about.setText(told)
        self.about.setVisible(bool(told))
