"""Broken and hostile files of Datavyu are refused in plain words."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.storage.interchange.datavyu_archive import Archive
from annotator.storage.interchange.exchange import Imported
from annotator.storage.interchange.report import ForeignFileError, Notes, Outcome
from annotator.storage.interchange.source import Source
from tests.support.foreign import read, rich_session, write

WRITTEN = write(rich_session(), "talk.opf").data
with ZipFile(BytesIO(WRITTEN)) as _archive:
    TABLE = _archive.read("db")
    PROJECT = _archive.read("project")


def packed(members: Mapping[str, str | bytes], kind: int = ZIP_DEFLATED) -> bytes:
    """Pack members into an archive."""
    file = BytesIO()
    with ZipFile(file, "w", kind) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return file.getvalue()


def tried_with(data: bytes) -> Imported | None:
    """Read bytes; None where they are refused."""
    try:
        return read(data, "talk.opf")
    except ForeignFileError:
        return None


def told_of(imported: Imported) -> int:
    """Count what was carried, and what was told not to be."""
    missing = [one for one in imported.report.remarks if one.outcome is Outcome.NOT_CARRIED]
    return imported.report.counted_out + sum(len(one.places) + one.unplaced for one in missing)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "no file of Datavyu"),
        (b"hello", "no file of Datavyu"),
        (b"PK\x03\x04", "damaged"),
        (packed({"project": "x"}), "holds no table"),
        (packed({}), "holds no table"),
        (packed({"db": "#4\n"}, ZIP_BZIP2), "damaged"),
        (packed({"db": TABLE})[:-30], "damaged"),
    ],
)
def test_what_is_no_file_of_datavyu_is_refused(data: bytes, told: str) -> None:
    with pytest.raises(ForeignFileError, match=told):
        read(data, "talk.opf")


def test_a_locked_file_is_refused_with_what_to_do() -> None:
    data = bytearray(packed({"db": TABLE}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(ForeignFileError, match="password"):
        read(bytes(data), "talk.opf")


def test_damage_within_a_member_is_told() -> None:
    data = bytearray(packed({"db": TABLE * 20}))
    data[60] ^= 0xFF
    with pytest.raises(ForeignFileError, match="damaged"):
        read(bytes(data), "talk.opf")


def test_no_more_is_unpacked_than_is_allowed() -> None:
    data = packed({"db": b"\n" * 5_000_000})
    assert len(data) < 10_000
    archive = Archive(Source("talk.opf", data), Notes())
    with pytest.raises(ForeignFileError, match="megabytes"):
        archive.read("db", 1_000_000)


def test_a_size_that_lies_does_not_help() -> None:
    data = bytearray(packed({"db": b"\n" * 5_000_000}))
    place = data.index(b"PK\x01\x02") + 24
    data[place : place + 4] = (10).to_bytes(4, "little")
    with pytest.raises(ForeignFileError, match="damaged"):
        read(bytes(data), "talk.opf")


def test_more_members_than_any_program_packs_are_refused() -> None:
    with pytest.raises(ForeignFileError, match=r"packed of 10,001 files"):
        read(packed({f"m{n}": b"" for n in range(10_001)}), "talk.opf")


@pytest.mark.parametrize(
    "project",
    [
        "",
        "[",
        "a: &a [x]\nb: [*a, *a]\n",
        "!project\na: &a {x: 1}\nb:\n  <<: *a\n",
        "!!python/object/apply:os.system ['echo']",
        "!project [1]",
        "!vs 7",
        "!other {name: x}",
        "[" * 3000,
        "{a: " * 1500,
        "? {a: 1}\n: 2\n",
        "!project {name: 2026-99-99, version: 0x}",
        "!project {name: 2026-99-99T00:00:00Z}",
        "!project\nviewerSettings: {a: {b: c}}\n",
        "!project\nviewerSettings:\n- !vs {feed: [1], settingsId: {}, trackSettings: 3}\n",
        "x" * 70_000,
        b"\xff\xfe\x00",
        b"\x00\x01",
    ],
)
def test_a_project_that_is_strange_leaves_the_cells_alone(project: str | bytes) -> None:
    imported = read(packed({"db": TABLE, "project": project}), "talk.opf")
    assert imported.report.counted_in == told_of(imported) == 9


def test_a_missing_project_is_told() -> None:
    imported = read(packed({"db": TABLE}), "talk.opf")
    assert any("no project" in line for line in imported.report.lines())


@pytest.mark.parametrize("pest", ["(", "(A,", "\\", "\\\n", ",", "0:", "-", " ", "|", "a (TEXT)\n"])
def test_endless_repetition_takes_no_endless_time(pest: str) -> None:
    heads = (
        "#4\n",
        "#4\na (MATRIX,true,)-x|N\n00:00:00:000,00:00:00:000,(",
        "#4\na (MATRIX,true,)-",
    )
    tried = [tried_with((head + pest * 100_000).encode()) for head in heads]
    assert all(one is None or one.report.counted_in == told_of(one) for one in tried)


def test_more_columns_than_any_program_writes_are_refused() -> None:
    with pytest.raises(ForeignFileError, match="more than 2,000 columns"):
        read("#4\n" + "a (TEXT)\n" * 2001, "talk.opf")


@settings(max_examples=60, deadline=None)
@given(data=st.binary(max_size=300))
def test_nothing_but_a_refusal_comes_of_any_bytes(data: bytes) -> None:
    for whole in (data, b"PK" + data, b"#4\n" + data, packed({"db": b"#3\n" + data})):
        imported = tried_with(whole)
        assert imported is None or imported.report.counted_in == told_of(imported)


@settings(max_examples=80, deadline=None)
@given(
    cut=st.integers(0, len(TABLE)) | st.just(len(TABLE)),
    place=st.integers(0, len(TABLE)),
    piece=st.binary(max_size=5) | st.sampled_from([b"\\", b",", b"(", b"\n", b"00:00:", b"-"]),
    over=st.integers(0, 4),
)
def test_mutilated_tables_are_refused_or_read(
    cut: int, place: int, piece: bytes, over: int
) -> None:
    table = (TABLE[:place] + piece + TABLE[place + over :])[:cut]
    imported = tried_with(packed({"db": table, "project": PROJECT}))
    assert imported is None or imported.report.counted_in == told_of(imported)


@settings(max_examples=150, deadline=None)
@given(place=st.integers(0, len(WRITTEN) - 1), byte=st.integers(0, 255), cut=st.integers(0, 40))
def test_mutilated_archives_are_refused_or_read(place: int, byte: int, cut: int) -> None:
    data = bytearray(WRITTEN[: len(WRITTEN) - (cut if cut < 20 else 0)])
    if place < len(data):
        data[place] = byte
    imported = tried_with(bytes(data))
    assert imported is None or imported.report.counted_in == told_of(imported)


@settings(max_examples=80, deadline=None)
@given(place=st.integers(0, len(PROJECT)), piece=st.binary(max_size=6), over=st.integers(0, 9))
def test_mutilated_projects_leave_the_cells_alone(place: int, piece: bytes, over: int) -> None:
    project = PROJECT[:place] + piece + PROJECT[place + over :]
    imported = tried_with(packed({"db": TABLE, "project": project, "1": "offset=x"}))
    assert imported is not None
    assert imported.report.counted_in == 9
