"""What is made ahead comes in order and whole, and nothing goes on behind anybody's back."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from itertools import count

import pytest

from annotator.media.ahead import ahead


def test_all_come_in_order() -> None:
    with ahead(iter(range(50))) as coming:
        assert list(coming) == list(range(50))


def test_nothing_comes_of_nothing() -> None:
    with ahead(iter(())) as coming:
        assert list(coming) == []


def test_none_and_falsehoods_are_things_too() -> None:
    with ahead(iter([None, 0, False, ""])) as coming:
        assert list(coming) == [None, 0, False, ""]


def test_they_are_made_in_another_thread_while_one_is_worked_on() -> None:
    made = threading.Semaphore(0)
    makers = set()

    def making() -> Iterator[int]:
        for number in range(8):
            makers.add(threading.get_ident())
            made.release()
            yield number

    with ahead(making(), most=3) as coming:
        assert next(coming) == 0
        for _ in range(4):  # the one taken, and three ahead of it
            assert made.acquire(timeout=10)
        assert not made.acquire(timeout=0.05)
    assert len(makers) == 1
    assert threading.get_ident() not in makers


def test_a_fault_comes_in_its_place() -> None:
    def making() -> Iterator[int]:
        yield 1
        yield 2
        raise OSError("gone")

    taken = []
    with pytest.raises(OSError, match="gone"), ahead(making()) as coming:
        taken.extend(coming)
    assert taken == [1, 2]


def test_who_leaves_early_leaves_nothing_running() -> None:
    before = threading.active_count()
    numbers = count()
    with ahead(numbers) as coming:
        next(coming)
    assert threading.active_count() == before
    here = next(numbers)
    assert next(numbers) == here + 1
