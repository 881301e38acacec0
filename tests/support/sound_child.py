"""Plays a recording on the real sound output and tells when each frame was shown.

A process of its own, so that it takes up the sound server that the test has started. Prints one
JSON object: the problem with the sound, if any, and for each frame the monotonic second at which
it was shown and its recording time in seconds.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from PyQt6.QtCore import QTimer
from PyQt6.QtWidgets import QApplication

from annotator.gui.player.film import ShownFrame
from annotator.gui.player.player import Player
from annotator.model import ZERO

SETTLE_MS = 300
LONGEST_MS = 30_000


def main() -> None:
    app = QApplication(sys.argv[:1])
    player = Player()
    shown: list[tuple[float, float]] = []

    def note(frame: ShownFrame) -> None:
        if player.is_playing:
            shown.append((time.monotonic(), frame.time / 1e6))

    def start() -> None:
        player.set_speed(float(sys.argv[2]))
        player.play()

    def changed() -> None:
        if not player.is_playing:
            QTimer.singleShot(SETTLE_MS, app.quit)

    player.frame_changed.connect(note)
    player.playing_changed.connect(changed)
    player.opened.connect(lambda _film: QTimer.singleShot(SETTLE_MS, start))
    QTimer.singleShot(LONGEST_MS, app.quit)
    player.open(Path(sys.argv[1]), ZERO)
    app.exec()
    problem = player.sound.problem
    player.shut_down()
    sys.stdout.write(json.dumps({"problem": problem, "shown": shown}))


if __name__ == "__main__":
    main()
