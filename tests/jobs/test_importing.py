"""Foreign files told apart, taken over, and made into session files."""

from __future__ import annotations

from itertools import count
from pathlib import Path

import pytest

from annotator.editing.importing import ImportChoices
from annotator.errors import EditError, StorageError
from annotator.jobs import importing as jobs
from annotator.jobs.progress import CancelledError, Silent
from annotator.model.session import Session
from annotator.storage.codec import decode_session
from annotator.storage.interchange.columns import Column, TableColumns
from annotator.storage.interchange.interface import Wishes
from annotator.storage.mappings import save_mapping
from annotator.storage.sample import copy_sample
from tests.support.exchanging import GRID, TABLE, written
from tests.support.foreign import NOW, rich_session, write

BY = ("A", NOW)


def read(path: Path) -> jobs.Read:
    looked = jobs.look_at(path, Wishes(now=NOW))
    assert looked.read is not None, looked.trouble
    return looked.read


def counted() -> jobs.NewId:
    numbers = count(1)
    return lambda: f"new{next(numbers)}"


def week(folder: Path) -> Path:
    rows = TABLE.splitlines()
    sessions = ("Session", "mon/day", "tuesday", "tuesday")
    lines = [f"{row},{name}" for row, name in zip(rows, sessions, strict=False)]
    return written(folder, "week.csv", "\n".join(lines))


def test_foreign_files_are_told_from_ours_and_from_films(tmp_path: Path) -> None:
    sample = copy_sample(tmp_path / "s")
    renamed = tmp_path / "renamed.json"
    renamed.write_bytes(sample.read_bytes())
    holding_ours = tmp_path / "talk.eaf"
    holding_ours.write_bytes(write(rich_session(), "talk.eaf").data)
    film = next(sample.parent.glob("*.mp4"))
    assert not jobs.is_foreign(sample)
    assert not jobs.is_foreign(renamed)
    assert not jobs.is_foreign(film)
    assert not jobs.is_foreign(tmp_path)
    assert not jobs.is_foreign(tmp_path / "gone.csv")
    assert jobs.is_foreign(holding_ours)
    assert jobs.is_foreign(written(tmp_path, "rated.csv", TABLE))


def test_kinds_of_files_have_titles_and_endings() -> None:
    kinds = jobs.kinds_of_files()
    assert ("ELAN", (".eaf",)) in kinds
    assert all(title and suffixes for title, suffixes in kinds)


def test_what_was_read_of_tiers_and_tables_can_be_corrected(tmp_path: Path) -> None:
    grid = jobs.look_at(written(tmp_path, "a.TextGrid", GRID), Wishes(now=NOW))
    table = jobs.look_at(written(tmp_path, "a.csv", TABLE), Wishes(now=NOW))
    assert [one.name for one in grid.tiers] == ["codes", "words"]
    assert table.table is not None
    assert table.table.columns.columns["Onset"] is Column.START
    assert (grid.form_id, table.form_id) == ("praat", "csv")


def test_a_kept_choice_of_columns_is_taken_for_a_table_of_these_headings(tmp_path: Path) -> None:
    path = written(tmp_path, "a.csv", TABLE)
    first = jobs.look_at(path, Wishes(now=NOW))
    assert first.table is not None
    columns = {**first.table.columns.columns, "Comment": Column.LEAVE}
    save_mapping("no comments", TableColumns(columns))
    again = jobs.look_at(path, Wishes(now=NOW))
    assert again.kept == "no comments"
    assert again.read is not None
    notes = [tag.note for one in again.read.sessions[0].passes for tag in one.tags]
    assert set(notes) == {""}
    told = jobs.look_at(path, Wishes(now=NOW, columns=first.table.columns))
    assert told.kept == ""


def test_a_file_that_cannot_be_read_is_told_with_its_format(tmp_path: Path) -> None:
    broken = jobs.look_at(written(tmp_path, "a.eaf", "<ANNOTATION_DOCUMENT>"), Wishes(now=NOW))
    assert broken.read is None
    assert broken.form_id == "elan"
    assert broken.trouble
    with pytest.raises(StorageError):
        jobs.look_at(tmp_path / "gone.eaf", Wishes(now=NOW))


def test_what_is_taken_over_and_left_is_in_the_report(tmp_path: Path) -> None:
    path = tmp_path / "talk.eaf"
    path.write_bytes(write(rich_session(), path.name).data)
    what = read(path)
    found = what.sessions[0]
    session = decode_session(copy_sample(tmp_path / "s").read_bytes())
    one = next(each for each in found.passes if each.coder == "B")
    choices = ImportChoices(frozenset({one.id}), transcripts=False)
    taken = jobs.plan_taking(session, (what, found, choices), counted())
    assert taken.after == taken.plan.edit.apply(session)
    messages = {each.message: each.places for each in taken.noted.remarks}
    assert messages["a coding pass was not chosen"] == ("A, 5 tags",)
    assert messages["what was said was not chosen"] == ("2 cues",)
    assert what.imported is not None
    whole = what.imported.report
    left = len(found.passes[0].tags) + len(found.passes[0].ratings) + 2
    assert taken.noted.counted_out == whole.counted_out - left
    text = jobs.text_of_report((what, found, taken.noted), NOW)
    assert "a coding pass was not chosen" in text
    nothing = ImportChoices(frozenset(), transcripts=False)
    with pytest.raises(EditError):
        jobs.plan_taking(session, (what, found, nothing), counted())


def test_films_are_looked_for_where_the_session_has_none(tmp_path: Path) -> None:
    sample = copy_sample(tmp_path / "s")
    coded = decode_session(sample.read_bytes())
    path = sample.parent / "talk.eaf"
    path.write_bytes(write(coded, path.name).data)
    what = read(path)
    bare = Session("bare", "Bare", coded.codebook, coded.region)
    home = tmp_path / "elsewhere"
    home.mkdir()
    chosen = (what, what.sessions[0], ImportChoices())
    taken = jobs.plan_taking(bare, chosen, counted(), (home, Silent()))
    (film,) = taken.after.recordings
    assert film.path == f"../s/{next(sample.parent.glob('*.mp4')).name}"
    assert film.video is not None


def test_a_new_session_has_its_report_beside_it(tmp_path: Path) -> None:
    what = read(written(tmp_path, "rated.csv", TABLE))
    place = tmp_path / "new.session.json"
    (made,) = jobs.make_sessions(what, what.sessions, place, BY, Silent())
    assert made.report == tmp_path / "new.import-report.txt"
    again = decode_session(place.read_bytes())
    assert [len(one.tags) for one in again.passes] == [3, 1]
    assert "Taken over:   4" in made.report.read_text(encoding="utf-8")
    with pytest.raises(StorageError, match="already something called"):
        jobs.make_sessions(what, what.sessions, place, BY, Silent())


def test_several_sessions_go_into_a_folder_by_their_titles(tmp_path: Path) -> None:
    what = read(week(tmp_path))
    folder = tmp_path / "made"
    folder.mkdir()
    made = jobs.make_sessions(what, what.sessions, folder, BY, Silent())
    assert [one.path.name for one in made] == ["mon_day.session.json", "tuesday.session.json"]
    assert made[0].report is not None
    text = made[0].report.read_text(encoding="utf-8")
    assert "another session" not in text
    assert "mon/day: 1 tag by K" in text


def test_nothing_is_made_where_one_of_the_places_is_taken(tmp_path: Path) -> None:
    what = read(week(tmp_path))
    folder = tmp_path / "made"
    folder.mkdir()
    written(folder, "tuesday.session.json", "what was there")
    with pytest.raises(StorageError, match=r"tuesday\.session\.json"):
        jobs.make_sessions(what, what.sessions, folder, BY, Silent())
    assert [one.name for one in folder.iterdir()] == ["tuesday.session.json"]


def test_who_stops_is_told_what_was_made_by_then(tmp_path: Path) -> None:
    what = read(week(tmp_path))
    folder = tmp_path / "made"
    folder.mkdir()

    class Stopping:
        def progress(self, _fraction: float, _text: str) -> None:
            """Take no notice."""

        def cancelled(self) -> bool:
            return bool(list(folder.glob("*.json")))

    films = [jobs.replace(one, recordings=rich_session().recordings) for one in what.sessions]
    with pytest.raises(StorageError, match=r"^1 of 2 sessions were made"):
        jobs.make_sessions(what, films, folder, BY, Stopping())
    with pytest.raises(CancelledError):
        jobs.make_sessions(what, films[1:], tmp_path / "x.session.json", BY, Stopping())


def test_a_session_is_made_though_its_report_cannot_be_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_beside: Path, _text: str) -> Path:
        raise StorageError("The disk is full.")

    monkeypatch.setattr(jobs, "keep_report", refuse)
    what = read(written(tmp_path, "rated.csv", TABLE))
    (made,) = jobs.make_sessions(what, what.sessions, tmp_path / "n.session.json", BY, Silent())
    assert made.path.is_file()
    assert (made.report, made.trouble) == (None, "The disk is full.")


def test_the_newest_report_beside_a_session_is_found(tmp_path: Path) -> None:
    what = read(written(tmp_path, "rated.csv", TABLE))
    place = tmp_path / "new.session.json"
    jobs.make_sessions(what, what.sessions, place, BY, Silent())
    assert what.imported is not None
    name = jobs.report_beside(place, (what, what.sessions[0], what.imported.report), NOW)
    assert name == "new-2.import-report.txt"
    found, text = jobs.latest_report(place)
    assert found in {"new.import-report.txt", "new-2.import-report.txt"}
    assert "rated.csv" in text
    with pytest.raises(StorageError, match="No import report"):
        jobs.latest_report(tmp_path / "other.session.json")


def test_our_own_session_has_passes_and_no_report(tmp_path: Path) -> None:
    sample = copy_sample(tmp_path / "s")
    looked = jobs.look_at(sample, Wishes(now=NOW))
    assert looked.read is not None
    assert looked.form_id == "annotator"
    session = looked.read.sessions[0]
    place = tmp_path / "taken.session.json"
    noted = jobs.plan_taking(session, (looked.read, session, ImportChoices()), counted()).noted
    assert jobs.report_beside(place, (looked.read, session, noted), NOW) == ""
    assert list(tmp_path.glob("*.import-report.txt")) == []
