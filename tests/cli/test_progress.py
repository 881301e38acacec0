"""How far work is, as bars in the terminal: one for all, and one for each part on its way."""

from __future__ import annotations

from io import StringIO

import pytest
from rich.console import Console
from rich.progress import Progress as Bar

from annotator.cli.progress import MOST_PARTS, _OnTerminal, shown_progress
from annotator.jobs.progress import HearsParts, Part, tell_part


@pytest.fixture
def bar() -> Bar:
    return Bar(console=Console(file=StringIO(), force_terminal=True, width=80))


def names(bar: Bar) -> list[str]:
    return [str(task.description).strip() for task in bar.tasks]


def test_each_part_has_a_bar_until_it_has_ended(bar: Bar) -> None:
    watcher = _OnTerminal(bar, bar.add_task("all", total=1.0))
    watcher.part("one.mp4", 0.0)
    watcher.part("two.mp4", 0.5)
    watcher.part("one.mp4", 0.25)
    assert names(bar) == ["all", "one.mp4", "two.mp4"]
    assert [task.completed for task in bar.tasks] == [0, 0.25, 0.5]
    watcher.part("one.mp4", 1.0)
    watcher.part("three.mp4", 1.0)  # ended before it was heard of
    assert names(bar) == ["all", "two.mp4"]
    watcher.progress(0.75, "half done")
    assert (names(bar)[0], bar.tasks[0].completed) == ("half done", 0.75)


def test_of_very_many_parts_a_few_have_a_bar(bar: Bar) -> None:
    watcher = _OnTerminal(bar, bar.add_task("all", total=1.0))
    for number in range(MOST_PARTS + 2):
        watcher.part(f"{number}", 0.5)
    assert names(bar) == ["all", *(f"{number}" for number in range(MOST_PARTS))]
    watcher.part("0", 1.0)
    watcher.part(f"{MOST_PARTS}", 0.6)
    assert names(bar)[-1] == f"{MOST_PARTS}"


def test_parts_are_heard_of_through_a_part_of_the_work(bar: Bar) -> None:
    watcher = Part(_OnTerminal(bar, bar.add_task("all", total=1.0)), 0.0, 0.5)
    assert isinstance(watcher, HearsParts)
    tell_part(watcher, "one.mp4", 0.5)
    assert names(bar) == ["all", "one.mp4"]


def test_without_a_terminal_nothing_is_drawn(capsys: pytest.CaptureFixture[str]) -> None:
    with shown_progress() as watcher:
        tell_part(watcher, "one.mp4", 0.5)
        watcher.progress(0.5, "one.mp4")
        assert not watcher.cancelled()
    assert capsys.readouterr().err.strip() == ""
