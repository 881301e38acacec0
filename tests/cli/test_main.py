"""The program's doors, each through a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

WITHOUT_SCREEN = {
    name: value
    for name, value in os.environ.items()
    if name not in {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
}


def started(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *words],
        env=WITHOUT_SCREEN,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_exit_code_reaches_the_shell(session_file: Path) -> None:
    fine = started("-m", "annotator", "check", str(session_file))
    assert (fine.returncode, fine.stderr) == (0, "")
    gone = started("-m", "annotator", "check", str(session_file.with_name("gone.json")))
    assert gone.returncode == 2
    assert "Traceback" not in gone.stderr


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="has a screen always")
@pytest.mark.parametrize("words", [(), ("talk.session.json",)])
def test_window_without_a_screen_says_so_in_plain_words(
    session_file: Path, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(session_file.parent)
    root = Path(__file__).parents[2]
    path = f"import sys; sys.path.insert(0, {str(root)!r})"
    code = path + "; from annotator.__main__ import {0}; {0}()"
    for door in ("main", "main_window"):
        done = started("-c", code.replace("{0}", door), *words)
        assert done.returncode == 2
        assert done.stderr.splitlines()[0] == "There is no screen here to open a window on."
        assert "Traceback" not in done.stderr


def test_a_note_in_any_script_is_written_as_utf_8(session_file: Path) -> None:
    note = ("--note", "тихо 静か")
    words = ("tag", str(session_file), "--code", "reflection", "--start", "1", "--coder", "A")
    assert started("-m", "annotator", *words, *note).returncode == 0
    listed = started("-m", "annotator", "tags", str(session_file), "--csv")
    assert note[1] in listed.stdout
