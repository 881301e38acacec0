"""What the tests of the panels share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from annotator.gui.document import Document
from annotator.gui.theme import Theme, light
from tests.support.documents import coded_session, open_document


@pytest.fixture
def theme() -> Theme:
    return light()


@pytest.fixture
def document(qtbot: QtBot) -> Iterator[Document]:
    assert qtbot
    with open_document(coded_session(6)) as opened:
        yield opened
