"""What the command line says when it cannot do what it was asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotator.cli import app, screen
from tests.support.commands import CommandLine


def test_unknown_word_names_the_nearest_command(annotator: CommandLine) -> None:
    said = annotator("dotcor")
    assert said.code == 2
    assert said.err == (
        'There is no file and no command "dotcor".\nDid you mean "annotator doctor"?\n'
    )


def test_missing_film(annotator: CommandLine, tmp_path: Path) -> None:
    said = annotator(tmp_path / "talk.mp4")
    assert said.code == 2
    assert "There is no file" in said.err


def test_two_films_are_one_too_many(annotator: CommandLine, tmp_path: Path) -> None:
    films = [tmp_path / "a.mp4", tmp_path / "b.mp4"]
    for film in films:
        film.touch()
    said = annotator(*films)
    assert said.code == 2
    assert "annotator new" in said.err


def test_unknown_option(annotator: CommandLine) -> None:
    said = annotator("--loud")
    assert said.code == 2
    assert "--loud" in said.err


def test_no_screen(annotator: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screen, "find_screen", lambda _environ: screen.Screen.NONE)
    film = tmp_path / "talk.mp4"
    film.touch()
    said = annotator(film)
    assert said.code == 2
    assert "no screen" in said.err
    assert "annotator demo" in said.err
    assert annotator.window.opened == []


def test_missing_library_is_named_with_its_package(
    annotator: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app, "require_window", lambda _environ: None)
    annotator.window.fault = ImportError(
        "libEGL.so.1: cannot open shared object file: No such file or directory"
    )
    film = tmp_path / "talk.mp4"
    film.touch()
    said = annotator(film)
    assert said.code == 2
    assert "libEGL.so.1" in said.err
    assert "libegl1" in said.err or "libglvnd-egl" in said.err
    assert "annotator doctor" in said.err


def test_missing_package_is_named(
    annotator: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app, "require_window", lambda _environ: None)
    annotator.window.fault = ModuleNotFoundError("No module named 'PyQt6'", name="PyQt6")
    film = tmp_path / "talk.mp4"
    film.touch()
    said = annotator(film)
    assert said.code == 2
    assert "PyQt6 is missing" in said.err
    assert "pip install PyQt6" in said.err


def test_a_fault_of_ours_is_not_hidden(
    annotator: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app, "require_window", lambda _environ: None)
    annotator.window.fault = ImportError("cannot import name 'x'", name="annotator.gui.app")
    film = tmp_path / "talk.mp4"
    film.touch()
    with pytest.raises(ImportError, match="cannot import name"):
        annotator(film)
