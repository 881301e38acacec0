"""Sessions written for other tools by the window."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotator.errors import StorageError
from annotator.jobs import exporting as jobs
from tests.support.foreign import NOW, lost, read, rich_session


def test_formats_that_can_be_written_say_what_they_lose() -> None:
    formats = {one.id: one for one in jobs.writable_formats()}
    assert formats["elan"].suffixes == (".eaf",)
    assert formats["subrip"].loses
    assert "sami" not in formats


def test_the_loss_is_told_and_nothing_written(tmp_path: Path) -> None:
    report = jobs.loss_of(rich_session(), "subrip", "talk.srt", NOW)
    assert lost(report)
    assert list(tmp_path.iterdir()) == []


def test_a_file_is_written_over_what_was_there(tmp_path: Path) -> None:
    place = tmp_path / "talk.eaf"
    place.write_text("what was there", encoding="utf-8")
    told = jobs.write_foreign(rich_session(), "elan", place, NOW)
    assert told.startswith("Exported 10 of 10 as ELAN.")
    again = read(place.read_bytes(), place.name).sessions[0]
    assert [len(one.tags) for one in again.passes] == [5, 2]


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="could not be written"):
        jobs.write_foreign(rich_session(), "elan", tmp_path / "gone" / "talk.eaf", NOW)


def test_a_format_that_is_only_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="only be read"):
        jobs.write_foreign(rich_session(), "sami", tmp_path / "talk.smi", NOW)
