"""What killed runs leave in a folder for exports is swept once they are surely dead."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from annotator.errors import StorageError
from annotator.media.clips.part_file import part_beside
from annotator.storage.leftovers import staging_folder, sweep_leftovers
from annotator.storage.lock import Lock, acquire
from tests.support.disks import an_open_folder, an_ordinary_person

DAY = 24 * 3600
LOOSE = (
    ".clip-0123456789abcdef.part",
    ".annotator-0a1b2c3d.part",
    ".annotator-0a1b2c3d-00ff00ff.tmp",
)
OTHERS = (
    "clip.mp4",
    ".clip-notes.part",
    ".clip-0123456789ABCDEF.part",
    ".clip-0123456789abcdef.part.txt",
    ".annotator-notes.part",
    ".annotator-clips-holiday2026",
    "x.annotator-0a1b2c3d.part",
    ".bashrc",
)
_DIES = """
import os, signal, sys
from pathlib import Path
from annotator.storage.leftovers import staging_folder
with staging_folder(Path(sys.argv[1])) as made:
    (made / "clip.mp4").write_bytes(b"half")
    os.kill(os.getpid(), signal.SIGKILL)
"""


def left_in(folder: Path) -> set[str]:
    return {one.name for one in folder.iterdir()}


def aged(path: Path, seconds: float) -> Path:
    when = time.time() - seconds
    os.utime(path, (when, when), follow_symlinks=False)
    return path


def killed_in(folder: Path) -> None:
    """Let a run die while it makes clips."""
    died = subprocess.run([sys.executable, "-c", _DIES, folder], check=False)
    assert died.returncode == -9


def test_a_staging_folder_is_gone_afterwards(tmp_path: Path) -> None:
    with staging_folder(tmp_path / "new" / "out") as made:
        (made / "clip.mp4").write_bytes(b"half")
        assert made.parent == tmp_path / "new" / "out"
        assert made.name.startswith(".")
    assert left_in(tmp_path / "new" / "out") == set()
    with pytest.raises(KeyError), staging_folder(tmp_path):
        raise KeyError
    assert left_in(tmp_path) == {"new"}


@pytest.mark.skipif(sys.platform == "win32", reason="nobody is killed like that there")
def test_what_a_killed_run_left_is_swept_by_the_next_one(tmp_path: Path) -> None:
    killed_in(tmp_path)
    (left,) = tmp_path.iterdir()
    assert (left / "clip.mp4").exists()
    with staging_folder(tmp_path) as made:
        assert left_in(tmp_path) == {made.name}
    assert left_in(tmp_path) == set()


def test_what_a_living_run_makes_is_let_be_however_old_it_looks(tmp_path: Path) -> None:
    with staging_folder(tmp_path) as made:
        for one in (*made.iterdir(), made):
            aged(one, 3 * DAY)
        with staging_folder(tmp_path) as second:
            assert left_in(tmp_path) == {made.name, second.name}
        assert left_in(tmp_path) == {made.name}


def test_a_folder_that_is_not_locked_yet_is_let_be_for_a_day(tmp_path: Path) -> None:
    made = tmp_path / ".annotator-clips-abcd_123"
    made.mkdir()
    sweep_leftovers(tmp_path)
    assert left_in(tmp_path) == {made.name}
    sweep_leftovers(tmp_path, time.time() + 2 * DAY)
    assert left_in(tmp_path) == set()


def test_the_folder_of_another_computer_goes_after_a_week(tmp_path: Path) -> None:
    made = tmp_path / ".annotator-clips-abcd_123"
    made.mkdir()
    lock = acquire(made / "owner.lock", "")
    told = (made / "owner.lock").read_text(encoding="utf-8")
    assert isinstance(lock, Lock)
    lock.release()
    host = told.replace('"host": "', '"host": "another-')
    (made / "owner.lock").write_text(host, encoding="utf-8")
    sweep_leftovers(tmp_path, time.time() + 5 * DAY)
    assert left_in(tmp_path) == {made.name}
    sweep_leftovers(tmp_path, time.time() + 8 * DAY)
    assert left_in(tmp_path) == set()


def test_single_files_go_after_a_day(tmp_path: Path) -> None:
    for name in LOOSE:
        (tmp_path / name).write_text("half")
        aged(tmp_path / name, DAY / 2)
    sweep_leftovers(tmp_path)
    assert left_in(tmp_path) == set(LOOSE)
    sweep_leftovers(tmp_path, time.time() + DAY)
    assert left_in(tmp_path) == set()


def test_a_clip_in_the_making_is_named_so_that_it_is_swept(tmp_path: Path) -> None:
    with part_beside(tmp_path / "clip.mp4") as part:
        part.write_bytes(b"half")
        sweep_leftovers(tmp_path, time.time() + 2 * DAY)
        assert left_in(tmp_path) == set()
        part.write_bytes(b"whole")
    assert left_in(tmp_path) == {"clip.mp4"}


def test_a_pack_that_is_half_written_goes_whole(tmp_path: Path) -> None:
    pack = tmp_path / ".annotator-0a1b2c3d.part"
    (pack / "clips").mkdir(parents=True)
    (pack / "clips" / "one.mp4").write_bytes(b"half")
    sweep_leftovers(tmp_path, time.time() + 2 * DAY)
    assert left_in(tmp_path) == set()


def test_files_of_others_stay_for_ever(tmp_path: Path) -> None:
    for name in OTHERS:
        (tmp_path / name).write_text("a letter")
    inner = tmp_path / "inner"
    inner.mkdir()
    (inner / LOOSE[0]).write_text("half")
    sweep_leftovers(tmp_path, time.time() + 400 * DAY)
    assert left_in(tmp_path) == {*OTHERS, "inner"}
    assert left_in(inner) == {LOOSE[0]}


def test_what_a_link_leads_to_stays(tmp_path: Path) -> None:
    letters = tmp_path / "letters"
    letters.mkdir()
    (letters / "one.txt").write_text("a letter")
    out = tmp_path / "out"
    out.mkdir()
    (out / ".annotator-clips-abcd_123").symlink_to(letters)
    (out / LOOSE[1]).symlink_to(letters)
    sweep_leftovers(out, time.time() + 400 * DAY)
    assert left_in(letters) == {"one.txt"}


def test_a_folder_that_may_not_be_read_or_is_not_there_is_no_trouble(tmp_path: Path) -> None:
    sweep_leftovers(tmp_path / "none")
    with an_open_folder() as folder:
        (folder / LOOSE[0]).write_text("half")
        folder.chmod(0o555)
        with an_ordinary_person():
            sweep_leftovers(folder, time.time() + 2 * DAY)
            with pytest.raises(StorageError), staging_folder(folder):
                pass
        assert left_in(folder) == {LOOSE[0]}
