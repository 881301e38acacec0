from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.errors import StorageError
from annotator.storage.faults import FormatError
from annotator.storage.interchange.columns import Column, Layout, TableColumns, TimeForm
from annotator.storage.interchange.interface import TablePreview
from annotator.storage.mappings import (
    KeptMapping,
    fits,
    kept_mappings,
    list_mappings,
    load_mapping,
    mapping_of,
    mappings_folder,
    mappings_for,
    read_mapping_file,
    save_mapping,
    written_mapping,
)

LAB = TableColumns(
    {"Beginn": Column.START, "Kode": Column.CODE, "Wetter": Column.LEAVE},
    Layout.TAGS,
    TimeForm.SMPTE,
    "30000/1001",
    ",",
    ";",
    "cp1252",
    "Blatt 2",
    is_headed=True,
)


def table(*headings: str, sheets: tuple[str, ...] = ()) -> TablePreview:
    """A table with these headings, read of the first of the sheets."""
    return TablePreview(headings, (), TableColumns(sheet="".join(sheets[:1])), sheets)


def test_a_mapping_comes_back_by_its_name() -> None:
    save_mapping("Our lab", LAB)
    save_mapping("another", TableColumns({"t": Column.START}))
    assert load_mapping("Our lab") == LAB
    assert list_mappings() == ("another", "Our lab")


def test_the_later_mapping_of_a_name_stays() -> None:
    save_mapping("Our lab", LAB)
    save_mapping(" Our  lab ", TableColumns({"t": Column.START}))
    assert load_mapping("Our lab") == TableColumns({"t": Column.START})
    assert len(list(mappings_folder().iterdir())) == 1


@pytest.mark.parametrize(
    "name",
    [
        "a/b\\c:d",
        "..",
        "CON",
        "沉默",
        "שתיקה",
        "Größe",
        "=1+1",
        "x" * 300,
        "沉" * 300,
        "a.json",
        "é",
    ],
)
def test_any_name_is_kept_whole_in_a_harmless_file(name: str) -> None:
    path = save_mapping(name, LAB)
    assert load_mapping(name) == LAB
    assert list_mappings() == (name,)
    assert path.parent == mappings_folder()
    assert len(os.fsencode(path.name)) < 100
    assert not set(path.name) & set('/\\:*?"<>|')


def test_names_that_differ_in_marks_alone_are_two() -> None:
    save_mapping("a/b", LAB)
    save_mapping("a:b", TableColumns({"t": Column.START}))
    assert load_mapping("a/b") == LAB
    assert list_mappings() == ("a/b", "a:b")


def test_what_a_newer_program_keeps_in_a_mapping_stays() -> None:
    path = save_mapping("Our lab", LAB)
    tree = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**tree, "shade": "blue"}), encoding="utf-8")
    save_mapping("Our lab", LAB)
    assert json.loads(path.read_text(encoding="utf-8"))["shade"] == "blue"


def test_the_file_reads_as_the_help_says() -> None:
    path = save_mapping("Our lab", LAB)
    assert json.loads(path.read_text(encoding="utf-8")) == {
        "format": "annotator-mapping",
        "version": 1,
        "name": "Our lab",
        "columns": {"Beginn": "start", "Kode": "code", "Wetter": "leave"},
        "layout": "tags",
        "times": "smpte",
        "rate": "30000/1001",
        "decimal": ",",
        "delimiter": ";",
        "encoding": "cp1252",
        "sheet": "Blatt 2",
        "is_headed": True,
    }


def test_a_file_by_hand_needs_its_columns_alone(tmp_path: Path) -> None:
    path = tmp_path / "lab.json"
    path.write_text('{"columns": {"t": "start", "what": "code"}}', encoding="utf-8")
    found = read_mapping_file(path)
    assert found == TableColumns({"t": Column.START, "what": Column.CODE})


def test_a_table_with_the_same_headings_finds_its_mapping() -> None:
    save_mapping("Our lab", LAB)
    (found,) = mappings_for(table("Kode", "Beginn", "Wetter", sheets=("Blatt 2",)))
    assert (found.name, found.columns) == ("Our lab", LAB)
    assert mappings_for(table("Kode", "Beginn")) == []
    assert mappings_for(table("Kode", "Beginn", "Wetter", "Ende")) == []


@pytest.mark.parametrize(
    ("sheets", "wished", "read"),
    [
        (("Blatt 1", "Blatt 2"), None, "Blatt 2"),
        (("Blatt 1", "Blatt 2"), "Blatt 1", "Blatt 1"),
        (("Blatt 1",), None, "Blatt 1"),
        ((), None, ""),
    ],
)
def test_the_sheet_of_a_mapping_gives_way(
    sheets: tuple[str, ...], wished: str | None, read: str
) -> None:
    save_mapping("Our lab", LAB)
    asked = None if wished is None else TableColumns(sheet=wished)
    (found,) = mappings_for(table("Kode", "Beginn", "Wetter", sheets=sheets), asked)
    assert found.columns == replace(LAB, sheet=read)


def test_a_mapping_of_another_sheet_comes_after_those_of_this_one() -> None:
    save_mapping("a", LAB)
    save_mapping("b", TableColumns({"t": Column.START}, sheet="Blatt 1"))
    save_mapping("c", TableColumns({"t": Column.START}, sheet="Blatt 9"))
    first = table("t", sheets=("Blatt 1", "Blatt 2"))
    assert [one.name for one in mappings_for(first)] == ["b", "c", "a"]
    assert [one.name for one in mappings_for(first, TableColumns(sheet="Blatt 1"))] == ["b", "c"]


def test_a_mapping_of_the_sheet_that_was_read_must_fit_it() -> None:
    save_mapping("Our lab", LAB)
    assert mappings_for(table("t", sheets=("Blatt 2", "Blatt 1"))) == []


def test_where_columns_are_wished_no_mapping_is_taken() -> None:
    save_mapping("Our lab", LAB)
    wished = TableColumns({"Kode": Column.CODE})
    assert mappings_for(table("Kode", "Beginn", "Wetter"), wished) == []


def test_columns_without_headings_are_nobodys() -> None:
    bare = TableColumns({"column 1": Column.START, "column 2": Column.CODE})
    assert not fits(bare, ("column 1", "column 2"))
    assert not fits(TableColumns(), ())


def test_at_first_nothing_is_kept() -> None:
    assert kept_mappings() == kept_mappings().__class__(())
    assert not mappings_folder().exists()


def test_a_name_that_is_not_there_is_told_with_those_that_are() -> None:
    save_mapping("Our lab", LAB)
    with pytest.raises(StorageError, match="“Our lab”"):
        load_mapping("other")


def test_a_mapping_needs_a_name() -> None:
    with pytest.raises(StorageError, match="needs a name"):
        save_mapping("  ", LAB)


def test_a_broken_file_among_the_kept_hides_no_other() -> None:
    save_mapping("Our lab", LAB)
    (mappings_folder() / "broken.json").write_bytes(b"{")
    kept = kept_mappings()
    assert [one.name for one in kept.mappings] == ["Our lab"]
    assert "broken.json" in kept.problems[0]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[]", "not an object"),
        ("{}", "columns: this is missing"),
        ('{"columns": []}', "not an object"),
        ('{"columns": {"a": "nothing"}}', "columns.a"),
        ('{"columns": {}, "times": "hours"}', "times"),
        ('{"columns": {}, "is_headed": "yes"}', "is_headed"),
        ('{"columns": {}, "format": "annotator-session"}', "annotator-mapping"),
        ('{"columns": {}, "version": 2}', "newer"),
        ('{"columns": {}, "version": true}', "version"),
        ('{"columns": {}, "rate": 25}', "rate"),
        ("", "empty"),
        ("[" * 10_000, "nested"),
    ],
)
def test_what_is_wrong_in_a_file_is_told(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "lab.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(StorageError, match=words) as caught:
        read_mapping_file(path)
    assert "lab.json" in str(caught.value)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match=r"none\.json"):
        read_mapping_file(tmp_path / "none.json")


def test_a_folder_that_cannot_be_written_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("ANNOTATOR_CONFIG_DIR", str(tmp_path / "file"))
    with pytest.raises(StorageError):
        save_mapping("Our lab", LAB)


@given(st.binary(max_size=200))
@settings(max_examples=150, deadline=None)
def test_no_bytes_break_more_than_the_mapping(data: bytes) -> None:
    try:
        found = mapping_of(data)
    except FormatError:
        return
    assert isinstance(found, KeptMapping)


@given(
    columns=st.dictionaries(st.text(), st.sampled_from(Column), max_size=5),
    layout=st.sampled_from(Layout),
    times=st.sampled_from(TimeForm),
    rate=st.text(max_size=9),
    is_headed=st.sampled_from([None, True, False]),
)
@settings(max_examples=60, deadline=None)
def test_every_mapping_comes_back(
    columns: dict[str, Column],
    layout: Layout,
    times: TimeForm,
    rate: str,
    *,
    is_headed: bool | None,
) -> None:
    made = KeptMapping("x", TableColumns(columns, layout, times, rate, is_headed=is_headed))
    assert mapping_of(written_mapping(made).encode("utf-8", errors="surrogatepass")) == made
