"""The section that says how a recording's picture is seen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from math import log

from PyQt6.QtCore import QSignalBlocker, Qt, pyqtSignal
from PyQt6.QtGui import QIcon
from PyQt6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from annotator.gui.dialogs.recordings_controls import Tick
from annotator.gui.dialogs.recordings_pieces import allow, make_form, push_button, row_label
from annotator.gui.dialogs.recordings_shape import ShapeChooser
from annotator.gui.dialogs.recordings_slider import TrialSlider
from annotator.gui.dialogs.recordings_words import MINUS, turn_words
from annotator.gui.icon_shapes import Shape
from annotator.gui.icons import ShapeEngine
from annotator.gui.panels.labels import dress_quiet
from annotator.gui.theme import Theme
from annotator.model.recording import Look, Recording

STEPS = 100  # each way from the middle
STRONGEST = 4.0  # the most contrast; the least is one over it
VALUE_WIDTH = 44
_LEFT_TURN = Shape("A 12 13 7.5 182 318 M 6.3 3.6 L 6.3 8.2 L 10.9 8.2")
_RIGHT_TURN = Shape("A 12 13 7.5 -2 -318 M 17.7 3.6 L 17.7 8.2 L 13.1 8.2")


class LightRow(QWidget):
    """A slider round a middle that changes nothing, its value, and the way back there."""

    def __init__(self, name: str, theme: Theme) -> None:
        super().__init__()
        self.slider = TrialSlider(name, (-STEPS, STEPS), 0, theme)
        self.value = QLabel()
        self.reset = QToolButton()
        self.reset.setText("Reset")
        self.reset.setAccessibleName(f"Reset {name.lower()}")
        self.reset.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.value.setMinimumWidth(VALUE_WIDTH)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.slider, 1)
        row.addWidget(self.value)
        row.addWidget(self.reset)

    def show_value(self, value: int) -> None:
        """Show a value from -100 to 100, unless a hand is on the slider."""
        self.slider.show_value(value)
        self.say(self.slider.value())

    def say(self, value: int) -> None:
        """Write a value."""
        sign = MINUS if value < 0 else "+"
        self.value.setText(f"{sign}{abs(value)}" if value else "0")

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        self.slider.set_theme(theme)
        self.value.setFont(theme.digits(self.value.font()))
        dress_quiet(self.value, theme)


class PictureSection(QWidget):
    """Turning, light, shape, comb lines and what is left of a zoom."""

    look_tried = pyqtSignal(object)  # Look
    look_chosen = pyqtSignal(object)  # Look

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = Look()
        self._why_no_change = ""
        self.left, self.right = push_button("Left", "Turn left"), push_button("Right", "Turn right")
        self.turned = QLabel()
        self.brightness = LightRow("Brightness", theme)
        self.contrast = LightRow("Contrast", theme)
        self.shape = ShapeChooser(theme)
        self.comb = Tick("Take out comb lines", theme)
        self.zoom = QLabel()
        self.whole = push_button("Whole picture")
        self.reset = push_button("Reset picture")
        self._lay_out()
        self.set_theme(theme)
        self._connect()

    def show_recording(self, recording: Recording) -> None:
        """Show how a recording is seen."""
        look = self._look = recording.look
        self.turned.setText(turn_words(look.turn))
        self.brightness.show_value(round(look.brightness * STEPS))
        self.contrast.show_value(contrast_steps(look.contrast))
        self.shape.show_shape(recording.id, look.shape)
        with QSignalBlocker(self.comb):
            self.comb.setChecked(look.deinterlace)
        self.zoom.setText(f"{look.zoom:.1f}".removesuffix(".0") + " ×")
        self._allow()

    def set_read_only(self, reason: str) -> None:
        """Allow no change, for a reason; empty allows it."""
        self._why_no_change = reason
        self._allow()

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        for button, shape in ((self.left, _LEFT_TURN), (self.right, _RIGHT_TURN)):
            button.setIcon(QIcon(ShapeEngine(shape, theme.text, theme.line_strong)))
        for row in (self.brightness, self.contrast):
            row.set_theme(theme)
        self.shape.set_theme(theme)
        self.comb.set_theme(theme)
        self.zoom.setFont(theme.digits(self.zoom.font()))
        for label in (self.turned, self.zoom):
            dress_quiet(label, theme)

    def _lay_out(self) -> None:
        self.zoom.setMinimumWidth(VALUE_WIDTH)
        form = make_form(self)
        form.addRow(row_label("Turn"), _row(self.left, self.right, self.turned))
        form.addRow(row_label("Brightness"), self.brightness)
        form.addRow(row_label("Contrast"), self.contrast)
        form.addRow(row_label("Shape"), self.shape)
        form.addRow(row_label(""), _row(self.comb))
        zooming = _row(self.zoom, self.whole)
        zooming.addWidget(self.reset)
        form.addRow(row_label("Zoom"), zooming)

    def _connect(self) -> None:
        self.left.clicked.connect(lambda: self._turn(-90))
        self.right.clicked.connect(lambda: self._turn(90))
        self._connect_light(self.brightness, self._with_brightness)
        self._connect_light(self.contrast, self._with_contrast)
        self.shape.shape_chosen.connect(
            lambda shape: self._choose(replace(self._look, shape=shape))
        )
        self.comb.clicked.connect(
            lambda checked: self._choose(replace(self._look, deinterlace=checked))
        )
        self.whole.clicked.connect(lambda: self._choose(unzoomed(self._look)))
        self.reset.clicked.connect(lambda: self._choose(Look(extra=self._look.extra)))

    def _connect_light(self, row: LightRow, change: Callable[[int], Look]) -> None:
        row.slider.tried.connect(row.say)
        row.slider.tried.connect(lambda at: self.look_tried.emit(change(at)))
        row.slider.settled.connect(lambda at: self._choose(change(at)))
        row.reset.clicked.connect(lambda: self._choose(change(0)))

    def _turn(self, degrees: int) -> None:
        self._choose(replace(self._look, turn=(self._look.turn + degrees) % 360))

    def _with_brightness(self, steps: int) -> Look:
        return replace(self._look, brightness=steps / STEPS)

    def _with_contrast(self, steps: int) -> Look:
        return replace(self._look, contrast=contrast_of(steps))

    def _choose(self, look: Look) -> None:
        if look != self._look:
            self._look = look
            self.look_chosen.emit(look)

    def _allow(self) -> None:
        why_not, look = self._why_no_change, self._look
        allow(self.left, "Turn the picture to the left, by a quarter", why_not)
        allow(self.right, "Turn the picture to the right, by a quarter", why_not)
        for row, is_plain in (
            (self.brightness, look.brightness == 0),
            (self.contrast, look.contrast == 1),
        ):
            name = row.slider.accessibleName()
            allow(row.slider, f"{name} of the picture as you see it; the film stays", why_not)
            plain = f"{name} is as filmed" if is_plain else ""
            allow(row.reset, f"{name} as filmed", why_not or plain)
        self.shape.allow(why_not)
        comb = "For old tapes and cameras, where edges that move look like a comb"
        allow(self.comb, comb, why_not)
        whole = "" if look.zoom > 1 else "This is the whole picture; Ctrl and the wheel zoom in"
        allow(self.whole, "Show the whole picture again", why_not or whole)
        same = "The picture is as filmed" if look == Look(extra=look.extra) else ""
        allow(self.reset, "Show the picture as it was filmed", why_not or same)


def contrast_of(steps: int) -> float:
    """Give the contrast for a place of the slider: 0 is 1, 100 is 4, -100 a quarter."""
    contrast: float = STRONGEST ** (steps / STEPS)
    return round(contrast, 4)


def contrast_steps(contrast: float) -> int:
    """Give the slider's place for a contrast."""
    return round(STEPS * log(contrast, STRONGEST)) if contrast > 0 else -STEPS


def unzoomed(look: Look) -> Look:
    """Give the look at the whole picture, otherwise the same."""
    whole = Look()
    return replace(look, zoom=whole.zoom, across=whole.across, down=whole.down)


def _row(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return row
