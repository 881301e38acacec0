"""`annotator demo` with a window, without a screen, and where Qt does not load."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotator.cli import demo, screen
from annotator.cli.libraries import LIBRARIES, Library, Need
from annotator.cli.screen import Screen
from annotator.storage.codec import decode_session
from tests.support.commands import CommandLine

EGL = next(one for one in LIBRARIES if one.soname == "libEGL.so.1")


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")  # put back when the test ends


@pytest.fixture
def without_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demo, "find_screen", lambda _environ: Screen.NONE)
    monkeypatch.setattr(demo, "require_loadable", lambda: None)


def test_with_a_screen_the_sample_opens(
    annotator: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demo, "find_screen", lambda _environ: Screen.X11)
    monkeypatch.setattr(demo, "require_window", lambda _environ: None)
    assert annotator("demo").code == 0
    assert annotator.window.samples == 1


def test_with_a_screen_but_without_qt_the_main_job_is_done(
    annotator: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(demo, "find_screen", lambda _environ: Screen.X11)
    monkeypatch.setattr(demo, "require_window", lambda _environ: None)
    monkeypatch.setattr(demo, "require_loadable", lambda: None)
    annotator.window.fault = ImportError("libnew.so.7: cannot open shared object file")
    said = annotator("demo")
    assert said.code == 0
    assert "libnew.so.7" in said.out
    assert (tmp_path / "annotator-demo" / "first-session").is_dir()


@pytest.mark.usefixtures("without_screen")
def test_without_a_screen_the_window_is_toured(
    annotator: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    said = annotator("demo")
    folder = tmp_path / "annotator-demo"
    assert said.code == 0
    assert folder.is_dir()
    assert str(folder / "x.session.json") in said.out
    assert "skipped" not in said.out


@pytest.mark.usefixtures("without_screen")
def test_out_tours_even_with_a_screen(annotator: CommandLine, tmp_path: Path) -> None:
    said = annotator("demo", "--out", tmp_path / "tour")
    assert said.code == 0
    assert annotator.window.samples == 0
    assert str(tmp_path / "tour" / "1.png") in said.out


def lacking(*_needs: Need) -> tuple[Library, ...]:
    return (EGL,)


def test_where_qt_lacks_a_library_the_main_job_is_done_without(
    annotator: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(screen, "missing_libraries", lacking)
    said = annotator("demo", "--out", tmp_path)
    assert said.code == 0
    assert "Pictures of the window were skipped" in said.out
    assert "libEGL.so.1" in said.out
    assert "libegl1" in said.out or "libglvnd-egl" in said.out
    session = decode_session((tmp_path / "first-session/first-session.session.json").read_bytes())
    coded = session.pass_of("demo")
    assert coded is not None
    assert [tag.code for tag in coded.tags] == ["reflection", "silence"]
    assert len(list(tmp_path.glob("*.png"))) == 3


def test_where_pyqt_is_not_installed_the_main_job_is_done_without(
    annotator: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demo, "require_loadable", lambda: None)
    annotator.window.fault = ModuleNotFoundError("No module named 'PyQt6'", name="PyQt6")
    said = annotator("demo", "--out", tmp_path)
    assert said.code == 0
    assert "pip install PyQt6" in said.out
    assert len(list(tmp_path.glob("*.png"))) == 3


def test_a_folder_that_cannot_be_made(annotator: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    said = annotator("demo", "--out", tmp_path / "file" / "tour")
    assert said.code == 2
    assert "--out" in said.err
