"""Each benchmark runs, with sizes that take no time, and prints its table."""

from __future__ import annotations

import pytest

from tests.benchmarks import (
    coding,
    command_line,
    interchange,
    interchange_boris,
    interchange_elan,
    numbers,
    opening,
    palette,
    searching,
    sound,
    start,
    tagging,
    timeline,
    voices,
)


def test_start(capsys: pytest.CaptureFixture[str]) -> None:
    start.main(1, screens=False)
    printed = capsys.readouterr().out
    assert "session on screen (offscreen)" in printed
    assert "< 2.5 x" in printed


def test_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    command_line.main(1)
    assert "annotator --help" in capsys.readouterr().out


def test_opening(capsys: pytest.CaptureFixture[str]) -> None:
    opening.main(20, 1)
    printed = capsys.readouterr().out
    assert "mp4: to the first picture" in printed
    assert "mkv: to the first picture" in printed


def test_palette(qapp: object, capsys: pytest.CaptureFixture[str]) -> None:
    assert qapp is not None
    palette.main((20,))
    printed = capsys.readouterr().out
    assert "The palette over 20 tags" in printed
    assert "a key typed, painted" in printed


def test_sound(capsys: pytest.CaptureFixture[str]) -> None:
    sound.main(20, 1, 4)
    printed = capsys.readouterr().out
    assert "peaks and levels, from nothing" in printed
    assert "< 0.05 x" in printed


def test_tagging(qapp: object, capsys: pytest.CaptureFixture[str]) -> None:
    assert qapp is not None
    tagging.main((20,), 2, 3)
    printed = capsys.readouterr().out
    assert "one tag more on 20: in table, timeline and journal" in printed
    assert "undo one of 3, painted" in printed


def test_timeline(qapp: object, capsys: pytest.CaptureFixture[str]) -> None:
    assert qapp is not None
    timeline.main((10,))
    assert "apply one tag and repaint" in capsys.readouterr().out


def test_coding(qapp: object, capsys: pytest.CaptureFixture[str]) -> None:
    assert qapp is not None
    coding.main(20, 2, 3, 10)
    printed = capsys.readouterr().out
    assert "a tag by its key, film playing, all in view" in printed
    assert "longest gap of a 10 ms timer" in printed


def test_numbers(capsys: pytest.CaptureFixture[str]) -> None:
    numbers.main(20, 2, 10, 10)
    assert "summary of 2 sessions of 10 tags" in capsys.readouterr().out


def test_searching(qapp: object, capsys: pytest.CaptureFixture[str]) -> None:
    assert qapp is not None
    searching.main(30)
    assert "order by Note" in capsys.readouterr().out


def test_foreign_files(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    few = [form for form in interchange.FORMATS if form.id in {"elan", "csv"}]
    monkeypatch.setattr(interchange, "FORMATS", few)  # each takes a process of its own
    interchange.main(30)
    printed = capsys.readouterr().out
    assert "ELAN: read 30 tags" in printed
    assert "Table (CSV): read 30 tags" in printed


def test_elan_beside_pympi(capsys: pytest.CaptureFixture[str]) -> None:
    interchange_elan.main((), 12, 12, 1)
    assert "read 12 annotations" in capsys.readouterr().out


def test_boris(capsys: pytest.CaptureFixture[str]) -> None:
    interchange_boris.main(200, 20)
    assert "write 200 events, and tell what is lost" in capsys.readouterr().out


def test_voices(capsys: pytest.CaptureFixture[str]) -> None:
    voices.main(4, 1)
    assert "voice, 4 s as exports do" in capsys.readouterr().out
