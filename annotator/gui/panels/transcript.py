"""The transcript beside the film: the cues, a field to search them and one to correct them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from PyQt6.QtCore import QEvent, Qt, pyqtSignal
from PyQt6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PyQt6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from annotator.gui.panels.transcript_editor import CueEditor
from annotator.gui.panels.transcript_model import CuesModel
from annotator.gui.panels.transcript_view import CuesView
from annotator.gui.theme import Theme
from annotator.model.time import Micros
from annotator.model.transcript import Transcript

_EMPTY = (
    "This session has no transcript yet.\n\nImport a WebVTT (.vtt) or SubRip (.srt) file, or drop "
    "one here. It is then read along with the film, and words in it can be tagged."
)
_SUFFIXES = (".vtt", ".webvtt", ".srt")
_REMARK_LINES = 6


class TranscriptPage(QWidget):
    """Follows the film through the cues, until the reader scrolls away."""

    import_asked = pyqtSignal()
    dropped = pyqtSignal(object)  # Path

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.model = CuesModel()
        self.view = CuesView(self.model, theme)
        self.editor = CueEditor(theme)
        self.search = QLineEdit()
        self.back = QPushButton("Back to where the film is")
        self.remarks = QPlainTextEdit()
        self.import_button = QPushButton("Import transcript…")
        self._found = QLabel()
        self._empty = QLabel(_EMPTY)
        self._follows = True
        self._pages = QStackedWidget()
        self._remark_box = QWidget()
        self.setAcceptDrops(True)
        self.setProperty("helpPage", "transcripts")
        self._lay_out()
        self._connect()
        self.set_theme(theme)
        self.show_transcript(None, {})

    @property
    def follows(self) -> bool:
        """Whether the cue that is being said is kept in view."""
        return self._follows

    def show_transcript(self, transcript: Transcript | None, people: Mapping[str, str]) -> None:
        """Show a transcript, participants' ids standing for these names; none where None."""
        self.model.set_people(people)
        self.model.set_cues(transcript.cues if transcript is not None else ())
        self._pages.setCurrentIndex(0 if transcript is None else 1)

    def show_moment(self, moment: Micros) -> None:
        """Mark the cue that is said at a moment, and keep it in view while the reader follows."""
        row = self.model.row_at(moment)
        if row == self.view.painter_of_cues.current_row:
            return
        self.view.show_current(row)
        if self._follows and row >= 0 and not self.view.marked:
            self._bring_into_view(row)

    def show_remarks(self, told: Sequence[str]) -> None:
        """List what was found wrong in a file; nothing where there is nothing."""
        self.remarks.setPlainText("\n".join(told))
        self._remark_box.setVisible(bool(told))

    def begin_search(self) -> None:
        """Put the cursor into the search field."""
        self.search.setFocus()
        self.search.selectAll()

    def search_on(self, step: int) -> None:
        """Go to the next cue, or the one before where -1, that holds what is searched for."""
        words = " ".join(self.search.text().split())
        if not words or not self.model.cues:
            self._found.clear()
            return
        here = self.view.currentIndex().row()
        row = self.model.find(words, here + step if here >= 0 else 0, step)
        self._found.setText("" if row >= 0 else "Not found")
        if row >= 0:
            self.leave_film()
            self.view.go_to(row)

    def leave_film(self) -> None:
        """Stay where the reader looks."""
        self._follows = False
        self.back.setVisible(True)

    def follow_film(self) -> None:
        """Keep the cue that is being said in view from now on."""
        self._follows = True
        self.back.setVisible(False)
        self._bring_into_view(self.view.painter_of_cues.current_row)

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours and type."""
        self.view.set_theme(theme)
        self.editor.set_theme(theme)
        small = theme.spacing_small
        self._bar.setContentsMargins(small, small, small, small)
        wide = theme.spacing_huge
        self._empty_column.setContentsMargins(wide, wide, wide, wide)
        self.remarks.setFixedHeight(theme.px(20) * _REMARK_LINES)

    def event(self, event: QEvent | None) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            in_search = self.search.hasFocus()
            keys = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape}
            if in_search and event.key() in keys:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        if event is None or not self.search.hasFocus():
            super().keyPressEvent(event)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            is_back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.search_on(-1 if is_back else 1)
        elif event.key() == Qt.Key.Key_Escape:
            self.view.setFocus()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent | None) -> None:
        if event is not None and dropped_transcript(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent | None) -> None:
        path = dropped_transcript(event) if event is not None else None
        if event is not None and path is not None:
            event.acceptProposedAction()
            self.dropped.emit(path)

    def _bring_into_view(self, row: int) -> None:
        if row >= 0:
            self.view.scrollTo(self.model.index(row), CuesView.ScrollHint.PositionAtCenter)

    def _lay_out(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._pages)
        whole.addWidget(self._laid_remarks())
        self._pages.addWidget(self._laid_empty())
        self._pages.addWidget(self._laid_cues())
        self.back.setVisible(False)
        self.editor.setVisible(False)

    def _laid_empty(self) -> QWidget:
        page = QWidget()
        self._empty_column = QVBoxLayout(page)
        self._empty.setWordWrap(True)
        self._empty_column.addWidget(self._empty)
        self._empty_column.addWidget(self.import_button, 0, Qt.AlignmentFlag.AlignLeft)
        self._empty_column.addStretch(1)
        return page

    def _laid_cues(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._bar = QHBoxLayout()
        self.search.setPlaceholderText("Find in transcript")
        self.search.setAccessibleName("Find in transcript")
        self.search.setClearButtonEnabled(True)
        self._bar.addWidget(self.search, 1)
        self._bar.addWidget(self._found)
        for arrow, name, step in (
            (Qt.ArrowType.UpArrow, "Previous place (Shift+Enter)", -1),
            (Qt.ArrowType.DownArrow, "Next place (Enter)", 1),
        ):
            self._bar.addWidget(self._step_button(arrow, name, step))
        column.addLayout(self._bar)
        column.addWidget(self.view, 1)
        column.addWidget(self.back)
        column.addWidget(self.editor)
        return page

    def _step_button(self, arrow: Qt.ArrowType, name: str, step: int) -> QToolButton:
        button = QToolButton()
        button.setArrowType(arrow)
        button.setToolTip(name)
        button.setAccessibleName(name)
        button.clicked.connect(lambda: self.search_on(step))
        return button

    def _laid_remarks(self) -> QWidget:
        column = QVBoxLayout(self._remark_box)
        self.remarks.setReadOnly(True)
        self.remarks.setTabChangesFocus(True)
        self.remarks.setAccessibleName("What was found in the file")
        close = QPushButton("Close this list")
        close.clicked.connect(lambda: self.show_remarks(()))
        column.addWidget(QLabel("What was found in the file"))
        column.addWidget(self.remarks)
        column.addWidget(close, 0, Qt.AlignmentFlag.AlignLeft)
        self._remark_box.setVisible(False)
        self._remark_box.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        return self._remark_box

    def _connect(self) -> None:
        self.import_button.clicked.connect(self.import_asked)
        self.back.clicked.connect(self.follow_film)
        self.view.scrolled_away.connect(self.leave_film)


def dropped_transcript(event: QDropEvent) -> Path | None:
    """Give the one file that is being dropped, where its name is that of a transcript."""
    data = event.mimeData()
    urls = data.urls() if data is not None else []
    local = [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
    fits = len(local) == 1 and local[0].name.lower().endswith(_SUFFIXES)
    return local[0] if fits else None
