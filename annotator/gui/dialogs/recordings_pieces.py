"""The controls that the sections of the window of recordings have in common."""

from __future__ import annotations

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtGui import QKeyEvent, QResizeEvent
from PyQt6.QtWidgets import (
    QFormLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QWidget,
)

from annotator.gui.panels.labels import dress_quiet
from annotator.gui.theme import Theme

LABELS_WIDTH = 84


class TypedField(QLineEdit):
    """A line that tells when it is done with; Esc brings back what it said before.

    An Esc where there is nothing to bring back goes on to the window.
    """

    stepped = pyqtSignal(int, bool)  # 1 for Up, -1 for Down; whether Ctrl is held

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settled = ""
        self.setAccessibleName(name)

    def show_settled(self, text: str) -> None:
        """Show a text that stands; Esc comes back to it."""
        self._settled = text
        self.setText(text)

    @property
    def is_settled(self) -> bool:
        """Whether the text is the one that stands."""
        return self.text() == self._settled

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        if event is None:
            return
        steps = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}
        if event.key() == Qt.Key.Key_Escape and not self.is_settled:
            self.setText(self._settled)
            self.editingFinished.emit()
        elif event.key() in steps:
            with_ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            self.stepped.emit(steps[Qt.Key(event.key())], with_ctrl)
        else:
            super().keyPressEvent(event)


class NameLabel(QLabel):
    """A name in one line; one that is too long is cut in its middle, and whole in the tooltip."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setTextFormat(Qt.TextFormat.PlainText)

    def show_name(self, name: str) -> None:
        """Show another name."""
        self._name = name
        self.setAccessibleName(name)
        self._fit()

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        mode = Qt.TextElideMode.ElideMiddle
        shown = self.fontMetrics().elidedText(self._name, mode, self.width())
        self.setText(shown)
        self.setToolTip(self._name if shown != self._name else "")


def make_form(parent: QWidget | None = None) -> QFormLayout:
    """Make the two columns of a section, labels at the left."""
    form = QFormLayout(parent)
    form.setContentsMargins(0, 0, 0, 0)
    form.setHorizontalSpacing(16)
    form.setVerticalSpacing(10)
    form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    return form


def row_label(text: str) -> QLabel:
    """Make the label of a row; all are equally wide, so that sections line up."""
    label = QLabel(text)
    label.setMinimumWidth(LABELS_WIDTH)
    return label


def push_button(text: str, name: str = "") -> QPushButton:
    """Make a button that Enter in a text field does not press; `name` is what is read out."""
    button = QPushButton(text)
    button.setAutoDefault(False)
    if name:
        button.setAccessibleName(name)
    return button


def allow(widget: QWidget, tip: str, why_not: str) -> None:
    """Let a control be used and say what it does; or not, and say why not."""
    widget.setEnabled(not why_not)
    widget.setToolTip(why_not or tip)


def dress_hint(label: QLabel, theme: Theme, *, wrong: bool) -> None:
    """Let a line under a field stand back, or stand out where what was typed is wrong."""
    if wrong:
        label.setStyleSheet(f"color: {theme.danger.name()};")
    else:
        dress_quiet(label, theme)
