"""The page on which a session's numbers are read, with the moments behind each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PyQt6.QtCore import QModelIndex, QPointF, Qt, pyqtSignal
from PyQt6.QtGui import QKeyEvent
from PyQt6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QListView,
    QPushButton,
    QScrollArea,
    QSplitter,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from annotator.gui.panels.figure_view import FigureView
from annotator.gui.panels.labels import dress_heading, dress_quiet
from annotator.gui.panels.results_model import MomentsModel, ResultsModel
from annotator.gui.panels.tags_view import HEADS, ITEMS
from annotator.gui.theme import Theme
from annotator.jobs.figures import VIEWS, View
from annotator.model.table import Place, Table

if TYPE_CHECKING:
    from annotator.reports.figures.sheet import Picture

WAITING = "Working it out…"
STALE = "The session has changed since. Update shows it as it is now."
_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_LEAST_LIST_PX, _LEAST_PX = 96, 160


class EnterTable(QTableView):
    """Enter opens the cell that is current, as a click does."""

    opened = pyqtSignal(QModelIndex)

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        if event is not None and Qt.Key(event.key()) in _ENTER:
            self.opened.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)


class EnterList(QListView):
    """Enter opens the row that is current, as a click does."""

    opened = pyqtSignal(QModelIndex)

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        if event is not None and Qt.Key(event.key()) in _ENTER:
            self.opened.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)


class ResultsPage(QWidget):
    """Shows one view of the results; knows nothing of the session."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("helpPage", "numbers")
        self.choice = QComboBox()
        self.update_button, self.save_button = QPushButton("Update"), QPushButton("Save…")
        self.message, self.notes, self.behind = QLabel(), QLabel(), QLabel()
        self.model, self.moments = ResultsModel(self), MomentsModel(self)
        self.table, self.list = EnterTable(), EnterList()
        self.figure = FigureView(theme)
        self._figure_area, self._notes_area = QScrollArea(), QScrollArea()
        self.figure.reached.connect(self._keep_in_view)
        self._name_parts()
        self._dress_views()
        self._lay_out(theme)
        self.set_theme(theme)
        self.show_message("")

    @property
    def view(self) -> View:
        """The view that is chosen."""
        return VIEWS[self.choice.currentIndex()]

    def show_message(self, words: str) -> None:
        """Say why there is nothing, or what is going on; nothing more where empty."""
        self.message.setText(words)
        self.message.setVisible(bool(words))

    def show_table(self, table: Table | None, notes: Sequence[str] = ()) -> None:
        """Show a table with what is to be read along."""
        self._show(table, notes, is_figure=False)

    def show_figure(self, table: Table, picture: Picture, notes: Sequence[str]) -> None:
        """Show a figure, whose marks are rows of this table."""
        self._show(table, notes, is_figure=True)
        self.figure.show_picture(picture, self.view.name)
        self._figure_area.setWidgetResizable(True)

    def show_places(self, places: Sequence[Place], words: Sequence[str], what: str) -> None:
        """List the moments behind a cell or a mark, with a line that says what they are."""
        self.moments.show_places(places, words)
        self.behind.setText(what)
        for part in (self.behind, self.list):
            part.setVisible(bool(what))

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        dress_heading(self.behind, theme)
        dress_quiet(self.notes, theme)
        dress_quiet(self.message, theme)
        self.figure.set_theme(theme)
        self.list.setMinimumHeight(theme.px(_LEAST_LIST_PX))
        for part in (self.table, self._figure_area):
            part.setMinimumHeight(theme.px(_LEAST_PX))

    def _show(self, table: Table | None, notes: Sequence[str], *, is_figure: bool) -> None:
        self.model.show_table(table)
        self.notes.setText("\n\n".join(notes))
        self._notes_area.setVisible(bool(notes))
        self.table.setVisible(table is not None and not is_figure)
        self._figure_area.setVisible(is_figure)
        self.save_button.setEnabled(table is not None)
        self.show_places((), (), "")

    def _keep_in_view(self, place: QPointF) -> None:
        self._figure_area.ensureVisible(round(place.x()), round(place.y()))

    def _name_parts(self) -> None:
        self.setAccessibleName("Results")
        self.choice.setAccessibleName("What is shown")
        self.choice.setToolTip("What is shown")
        self.choice.setMinimumContentsLength(12)
        self.choice.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        for view in VIEWS:
            self.choice.addItem(view.name if view.figure is None else f"Figure: {view.name}")
        self.update_button.setToolTip("Work it out again from the session as it is now")
        self.save_button.setToolTip("Keep what is shown as a file")
        for label in (self.message, self.notes, self.behind):
            label.setWordWrap(True)
        select = Qt.TextInteractionFlag
        self.notes.setTextInteractionFlags(
            select.TextSelectableByMouse | select.TextSelectableByKeyboard
        )
        self.notes.setAccessibleName("To be read along")

    def _dress_views(self) -> None:
        self.table.setModel(self.model)
        self.table.setAccessibleName("Results as a table")
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setTabKeyNavigation(False)
        self.table.setShowGrid(False)
        self.table.setStyleSheet(ITEMS + HEADS)
        self.table.setAlternatingRowColors(True)
        self.table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        if (rows := self.table.verticalHeader()) is not None:
            rows.setVisible(False)
        if (heads := self.table.horizontalHeader()) is not None:
            heads.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
            heads.setResizeContentsPrecision(50)
        self.list.setModel(self.moments)
        self.list.setAccessibleName("Moments behind what is chosen")
        self.list.setUniformItemSizes(True)

    def _lay_out(self, theme: Theme) -> None:
        for area, inner in ((self._figure_area, self.figure), (self._notes_area, self.notes)):
            area.setWidget(inner)
            area.setWidgetResizable(True)
            area.setFrameShape(QFrame.Shape.NoFrame)
            area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.notes.setAlignment(Qt.AlignmentFlag.AlignTop)
        parts = QSplitter(Qt.Orientation.Vertical)
        parts.setChildrenCollapsible(False)
        lower = QWidget()
        below = QVBoxLayout(lower)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(theme.spacing_small)
        for part, stretch in ((self.behind, 0), (self.list, 2), (self._notes_area, 1)):
            below.addWidget(part, stretch)
        for one in (self.table, self._figure_area, lower):
            parts.addWidget(one)
        parts.setStretchFactor(0, 3)
        parts.setStretchFactor(1, 3)
        parts.setStretchFactor(2, 1)
        top = QHBoxLayout()
        top.setSpacing(theme.spacing_small)
        top.addWidget(self.choice, 1)
        top.addWidget(self.update_button)
        top.addWidget(self.save_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*([theme.spacing] * 4))
        layout.setSpacing(theme.spacing_small)
        layout.addLayout(top)
        layout.addWidget(self.message)
        layout.addWidget(parts, 1)
