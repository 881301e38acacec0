"""Reading can be stopped whatever the format, and soon, while a large file is read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from annotator.model.coding import CodingPass, Purpose
from annotator.model.session import Session
from annotator.model.time import Interval, Micros
from annotator.model.transcript import Cue, Transcript
from annotator.storage.interchange.exchange import read_foreign
from annotator.storage.interchange.formats import FORMATS
from annotator.storage.interchange.interface import Format, Wishes
from annotator.storage.interchange.report import OFTEN, Notes
from annotator.storage.interchange.source import Source
from tests.support.foreign import NOW, session_of, tag

MANY = 3 * OFTEN
END = Micros(MANY * 200_000)
STEP = 200


class StoppedError(Exception):
    """Somebody asked to stop."""


@dataclass
class Watch:
    """Stops at the word of that number; 0 never does."""

    last: int = 0
    heard: int = 0
    most: int = 0

    def __call__(self, count: int) -> None:
        self.heard += 1
        self.most = max(self.most, count)
        if self.heard == self.last:
            raise StoppedError


def tagged() -> Session:
    codes = ("reflection", "silence", "open_question")
    tags = (tag(n, codes[n % 3], n * STEP, n * STEP + 150) for n in range(MANY))
    made = CodingPass("pass-A", "A", Purpose.PRIMARY, NOW, tuple(tags))
    return session_of(made, region=Interval(Micros(0), END), participants=())


def spoken() -> Session:
    cues = (
        Cue(f"c{n:04d}", Micros(n * 200_000), Micros(n * 200_000 + 150_000), f"word {n}", "Client")
        for n in range(MANY)
    )
    said = Transcript("s1-transcript-1", tuple(cues), "en", "talk")
    return session_of(region=Interval(Micros(0), END), transcripts=(said,))


def large() -> Iterator[tuple[Format, bytes]]:
    """Give a large file of every format that is read and written, as far as it can be large."""
    for form in FORMATS:
        if form.read is None or form.write is None or form.id in {"cacti_config", "elan-template"}:
            continue
        session = spoken() if form.id == "whisper" else tagged()
        yield form, form.write([session], Wishes(now=NOW), Notes())


LARGE = {form.id: data for form, data in large()}


def read(form_id: str, watch: Watch) -> int:
    name = "x" + next(one.suffixes[0] for one in FORMATS if one.id == form_id)
    return read_foreign(
        Source(name, LARGE[form_id], watch=watch), Wishes(now=NOW), form_id
    ).report.counted_out


@pytest.mark.parametrize("form_id", LARGE)
def test_a_large_file_can_be_stopped_at_every_word(form_id: str) -> None:
    whole = Watch()
    assert read(form_id, whole) >= MANY
    assert whole.heard > MANY // OFTEN
    for last in {1, whole.heard // 2, whole.heard}:
        with pytest.raises(StoppedError):
            read(form_id, Watch(last))


@pytest.mark.parametrize("form_id", sorted(set(LARGE) - {"whisper"}))
def test_it_is_told_how_many_tags_there_are_by_then(form_id: str) -> None:
    whole = Watch()
    read(form_id, whole)
    assert whole.most == MANY
