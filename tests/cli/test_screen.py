"""Whether a window can open, told before Qt is asked."""

from __future__ import annotations

import pytest

from annotator.cli import screen
from annotator.cli.libraries import LIBRARIES, Library, Need, can_load
from annotator.cli.screen import (
    Screen,
    WindowError,
    explain_import,
    find_screen,
    require_loadable,
    require_window,
    x11_answers,
)


@pytest.mark.parametrize(
    ("environ", "system", "found"),
    [
        ({}, "linux", Screen.NONE),
        ({"DISPLAY": ""}, "linux", Screen.NONE),
        ({"DISPLAY": ":0"}, "linux", Screen.X11),
        ({"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"}, "linux", Screen.WAYLAND),
        ({"QT_QPA_PLATFORM": "offscreen"}, "linux", Screen.CHOSEN),
        ({}, "win32", Screen.NATIVE),
        ({}, "darwin", Screen.NATIVE),
    ],
)
def test_screen_is_found(environ: dict[str, str], system: str, found: Screen) -> None:
    assert find_screen(environ, system) is found


def test_no_screen_names_what_works_without(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screen, "find_screen", lambda _environ: Screen.NONE)
    with pytest.raises(WindowError, match="annotator demo"):
        require_window({})


def test_libraries_of_the_x11_plugin_are_wanted_on_x11(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Need] = []

    def missing(*needs: Need) -> tuple[Library, ...]:
        asked.extend(needs)
        return tuple(one for one in LIBRARIES if one.soname.startswith("libxcb-cursor"))

    monkeypatch.setattr(screen, "missing_libraries", missing)
    monkeypatch.setattr(screen, "find_screen", lambda _environ: Screen.X11)
    with pytest.raises(WindowError, match=r"libxcb-cursor0|xcb-util-cursor"):
        require_window({"DISPLAY": ":0"})
    assert asked == [Need.WINDOW, Need.X11]


def test_wayland_without_its_libraries_falls_back_to_x11(monkeypatch: pytest.MonkeyPatch) -> None:
    lacking = tuple(one for one in LIBRARIES if Need.WAYLAND in one.needs)

    def missing(*needs: Need) -> tuple[Library, ...]:
        return lacking if Need.WAYLAND in needs else ()

    monkeypatch.setattr(screen, "missing_libraries", missing)
    monkeypatch.setattr(screen, "find_screen", lambda _environ: Screen.WAYLAND)
    monkeypatch.setattr(screen, "x11_answers", lambda display: display == ":0")
    require_window({"WAYLAND_DISPLAY": "w", "DISPLAY": ":0"})
    with pytest.raises(WindowError, match=r"libwayland-client\.so\.0"):
        require_window({"WAYLAND_DISPLAY": "w"})


def test_screen_that_does_not_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screen, "missing_libraries", lambda *_needs: ())
    monkeypatch.setattr(screen, "find_screen", lambda _environ: Screen.X11)
    monkeypatch.setattr(screen, "x11_answers", lambda _display: False)
    with pytest.raises(WindowError, match=":71 does not answer"):
        require_window({"DISPLAY": ":71"})


@pytest.mark.skipif(not can_load("libxcb.so.1"), reason="libxcb.so.1 is not on this system")
def test_a_server_that_is_not_there_does_not_answer() -> None:
    assert not x11_answers(":7171")


def test_all_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screen, "missing_libraries", lambda *_needs: ())
    require_loadable()
    assert find_screen({"QT_QPA_PLATFORM": "offscreen"}) is Screen.CHOSEN
    require_window({"QT_QPA_PLATFORM": "offscreen"})


def test_import_error_names_every_library_that_lacks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("annotator.cli.libraries.sys.platform", "linux")
    error = ImportError("libGL.so.1: cannot open shared object file: No such file or directory")
    told = explain_import(error, present=lambda name: name not in {"libGL.so.1", "libEGL.so.1"})
    assert "libGL.so.1, libEGL.so.1" in told
    assert told.count("libGL.so.1") == 1


def test_import_error_of_a_package_that_does_not_load() -> None:
    told = explain_import(ImportError("DLL load failed", name="PyQt6.QtCore"))
    assert "PyQt6 does not load" in told
    assert "--force-reinstall" in told


def test_opencv_goes_by_another_name() -> None:
    told = explain_import(ModuleNotFoundError("No module named 'cv2'", name="cv2"))
    assert "pip install opencv-python" in told


def test_our_own_faults_are_not_explained_away() -> None:
    assert explain_import(ImportError("cannot import name 'x'", name="annotator.gui.app")) == ""
