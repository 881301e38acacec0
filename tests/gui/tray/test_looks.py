"""What the list of the tray looks like, in both themes and at two sizes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PyQt6.QtCore import QSize
from PyQt6.QtGui import QColor, QImage, QPainter
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.gui.theme import Theme
from annotator.gui.tray.model import ClipsModel
from annotator.gui.tray.view import ClipsView
from annotator.model.clip import Clip, Pause
from annotator.model.time import Micros
from tests.support.snapshots import LOOKS, assert_looks_like, dressed

KEPT = Path(__file__).parent / "snapshots"
SIZE = QSize(380, 190)
FIRST = Clip(
    "a",
    Micros(8_360_000),
    Micros(12_360_000),
    "Reflection, held in a long silence that nobody breaks",
    notes="Wait.",
    question_before="Why?",
    pauses=(Pause(Micros(9_000_000)),),
    warning="Somebody cries.",
)
OTHERS = (replace(FIRST, id="b", title="Open question"), Clip("c", Micros(0), Micros(83_500_000)))


@pytest.fixture(params=LOOKS, ids=lambda look: f"{look[0]}-{look[1]:.0%}")
def theme(request: pytest.FixtureRequest) -> Iterator[Theme]:
    with dressed(*request.param) as chosen:
        yield chosen


def test_the_clips_look_as_they_did(qtbot: QtBot, theme: Theme) -> None:
    model = ClipsModel()
    model.show_clips([(clip, number) for number, clip in enumerate((FIRST, *OTHERS), 1)])
    picture = QImage(16, 9, QImage.Format.Format_RGB32)
    picture.fill(QColor("#7a6a4f"))
    model.show_pictures({"a": picture})
    model.show_troubles({"c": "Not for learners."})
    view = ClipsView(model, theme)
    qtbot.addWidget(view)
    view.resize(SIZE * theme.scale)
    with qtbot.waitExposed(view):
        view.show()
    view.choose((0,))
    view.clearFocus()
    QApplication.processEvents()
    image = QImage(view.size(), QImage.Format.Format_RGB32)
    painter = QPainter(image)
    view.render(painter)
    painter.end()
    name = f"clips-{'dark' if theme.is_dark else 'light'}-{theme.scale * 100:.0f}.png"
    assert_looks_like(image, KEPT / name)
