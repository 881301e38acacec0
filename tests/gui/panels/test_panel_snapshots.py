"""What the code panel and the table of tags look like, in both themes and at two sizes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PyQt6.QtCore import QSize
from PyQt6.QtGui import QAction, QImage, QPainter
from PyQt6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from annotator.editing.marking import RunningSpan
from annotator.gui.panels.codes import CodesPanel
from annotator.gui.panels.tags import TagsPanel
from annotator.gui.theme import Theme
from annotator.model import Micros
from tests.support.documents import coded_session, open_document
from tests.support.snapshots import LOOKS, assert_looks_like, dressed

KEPT = Path(__file__).parent / "snapshots"
CODES, TABLE = QSize(260, 240), QSize(460, 260)


@pytest.fixture(params=LOOKS, ids=lambda look: f"{look[0]}-{look[1]:.0%}")
def theme(request: pytest.FixtureRequest) -> Iterator[Theme]:
    with dressed(*request.param) as chosen:
        yield chosen


def picture_of(qtbot: QtBot, widget: QWidget, size: QSize) -> QImage:
    widget.resize(size)
    with qtbot.waitExposed(widget):
        widget.show()
    widget.clearFocus()
    QApplication.processEvents()
    image = QImage(size, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    widget.render(painter)
    painter.end()
    return image


def kept(part: str, theme: Theme) -> Path:
    return KEPT / f"{part}-{'dark' if theme.is_dark else 'light'}-{theme.scale * 100:.0f}.png"


def test_the_codes_look_as_they_did(qtbot: QtBot, theme: Theme) -> None:
    panel = CodesPanel(theme)
    qtbot.addWidget(panel)
    session = coded_session(40)
    book = session.codebook
    panel.show_codebook(book, {code.id: QAction(code.name, panel) for code in book.codes})
    panel.show_counts(session.passes[0].tags)
    panel.set_running((RunningSpan("silence", Micros(4_000_000)),), Micros(16_000_000))
    painted = picture_of(qtbot, panel, CODES * theme.scale)
    assert_looks_like(painted, kept("codes", theme))


def test_the_table_looks_as_it_did(qtbot: QtBot, theme: Theme) -> None:
    with open_document(coded_session(40)) as document:
        panel = TagsPanel(theme)
        qtbot.addWidget(panel)
        panel.set_document(document)
        panel.show_position(Micros(3_200_000))
        panel.select(frozenset({"t1", "t2"}))
        painted = picture_of(qtbot, panel, TABLE * theme.scale)
        assert_looks_like(painted, kept("table", theme))
        panel.set_document(None)
