"""Every view of the numbers in the window: the same session is looked at with each."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PyQt6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from annotator.gui.app import Program
from annotator.jobs.figures import VIEWS
from annotator.storage.sample import copy_sample
from tests.support.programs import Answers, open_and_wait, running_program
from tests.support.results import look_at


@pytest.fixture(scope="module")
def program(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Program]:
    """Run the program with the sample open, of which the tests here change nothing."""
    request.getfixturevalue("qapp")
    qtbot = QtBot(request)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ANNOTATOR_CONFIG_DIR", str(tmp_path_factory.mktemp("settings")))
        patch.setenv("ANNOTATOR_CACHE_DIR", str(tmp_path_factory.mktemp("cached") / "cache"))
        with running_program(qtbot, Answers(), coder="A") as running:
            fails = QAbstractItemModelTester.FailureReportingMode.Fatal
            page = running.resulting.page
            testers = [QAbstractItemModelTester(one, fails) for one in (page.model, page.moments)]
            open_and_wait(qtbot, running, copy_sample(tmp_path_factory.mktemp("s") / "s"))
            yield running
            assert len(testers) == 2


@pytest.mark.parametrize("view", [one.id for one in VIEWS])
def test_every_view_shows_something_or_says_why_not(
    qtbot: QtBot, program: Program, view: str
) -> None:
    page = program.resulting.page
    before = page.model.table
    look_at(qtbot, program, view)
    if page.message.text():
        assert "who speaks when" in page.message.text()
        assert not page.save_button.isEnabled()
    else:
        assert page.model.table is not before
        assert page.model.rowCount() > 0
        assert page.notes.text() or page.figure.hits
    assert program.desk is not None
    assert program.desk.document.state is not None
