"""Plays a recording on the real sound output by a script, and tells what became of it.

A process of its own, so that it takes up the sound server that the test has started. Takes a
recording, and one JSON object: `device`, the id of an output or empty; `loop`, two seconds or
nothing; `play_ms`, for how long to play; `go_on`, whether to pause and play again after half of
that. Prints one JSON object: the problem with the sound, the notices told, the devices there
were, where it stood before it stopped, and whether it played then.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from PyQt6.QtCore import QTimer
from PyQt6.QtWidgets import QApplication

from annotator.gui.player.player import Player
from annotator.gui.player.sound_output import sound_devices
from annotator.model import ZERO, Interval, Micros

SETTLE_MS = 300


def main() -> None:
    wanted = json.loads(sys.argv[2])
    app = QApplication(sys.argv[:1])
    player = Player()
    notices: list[str] = []
    told: dict[str, object] = {}
    player.notice.connect(notices.append)
    player.sound.set_device(wanted.get("device", ""))

    def start() -> None:
        if loop := wanted.get("loop"):
            stretch = Interval(*(Micros(round(one * 1e6)) for one in loop))
            player.set_loop(stretch)
            player.seek(stretch.start)
        player.play()
        QTimer.singleShot(wanted["play_ms"], finish)
        if wanted.get("go_on"):
            QTimer.singleShot(wanted["play_ms"] // 2, again)

    def again() -> None:
        player.pause()
        player.play()

    def finish() -> None:
        told["at"] = player.clock_position / 1e6
        told["playing"] = player.is_playing
        told["problem"] = player.sound.problem
        player.pause()
        QTimer.singleShot(SETTLE_MS, app.quit)

    player.opened.connect(lambda _film: QTimer.singleShot(SETTLE_MS, start))
    player.open(Path(sys.argv[1]), ZERO)
    app.exec()
    told["devices"] = [one.id for one in sound_devices()]
    player.shut_down()
    sys.stdout.write(json.dumps(told | {"notices": notices}))


if __name__ == "__main__":
    main()
