"""`annotator doctor` and what it finds."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from annotator.cli import doctor as doctor_module
from annotator.cli.findings import (
    Finding,
    Level,
    QtReport,
    ask_qt,
    find_display,
    find_fonts,
    find_pictures,
    find_sound,
    find_versions,
    find_window,
)
from annotator.cli.libraries import LIBRARIES, System
from tests.support.commands import CommandLine

PULSE = tuple(one for one in LIBRARIES if one.soname == "libpulse.so.0")
CURSOR = tuple(one for one in LIBRARIES if one.soname == "libxcb-cursor.so.0")
WELL = QtReport(
    {
        "qt": "6.9.1",
        "families": 12,
        "general_font": "Noto Sans",
        "is_fixed_pitch": True,
        "sound": {"error": "", "outputs": ["Loudspeaker"]},
    }
)
DEAD = QtReport(error="libfoo.so.1: cannot open shared object file: No such file or directory")


def test_all_is_well() -> None:
    found = [
        find_window(WELL, (), System.APT),
        find_sound(WELL, (), System.APT),
        find_fonts(WELL, System.APT),
        find_pictures((), System.APT),
    ]
    assert [one.level for one in found] == [Level.OK] * 4
    assert all(one.remedy == "" for one in found)


def test_missing_sound_is_advice_with_its_package() -> None:
    found = find_sound(WELL, PULSE, System.APT)
    assert (found.level, found.remedy) == (Level.ADVICE, "sudo apt install libpulse0")
    silent = QtReport({**WELL.facts, "sound": {"error": "", "outputs": []}})
    assert find_sound(silent, (), System.DNF).level is Level.ADVICE


def test_window_that_does_not_start_is_missing() -> None:
    found = find_window(DEAD, (), System.APT)
    assert found.level is Level.MISSING
    assert "libfoo.so.1" in found.remedy
    assert find_window(WELL, CURSOR, System.DNF).remedy == "sudo dnf install xcb-util-cursor"
    windows = find_window(QtReport(error="DLL load failed"), (), System.WINDOWS)
    assert "Visual C++" in windows.remedy


def test_fonts() -> None:
    none = QtReport({"families": 0})
    assert find_fonts(none, System.APT).level is Level.MISSING
    assert find_fonts(none, System.APT).remedy == "sudo apt install fonts-dejavu-core"
    jumping = QtReport({**WELL.facts, "is_fixed_pitch": False})
    assert find_fonts(jumping, System.DNF).level is Level.ADVICE


def test_display() -> None:
    x11 = {"DISPLAY": ":0"}
    if sys.platform.startswith("linux"):
        assert find_display({}).level is Level.MISSING
        lacking = find_display(x11, missing=lambda *_: CURSOR)
        assert (lacking.level, "libxcb-cursor.so.0" in lacking.detail) == (Level.MISSING, True)
        dead = find_display(x11, missing=lambda *_: (), answers=lambda _display: False)
        assert (dead.level, ":0 does not answer" in dead.detail) == (Level.MISSING, True)
    alive = find_display(x11, missing=lambda *_: (), answers=lambda _display: True)
    assert alive.level is Level.OK


def test_versions_are_told() -> None:
    found = {one.topic: one for one in find_versions()}
    assert found["av"].level is Level.OK
    assert found["Python"].detail == ".".join(str(part) for part in sys.version_info[:3])


def a_module(folder: Path, monkeypatch: pytest.MonkeyPatch, source: str) -> dict[str, str]:
    (folder / "health_stand_in.py").write_text(source, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(folder))
    return {"PYTHONPATH": str(folder)}


def test_qt_is_asked_in_a_process_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = "import json, os; print(json.dumps({'platform': os.environ.get('QT_QPA_PLATFORM')}))"
    environ = a_module(tmp_path, monkeypatch, source)
    assert ask_qt("health_stand_in", environ, on_screen=False).text("platform") == "offscreen"
    assert ask_qt("health_stand_in", environ, on_screen=True).facts == {"platform": None}


def test_qt_that_ends_the_process_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    environ = a_module(tmp_path, monkeypatch, "import os; os.abort()")
    assert ask_qt("health_stand_in", environ, on_screen=False).error != ""
    environ = a_module(tmp_path, monkeypatch, "raise ImportError('libEGL.so.1: cannot open')")
    assert "libEGL.so.1" in ask_qt("health_stand_in", environ, on_screen=False).error


@pytest.mark.parametrize(("level", "code"), [(Level.ADVICE, 0), (Level.MISSING, 1)])
def test_exit_code_tells_whether_anything_is_missing(
    annotator: CommandLine, monkeypatch: pytest.MonkeyPatch, level: Level, code: int
) -> None:
    findings = (Finding("Fonts", Level.OK, "many"), Finding("Sound", level, "none", "do this"))
    monkeypatch.setattr(doctor_module, "_findings", lambda _window: findings)
    said = annotator("doctor")
    assert said.code == code
    assert "→ do this" in said.out
    record = json.loads(annotator("doctor", "--json").out)
    assert record["ready"] is (code == 0)
    assert record["findings"][1]["level"] == level.value


def test_the_real_machine_is_looked_at(annotator: CommandLine) -> None:
    said = annotator("doctor", "--json")
    record = json.loads(said.out)
    topics = [one["topic"] for one in record["findings"]]
    assert topics[:6] == ["Screen", "Window", "Sound", "Codecs", "Fonts", "Picture work"]
    assert said.code == (0 if record["ready"] else 1)
    codecs = next(one for one in record["findings"] if one["topic"] == "Codecs")
    assert codecs["level"] == "ok"
