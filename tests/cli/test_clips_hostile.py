"""Film names, sessions and folders as an enemy would call them, and films that are none."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from shutil import copy

import pytest

from annotator.storage.export_log import read_log
from tests.support.clip_sessions import clip_session
from tests.support.clip_truth import clips_in, require_truth
from tests.support.commands import CommandLine
from tests.support.cut_clips import contents, write_noise_film
from tests.support.timing_clips import ClipKind, TimingClip

HOSTILE = (
    "-y",
    "--help",
    'it\'s “so” "so"',
    "$(touch gone)",
    "`touch gone`;touch gone|touch gone&",
    "two\nlines\r",
    "שלום \u202egnp.exe\u202c عالم",
    "a" * 120 + "é" * 40,
    "http:x",
    "file:x",
    "a:b",
    "%d %s {} {session} \\n",
    "back\\slash",
    " .. ",
    "\x1b[31mred\x07",
    "concat:a|b",
    "*?[a-z]",
)
WORDS = ("--code", "reflection", "--purpose", "team")


@pytest.fixture
def film(clip_of: Callable[[ClipKind], TimingClip]) -> TimingClip:
    return clip_of(ClipKind.FPS_25)


@pytest.mark.parametrize("name", HOSTILE)
def test_any_film_session_and_folder_name_is_only_a_name(
    annotator: CommandLine,
    film: TimingClip,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
) -> None:
    home = tmp_path / name
    home.mkdir()
    copy(film.path, home / f"{name}.mp4")
    session = home / f"{name}.session.json"
    clip_session(session, [(home / f"{name}.mp4", 0)])
    monkeypatch.chdir(home)
    out = home / f"{name} out"
    said = annotator("clips", *WORDS, "-o", out, "--names", "{session}-{start}", "--", session)
    assert said.code == 0, said.err
    (clip,) = clips_in(out)
    assert contents(clip).numbers == film.numbers[25:35]
    require_truth(out, session, [])
    assert {one.name for one in tmp_path.iterdir()} == {name}
    assert not list(home.rglob("gone*"))
    assert "\x1b[31m" not in said.out + said.err


@pytest.mark.parametrize("name", ["-y.mp4", "--help.mp4", "$(touch gone).mp4", "two\nlines.mp4"])
def test_any_name_of_a_masked_film_is_only_a_name(
    annotator: CommandLine,
    film: TimingClip,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
) -> None:
    copy(film.path, tmp_path / name)
    monkeypatch.chdir(tmp_path)
    out = Path(f"x{name}")
    said = annotator("mask", "-o", out, "--mask", "picture", "--end", "0.4", "--", name)
    assert said.code == 0, said.err
    assert contents(tmp_path / out).packets == 10
    assert {one.name for one in tmp_path.iterdir()} == {name, out.name}


def test_names_of_three_hundred_letters_are_said(
    annotator: CommandLine, film: TimingClip, tmp_path: Path
) -> None:
    copy(film.path, tmp_path / "talk.mp4")
    session = tmp_path / "talk.session.json"
    clip_session(session, [(tmp_path / "talk.mp4", 0)])
    before = {one.name for one in tmp_path.iterdir()}
    said = annotator("clips", session, *WORDS, "-o", tmp_path / ("a" * 300))
    assert said.code == 2
    assert "too long" in said.err or "could not be written" in said.err
    long = tmp_path / ("a" * 300 + ".mp4")
    said = annotator("mask", tmp_path / "talk.mp4", "-o", long, "--mask", "picture")
    assert said.code == 2
    assert "too long" in said.err or "could not be written" in said.err
    said = annotator("mask", long, "-o", tmp_path / "x.mp4", "--mask", "picture")
    assert said.code == 2
    assert "Traceback" not in said.err
    said = annotator("clips", session, *WORDS, "-o", tmp_path / "out", "--names", "é" * 300)
    assert said.code == 0, said.err
    (clip,) = clips_in(tmp_path / "out")
    assert len(clip.name.encode()) <= 200
    left = {one.name for one in tmp_path.iterdir() if ".exports." not in one.name}
    assert left == {*before, "out"}


PLAYLISTS = {
    "a relative list": "ffconcat version 1.0\nfile secret.mp4\n",
    "an absolute list": "ffconcat version 1.0\nfile {folder}/secret.mp4\n",
    "a list of segments": (
        "#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nsecret.mp4\n"
        "#EXT-X-ENDLIST\n"
    ),
    "a list that calls out": (
        "#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nhttp://127.0.0.1:9/x.ts\n"
    ),
    "a session description": "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\n"
    "t=0 0\nm=video 9 RTP/AVP 96\na=rtpmap:96 H264/90000\n",
    "a manifest": '<?xml version="1.0"?><MPD type="static"><Period><AdaptationSet>'
    "<Representation><BaseURL>secret.mp4</BaseURL></Representation></AdaptationSet></Period></MPD>",
}


@pytest.mark.parametrize("text", PLAYLISTS.values(), ids=PLAYLISTS.keys())
@pytest.mark.parametrize("ending", ["mp4", "mkv", "wav"])
def test_a_list_of_other_films_is_never_followed(
    annotator: CommandLine, film: TimingClip, tmp_path: Path, text: str, ending: str
) -> None:
    secret, open_film = tmp_path / "secret.mp4", tmp_path / f"talk.{ending}"
    copy(film.path, secret)
    copy(film.path, open_film)
    session = tmp_path / "talk.session.json"
    clip_session(session, [(open_film, 0)])
    open_film.write_text(text.format(folder=tmp_path), encoding="utf-8")
    for form in ("mp4", "wav", "gif", "png"):
        said = annotator("clips", session, *WORDS, "-o", tmp_path / "out", "--format", form)
        assert said.code == 2
        assert open_film.name in said.err
    said = annotator("mask", open_film, "-o", tmp_path / "masked.mp4", "--mask", "picture")
    assert said.code == 2
    assert not (tmp_path / "masked.mp4").exists()
    assert clips_in(tmp_path / "out") == []
    assert read_log(session).exports == ()


def test_a_second_recording_that_is_a_list_is_refused(
    annotator: CommandLine, film: TimingClip, tmp_path: Path
) -> None:
    films = [tmp_path / "one.mp4", tmp_path / "other.mp4"]
    for one in films:
        copy(film.path, one)
    session = tmp_path / "talk.session.json"
    made = clip_session(session, [(one, 0) for one in films])
    films[1].write_text("ffconcat version 1.0\nfile one.mp4\n", encoding="utf-8")
    ids = [word for one in made.recordings for word in ("--recording", one.id)]
    said = annotator("clips", session, *WORDS, "-o", tmp_path / "out", *ids)
    assert said.code == 2
    assert "other.mp4" in said.err
    assert clips_in(tmp_path / "out") == []


_KILLED = """
import os, signal
from annotator.__main__ import main
from annotator.jobs import clips
from annotator.jobs.processes import run_apart

def run_and_die(errands, watcher):
    for done in run_apart(errands, watcher):
        yield done
        os.kill(os.getpid(), signal.SIGKILL)

if __name__ == "__main__":
    clips.run_apart = run_and_die
    main()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="nobody is killed like that there")
def test_a_program_that_is_killed_leaves_whole_clips_and_the_next_one_sweeps(
    annotator: CommandLine, tmp_path: Path
) -> None:
    film = write_noise_film(tmp_path / "talk.mp4", 3)
    session = tmp_path / "talk.session.json"
    clip_session(session, [(film, 0)])
    script = tmp_path / "killed.py"
    script.write_text(_KILLED, encoding="utf-8")
    (tmp_path / "list.csv").write_text("start,end\n0,0.2\n0,2.9\n", encoding="utf-8")
    words = ["--list", tmp_path / "list.csv", "--purpose", "team", "-o", tmp_path / "out"]
    died = subprocess.run(
        [sys.executable, script, "clips", session, *words], check=False, capture_output=True
    )
    assert died.returncode == -signal.SIGKILL, died.stderr
    out = tmp_path / "out"
    assert len([one for one in out.iterdir() if one.name.startswith(".annotator-clips-")]) == 1
    said = annotator("clips", session, *words)
    assert said.code == 0, said.err
    require_truth(out, session, [])
    assert len(clips_in(out)) in (2, 3)
