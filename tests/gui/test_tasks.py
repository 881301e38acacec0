"""Work in the background: in order, answered in the window's thread, and never the end of it."""

from __future__ import annotations

import sys
import threading

import pytest
from pytestqt.qtbot import QtBot

from annotator.errors import AnnotatorError
from annotator.gui.faults import FaultTeller
from annotator.gui.tasks import SerialWorker


def test_orders_are_done_in_order_elsewhere_and_answered_here(qtbot: QtBot) -> None:
    worker = SerialWorker("test")
    threads: list[object] = []
    answers: list[int] = []
    for number in range(20):
        worker.submit(
            lambda number=number: threads.append(threading.get_ident()) or number,
            lambda answer: (answers.append(answer), threads.append(None)),
        )
    assert worker.waiting == 20
    with qtbot.wait_signal(worker.idle):
        pass
    assert answers == list(range(20))
    assert threading.get_ident() not in threads
    worker.close()


def test_an_expected_failure_is_answered_and_the_next_order_done(qtbot: QtBot) -> None:
    worker = SerialWorker("test")
    told: list[str] = []

    def fail() -> None:
        raise AnnotatorError("The disk is full.", "Make room.")

    worker.submit(fail, failed=lambda error: told.append(str(error)))
    worker.submit(lambda: "done", told.append)
    qtbot.wait_until(lambda: told == ["The disk is full. Make room.", "done"])
    worker.close()


def test_a_fault_of_ours_is_told_and_the_thread_lives_on(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    teller = FaultTeller()
    teller.take_over()
    worker = SerialWorker("test")
    told: list[str] = []

    def break_down() -> None:
        raise ZeroDivisionError

    with qtbot.wait_signal(teller.met) as met:
        worker.submit(break_down, failed=lambda error: told.append(str(error)))
    worker.submit(lambda: "done", told.append)
    qtbot.wait_until(lambda: len(told) == 2)
    assert "What you tagged is kept" in told[0]
    assert told[1] == "done"
    assert "inside the program itself" in met.args[0]
    assert "ZeroDivisionError" in capsys.readouterr().err
    worker.close()


def test_closing_finishes_what_was_given(qtbot: QtBot) -> None:
    worker = SerialWorker("test")
    done: list[int] = []
    for number in range(5):
        worker.submit(lambda number=number: done.append(number))
    worker.close()
    assert done == list(range(5))
    assert qtbot is not None
