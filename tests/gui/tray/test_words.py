"""What the tray says of clips."""

from __future__ import annotations

from dataclasses import replace

import pytest

from annotator.gui.tray.words import (
    length_words,
    marks_of,
    spoken,
    tip_of,
    title_words,
    total_words,
    when_words,
)
from annotator.model.clip import Clip, Pause
from annotator.model.time import Micros

CLIP = Clip("c", Micros(8_360_000), Micros(12_400_000))
FULL = replace(
    CLIP,
    title="A long\nsilence",
    notes="n",
    aim="a",
    question_before="b",
    pauses=(Pause(Micros(9_000_000)), Pause(Micros(10_000_000)), Pause(Micros(20_000_000))),
    warning="w",
)


@pytest.mark.parametrize(
    ("micros", "words"),
    [
        (40_000, "0.0 s"),
        (50_000, "0.1 s"),
        (7_449_999, "7.4 s"),
        (59_940_000, "59.9 s"),
        (59_960_000, "1 min 0 s"),
        (83_500_000, "1 min 24 s"),
        (3_599_400_000, "59 min 59 s"),
        (3_720_000_000, "1 h 2 min"),
    ],
)
def test_lengths_are_rounded_half_up(micros: int, words: str) -> None:
    assert length_words(Micros(micros)) == words


def test_a_clip_is_named_by_its_title_or_else_by_its_number() -> None:
    assert [title_words(CLIP, 3), title_words(FULL, 3)] == ["Clip 3", "A long silence"]
    assert when_words(CLIP) == "0:00:08.360 – 0:00:12.400 · 4.0 s"


def test_marks_tell_what_a_clip_holds_and_only_pauses_inside_count() -> None:
    assert marks_of(CLIP) == ()
    assert marks_of(FULL) == ("help", "pause", "note", "warning")
    outside = replace(CLIP, pauses=(Pause(Micros(0)),), question_after="?")
    assert marks_of(outside) == ("help",)


def test_all_is_said_for_the_ear_and_the_tip() -> None:
    said = spoken(FULL, 2, "Not for learners.")
    assert said.startswith("2, A long silence. 0:00:08.360")
    for part in ("Question before", "2 pauses", "Content warning", "Not for learners."):
        assert part in said
        assert part in tip_of(FULL, 2, "Not for learners.").splitlines()


@pytest.mark.parametrize(
    ("count", "hidden", "words"),
    [
        (0, 0, ""),
        (1, 0, "1 clip · 4.0 s"),
        (2, 0, "2 clips · 8.1 s"),
        (1, 1, "1 clip · 4.0 s · 1 clip is of passes that are hidden from you"),
        (0, 2, "2 clips are of passes that are hidden from you."),
    ],
)
def test_the_whole_tray_is_summed_up(count: int, hidden: int, words: str) -> None:
    assert total_words([CLIP] * count, hidden) == words
