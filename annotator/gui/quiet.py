"""Keeps Qt from writing to the terminal what is of no use to the person there."""

from __future__ import annotations

import sys
from collections.abc import Callable

from PyQt6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

HARMLESS = (
    "This plugin does not support",  # the offscreen screen has no window manager
    "PulseAudioService",  # no sound server: said in the window, in words
    "Using Qt multimedia",
)

Handler = Callable[[QtMsgType, QMessageLogContext, str | None], None]


def quieten_qt() -> None:
    """Drop harmless messages of Qt from now on; the others go where they went before."""
    before: list[Handler] = []

    def handle(kind: QtMsgType, context: QMessageLogContext, message: str | None) -> None:
        text = message or ""
        if any(one in text for one in HARMLESS):
            return
        if before:
            before[0](kind, context, message)
        else:
            sys.stderr.write(f"{text}\n")

    previous = qInstallMessageHandler(handle)
    if previous is not None:
        before.append(previous)
