"""The rows of the tray follow any change, and what points at a row stays with its clip."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PyQt6.QtCore import QPersistentModelIndex, Qt, qInstallMessageHandler
from PyQt6.QtGui import QImage
from PyQt6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from annotator.gui.tray.model import CLIP_ROLE, ClipRow, ClipsModel
from annotator.model.clip import Clip
from annotator.model.time import Micros

Shown = list[tuple[Clip, int]]
_FIXTURES = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


def shown(names: str, end: int = 5) -> Shown:
    return [
        (Clip(name, Micros(0), Micros(end), f"Clip {name}"), number)
        for number, name in enumerate(names, 1)
    ]


@contextmanager
def watched(model: ClipsModel) -> Iterator[list[str]]:
    """Have Qt's own tester look at every signal of the model; gathers what it says."""
    said: list[str] = []
    before = qInstallMessageHandler(lambda _kind, _place, text: said.append(text or ""))
    mode = QAbstractItemModelTester.FailureReportingMode.Warning
    tester = QAbstractItemModelTester(model, mode)
    try:
        yield said
    finally:
        qInstallMessageHandler(before)
        tester.deleteLater()


orders = st.permutations("abcdef").flatmap(
    lambda order: st.integers(0, 6).map(lambda count: "".join(order[:count]))
)


@settings(suppress_health_check=_FIXTURES, max_examples=60)
@given(steps=st.lists(st.tuples(orders, st.integers(1, 3)), min_size=1, max_size=6))
def test_any_change_is_followed(qtbot: QtBot, steps: list[tuple[str, int]]) -> None:
    model = ClipsModel()
    with watched(model) as said:
        held: dict[str, QPersistentModelIndex] = {}
        for order, end in steps:
            model.show_clips(shown(order, end))
            assert [one.id for one in model.clips] == list(order)
            assert {one.end for one in model.clips} <= {end}
            for name, index in held.items():
                row = index.row() if index.isValid() else -1
                assert row == (order.index(name) if name in order else row)
            held = {name: QPersistentModelIndex(model.index(row)) for row, name in enumerate(order)}
    assert said == []
    assert qtbot is not None


def test_a_row_tells_its_clip_its_number_its_trouble_and_its_picture(qtbot: QtBot) -> None:
    model = ClipsModel()
    model.show_clips([(clip, number + 1) for clip, number in shown("ab")])
    picture = QImage(4, 4, QImage.Format.Format_RGB32)
    with qtbot.wait_signal(model.dataChanged):
        model.show_pictures({"b": picture})
    with qtbot.wait_signal(model.dataChanged):
        model.show_troubles({"b": "Not for learners."})
    index = model.index(1)
    row = index.data(CLIP_ROLE)
    assert isinstance(row, ClipRow)
    assert (row.number, row.trouble, row.picture) == (3, "Not for learners.", picture)
    assert "Not for learners." in index.data(Qt.ItemDataRole.ToolTipRole)
    assert "Not for learners." in index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert index.data() == "Clip b"
    assert model.row_at(2) is None


def test_titles_are_asked_for_and_not_written_by_the_model(qtbot: QtBot) -> None:
    model = ClipsModel()
    model.show_clips(shown("ab"))
    with qtbot.wait_signal(model.titled) as told:
        assert model.setData(model.index(1), "Silence")
    assert told.args == ["b", "Silence"]
    assert model.clips[1].title == "Clip b"
    model.is_writable = False
    assert not model.setData(model.index(1), "Noise")
    assert not model.flags(model.index(1)) & Qt.ItemFlag.ItemIsEditable
