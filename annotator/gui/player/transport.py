"""The bar below the film: where one is, the buttons that move it, speed and sound."""

from __future__ import annotations

from collections.abc import Mapping

from PyQt6.QtCore import QSize, pyqtSignal
from PyQt6.QtGui import QAction, QKeySequence, QPainter, QPaintEvent, QResizeEvent
from PyQt6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from annotator.gui.actions import tip_with_key
from annotator.gui.icons import icon
from annotator.gui.player.bar_places import Widths, share_width
from annotator.gui.player.buttons import TARGET, BarButton, PlayButton, on_bar
from annotator.gui.player.readout import Readout
from annotator.gui.player.sound_box import SoundBox
from annotator.gui.theme import Theme
from annotator.model.time import Micros

AROUND = 12  # pixels above and below the clock together
BEFORE_PLAY = ("previous_tag", "back_5s", "back_1s", "step_back")
AFTER_PLAY = ("step_forward", "forward_1s", "forward_5s", "next_tag")
GIVING_WAY = (("back_5s", "forward_5s"), ("previous_tag", "next_tag"), ("back_1s", "forward_1s"))
"""Pairs that go first where there is no room; menus and keys still have them."""

APART = frozenset({"back_5s", "next_tag"})  # a little room before these
_WITH_ICONS = (*BEFORE_PLAY, *AFTER_PLAY, "slower", "faster", "go_to")


class TransportBar(QWidget):
    """Shows what the player does, and asks it for what the person wants."""

    time_requested = pyqtSignal(object)  # Micros
    frame_requested = pyqtSignal(int)
    speed_requested = pyqtSignal(float)
    volume_requested = pyqtSignal(float)

    def __init__(
        self, actions: Mapping[str, QAction], theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._actions = actions
        self._theme = theme
        self._playing = self._muted = False
        self.readout = Readout(theme, _key(actions["go_to"]), self)
        actions["go_to"].changed.connect(lambda: self.readout.show_key(_key(actions["go_to"])))
        self._middle = QWidget(self)
        self.play = PlayButton(actions["play"], theme)
        self.buttons = {name: BarButton(actions[name]) for name in (*BEFORE_PLAY, *AFTER_PLAY)}
        self.sound = SoundBox(actions, theme, self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Playing")
        self._lay_out()
        self._connect()
        self.set_theme(theme)
        self.set_enabled_for_film(enabled=False)

    def show_position(self, time: Micros, frame_index: int) -> None:
        """Show a session time and the number of its frame, -1 where there is none."""
        self.readout.show_position(time, frame_index)

    def set_film(self, frame_count: int, duration: Micros) -> None:
        """Take up how many frames there are, 0 for sound alone, and how long the film lasts."""
        self.readout.set_film(frame_count, duration)
        self._arrange()

    def set_playing(self, *, playing: bool) -> None:
        """Show whether the film runs."""
        self._playing = playing
        self.play.set_playing(playing=playing)
        self.readout.set_playing(playing=playing)
        self._dress_play()

    def set_speed(self, speed: float) -> None:
        """Show the speed."""
        self.sound.speed.show_speed(speed)

    def set_volume(self, volume: float) -> None:
        """Show the volume, 0 to 1."""
        self.sound.volume.show_volume(volume)

    def set_muted(self, *, muted: bool) -> None:
        """Show whether the sound is off."""
        self._muted = muted
        self.sound.volume.show_muted(muted=muted)
        self._dress_mute()

    def set_enabled_for_film(self, *, enabled: bool) -> None:
        """Let go-to, speed and volume be used; the buttons follow their actions."""
        if not enabled:
            self.readout.give_up()
        for part in (self.readout, self.sound.speed, self.sound.volume):
            part.setEnabled(enabled)

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        self._theme = theme
        for name in _WITH_ICONS:
            self._actions[name].setIcon(icon(name, theme))
        self._dress_play()
        self._dress_mute()
        for part in (self.readout, self.play, self.sound):
            part.set_theme(theme)
        for button in self.buttons.values():
            button.set_theme(theme)
        self._widest = self._whole_row()
        self.setFixedHeight(self.readout.sizeHint().height() + on_bar(theme, AROUND))
        self._arrange()
        self.update()

    def begin_go_to(self) -> None:
        """Turn the readout into a field to type where to go."""
        self.readout.begin()

    def minimumSizeHint(self) -> QSize:
        gone = frozenset(name for pair in GIVING_WAY for name in pair)
        return QSize(self._needed(gone).least, self.height())

    def sizeHint(self) -> QSize:
        need = self._needed()
        more = need.left_best - need.left_least + need.right_best - need.right_least
        return QSize(need.least + more, self.height())

    def resizeEvent(self, _event: QResizeEvent | None) -> None:
        self._arrange()

    def paintEvent(self, _event: QPaintEvent | None) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.surface)
        painter.fillRect(0, self.height() - 1, self.width(), 1, self._theme.line)

    def _dress_play(self) -> None:
        action = self._actions["play"]
        text, name = ("Pause", "pause") if self._playing else ("Play", "play")
        action.setText(text)
        action.setIcon(icon(name, self._theme))
        action.setToolTip(tip_with_key(text, action))

    def _dress_mute(self) -> None:
        action = self._actions["mute"]
        text, name = ("Sound on", "sound_off") if self._muted else ("Sound off", "sound_on")
        action.setIcon(icon(name, self._theme))
        action.setText(text)
        action.setToolTip(tip_with_key(text, action))

    def _lay_out(self) -> None:
        row = QHBoxLayout(self._middle)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        apart = self._theme.spacing_tiny
        for name in BEFORE_PLAY:
            row.addSpacing(apart if name in APART else 0)
            row.addWidget(self.buttons[name])
        row.addSpacing(apart)
        row.addWidget(self.play)
        row.addSpacing(apart)
        for name in AFTER_PLAY:
            row.addSpacing(apart if name in APART else 0)
            row.addWidget(self.buttons[name])

    def _whole_row(self) -> int:
        """Measure the buttons and the room between them when none is left out."""
        aparts = 2 + len(APART)
        sides = on_bar(self._theme, TARGET) * len(self.buttons)
        return sides + self.play.width() + aparts * self._theme.spacing_tiny

    def _left_out(self) -> frozenset[str]:
        """Choose the buttons for which there is no room."""
        gone: frozenset[str] = frozenset()
        for pair in GIVING_WAY:
            if self._needed(gone).least <= self.width():
                break
            gone |= frozenset(pair)
        return gone

    def _needed(self, gone: frozenset[str] = frozenset()) -> Widths:
        readout, sound = self.readout, self.sound
        return Widths(
            left_least=readout.minimumSizeHint().width(),
            left_best=readout.sizeHint().width(),
            middle=self._widest - on_bar(self._theme, TARGET) * len(gone),
            right_least=sound.minimumSizeHint().width(),
            right_best=sound.sizeHint().width(),
            margin_left=self._theme.spacing_tiny,
            margin_right=self._theme.spacing_small,
            gap=self._theme.spacing_small,
        )

    def _arrange(self) -> None:
        gone = self._left_out()
        for name, button in self.buttons.items():
            button.setVisible(name not in gone)
        need, middle = self._needed(gone), self._middle.sizeHint()
        places = share_width(self.width(), need)
        for part, left, width, height in (
            (self.readout, places.left, places.left_width, self.readout.sizeHint().height()),
            (self._middle, places.middle, need.middle, middle.height()),
            (self.sound, places.right, places.right_width, self.sound.sizeHint().height()),
        ):
            part.setGeometry(left, (self.height() - height) // 2, width, height)

    def _connect(self) -> None:
        self.readout.time_requested.connect(self.time_requested)
        self.readout.frame_requested.connect(self.frame_requested)
        self.sound.speed.speed_requested.connect(self.speed_requested)
        self.sound.volume.volume_requested.connect(self.volume_requested)


def _key(action: QAction) -> str:
    return action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
