"""A log that was cut off, cannot be read or cannot be written."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.errors import StorageError
from annotator.storage.export_log import export_log_path, log_export, log_recalled, read_log
from annotator.storage.export_log_head import head_path
from annotator.storage.export_log_text import parse_log
from tests.support.disks import Crash, Disk, full
from tests.support.exports import WHEN, exported, told_session

SESSION = told_session()


@pytest.fixture
def session_path(tmp_path: Path) -> Path:
    path = tmp_path / "talk.session.json"
    log_export(path, exported(SESSION, "x0"))
    log_export(path, exported(SESSION, "x1"))
    return path


def test_a_line_cut_off_is_told_and_the_log_goes_on(session_path: Path) -> None:
    path = export_log_path(session_path)
    whole = path.read_bytes()
    second, head = whole.index(b"\n") + 1, head_path(path).read_bytes()
    for cut in (second + 1, second + 40, len(whole) - 2):
        path.write_bytes(whole[:cut])
        head_path(path).write_bytes(head)
        log = read_log(session_path)
        assert [one.record.id for one in log.exports] == ["x0"]
        assert log.faults == ("Line 2 was never finished; what it was to say is lost.",)
        log_export(session_path, exported(SESSION, "x2"))
        log = read_log(session_path)
        assert [one.record.id for one in log.exports] == ["x0", "x2"]
        assert log.faults == ("Line 2 cannot be read; what it was to say is lost.",)


def test_a_last_line_without_its_break_is_whole(session_path: Path) -> None:
    path = export_log_path(session_path)
    path.write_bytes(path.read_bytes()[:-1])
    assert read_log(session_path).faults == ()
    log_export(session_path, exported(SESSION, "x2"))
    log = read_log(session_path)
    assert ([one.record.id for one in log.exports], log.faults) == (["x0", "x1", "x2"], ())


@pytest.mark.parametrize(
    "data",
    [b"\x00\xff\n", b"[]\n", b'{"hash":"x"}\n', b'{"hash":3}\n', b"\n\n", b'{"hash":"' * 999],
)
def test_no_bytes_are_too_strange_to_be_told_of(data: bytes) -> None:
    log = parse_log(data)
    assert log.exports == ()
    assert log.faults[0].startswith("Line 1 ")


def test_what_is_unknown_is_told(session_path: Path) -> None:
    path = export_log_path(session_path)
    path.write_bytes(path.read_bytes().replace(b'"exported"', b'"whispered"', 1))
    log = read_log(session_path)
    assert log.faults[-1] == "Line 1 says something that this program does not know."
    assert len(log.exports) == 1


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.data())
def test_a_log_cut_anywhere_gives_all_that_was_finished(
    session_path: Path, data: st.DataObject
) -> None:
    whole = export_log_path(session_path).read_bytes()
    cut = data.draw(st.integers(0, len(whole)))
    log = parse_log(whole[:cut])
    done = whole[:cut].count(b"\n")
    ends_whole = cut in (len(whole) - 1, whole.index(b"\n"))  # only the break is lacking
    assert len(log.exports) == done + ends_whole
    assert len(log.faults) == (whole[:cut].split(b"\n")[-1] != b"" and not ends_whole)


@given(st.lists(st.binary(max_size=40) | st.just(b'{"hash":"'), max_size=5).map(b"\n".join))
def test_any_bytes_can_be_read(data: bytes) -> None:
    log = parse_log(data)
    assert log.exports == ()
    assert bool(log.faults) == bool(data)


def test_power_cuts_lose_no_export_that_was_told_to_be_logged(
    session_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    logged = ["x0", "x1"]
    for call in range(4):  # open, write, flush, flush of the folder
        disk = Disk(monkeypatch)
        disk.fail_at(call, Crash())
        with pytest.raises(Crash):
            log_export(session_path, exported(SESSION, f"lost{call}"))
        disk.heal()
        log_export(session_path, exported(SESSION, f"kept{call}"))
        logged.append(f"kept{call}")
        log = read_log(session_path)
        assert [
            one for one in (each.record.id for each in log.exports) if "lost" not in one
        ] == logged
        assert all("cannot be read" in fault for fault in log.faults)


@pytest.mark.parametrize("call", [1, 2])
def test_a_full_disk_leaves_the_log_as_it_was(
    session_path: Path, monkeypatch: pytest.MonkeyPatch, call: int
) -> None:
    before = export_log_path(session_path).read_bytes()
    disk = Disk(monkeypatch)
    disk.fail_at(call, full())
    with pytest.raises(StorageError, match=r"“talk\.exports\.jsonl” could not be written: the"):
        log_export(session_path, exported(SESSION, "x2"))
    disk.heal()
    assert export_log_path(session_path).read_bytes() == before


def test_a_log_that_is_a_folder_is_told(session_path: Path) -> None:
    export_log_path(session_path).unlink()
    export_log_path(session_path).mkdir()
    with pytest.raises(StorageError, match="there is a folder of that name"):
        read_log(session_path)
    with pytest.raises(StorageError, match="there is a folder of that name"):
        log_export(session_path, exported(SESSION))


def test_only_what_was_exported_is_recalled(session_path: Path) -> None:
    before = export_log_path(session_path).read_bytes()
    with pytest.raises(StorageError, match="no export “x9”"):
        log_recalled(session_path, "x9", WHEN)
    assert export_log_path(session_path).read_bytes() == before
    assert sorted(one.name for one in session_path.parent.iterdir()) == [
        "talk.exports.head.json",
        "talk.exports.jsonl",
    ]


def test_lines_cut_off_at_the_end_are_noticed_and_stay_so(session_path: Path) -> None:
    path = export_log_path(session_path)
    whole = path.read_bytes()
    path.write_bytes(whole[: whole.index(b"\n") + 1])
    told = "1 line at the end of the log is missing: what was exported there is not known."
    assert read_log(session_path).faults == (told,)
    log_export(session_path, exported(SESSION, "x2"))
    log = read_log(session_path)
    assert [one.record.id for one in log.exports] == ["x0", "x2"]
    assert log.faults == (told,)


def test_a_log_that_is_gone_is_noticed(session_path: Path) -> None:
    export_log_path(session_path).unlink()
    (told,) = read_log(session_path).faults
    assert told.startswith("2 lines at the end of the log are missing")


def test_another_log_in_its_place_is_noticed(session_path: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.session.json"
    for number in range(3):
        log_export(other, exported(SESSION, f"y{number}"))
    export_log_path(other).replace(export_log_path(session_path))
    (told,) = read_log(session_path).faults
    assert "another was put in its place" in told


@pytest.mark.parametrize("data", [b"", b"[]", b'{"lines":"2"}', b"\xff", None])
def test_a_note_of_the_end_that_cannot_be_read_says_nothing(
    session_path: Path, data: bytes | None
) -> None:
    head = head_path(export_log_path(session_path))
    if data is None:
        head.unlink()
    else:
        head.write_bytes(data)
    log = read_log(session_path)
    assert (len(log.exports), log.faults) == (2, ())


def test_a_note_of_the_end_that_cannot_be_written_hides_no_export(session_path: Path) -> None:
    head = head_path(export_log_path(session_path))
    head.unlink()
    head.mkdir()
    log_export(session_path, exported(SESSION, "x2"))
    log = read_log(session_path)
    assert (len(log.exports), log.faults) == (3, ())
