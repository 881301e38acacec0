"""The window of an export: the format, the passes, and what will not be in the file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PyQt6.QtCore import QItemSelectionModel, pyqtSignal
from PyQt6.QtWidgets import (
    QDialog,
    QLabel,
    QListView,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from annotator.gui.dialogs.export_formats import (
    FormatDelegate,
    FormatLine,
    FormatsList,
    FormatsModel,
)
from annotator.gui.dialogs.import_contents import SPEECH
from annotator.gui.dialogs.import_remarks import RemarksView
from annotator.gui.dialogs.import_words import loss_words, pass_words, speech_words
from annotator.gui.dialogs.pieces import button_row, paragraph, prepare, resize_within
from annotator.gui.dialogs.ticks import TicksModel, show_ticks
from annotator.gui.panels.labels import dress_heading, dress_quiet
from annotator.gui.theme import Theme
from annotator.model.coding import CodingPass
from annotator.model.session import Session
from annotator.storage.interchange.report import Report

SIZE = (980, 680)
WIDTHS = (370, 600)
MOST_OF_PASSES = 150
NOTHING_LOST = "Everything in this session will be in the file."


class ExportWindow(QDialog):
    """Asks for the loss to be worked out whenever something is chosen, and shows it."""

    loss_asked = pyqtSignal()
    place_asked = pyqtSignal()
    left = pyqtSignal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.formats, self._delegate = FormatsModel(self), FormatDelegate(theme, self)
        self.list = FormatsList(self._delegate)
        self.passes, self.ticks = QListView(), TicksModel(self)
        self.hidden = paragraph("")
        self.loss = RemarksView(theme, "What will not be in the file", NOTHING_LOST, is_loss=True)
        self.summary, self.trouble = paragraph(""), paragraph("")
        self.write_button = QPushButton("Choose the place and write…")
        self.cancel_button = QPushButton("Cancel")
        self._headings = (QLabel("Format"), QLabel("What is written"), QLabel())
        self._is_known = False
        self._prepare()
        self._lay_out(theme)
        self._connect()
        self.set_theme(theme)
        resize_within(self, theme.px(SIZE[0]), theme.px(SIZE[1]))

    @property
    def is_known(self) -> bool:
        """Whether what is shown of the loss is of what is chosen."""
        return self._is_known

    @property
    def format(self) -> FormatLine | None:
        """The format that is chosen; None where there is none."""
        row = self.list.currentIndex().row()
        return self.formats.lines[row] if 0 <= row < len(self.formats.lines) else None

    def show_formats(self, lines: Sequence[FormatLine]) -> None:
        """Offer formats; the one that was chosen before stays chosen."""
        if tuple(lines) == self.formats.lines:
            return
        self.formats.show_lines(lines)
        if lines and (selection := self.list.selectionModel()) is not None:
            flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
            selection.setCurrentIndex(self.formats.index(0), flag)

    def show_session(self, session: Session, seen: Sequence[CodingPass]) -> None:
        """Offer the passes that may be seen, and say how many may not."""
        lines = [(one.id, pass_words(one)) for one in seen]
        lines += [(SPEECH, speech_words(session))] if session.transcripts else []
        self.ticks.show_lines(lines)
        hidden = len(session.passes) - len(seen)
        many = "1 pass of another coder is" if hidden == 1 else f"{hidden} passes of others are"
        self.hidden.setText(f"{many} hidden from you, and will not be written." if hidden else "")
        self.hidden.setVisible(bool(hidden))

    def restricted(self, session: Session, seen: Sequence[CodingPass]) -> Session | None:
        """Give of a session what is chosen to be written; None where that is nothing."""
        chosen = self.ticks.chosen
        if not chosen and self.ticks.rowCount():
            return None
        passes = tuple(one for one in seen if one.id in chosen)
        return replace(
            session, passes=passes, transcripts=session.transcripts if SPEECH in chosen else ()
        )

    def show_loss(self, report: Report) -> None:
        """Show what will not be in the file."""
        self._is_known = True
        self.loss.show_report(report)
        self._headings[2].setText("What will not be in the file")
        self.summary.setText(loss_words(report))
        self.show_trouble("")

    def show_working(self, what: str) -> None:
        """Say that the loss is being worked out, or the file written."""
        self._is_known = False
        self.summary.setText(what)
        self._allow()

    def show_trouble(self, text: str) -> None:
        """Say why it cannot be written; nothing where empty."""
        self.trouble.setText(text)
        self.trouble.setVisible(bool(text))
        if text:
            self.summary.clear()
            self.loss.show_report(Report(0, 0))
            self.loss.empty.setVisible(False)
        self._allow()

    def show_not_written(self, why: str) -> None:
        """Say why the file was not written; what is known of the loss stays."""
        self._is_known = True
        self.summary.clear()
        self.trouble.setText(why)
        self.trouble.setVisible(True)
        self._allow()

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        self._delegate.set_theme(theme)
        self.loss.set_theme(theme)
        for heading in self._headings:
            dress_heading(heading, theme)
        dress_quiet(self.hidden, theme)
        self.trouble.setStyleSheet(f"color: {theme.danger.name()};")
        self.list.setMinimumWidth(theme.px(240))
        self.passes.setMaximumHeight(min(theme.px(104), MOST_OF_PASSES))

    def reject(self) -> None:
        """Leave without writing anything."""
        super().reject()
        self.left.emit()

    def _prepare(self) -> None:
        self.list.setModel(self.formats)
        self.list.setFrameShape(QListView.Shape.NoFrame)
        show_ticks(self.passes, self.ticks, "What is written")

    def _lay_out(self, theme: Theme) -> None:
        rows = prepare(self, "Export", "interchange")
        split = QSplitter()
        split.setChildrenCollapsible(False)
        for parts in (
            (self._headings[0], self.list, self._headings[1], self.passes, self.hidden),
            (self._headings[2], self.summary, self.trouble, self.loss),
        ):
            side = QWidget()
            column = QVBoxLayout(side)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(theme.spacing_tiny)
            for part in parts:
                column.addWidget(part, 1 if part in {self.list, self.loss} else 0)
            split.addWidget(side)
        split.setStretchFactor(1, 1)
        split.setSizes([theme.px(one) for one in WIDTHS])
        split.setHandleWidth(theme.spacing_large)
        rows.addWidget(split, 1)
        rows.addLayout(button_row((self.cancel_button,), self.write_button))

    def _connect(self) -> None:
        if (selection := self.list.selectionModel()) is not None:
            selection.currentRowChanged.connect(lambda _now, _before: self.loss_asked.emit())
        self.ticks.ticked.connect(self.loss_asked)
        self.write_button.clicked.connect(self.place_asked)
        self.cancel_button.clicked.connect(self.reject)

    def _allow(self) -> None:
        is_chosen = self.format is not None and bool(self.ticks.chosen or not self.ticks.rowCount())
        self.write_button.setEnabled(self._is_known and is_chosen)
