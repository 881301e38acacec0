"""The bar below the film: where one is, the buttons that move it, speed and sound."""

from __future__ import annotations

from collections.abc import Mapping

from PyQt6.QtCore import QSize, pyqtSignal
from PyQt6.QtGui import QAction, QKeySequence, QPainter, QPaintEvent, QResizeEvent
from PyQt6.QtWidgets import QSizePolicy, QWidget

from annotator.gui.actions import tip_with_key
from annotator.gui.icons import icon
from annotator.gui.player.bar_places import Fit, Row, Widths, fit_row, share_width
from annotator.gui.player.buttons import NARROWEST, TARGET, BarButton, PlayButton, on_bar
from annotator.gui.player.readout import Readout
from annotator.gui.player.sound_box import SoundBox
from annotator.gui.theme import Theme
from annotator.model.time import Micros

AROUND = 12  # pixels above and below the clock together
BEFORE_PLAY = ("previous_tag", "back_5s", "back_1s", "step_back")
AFTER_PLAY = ("step_forward", "forward_1s", "forward_5s", "next_tag")
GIVING_WAY = (("back_5s", "forward_5s"), ("previous_tag", "next_tag"), ("back_1s", "forward_1s"))
"""Pairs that go first where there is no room; menus and keys still have them."""

ROOM_BEFORE, ROOM_AFTER = frozenset({"play", "next_tag"}), frozenset({"previous_tag", "play"})
"""Buttons with a little room beside them."""

CLOSE = 2  # pixels between the parts where room is short; they have room within
_BOUNDLESS = 2**15
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
        self.setFixedHeight(self.readout.sizeHint().height() + on_bar(theme, AROUND))
        self._arrange()
        self.update()

    def begin_go_to(self) -> None:
        """Turn the readout into a field to type where to go."""
        self.readout.begin()

    def minimumSizeHint(self) -> QSize:
        return QSize(self._needed(self._fit(0)).least, self.height())

    def sizeHint(self) -> QSize:
        need = self._needed(self._fit(_BOUNDLESS))
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
        before, after = ([self.buttons[name] for name in row] for row in (BEFORE_PLAY, AFTER_PLAY))
        for button in (*before, self.play, *after):
            button.setParent(self._middle)

    def _fit(self, room: int) -> Fit:
        """Choose which buttons are shown, and how wide, where the middle has so much room."""
        theme, gone = self._theme, [frozenset[str]()]
        for pair in GIVING_WAY:
            gone.append(gone[-1] | frozenset(pair))
        rooms = [len(ROOM_BEFORE - names) + len(ROOM_AFTER - names) for names in gone]
        beside = [self.play.width() + theme.spacing_tiny * many for many in rooms]
        least, best = on_bar(theme, NARROWEST), on_bar(theme, TARGET)
        return fit_row(room, Row(len(self.buttons) // 2, least, best, beside))

    def _needed(self, fit: Fit) -> Widths:
        readout, sound = self.readout, self.sound
        return Widths(
            left_least=readout.minimumSizeHint().width(),
            left_best=readout.sizeHint().width(),
            middle=fit.width,
            right_least=sound.minimumSizeHint().width(),
            right_best=sound.sizeHint().width(),
            margin_left=self._theme.spacing_tiny,
            margin_right=self._theme.spacing_small,
            gap=CLOSE,
        )

    def _arrange(self) -> None:
        most = self._needed(self._fit(_BOUNDLESS))
        fit = self._fit(self.width() - most.least + most.middle)
        need = self._needed(fit)
        places = share_width(self.width(), need)
        self._place_buttons(fit)
        for part, left, width, height in (
            (self.readout, places.left, places.left_width, self.readout.sizeHint().height()),
            (self._middle, places.middle, need.middle, self.play.height()),
            (self.sound, places.right, places.right_width, self.sound.sizeHint().height()),
        ):
            part.setGeometry(left, (self.height() - height) // 2, width, height)

    def _place_buttons(self, fit: Fit) -> None:
        """Put the buttons that fit side by side, with a little room where they differ."""
        gone = {name for pair in GIVING_WAY[: fit.left_out] for name in pair}
        apart, left = self._theme.spacing_tiny, 0
        for name in (*BEFORE_PLAY, "play", *AFTER_PLAY):
            button = self.buttons.get(name, self.play)
            button.setVisible(name not in gone)
            if name in gone:
                continue
            if name != "play":
                button.setFixedWidth(fit.button)
            left += apart if name in ROOM_BEFORE else 0
            button.move(left, (self.play.height() - button.height()) // 2)
            left += button.width() + (apart if name in ROOM_AFTER else 0)

    def _connect(self) -> None:
        self.readout.time_requested.connect(self.time_requested)
        self.readout.frame_requested.connect(self.frame_requested)
        self.sound.speed.speed_requested.connect(self.speed_requested)
        self.sound.volume.volume_requested.connect(self.volume_requested)


def _key(action: QAction) -> str:
    return action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
