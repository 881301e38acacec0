"""Run by Python on its own: writes one JSON object on what Qt finds here, for the doctor.

A process of its own, because Qt ends the program where it cannot reach the screen.
"""

from __future__ import annotations

import json
import sys
from importlib import import_module

from PyQt6.QtCore import PYQT_VERSION_STR, qVersion
from PyQt6.QtGui import QFontDatabase, QFontInfo, QGuiApplication


def main() -> None:
    """Open a Qt application without a window and write what it finds."""
    application = QGuiApplication(sys.argv[:1])
    general = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    found = {
        "qt": qVersion(),
        "pyqt": PYQT_VERSION_STR,
        "platform": application.platformName(),
        "screens": [
            f"{screen.size().width()} x {screen.size().height()}"
            for screen in application.screens()
        ],
        "families": len(QFontDatabase.families()),
        "general_font": QFontInfo(general).family(),
        "is_fixed_pitch": any(map(QFontDatabase.isFixedPitch, QFontDatabase.families())),
        "sound": _sound(),
    }
    sys.stdout.write(json.dumps(found))


def _sound() -> dict[str, object]:
    """List the sound outputs, or say why they cannot be listed."""
    try:
        multimedia = import_module("PyQt6.QtMultimedia")
    except ImportError as error:
        return {"error": str(error), "outputs": []}
    outputs = multimedia.QMediaDevices.audioOutputs()
    return {"error": "", "outputs": [device.description() for device in outputs]}


if __name__ == "__main__":
    main()
