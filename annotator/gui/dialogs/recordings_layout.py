"""The parts of the window of recordings and their places in it; layout only."""

from __future__ import annotations

from PyQt6.QtCore import QSize, Qt
from PyQt6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListView,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from annotator.gui.dialogs.pieces import warn
from annotator.gui.dialogs.recordings_list import RecordingDelegate, RecordingsModel
from annotator.gui.dialogs.recordings_picture import PictureSection
from annotator.gui.dialogs.recordings_pieces import NameLabel, allow, push_button
from annotator.gui.dialogs.recordings_place import PlaceSection
from annotator.gui.dialogs.recordings_sound import SoundSection
from annotator.gui.icons import icon
from annotator.gui.panels.labels import dress_heading, dress_quiet
from annotator.gui.theme import Theme, title
from annotator.model.recording import Recording

SIZE = QSize(880, 700)
SMALLEST = QSize(790, 420)
LIST_WIDTH, SIDE_EDGE = 276, 12
EDGE = 24
NOTHING = "This session has no recording yet. Add a film or a sound file."


class RecordingsParts:
    """The list with its buttons at the left, the sections of the chosen one at the right."""

    def __init__(self, window: QDialog, theme: Theme) -> None:
        self.model = RecordingsModel(window)
        self.delegate = RecordingDelegate(theme, window)
        self.list = QListView()
        self.add = push_button("Add a film or sound…")
        self.remove = push_button("Remove", "Remove the chosen recording")
        self.name, self.facts = NameLabel(), QLabel()
        self.large = push_button("Show large")
        self.notice = warn(QLabel())
        self.place = PlaceSection(theme)
        self.sound_heading, self.picture_heading = QLabel("Sound"), QLabel("Picture")
        self.sound = SoundSection(theme)
        self.picture = PictureSection(theme)
        self.nothing = QLabel(NOTHING)
        self.details = QWidget()
        self.scroll = QScrollArea()
        self._side = QFrame()
        self._window = window
        self._why_no_change = ""
        self._lay_out()
        self.set_theme(theme)

    def show_which(self, one: Recording | None, *, is_led: bool, can_lead: bool) -> None:
        """Show the sections that a recording has; None says that there is no recording."""
        self.details.setVisible(one is not None)
        self.nothing.setVisible(one is None)
        sounds = one is not None and one.audio is not None
        shows = one is not None and one.video is not None
        for heard in (self.sound_heading, self.sound):
            heard.setVisible(sounds)
        for seen in (self.picture_heading, self.picture):
            seen.setVisible(shows)
        self.large.setVisible(can_lead)
        tip = "Show this film large (a double click on the list, or on its picture, does it too)"
        allow(self.large, tip, "This film is the large one" if is_led else "")
        why_not = self._why_no_change or ("" if one else NOTHING)
        allow(self.remove, "Take this recording out of the session; its file stays", why_not)
        tip = "Add another camera or a sound recorder of the same meeting"
        allow(self.add, tip, self._why_no_change)

    def set_read_only(self, reason: str) -> None:
        """Say why nothing can be changed; empty where it can."""
        self._why_no_change = reason
        self.notice.setText(reason)
        self.notice.setVisible(bool(reason))
        for section in (self.place, self.sound, self.picture):
            section.set_read_only(reason)

    def forget_others(self, ids: frozenset[str]) -> None:
        """Forget what was typed for recordings other than these."""
        self.place.forget_others(ids)
        self.picture.shape.forget_others(ids)

    def forget_hands(self) -> None:
        """Take no more notice of hands on the sliders."""
        rows = (self.picture.brightness, self.picture.contrast)
        for slider in (self.sound.volume, *(row.slider for row in rows)):
            slider.forget_hand()

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        self.delegate.set_theme(theme)
        self.add.setIcon(icon("add", theme))
        self._side.setFixedWidth(max(LIST_WIDTH, self.add.sizeHint().width() + 2 * SIDE_EDGE))
        for section in (self.place, self.sound, self.picture):
            section.set_theme(theme)
        for label in (self.sound_heading, self.picture_heading):
            dress_heading(label, theme)
        for label in (self.facts, self.nothing):
            dress_quiet(label, theme)
        self._window.setStyleSheet(
            _SHEET.format(
                background=theme.background.name(),
                surface=theme.surface.name(),
                line=theme.line.name(),
                faint=theme.line_strong.name(),
                radius=theme.radius,
            )
        )

    def _lay_out(self) -> None:
        window = self._window
        window.setWindowTitle("Recordings")
        window.setMinimumSize(SMALLEST)
        window.resize(SIZE)
        row = QHBoxLayout(window)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._left())
        row.addWidget(self._right(), 1)
        self.set_read_only("")

    def _left(self) -> QWidget:
        self.list.setModel(self.model)
        self.list.setItemDelegate(self.delegate)
        self.list.setObjectName("recordings_list")
        self.list.setAccessibleName("Recordings")
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setMouseTracking(True)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._side.setObjectName("recordings_side")
        rows = QVBoxLayout(self._side)
        rows.setContentsMargins(SIDE_EDGE, 16, SIDE_EDGE, 16)
        rows.setSpacing(8)
        rows.addWidget(self.list, 1)
        rows.addWidget(self.add)
        rows.addWidget(self.remove)
        return self._side

    def _right(self) -> QWidget:
        rows = QVBoxLayout(self.details)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(12)
        rows.addLayout(self._heading())
        rows.addWidget(self.notice)
        rows.addWidget(self.place)
        for heading, section in (
            (self.sound_heading, self.sound),
            (self.picture_heading, self.picture),
        ):
            heading.setContentsMargins(0, 12, 0, 0)
            rows.addWidget(heading)
            rows.addWidget(section)
        body = QWidget()
        body.setObjectName("recordings_body")
        column = QVBoxLayout(body)
        column.setContentsMargins(EDGE, EDGE, EDGE, EDGE)
        column.addWidget(self.details)
        column.addWidget(self.nothing)
        column.addStretch(1)
        self.notice.setWordWrap(True)
        self.facts.setWordWrap(True)
        self.nothing.setWordWrap(True)
        self.scroll.setWidget(body)
        self.scroll.setWidgetResizable(True)
        self.scroll.setFrameShape(QFrame.Shape.NoFrame)
        self.scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return self.scroll

    def _heading(self) -> QHBoxLayout:
        self.name.setFont(title(self.name.font()))
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self.name)
        words.addWidget(self.facts)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addLayout(words, 1)
        row.addWidget(self.large, 0, Qt.AlignmentFlag.AlignTop)
        return row


_SHEET = """
#recordings_side {{ background: {background}; border-right: 1px solid {line}; }}
#recordings_body {{ background: {surface}; }}
QScrollArea {{ background: {surface}; }}
QLineEdit {{ min-height: 26px; }}
#recordings_list {{ background: transparent; border: none; outline: none; }}
QComboBox QAbstractItemView {{ background: {surface}; border: 1px solid {faint}; padding: 4px; }}
"""
