"""summary, talk, transitions, agree, compare of sessions, and figure, as a person types them."""

from __future__ import annotations

import csv
import errno
import io
import json
import os
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from annotator.model import Purpose
from annotator.storage.store import SessionStore
from tests.support.commands import CommandLine
from tests.support.numbers import coding, meeting, tag

TALK = ("--codes", "silence")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two sessions by two coders."""
    for number in range(2):
        tags = [tag(f"r{at}", "reflection", 10 + 20 * at) for at in range(5)]
        tags += [tag("s", "silence", 200, 203 + number)]
        second = [replace(one, id=f"b{one.id}") for one in tags[1:]]
        passes = (coding(*tags), coding(*second, coder="B", purpose=Purpose.DOUBLE))
        session = replace(meeting(*passes), id=f"s{number}")
        SessionStore.create(tmp_path / f"s{number}.session.json", session, "test").close()
    return tmp_path


def test_summary_prints_denominators_and_what_was_not_used(
    annotator: CommandLine, folder: Path
) -> None:
    said = annotator("summary", folder / "s0.session.json", "--coder", "A")
    assert said.code == 0
    assert "Not used: Question." in said.out
    assert "Counted time: 600.000 s." in said.out
    assert "5.00" in said.out  # five in ten minutes
    assert "Reflections per question" in said.out
    assert "–" in said.out


def test_summary_as_csv_and_json_has_every_row(annotator: CommandLine, folder: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(annotator("summary", folder, "--csv").out)))
    assert len(rows) == 2 * 2 * 3
    assert {row["session"] for row in rows} == {"s0", "s1"}
    assert next(row for row in rows if row["code"] == "question")["mean"] == ""
    tree = json.loads(annotator("summary", folder, "--json").out)
    assert [table["id"] for table in tree["tables"]] == ["summary", "scores"]
    score = tree["tables"][1]["rows"][0]
    assert (score["value"], bool(score["because"])) == (None, True)


def test_summary_in_parts(annotator: CommandLine, folder: Path) -> None:
    thirds = annotator("summary", folder / "s0.session.json", "--thirds", "--csv").out
    assert {row["part"] for row in csv.DictReader(io.StringIO(thirds))} == {
        "first third",
        "middle third",
        "last third",
    }
    for wrong in (("--bins", "0"), ("--thirds", "--bins", "60")):
        assert annotator("summary", folder, *wrong).code == 2


def test_wide_is_a_row_a_pass_with_plain_names(annotator: CommandLine, folder: Path) -> None:
    said = annotator("summary", folder, "--wide", "count", "--thirds", "--csv")
    rows = list(csv.DictReader(io.StringIO(said.out)))
    assert len(rows) == 4
    assert rows[0]["count_reflection_first_third"] == "5"
    assert all(name.isidentifier() for name in rows[0])
    assert annotator("summary", folder, "--wide", "beauty").code == 2


def test_several_sessions_are_said_to_prove_little(annotator: CommandLine, folder: Path) -> None:
    said = annotator("compare", folder, "--thirds")
    assert said.code == 0
    assert "n = 2 sessions" in said.err
    assert "s0" in said.out
    assert "Rates per 10 minutes" in said.out
    assert annotator("compare", folder / "s0.session.json").code == 2


def test_two_passes_are_compared_as_before(annotator: CommandLine, folder: Path) -> None:
    said = annotator("compare", folder / "s0.session.json", "A", "B")
    assert said.code == 1
    assert "5 agreed, 1 difference" in said.out
    wrong = annotator("compare", folder / "s0.session.json", "A", "B", "-o", folder / "x.csv")
    assert wrong.code == 2
    assert annotator("compare", folder / "s0.session.json", "A", "Z").code == 2


def test_talk_states_its_rules(annotator: CommandLine, folder: Path) -> None:
    said = annotator("talk", folder / "s1.session.json", *TALK, "--back-channel", "1")
    assert said.code == 0
    assert "4.000" in said.out
    assert "Speech of up to 1.0 s (back-channel)" in said.out
    none = annotator("talk", folder / "s1.session.json")
    assert none.code == 2
    assert "Import a transcript" in none.err
    for wrong in (("--silence", "0"), ("--back-channel", "-1"), ("--voices", "one")):
        assert annotator("talk", folder, *TALK, *wrong).code == 2


def test_talk_heard_on_a_film_without_sound_is_told(annotator: CommandLine, folder: Path) -> None:
    said = annotator("talk", folder / "s1.session.json", "--sound")
    assert said.code == 2
    assert "no silence can be heard" in said.err or "sound" in said.err


def test_transitions(annotator: CommandLine, folder: Path) -> None:
    said = annotator("transitions", folder, "--draws", "50", "--csv")
    rows = {(row["given"], row["target"]): row for row in csv.DictReader(io.StringIO(said.out))}
    assert rows["reflection", "reflection"]["count"] == "8"
    assert rows["reflection", "silence"]["count"] == "2"
    assert float(rows["reflection", "silence"]["p"]) <= 1
    printed = annotator("transitions", folder, "--draws", "0").out
    assert "Of 2 sessions" in printed
    assert annotator("transitions", folder, "--window", "0").code == 2


def test_agreement_gives_a_sentence_and_where_they_differ(
    annotator: CommandLine, folder: Path
) -> None:
    said = annotator("agree", folder / "s0.session.json", "--draws", "0")
    assert said.code == 0
    assert "Agreement between A and B was EasyDIAg κ = " in said.out
    assert "Where they differ" in said.out
    assert "no tag" in said.out
    assert annotator("agree", folder, "--coders", "A").code == 2
    assert annotator("agree", folder, "--coders", "A,Z").code == 2
    assert annotator("agree", folder, "--unit", "0").code == 2


def test_agreement_over_sessions_goes_into_a_workbook(annotator: CommandLine, folder: Path) -> None:
    out = folder / "agreement.xlsx"
    assert annotator("agree", folder, "--draws", "0", "-o", out).code == 0
    book = load_workbook(out)
    assert book.sheetnames[0] == "Agreement"
    assert book.sheetnames[-1] == "Definitions"
    heads = [cell.value for cell in next(book["Agreement"].iter_rows())]
    assert "To report" in heads
    assert annotator("agree", folder, "-o", out).code == 2  # never over what is there


def test_several_tables_are_several_csv_files(annotator: CommandLine, folder: Path) -> None:
    said = annotator("summary", folder, "-o", folder / "out.csv")
    assert said.code == 0
    assert {one.name for one in folder.glob("out*")} == {"out-summary.csv", "out-scores.csv"}


def test_an_unknown_ending_and_a_film_are_told(annotator: CommandLine, folder: Path) -> None:
    assert "Endings are" in annotator("summary", folder, "-o", folder / "out.docx").err
    film = folder / "film.mp4"
    film.write_bytes(b"film")
    assert "is no session" in annotator("summary", film).err
    assert annotator("summary", folder / "gone.session.json").code == 2
    (folder / "empty").mkdir()
    assert "There is no session" in annotator("summary", folder / "empty").err


def test_a_broken_session_is_left_out_and_told(annotator: CommandLine, folder: Path) -> None:
    (folder / "broken.session.json").write_text("{", encoding="utf-8")
    said = annotator("summary", folder, "--csv")
    assert said.code == 0
    assert "broken is left out" in said.err
    assert (folder / "broken.session.json").read_text(encoding="utf-8") == "{"


def test_figures_come_with_their_numbers(annotator: CommandLine, folder: Path) -> None:
    out = folder / "barcode.pdf"
    assert annotator("figure", "barcode", folder, "-o", out).code == 0
    assert out.read_bytes().startswith(b"%PDF")
    rows = list(csv.DictReader(io.StringIO((folder / "barcode.csv").read_text("utf-8"))))
    assert len(rows) == 2 * (6 + 5)
    assert annotator("figure", "barcode", folder, "-o", out).code == 2
    alone = folder / "alone.svg"
    assert annotator("figure", "rates", folder, "-o", alone, "--no-numbers").code == 0
    assert not (folder / "alone.csv").exists()
    assert annotator("figure", "rates", folder, "-o", folder / "out.gif").code == 2
    assert annotator("figure", "portrait", folder, "-o", folder / "out.png").code == 2


def test_a_full_disk_leaves_nothing_half_written(
    annotator: CommandLine, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = folder / "out.html"

    def full(*_args: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "write", full)
    said = annotator("summary", folder, "-o", out)
    monkeypatch.undo()
    assert said.code == 2
    assert not out.exists()
    assert not [one for one in folder.iterdir() if "out" in one.name]


def test_sessions_are_only_read(annotator: CommandLine, folder: Path) -> None:
    before = {one: one.read_bytes() for one in folder.iterdir()}
    for words in (("summary",), ("agree", "--draws", "0"), ("transitions",), ("compare",)):
        assert annotator(words[0], folder, *words[1:]).code == 0
    assert {one: one.read_bytes() for one in folder.iterdir()} == before
