"""What looks at masks before clips are made, in a window of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from PyQt6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from annotator.gui.mask_reviewing import MaskReviewing
from annotator.gui.masks import film
from annotator.jobs.mask_reviewing import find_masks
from annotator.jobs.progress import Progress, Silent
from annotator.media.face_masks import MaskPlan
from annotator.model.time import Interval

Found = Callable[[Path, Interval], MaskPlan]


@pytest.fixture(scope="module")
def found() -> Found:
    """Give the masks of stretches of films, each looked for once."""

    @cache
    def masks(path: Path, span: Interval) -> MaskPlan:
        return find_masks(path, span, Silent())

    return masks


@pytest.fixture
def found_before(found: Found, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give the masks that were found of the same films before, as if a search just ended."""

    def look(path: Path, span: Interval, _watcher: Progress) -> MaskPlan:
        return found(path, span)

    monkeypatch.setattr(film, "find_masks", look)


@pytest.fixture
def reviewing(qtbot: QtBot) -> Iterator[MaskReviewing]:
    parent = QWidget()
    qtbot.add_widget(parent)
    made = MaskReviewing(parent)
    yield made
    made.close()
