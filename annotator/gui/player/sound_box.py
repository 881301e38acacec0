"""The right end of the transport bar: speed, mute and volume."""

from __future__ import annotations

from collections.abc import Mapping

from PyQt6.QtCore import QSize
from PyQt6.QtGui import QAction, QKeySequence, QResizeEvent
from PyQt6.QtWidgets import QSizePolicy, QWidget

from annotator.gui.player.buttons import BarButton
from annotator.gui.player.speed_chooser import SpeedChooser
from annotator.gui.player.volume import NARROWEST, WIDEST, VolumeSlider
from annotator.gui.theme import Theme


class SoundBox(QWidget):
    """Stands at the right; where room is short the slider shrinks, and then goes."""

    def __init__(
        self, actions: Mapping[str, QAction], theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._gap = theme.spacing_tiny
        self.speed = SpeedChooser(theme, _keys(actions, "slower", "faster"), self)
        self.mute = BarButton(actions["mute"], self)
        self.volume = VolumeSlider(theme, _keys(actions, "softer", "louder"), self)
        for name in ("slower", "faster"):
            actions[name].changed.connect(
                lambda: self.speed.show_keys(_keys(actions, "slower", "faster"))
            )
        for name in ("softer", "louder"):
            actions[name].changed.connect(
                lambda: self.volume.show_keys(_keys(actions, "softer", "louder"))
            )
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        self.speed.set_theme(theme)
        self.mute.set_theme(theme)
        self.volume.set_theme(theme)
        self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        width = self.speed.width() + self._gap + self.mute.width()
        return QSize(width, self.mute.height())

    def sizeHint(self) -> QSize:
        least = self.minimumSizeHint()
        return QSize(least.width() + self._gap + WIDEST, least.height())

    def resizeEvent(self, _event: QResizeEvent | None) -> None:
        room = self.width() - self.minimumSizeHint().width() - self._gap
        self.volume.setVisible(room >= NARROWEST)
        right = self.width()
        if room >= NARROWEST:
            self.volume.setFixedWidth(min(room, WIDEST))
            right -= self.volume.width()
            self.volume.move(right, self._above(self.volume))
            right -= self._gap
        self.mute.move(right - self.mute.width(), self._above(self.mute))
        left = self.mute.x() - self._gap - self.speed.width()
        self.speed.move(left, self._above(self.speed))

    def _above(self, part: QWidget) -> int:
        """Give the room over a part that stands in the middle."""
        return (self.height() - part.height()) // 2


def _keys(actions: Mapping[str, QAction], *names: str) -> str:
    native = QKeySequence.SequenceFormat.NativeText
    return " and ".join(actions[name].shortcut().toString(native) for name in names)
