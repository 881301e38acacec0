"""What the system sends to end the program is heard in Qt's loop, and only while it is awaited."""

from __future__ import annotations

import os
import signal
import sys

import pytest
from pytestqt.qtbot import QtBot

from annotator.gui.endings import Endings

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="cannot send these to itself")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_wish_to_end_is_told(qtbot: QtBot, number: signal.Signals) -> None:
    endings = Endings()
    try:
        with qtbot.wait_signal(endings.asked):
            os.kill(os.getpid(), number)
    finally:
        endings.close()
    assert signal.getsignal(number) is not None


def test_afterwards_signals_do_what_they_did(qtbot: QtBot) -> None:
    before = signal.getsignal(signal.SIGTERM)
    endings = Endings()
    assert signal.getsignal(signal.SIGTERM) is not before
    endings.close()
    assert signal.getsignal(signal.SIGTERM) is before
    with qtbot.assert_not_emitted(endings.asked), pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)
