"""Conversion as a job: progress, cancelling, many sessions in a file, trouble with the disk."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from annotator.jobs.converting import Task, convert, keep_report, read_any, safe_name
from annotator.jobs.foreign_films import with_films
from annotator.jobs.progress import CancelledError, Silent
from annotator.model.time import Interval, Micros
from annotator.storage.interchange.exchange import form_named
from annotator.storage.interchange.interface import Wishes
from annotator.storage.interchange.report import ForeignFileError, Notes
from tests.support.disks import Disk, full
from tests.support.foreign import FILM, NOW, rich_session, session_of, write


@dataclass
class Watcher:
    """Cancels once it has been told that."""

    until: str = "never"
    told: list[str] = field(default_factory=list)

    def progress(self, fraction: float, text: str) -> None:
        assert 0 <= fraction <= 1
        assert text
        self.told.append(text)

    def cancelled(self) -> bool:
        return self.until in self.told


def wishes() -> Wishes:
    return Wishes(now=NOW)


def eafs(folder: Path, count: int) -> tuple[Path, ...]:
    data = write(rich_session(), "talk.eaf").data
    paths = tuple(folder / f"{number}.eaf" for number in range(count))
    for path in paths:
        path.write_bytes(data)
    return paths


def test_progress_goes_on_through_all_files(tmp_path: Path) -> None:
    watcher = Watcher()
    task = Task(eafs(tmp_path, 3), tmp_path / "out", into_folder=True, form=None)
    outcomes = list(convert(task, wishes(), watcher))
    assert [len(one.targets) for one in outcomes] == [2, 2, 2]
    assert len(watcher.told) >= 6


def test_what_was_finished_before_a_cancel_is_whole(tmp_path: Path) -> None:
    task = Task(eafs(tmp_path, 9), tmp_path / "out", into_folder=True, form=None)
    done = []
    with pytest.raises(CancelledError):
        done.extend(convert(task, wishes(), Watcher("Reading 2.eaf")))
    made = list((tmp_path / "out").iterdir())
    assert 0 < len(made) < 18
    for path in made:
        if path.name.endswith(".session.json"):
            assert read_any(path, wishes()).sessions[0].passes
    assert not [path for path in made if path.suffix == ".tmp"]


def test_several_sessions_go_into_one_file_that_can_hold_them(tmp_path: Path) -> None:
    form = form_named("boris")
    sources = eafs(tmp_path, 3)
    task = Task(sources, tmp_path / "study.boris", into_folder=False, form=form)
    (outcome,) = convert(task, wishes(), Silent())
    assert outcome.targets == (tmp_path / "study.boris",), outcome
    found = read_any(tmp_path / "study.boris", wishes())
    assert len(found.sessions) == 3


def test_a_file_of_several_sessions_wants_a_folder_or_a_choice(tmp_path: Path) -> None:
    form = form_named("boris")
    study = tmp_path / "study.boris"
    list(convert(Task(eafs(tmp_path, 2), study, into_folder=False, form=form), wishes(), Silent()))
    alone = Task((study,), tmp_path / "one.session.json", into_folder=False, form=None)
    (outcome,) = convert(alone, wishes(), Silent())
    assert "holds 2 sessions" in outcome.failure
    wanted = replace(wishes(), only=read_any(study, wishes()).sessions[1].title)
    (outcome,) = convert(alone, wanted, Silent())
    assert not outcome.failure


def test_a_full_disk_leaves_no_half_file_and_the_truth_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (source,) = eafs(tmp_path, 1)
    failed = 0
    for call in range(40):
        out = tmp_path / f"out{call}"
        out.mkdir()
        task = Task((source,), out / "talk.session.json", into_folder=False, form=None)
        disk = Disk(monkeypatch)
        disk.fail_at(call, full())
        (outcome,) = convert(task, wishes(), Silent())
        disk.heal()
        made = {path.name for path in out.iterdir() if path.suffix != ".lock"}  # empty, or none
        assert not [name for name in made if name.endswith(".tmp")]
        if outcome.failure:
            failed += 1
            assert made <= {"talk.session.json"}
            assert bool(made) == ("was written, but" in outcome.failure)
        else:
            assert made == {"talk.session.json", "talk.import-report.txt"}
    assert 3 < failed < 40


def test_reports_are_never_written_over(tmp_path: Path) -> None:
    session = tmp_path / "talk.session.json"
    assert keep_report(session, "one").name == "talk.import-report.txt"
    assert keep_report(session, "two").name == "talk-2.import-report.txt"
    assert (tmp_path / "talk.import-report.txt").read_text(encoding="utf-8") == "one"


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("a/b\\c:d", "a_b_c_d"),
        ("..", "session"),
        ("", "session"),
        ("  沉默.  ", "沉默"),
        ("../../etc/passwd", "_.._etc_passwd"),
        ("x" * 300, "x" * 100),
        ("a\nb\0c", "a_b_c"),
    ],
)
def test_titles_become_names_that_every_system_can_hold(title: str, name: str) -> None:
    assert safe_name(title) == name


@pytest.mark.parametrize(
    "path", ["http://127.0.0.1/x.mp4", "concat:a|b", "\0", "../gone.mp4", "C:\\films\\gone.mp4"]
)
def test_films_that_are_no_files_here_are_only_noted(tmp_path: Path, path: str) -> None:
    session = session_of(recordings=(replace(FILM, path=path, fingerprint=""),))
    notes = Notes()
    made = with_films(session, tmp_path, tmp_path, notes, Silent())
    assert made.recordings[0].fingerprint == ""
    assert len(notes.report(0, 0).remarks) == 1


def test_a_film_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "talk.mp4").write_bytes(b"no film at all")
    session = session_of(recordings=(replace(FILM, fingerprint=""),))
    notes = Notes()
    made = with_films(session, tmp_path, tmp_path, notes, Silent())
    assert made.recordings[0].duration == FILM.duration
    assert "could not be read" in notes.report(0, 0).remarks[0].message


def test_the_region_of_a_file_is_kept_where_it_is_not_the_whole(tmp_path: Path) -> None:
    part = Interval(Micros(1_000_000), Micros(2_000_000))
    made = with_films(session_of(region=part), tmp_path, tmp_path, Notes(), Silent())
    assert made.region == part


def test_what_is_no_format_at_all_is_said(tmp_path: Path) -> None:
    path = tmp_path / "photo.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    with pytest.raises(ForeignFileError, match="no format that can be imported"):
        read_any(path, wishes())
