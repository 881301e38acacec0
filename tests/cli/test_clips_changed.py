"""Consent that is taken back while clips are made reaches what is made of them afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from annotator.cli import clips as command
from annotator.storage.export_log import read_log
from tests.support.clip_sessions import clip_session
from tests.support.commands import CommandLine, Said
from tests.support.cut_clips import write_noise_film


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "talk.session.json"
    clip_session(path, [(write_noise_film(tmp_path / "film.mp4", 2), 0)])
    return path


@pytest.fixture
def cut(annotator: CommandLine, path: Path, tmp_path: Path) -> Callable[..., Said]:
    usual = ("clips", path, "--code", "reflection", "--purpose", "learners")
    return lambda *words: annotator(*usual, "-o", tmp_path / "out", *words)


def withdraw_after(
    monkeypatch: pytest.MonkeyPatch, annotator: CommandLine, path: Path, step: str
) -> None:
    """Let the client take consent back when a step of the command is done."""
    real = getattr(command, step)

    def followed(*given: object) -> object:
        done = real(*given)
        kept = list(done) if isinstance(done, Iterator) else done
        assert annotator("consent", "withdraw", path, "client").code == 0
        return kept

    monkeypatch.setattr(command, step, followed)


@pytest.mark.parametrize("words", [("--reel", "reel.mp4"), ("--pack", "lesson")])
def test_nothing_is_made_of_clips_once_consent_was_taken_back(
    annotator: CommandLine,
    cut: Callable[..., Said],
    path: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    words: tuple[str, str],
) -> None:
    withdraw_after(monkeypatch, annotator, path, "make_clips")
    said = cut(words[0], tmp_path / words[1])
    assert said.code == 2
    assert "The session was changed while this was made. Refused for learners: Client" in said.err
    assert not (tmp_path / words[1]).exists()
    assert len(read_log(path).exports) == 1


def test_consent_taken_back_after_the_session_was_read_holds(
    annotator: CommandLine, cut: Callable[..., Said], path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    withdraw_after(monkeypatch, annotator, path, "planned_of")
    said = cut()
    assert said.code == 2
    assert "Client withdrew consent" in said.out + said.err
    assert not read_log(path).exports


def test_a_reason_overrides_nothing_that_came_after_it(
    annotator: CommandLine, cut: Callable[..., Said], path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    withdraw_after(monkeypatch, annotator, path, "planned_of")
    said = cut("--override", "The board asked for it")
    assert said.code == 2
    assert "Client withdrew consent" in said.out + said.err
    assert not read_log(path).exports


def test_the_log_finds_a_clip_from_any_folder(
    cut: Callable[..., Said], path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    said = cut("-o", "elsewhere", "--pack", "lesson")
    assert said.code == 0, said.err
    (one,) = read_log(path).exports
    assert one.record.folder == f"{tmp_path / 'elsewhere'}, {tmp_path / 'lesson'}"
    assert (tmp_path / "elsewhere" / one.record.results[0].name).is_file()
