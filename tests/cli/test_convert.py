"""`annotator convert`: in, out, many at once; what is lost is told, and nothing is written over."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from shutil import copy

import pytest

from annotator.storage.books import read_book
from annotator.storage.codec import decode_session
from annotator.storage.interchange.columns import Column, TableColumns
from annotator.storage.interchange.exchange import Imported, read_foreign
from annotator.storage.interchange.formats import FORMATS
from annotator.storage.interchange.interface import Wishes
from annotator.storage.interchange.source import Source
from annotator.storage.mappings import save_mapping
from tests.support.commands import CommandLine
from tests.support.disks import an_open_folder, an_ordinary_person
from tests.support.foreign import rich_session, write
from tests.support.timing_clips import ClipKind, TimingClip
from tests.support.workbooks import OTHER_TAGS, TAGS, workbook_of


@pytest.fixture
def eaf(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    path = folder / "talk.eaf"
    path.write_bytes(write(rich_session(), "talk.eaf").data)
    return path


def test_a_foreign_file_becomes_a_session_with_its_report(
    annotator: CommandLine, eaf: Path, tmp_path: Path
) -> None:
    out = tmp_path / "talk.session.json"
    said = annotator("convert", eaf, out, "--coder", "Z")
    assert said.code == 0, said.err
    assert f"Wrote {out}" in said.out
    assert "5 tags by A" in said.out
    session = decode_session(out.read_bytes())
    assert sum(len(one.tags) for one in session.passes) == 7
    report = (tmp_path / "talk.import-report.txt").read_text(encoding="utf-8")
    assert "Read:         talk.eaf (ELAN)" in report
    assert "Not carried:  0" in report
    assert annotator("check", out).code == 0


def test_a_session_becomes_a_foreign_file_and_its_losses_are_told(
    annotator: CommandLine, session_file: Path, tmp_path: Path
) -> None:
    said = annotator("convert", session_file, tmp_path / "talk.eaf")
    assert said.code == 0, said.err
    assert (tmp_path / "talk.eaf").read_bytes().startswith(b"<?xml")
    assert "(not carried)" in said.err


def test_strict_writes_nothing_that_would_lose_anything(
    annotator: CommandLine, session_file: Path, tmp_path: Path
) -> None:
    said = annotator("convert", session_file, tmp_path / "talk.eaf", "--strict")
    assert said.code == 1
    assert "not written" in said.err
    assert not (tmp_path / "talk.eaf").exists()


def test_a_dry_run_writes_nothing_and_tells_all(
    annotator: CommandLine, session_file: Path, tmp_path: Path
) -> None:
    before = sorted(tmp_path.iterdir())
    said = annotator("convert", session_file, tmp_path / "talk.eaf", "--dry-run", "--json")
    assert said.code == 0
    (told,) = json.loads(said.out)
    assert told["written"] == []
    assert any(one["outcome"] == "not carried" for one in told["reports"][0]["remarks"])
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize("given", ["folder", "pattern", "files"])
def test_many_at_once_go_into_a_folder(
    annotator: CommandLine, eaf: Path, tmp_path: Path, given: str
) -> None:
    copy(eaf, eaf.with_name("b.eaf"))
    (eaf.parent / "notes.txt").write_text("not for us", encoding="utf-8")
    what = {
        "folder": [eaf.parent],
        "pattern": [eaf.parent / "*.eaf"],
        "files": [eaf, eaf.with_name("b.eaf")],
    }[given]
    said = annotator("convert", *what, tmp_path / "out")
    assert said.code == 0, said.err
    made = sorted(one.name for one in (tmp_path / "out").glob("*.session.json"))
    assert len(made) == 2


def test_one_that_fails_does_not_keep_the_others_back(
    annotator: CommandLine, eaf: Path, tmp_path: Path
) -> None:
    bad = eaf.with_name("a.eaf")
    bad.write_bytes(b"<ANNOTATION_DOCUMENT><TIER>")
    said = annotator("convert", eaf.parent, tmp_path / "out")
    assert said.code == 2
    assert "a.eaf: “a.eaf” is broken" in said.err
    assert len(list((tmp_path / "out").glob("*.session.json"))) == 1


def test_nothing_is_written_over(annotator: CommandLine, eaf: Path, tmp_path: Path) -> None:
    out = tmp_path / "talk.session.json"
    out.write_text("mine", encoding="utf-8")
    said = annotator("convert", eaf, out)
    assert said.code == 2
    assert "There is already something called" in said.err
    assert out.read_text(encoding="utf-8") == "mine"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["in", "talk.session.json"]


def test_a_film_beside_the_file_is_found_and_read(
    annotator: CommandLine, eaf: Path, tmp_path: Path, clip_of: Callable[[ClipKind], TimingClip]
) -> None:
    film = clip_of(ClipKind.FPS_25)
    copy(film.path, eaf.with_name("talk.mp4"))
    out = tmp_path / "talk.session.json"
    assert annotator("convert", eaf, out).code == 0
    (recording,) = decode_session(out.read_bytes()).recordings
    assert recording.path == "in/talk.mp4"
    assert recording.fingerprint
    assert recording.video is not None


def test_a_film_that_is_not_there_is_told_and_kept(
    annotator: CommandLine, eaf: Path, tmp_path: Path
) -> None:
    said = annotator("convert", eaf, tmp_path / "talk.session.json")
    assert "a film was not found" in said.err
    (recording,) = decode_session((tmp_path / "talk.session.json").read_bytes()).recordings
    assert recording.path == "in/talk.mp4"


def test_a_template_becomes_a_codebook(
    annotator: CommandLine, session_file: Path, tmp_path: Path
) -> None:
    template = tmp_path / "study.etf"
    assert annotator("convert", session_file, template).code == 0
    book = tmp_path / "study.codebook.json"
    said = annotator("convert", template, book)
    assert said.code == 0, said.err
    assert {"reflection", "silence"} <= {code.id for code in read_book(book).book.codes}


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["only.eaf"], "Name at least one file"),
        (["gone.eaf", "x.session.json"], "gone.eaf"),
        (["--tier", "a", "x.eaf", "y.session.json"], "--tier as NAME=USE"),
        (["--from", "nonsense", "x.eaf", "y.session.json"], "no format “nonsense”"),
        (["x.eaf", "y.docx"], "does not say in which format"),
        (["--map", "nobody", "x.csv", "y.session.json"], "nobody"),
    ],
)
def test_what_cannot_be_is_said(annotator: CommandLine, words: list[str], why: str) -> None:
    said = annotator("convert", *words)
    assert said.code == 2
    assert why in said.err


def test_a_folder_that_cannot_be_written_is_said(annotator: CommandLine, eaf: Path) -> None:
    with an_open_folder() as folder:
        (folder / "talk.eaf").write_bytes(eaf.read_bytes())
        folder.chmod(0o555)
        with an_ordinary_person():
            said = annotator("convert", folder / "talk.eaf", folder / "talk.session.json")
        assert said.code == 2
        assert "could not be written" in said.err or "cannot be written" in said.err
        assert [one.name for one in folder.iterdir()] == ["talk.eaf"]


def book_of_months(folder: Path) -> Path:
    path = folder / "months.xlsx"
    path.write_bytes(workbook_of([("June", TAGS), ("July", OTHER_TAGS)]))
    return path


def test_the_sheet_of_a_workbook_is_named(annotator: CommandLine, tmp_path: Path) -> None:
    out = tmp_path / "july.session.json"
    said = annotator("convert", book_of_months(tmp_path), out, "--sheet", "July")
    assert said.code == 0, said.err
    assert "sheet “June”: another sheet was not read (not carried)" in said.err
    (only,) = decode_session(out.read_bytes()).passes
    assert [one.code for one in only.tags] == ["z", "z"]


def test_a_mapping_says_which_sheet_and_an_option_says_more(
    annotator: CommandLine, tmp_path: Path
) -> None:
    book, mapping = book_of_months(tmp_path), tmp_path / "july.json"
    columns = {"Beginn": "start", "Kode": "note", "start": "start", "code": "code"}
    mapping.write_text(json.dumps({"columns": columns, "sheet": "July"}), encoding="utf-8")
    said = annotator("convert", book, tmp_path / "a.session.json", "--map", mapping)
    assert said.code == 0, said.err
    (noted,) = decode_session((tmp_path / "a.session.json").read_bytes()).passes
    assert [one.note for one in noted.tags] == ["z", "z"]
    words = ("--map", mapping, "--sheet", "June")
    said = annotator("convert", book, tmp_path / "b.session.json", *words)
    assert said.code == 0, said.err
    (only,) = decode_session((tmp_path / "b.session.json").read_bytes()).passes
    assert [one.code for one in only.tags] == ["a"]


def test_a_kept_choice_finds_its_sheet_in_the_next_workbook(
    annotator: CommandLine, tmp_path: Path
) -> None:
    july = TableColumns({"Beginn": Column.START, "Kode": Column.NOTE}, sheet="July")
    save_mapping("of July", july)
    out = tmp_path / "july.session.json"
    said = annotator("convert", book_of_months(tmp_path), out)
    assert said.code == 0, said.err
    (noted,) = decode_session(out.read_bytes()).passes
    assert [one.note for one in noted.tags] == ["z", "z"]


def test_a_sheet_that_is_not_there_is_told_with_those_that_are(
    annotator: CommandLine, tmp_path: Path
) -> None:
    out = tmp_path / "x.session.json"
    said = annotator("convert", book_of_months(tmp_path), out, "--sheet", "May")
    assert said.code == 2
    assert "no sheet “May”" in said.err
    assert "June, July" in said.err
    assert not out.exists()


@pytest.mark.parametrize("moment", ["while it is read", "while it is written"])
def test_ctrl_c_leaves_nothing_half_written(
    annotator: CommandLine, eaf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    copy(eaf, eaf.with_name("zz.eaf"))
    out = tmp_path / "out"
    done: list[Path] = []

    def press(*_what: object) -> None:
        """Press Ctrl+C once the first file is whole."""
        if list(out.glob("*.import-report.txt")):
            done.extend(sorted(out.iterdir()))
            raise KeyboardInterrupt

    def read_and_press(source: Source, wishes: Wishes, form: str = "") -> Imported:
        press()
        return read_foreign(source, wishes, form)

    def write_half(descriptor: int, data: bytes) -> None:
        os.write(descriptor, data[: len(data) // 2])
        press()
        os.write(descriptor, data[len(data) // 2 :])

    if moment == "while it is read":
        monkeypatch.setattr("annotator.storage.interchange.exchange.read_foreign", read_and_press)
    else:
        monkeypatch.setattr("annotator.storage.atomic.write_all", write_half)
    said = annotator("convert", eaf.parent, out)
    assert (said.code, said.err.strip().splitlines()[-1]) == (2, "Stopped.")
    assert "Wrote" in said.out
    assert len(done) >= 2
    left = sorted(out.iterdir())
    assert {one.name for one in left} == {"talk.session.json", "talk.import-report.txt"}
    assert annotator("check", out / "talk.session.json").code == 0


def test_every_format_is_listed(annotator: CommandLine) -> None:
    said = annotator("convert", "--formats")
    assert said.code == 0
    lines = said.out.splitlines()
    assert len(lines) == len(FORMATS)
    assert any(line.startswith("elan ") and "read and write" in line for line in lines)
