"""The window in which the masks of a clip are looked at and changed before it is made."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PyQt6.QtCore import QSignalBlocker, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QIcon, QKeyEvent, QKeySequence, QPixmap
from PyQt6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QSlider,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from annotator.gui.dialogs.pieces import button_row, paragraph, prepare, resize_within
from annotator.gui.dialogs.recordings_pieces import allow, push_button
from annotator.gui.dialogs.tabs import bar_style
from annotator.gui.icons import icon
from annotator.gui.masks.canvas import MaskCanvas
from annotator.gui.masks.film import Moment
from annotator.gui.masks.side import MaskSide
from annotator.gui.panels.labels import dress_heading, dress_quiet
from annotator.gui.theme import Theme

SIZE, STRIP_WIDTH, _LARGEST_STRIP = (1320, 820), 216, 300
"""With large type the strip stops growing, so that the picture keeps its room."""

ICON_PX = 20

LOOK = "Look at the masks"
USE, CANCEL, UNDO, REDO = "Use these masks", "Cancel", "Undo", "Redo"
USE_TIP = "They are kept until the clip is made; faces in it are not looked for again"
SEEN = "✓"
STRIP, NOTHING_WEAK = "Look here first", "No moment stands out as less certain than the others."
FINDING = "Looking for faces…"
_THUMBNAIL, _THOUSAND = (188, 106), 1000


class MaskWindow(QDialog):
    """Shows pictures with masks, and tells what is wanted."""

    frame_asked = pyqtSignal(int)  # number of a frame of the clip
    page_asked = pyqtSignal(int)  # place of a recording of the clip
    undo_asked = pyqtSignal()
    redo_asked = pyqtSignal()
    used = pyqtSignal()
    left = pyqtSignal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.canvas, self.side, self.strip = MaskCanvas(), MaskSide(theme), QListWidget()
        self.pages, self._moments = QTabBar(), tuple[Moment, ...]()
        self.slider, self.when = QSlider(Qt.Orientation.Horizontal), QLabel()
        self.back, self.on = push_button("", "One frame back"), push_button("", "One frame on")
        self.told, self.progress = paragraph(""), QProgressBar()
        self.undo, self.redo = push_button(UNDO), push_button(REDO)
        self.cancel, self.use = push_button(CANCEL), QPushButton(USE)
        self._strip_heading, self._nothing = QLabel(STRIP), paragraph(NOTHING_WEAK)
        self._lay_out(theme)
        self._connect()
        self.set_theme(theme)
        self.show_finding(0.0)
        resize_within(self, theme.px(SIZE[0]), theme.px(SIZE[1]))

    @property
    def frame(self) -> int:
        """The number of the frame that is shown."""
        return self.slider.value()

    def show_clip(self, words: str) -> None:
        """Say which clip is looked at; none is told where empty."""
        self.setWindowTitle(f"Masks of {words}" if words else LOOK)

    def show_finding(self, fraction: float) -> None:
        """Show how far the search for faces is."""
        self._set_ready(is_ready=False)
        self._nothing.hide()
        self.told.setText(FINDING)
        self.progress.setVisible(True)
        self.progress.setValue(round(fraction * _THOUSAND))

    def show_trouble(self, text: str) -> None:
        """Say why there are no masks to look at."""
        self._set_ready(is_ready=False)
        self._nothing.hide()
        self.progress.hide()
        self.told.setText(text)

    def show_pages(self, words: Sequence[str], shown: int) -> None:
        """Say what the recordings of the clip are called and how far each is; one is shown."""
        with QSignalBlocker(self.pages):
            while self.pages.count() > len(words):
                self.pages.removeTab(self.pages.count() - 1)
            for place, told in enumerate(words):
                if place == self.pages.count():
                    self.pages.addTab(told)
                self.pages.setTabText(place, told)
                self.pages.setTabToolTip(place, told)
            self.pages.setCurrentIndex(shown)

    def allow_use(self, why_not: str) -> None:
        """Let the masks be used, or say why they cannot be yet."""
        allow(self.use, USE_TIP, why_not)

    def show_found(self, moments: Sequence[Moment], frames: int, frame: int = 0) -> None:
        """Show the strip of a recording of which the clip has so many frames, and one of them."""
        self.progress.hide()
        self.told.clear()
        self.told.hide()
        self._set_ready(is_ready=True)
        self.strip.clear()
        self._moments = tuple(moments)
        for one in moments:
            item = QListWidgetItem(QIcon(QPixmap.fromImage(one.image)), one.told, self.strip)
            item.setData(Qt.ItemDataRole.UserRole, one.frame)
        self.strip.setVisible(bool(moments))
        self._nothing.setVisible(not moments)
        with QSignalBlocker(self.slider):
            self.slider.setRange(0, frames - 1)
            self.slider.setValue(frame)

    def show_left(self, unseen: Collection[int]) -> None:
        """Tick the moments of the strip that were looked at, and count those that are left."""
        for row, one in enumerate(self._moments):
            item = self.strip.item(row)
            if item is not None:
                item.setText(one.told if row in unseen else f"{SEEN} {one.told}")
        left = f"{len(unseen)}" if unseen else SEEN
        self._strip_heading.setText(f"{STRIP} · {left}" if self._moments else STRIP)
        self._strip_heading.setToolTip(f"{len(unseen)} left to look at" if self._moments else "")

    def show_frame(self, frame: int, words: str) -> None:
        """Show which frame is seen."""
        with QSignalBlocker(self.slider):
            self.slider.setValue(frame)
        self.when.setText(words)

    def allow(self, *, undo: bool, redo: bool) -> None:
        """Allow taking changes back and again."""
        self.undo.setEnabled(undo)
        self.redo.setEnabled(redo)

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        self.pages.setStyleSheet(bar_style(theme))
        self.canvas.set_theme(theme)
        self.side.set_theme(theme)
        strip = min(theme.px(STRIP_WIDTH), _LARGEST_STRIP)
        width = strip - (STRIP_WIDTH - _THUMBNAIL[0])
        self.strip.setIconSize(QSize(width, width * _THUMBNAIL[1] // _THUMBNAIL[0]))
        bar = self._scroll.verticalScrollBar()
        beside = bar.sizeHint().width() if bar is not None else 0
        self._scroll.setFixedWidth(self.side.minimumSizeHint().width() + beside)
        self._column.setFixedWidth(strip)
        dress_heading(self._strip_heading, theme)
        dress_quiet(self._nothing, theme)
        self.when.setFont(theme.digits(self.when.font()))
        for button, name in ((self.back, "step_back"), (self.on, "step_forward")):
            button.setFixedWidth(theme.px(44))
            button.setIcon(icon(name, theme))
            button.setIconSize(QSize(theme.px(ICON_PX), theme.px(ICON_PX)))

    def reject(self) -> None:
        """Leave; nothing that was changed is kept."""
        super().reject()
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        if event is None:
            return
        if event.matches(QKeySequence.StandardKey.Undo):
            self.undo_asked.emit()
        elif event.matches(QKeySequence.StandardKey.Redo):
            self.redo_asked.emit()
        else:
            super().keyPressEvent(event)

    def _set_ready(self, *, is_ready: bool) -> None:
        for part in (self.canvas, self.side, self.strip, self.slider, self.back, self.on):
            part.setEnabled(is_ready)
        self.undo.setEnabled(False)
        self.redo.setEnabled(False)
        self.told.setVisible(not is_ready)

    def _connect(self) -> None:
        self.pages.currentChanged.connect(self.page_asked)
        self.slider.valueChanged.connect(self.frame_asked)
        self.back.clicked.connect(lambda _on: self._step(-1))
        self.on.clicked.connect(lambda _on: self._step(1))
        self.canvas.stepped.connect(self._step)
        self.strip.currentItemChanged.connect(self._go_to)
        self.strip.itemClicked.connect(lambda item: self._go_to(item, None))
        self.undo.clicked.connect(lambda _on: self.undo_asked.emit())
        self.redo.clicked.connect(lambda _on: self.redo_asked.emit())
        self.cancel.clicked.connect(self.reject)
        self.use.clicked.connect(lambda _on: self.used.emit())

    def _step(self, by: int) -> None:
        self.slider.setValue(self.slider.value() + by)

    def _go_to(self, item: QListWidgetItem | None, _before: QListWidgetItem | None) -> None:
        if item is not None:
            self.slider.setValue(int(item.data(Qt.ItemDataRole.UserRole)))

    def _lay_out(self, theme: Theme) -> None:
        rows = prepare(self, LOOK, "clips", follows=True)
        self.progress.setRange(0, _THOUSAND)
        self.progress.setTextVisible(False)
        self.progress.setFixedHeight(theme.px(8))
        self.progress.setAccessibleName("How far the search for faces is")
        self.slider.setAccessibleName("Frame of the clip")
        self.when.setWordWrap(True)
        self.use.setProperty("primary", True)
        self.pages.setAccessibleName("Recordings of the clip")
        self.pages.setExpanding(False)
        self.pages.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.pages.setDrawBase(False)
        self.pages.setElideMode(Qt.TextElideMode.ElideMiddle)
        self._scroll, self._column = QScrollArea(), QWidget()
        self._scroll.setWidget(self.side)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        both = QHBoxLayout()
        both.setSpacing(theme.spacing_large)
        both.addWidget(self._strip_column(theme))
        both.addLayout(self._picture_column(theme), 1)
        both.addWidget(self._scroll)
        rows.addWidget(self.pages)
        rows.addWidget(self.told)
        rows.addWidget(self.progress)
        rows.addLayout(both, 1)
        rows.addLayout(button_row((self.undo, self.redo, self.cancel), self.use))
        self.use.setDefault(False)
        self.use.setAutoDefault(False)

    def _strip_column(self, theme: Theme) -> QWidget:
        self.strip.setAccessibleName("The least certain moments")
        self.strip.setViewMode(QListWidget.ViewMode.IconMode)
        self.strip.setFlow(QListWidget.Flow.TopToBottom)
        self.strip.setWrapping(False)
        self.strip.setMovement(QListWidget.Movement.Static)
        self.strip.setWordWrap(True)
        self.strip.setSpacing(theme.spacing_tiny)
        column = QVBoxLayout(self._column)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.spacing_small)
        column.addWidget(self._strip_heading)
        column.addWidget(self.strip, 1)
        column.addWidget(self._nothing)
        column.addStretch()
        return self._column

    def _picture_column(self, theme: Theme) -> QVBoxLayout:
        steps = QHBoxLayout()
        steps.setSpacing(theme.spacing_small)
        steps.addWidget(self.back)
        steps.addWidget(self.slider, 1)
        steps.addWidget(self.on)
        column = QVBoxLayout()
        column.setSpacing(theme.spacing_small)
        column.addWidget(self.canvas, 1)
        column.addLayout(steps)
        column.addWidget(self.when)
        return column
