"""What Qt says to nobody's use is dropped; the rest is passed on."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PyQt6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler, qWarning

from annotator.gui.quiet import quieten_qt


@pytest.fixture
def heard() -> Iterator[list[str]]:
    messages: list[str] = []

    def listen(_kind: QtMsgType, _context: QMessageLogContext, message: str | None) -> None:
        messages.append(message or "")

    before = qInstallMessageHandler(listen)
    yield messages
    qInstallMessageHandler(before)


def test_harmless_messages_are_dropped_and_others_go_where_they_went(heard: list[str]) -> None:
    quieten_qt()
    qWarning(b"This plugin does not support propagateSizeHints()")
    qWarning(b"something worth knowing")
    assert heard == ["something worth knowing"]


def test_without_a_listener_they_go_to_the_terminal(
    heard: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    qInstallMessageHandler(None)
    quieten_qt()
    qWarning(b"something worth knowing")
    assert capsys.readouterr().err == "something worth knowing\n"
    assert heard == []
