"""The page of the clip tray: what puts clips in, the list of them, and the form of the chosen."""

from __future__ import annotations

from collections.abc import Mapping

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QAction
from PyQt6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from annotator.gui.panels.bar_fields import ElidedLabel, NumberField
from annotator.gui.panels.flow import FlowLayout
from annotator.gui.panels.labels import dress_heading, dress_quiet
from annotator.gui.theme import Theme
from annotator.gui.tray.form import ClipForm
from annotator.gui.tray.model import ClipsModel
from annotator.gui.tray.pieces import ActionButton, PressButton
from annotator.gui.tray.view import ClipsView
from annotator.model.clipping import Room
from annotator.model.time import in_micros

NO_SESSION = "Open a session to keep clips of it."
TEACHING = (
    "Nothing is in the tray yet. It holds the moments that you want to teach from, in the order "
    "in which you will show them.\n\n"
    "1.  Select tags in the table or on the timeline, or a stretch of time: drag along the ruler "
    "with Shift held. A table of moments can be taken in from the menu Clips.\n\n"
    "2.  Press “Add the selection”. Room is left before and after each tag.\n\n"
    "3.  Set each clip's first and last frame, write what it is to teach, and where the film is "
    "to stop for a question.\n\n"
    "Nothing is cut out of the film until you make the clips, and then only what consent allows."
)
USUAL_S, MOST_S, STEP_S = 2.0, 600.0, 0.5
SHARES = (230, 420)
LEAST_LIST, LEAST_UPPER, LEAST_FORM = 96, 164, 120
"""So high the list is at least; with what stands below it, maybe in two lines; and the form."""

_BUTTONS = (
    ("clip_play", "", "play"),
    ("clip_up", "", "up"),
    ("clip_down", "", "down"),
    ("clip_remove", "", "delete"),
)


class TrayPage(QWidget):
    """Shows clips; knows nothing of the session."""

    def __init__(self, by_id: Mapping[str, QAction], theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.model = ClipsModel(self)
        self.view, self.form = ClipsView(self.model, theme), ClipForm(by_id, theme)
        self.add = PressButton(by_id["clip_add"], "Add the selection", "add")
        self.make = PressButton(by_id["make_kept_clips"], "Make these clips…")
        self.buttons = [ActionButton(by_id[one], *look) for one, *look in _BUTTONS]
        self.lead = NumberField("Seconds before each tag", " s", (0.0, MOST_S), STEP_S)
        self.tail = NumberField("Seconds after each tag", " s", (0.0, MOST_S), STEP_S)
        self.joins = QCheckBox("Join")
        self.total, self.why_not, self.empty = ElidedLabel(), QLabel(), QLabel(NO_SESSION)
        self._captions = [QLabel("Lead-in"), QLabel("Tail")]
        self._stack, self._upper = QStackedWidget(), QWidget()
        self._prepare()
        self._lay_out(theme)
        self.set_theme(theme)
        self.show_empty(has_session=False)

    @property
    def room(self) -> Room:
        """What is left before and after each tag that is added."""
        return Room(
            in_micros(self.lead.value()), in_micros(self.tail.value()), self.joins.isChecked()
        )

    @property
    def scale(self) -> float:
        """How much larger than usual everything is drawn."""
        return self._theme.scale

    def show_empty(self, *, has_session: bool) -> None:
        """Show what the tray is for, since nothing is in it."""
        self.empty.setText(TEACHING if has_session else NO_SESSION)
        self._stack.setCurrentIndex(0)

    def show_filled(self) -> None:
        """Show the clips."""
        self._stack.setCurrentIndex(1)

    def show_total(self, text: str) -> None:
        """Say how many clips there are, and how long they are together."""
        self.total.setText(text)
        self.total.setToolTip(text)

    def show_why_not(self, why_not: str) -> None:
        """Say why nothing can be changed; empty where all can."""
        self.why_not.setText(why_not)
        self.why_not.setVisible(bool(why_not))
        for part in (self.lead, self.tail, self.joins):
            part.setEnabled(not why_not)
        self.model.is_writable = not why_not

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours and type."""
        self._theme = theme
        self.view.set_theme(theme)
        self.form.set_theme(theme)
        for pressed in (self.add, self.make):
            pressed.set_theme(theme)
        for button in self.buttons:
            button.set_theme(theme)
        for part, least in (
            (self.view, LEAST_LIST),
            (self._upper, LEAST_UPPER),
            (self.form, LEAST_FORM),
        ):
            part.setMinimumHeight(theme.px(least))
        for label in (*self._captions, self.why_not, self.empty):
            dress_quiet(label, theme)
        dress_heading(self.total, theme)

    def _prepare(self) -> None:
        self.setAccessibleName("Clip tray")
        self.setProperty("helpPage", "clips")
        for field, caption in zip((self.lead, self.tail), self._captions, strict=True):
            field.setValue(USUAL_S)
            caption.setBuddy(field)
        self.joins.setChecked(True)
        self.joins.setToolTip("Tags whose clips would overlap become one clip")
        self.joins.setAccessibleName("Join tags whose clips would overlap")
        for label in (self.why_not, self.empty):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.why_not.hide()

    def _lay_out(self, theme: Theme) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.spacing_small, 0, 0)
        column.setSpacing(theme.spacing_small)
        head = QVBoxLayout()
        head.setContentsMargins(theme.spacing, 0, theme.spacing, 0)
        head.setSpacing(theme.spacing_small)
        head.addWidget(self.why_not)
        head.addLayout(FlowLayout(theme.spacing_small, self.add, self.make, ends_right=True))
        fields = zip(self._captions, (self.lead, self.tail), strict=True)
        named = (self._together(theme, *pair) for pair in fields)
        head.addLayout(FlowLayout(theme.spacing_small, *named, self.joins))
        column.addLayout(head)
        column.addWidget(self._stack, 1)
        self._stack.addWidget(self._padded(theme, self.empty))
        self._stack.addWidget(self._filled(theme))

    def _filled(self, theme: Theme) -> QWidget:
        column = QVBoxLayout(self._upper)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.spacing_tiny)
        column.addWidget(self.view, 1)
        policy = QSizePolicy.Policy.Preferred
        self.total.setSizePolicy(policy, policy)
        below = FlowLayout(
            theme.spacing_small, self.total, self._together(theme, *self.buttons), ends_right=True
        )
        below.setContentsMargins(theme.spacing, 0, theme.spacing_small, 0)
        column.addLayout(below)
        both = QSplitter(Qt.Orientation.Vertical)
        both.setChildrenCollapsible(False)
        both.setHandleWidth(theme.spacing_small)
        both.addWidget(self._upper)
        both.addWidget(self.form)
        both.setSizes(list(SHARES))
        return both

    def _padded(self, theme: Theme, part: QWidget) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(*([theme.spacing] * 4))
        part.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        column.addWidget(part, 1)
        return page

    def _together(self, theme: Theme, *parts: QWidget) -> QWidget:
        """Keep parts side by side."""
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.spacing_small)
        for part in parts:
            row.addWidget(part)
        return whole
