"""The page with which the program begins: open a film, try the sample, go on where one was."""

from __future__ import annotations

from collections.abc import Iterable

from PyQt6.QtCore import QEvent, QModelIndex, QObject, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QAction, QFont, QKeyEvent, QKeySequence
from PyQt6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from annotator.gui.dialogs.coder_name import coder_problem, tidy_coder
from annotator.gui.icons import icon
from annotator.gui.panels.emblem import Emblem
from annotator.gui.panels.first_steps import FirstSteps
from annotator.gui.panels.recent import (
    LINE_ROLE,
    RecentDelegate,
    RecentLine,
    RecentModel,
    line_of,
)
from annotator.gui.theme import Theme
from annotator.storage.settings import Recent

NAME = "annotator"
PROMISE = "Step through filmed therapy sessions and tag the moments that matter."
DROP = "or drop it here, or a file of another program"
PRIVACY = "Nothing you open here leaves this computer."
NAME_PX, LEAD_PX, BUTTON_PX = 34, 16, 15
COLUMN_WIDTH, WIDEST_COLUMN, GUTTER = 400, 480, 56
BUTTON_HEIGHT = 30


class WelcomePage(QWidget):
    """Two columns: what to do on the left, where one was on the right."""

    open_requested = pyqtSignal()
    sample_requested = pyqtSignal()
    recent_requested = pyqtSignal(str)  # path of a session file
    coder_changed = pyqtSignal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._kept = ""
        self.open_button = QPushButton("Open a film…")
        self.sample_button = QPushButton("Open the sample session")
        self.sample_button.setToolTip("Try things out on a short acted talk; it is a copy")
        self.coder_field = QLineEdit()
        self._coder_problem = QLabel()
        self._lock = QLabel()
        self.recent_list = QListView()
        self._recent = RecentModel(self)
        self._delegate = RecentDelegate(theme, self.recent_list)
        self._steps = FirstSteps(theme)
        self._emblem = Emblem()
        self._right = QStackedWidget()
        self._prepare_list()
        self._prepare_fields()
        self._lay_out()
        self._connect()
        self.set_theme(theme)
        self.show_recent(())

    def follow_key(self, action: QAction) -> None:
        """Name the key of the action that opens a film, whatever it becomes."""

        def name_key() -> None:
            key = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            tip = "Choose a film or a session"
            self.open_button.setToolTip(f"{tip} ({key})" if key else tip)

        action.changed.connect(name_key)
        name_key()

    def show_recent(self, recent: Iterable[Recent]) -> None:
        """List sessions, the latest first; without any, the first steps stand there instead."""
        self._recent.show_lines(line_of(one) for one in recent)
        self._right.setCurrentIndex(1 if self._recent.rowCount() else 0)

    def show_coder(self, coder: str) -> None:
        """Show who codes, as remembered from the last time."""
        self._kept = coder
        self.coder_field.setText(coder)
        self._coder_problem.clear()

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        self._theme = theme
        self._delegate.set_theme(theme)
        self._steps.set_theme(theme)
        self._lock.setPixmap(icon("lock", theme.text_muted).pixmap(QSize(16, 16)))
        self._right.setStyleSheet(
            f"QStackedWidget {{ background: {theme.surface.name()}; "
            f"border: 1px solid {theme.line.name()}; border-radius: 12px; }}"
            "QListView, QListView::item { background: transparent; border: none; }"
        )
        self._coder_problem.setStyleSheet(f"color: {theme.danger.name()};")
        for label in self.findChildren(QLabel, "muted"):
            label.setStyleSheet(f"color: {theme.text_muted.name()};")

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        """Let Enter open the current session, as a click does."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        ):
            self._choose_recent(self.recent_list.currentIndex())
            return True
        return super().eventFilter(watched, event)

    def _prepare_list(self) -> None:
        self.recent_list.setModel(self._recent)
        self.recent_list.setItemDelegate(self._delegate)
        self.recent_list.setMouseTracking(True)
        self.recent_list.setFrameShape(QFrame.Shape.NoFrame)
        self.recent_list.setAccessibleName("Recent sessions")
        self.recent_list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)

    def _prepare_fields(self) -> None:
        px = self._theme.px
        self.open_button.setProperty("primary", True)
        for button in (self.open_button, self.sample_button):
            button.setStyleSheet(
                f"min-height: {px(BUTTON_HEIGHT)}px; font-size: {px(BUTTON_PX)}px;"
            )
        self.open_button.setAccessibleDescription("Choose a film or a session on this computer")
        self.sample_button.setAccessibleDescription("A short acted talk to try everything on")
        self.coder_field.setMaximumWidth(px(110))
        self.coder_field.setMinimumHeight(px(34))
        self.coder_field.setPlaceholderText("initials")
        self.coder_field.setAccessibleName("You code as")
        self.coder_field.setToolTip("Every tag is kept under these initials. Use no full name.")

    def _connect(self) -> None:
        self.open_button.clicked.connect(self.open_requested)
        self.sample_button.clicked.connect(self.sample_requested)
        self.coder_field.editingFinished.connect(self._take_coder)
        self.recent_list.clicked.connect(self._choose_recent)
        self.recent_list.installEventFilter(self)

    def _lay_out(self) -> None:
        self._right.addWidget(self._steps)
        self._right.addWidget(self._recent_card())
        self._right.setFixedWidth(self._column_width)
        self._right.setMinimumHeight(360)
        columns = QHBoxLayout()
        columns.setSpacing(GUTTER)
        columns.addStretch(1)
        columns.addWidget(self._left_column())
        columns.addWidget(self._right)
        columns.addStretch(1)
        body = QWidget()
        page = QVBoxLayout(body)
        page.setContentsMargins(32, 32, 32, 20)
        page.addStretch(2)
        page.addLayout(columns)
        page.addStretch(3)
        page.addLayout(self._privacy_line())
        scroll = QScrollArea()
        scroll.setWidget(body)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)

    @property
    def _column_width(self) -> int:
        return min(self._theme.px(COLUMN_WIDTH), WIDEST_COLUMN)

    def _left_column(self) -> QWidget:
        left, px = QWidget(), self._theme.px
        left.setFixedWidth(self._column_width)
        rows = QVBoxLayout(left)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(self._theme.spacing)
        rows.addWidget(self._emblem)
        rows.addWidget(_sized(QLabel(NAME), px(NAME_PX), QFont.Weight.DemiBold))
        promise = _sized(_muted(PROMISE), px(LEAD_PX), QFont.Weight.Normal)
        promise.setWordWrap(True)
        rows.addWidget(promise)
        rows.addSpacing(self._theme.spacing_large)
        rows.addWidget(self.open_button)
        rows.addWidget(self.sample_button)
        drop = _muted(DROP)
        drop.setAlignment(Qt.AlignmentFlag.AlignCenter)
        rows.addWidget(drop)
        rows.addSpacing(self._theme.spacing_large)
        rows.addLayout(self._coder_line())
        rows.addWidget(self._coder_problem)
        rows.addStretch(1)
        return left

    def _coder_line(self) -> QHBoxLayout:
        label = QLabel("You code as")
        label.setBuddy(self.coder_field)
        line = QHBoxLayout()
        line.setSpacing(self._theme.spacing)
        line.addWidget(label)
        line.addWidget(self.coder_field)
        kept = _muted("kept with each of your tags")
        kept.setWordWrap(True)
        line.addWidget(kept, 1)
        return line

    def _recent_card(self) -> QWidget:
        card = QWidget()
        rows = QVBoxLayout(card)
        rows.setContentsMargins(16, 20, 12, 12)
        heading = _sized(QLabel("Recent sessions"), self._theme.px(LEAD_PX), QFont.Weight.DemiBold)
        heading.setContentsMargins(12, 0, 0, 4)
        rows.addWidget(heading)
        rows.addWidget(self.recent_list, 1)
        return card

    def _privacy_line(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.addStretch(1)
        line.addWidget(self._lock)
        line.addWidget(_muted(PRIVACY))
        line.addStretch(1)
        return line

    def _take_coder(self) -> None:
        """Tell a new coder once; what cannot be one is said beside the field."""
        problem = coder_problem(self.coder_field.text())
        coder = tidy_coder(self.coder_field.text())
        if not coder:
            self._coder_problem.clear()
            return
        self._coder_problem.setText(problem)
        if not problem and coder != self._kept:
            self._kept = coder
            self.coder_changed.emit(coder)

    def _choose_recent(self, index: QModelIndex) -> None:
        line = index.data(LINE_ROLE)
        if isinstance(line, RecentLine) and line.is_there:
            self.recent_requested.emit(str(line.path))


def _muted(text: str) -> QLabel:
    label = QLabel(text)
    label.setObjectName("muted")
    return label


def _sized(label: QLabel, pixels: int, weight: QFont.Weight) -> QLabel:
    font = label.font()
    font.setPixelSize(pixels)
    font.setWeight(weight)
    label.setFont(font)
    return label
