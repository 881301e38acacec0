"""The command line as a whole: help, files to open, and how it ends when something fails."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from annotator import __version__
from annotator.cli import app
from annotator.cli.app import command_names
from tests.support.commands import CommandLine


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app, "require_window", lambda _environ: None)


def test_help_lists_each_command(annotator: CommandLine) -> None:
    said = annotator("--help")
    assert said.code == 0
    assert all(f"\n  {name} " in said.out for name in command_names())


@pytest.mark.parametrize("name", command_names())
def test_help_of_a_command_tells_its_exit_codes(annotator: CommandLine, name: str) -> None:
    said = annotator(name, "--help")
    assert said.code == 0
    assert f"Usage: annotator {name}" in said.out
    assert "Exit code 0" in said.out
    assert all(len(line) <= 92 for line in said.out.splitlines())


@pytest.mark.usefixtures("screen")
def test_a_file_is_opened_in_the_window(annotator: CommandLine, tmp_path: Path) -> None:
    film = tmp_path / "talk.mp4"
    film.write_bytes(b"film")
    assert annotator(film).code == 0
    assert annotator.window.opened == [film]


@pytest.mark.usefixtures("screen")
def test_without_arguments_the_welcome_page_opens(annotator: CommandLine) -> None:
    assert annotator().code == 0
    assert annotator.window.opened == [None]


def test_version(annotator: CommandLine) -> None:
    said = annotator("--version")
    assert said.code == 0
    assert said.out == f"annotator {__version__}\n"


def quickest(*words: str) -> float:
    """Time a run of Python, in seconds; the best of several tells least of other programs."""
    best = 60.0
    for _ in range(5):
        begin = time.perf_counter()
        subprocess.run([sys.executable, *words], check=True, capture_output=True)
        best = min(best, time.perf_counter() - begin)
    return best


def test_help_comes_at_once() -> None:
    bare = quickest("-c", "pass")
    assert quickest("-m", "annotator", "--help") - bare < 0.3


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys; from annotator.__main__ import main; sys.argv = ['annotator', '--help']\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "heavy = {'PyQt6', 'numpy', 'av', 'cv2', 'pydub', 'rich', 'jsonschema'}\n"
        "sys.stderr.write(' '.join(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("Usage: annotator")
    assert done.stderr == ""
