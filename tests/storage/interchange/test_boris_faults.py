"""What is wrong with BORIS projects is refused in plain words, whatever bytes come."""

from __future__ import annotations

import gzip
import pickle
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from annotator.storage.interchange import boris_opening
from annotator.storage.interchange.exchange import form_named, read_foreign, render
from annotator.storage.interchange.interface import Wishes
from annotator.storage.interchange.report import ForeignFileError
from annotator.storage.interchange.source import Source
from tests.storage.interchange.test_boris import observation, project
from tests.support.foreign import NOW, read

GOOD = project(
    observation(
        [1.0, "Client", "silence", "", "a", 25],
        [2.0, "Client", "silence", "", "", "NA"],
        [3.0, "", "reflection", "deep", "", 75],
        independent_variables={"observer": "A"},
        **{"observation time interval": [0, 50], "time offset": 0.5},
    ),
    annotator={"same": {"a": "b"}, "begins": {"o1": 2}, "codes": {"silence": "rest"}},
    independent_variables={"0": {"label": "rating x", "description": "x, from 1 to 5"}},
)
STRANGE = some.recursive(
    some.none() | some.booleans() | some.integers() | some.floats() | some.text(max_size=8),
    lambda inner: some.lists(inner, max_size=4) | some.dictionaries(some.text(max_size=8), inner),
    max_leaves=6,
)
KEYS = [
    "file",
    "events",
    "media_info",
    "time offset",
    "independent_variables",
    "observation time interval",
    "plot_data",
    "type",
    "media_file_info",
]


def check_met(data: bytes, name: str = "x.boris") -> None:
    """Read bytes, and write what was found, all accounted for; else it is refused in words."""
    try:
        found = read_foreign(Source(name, data), Wishes(now=NOW), "boris")
    except ForeignFileError:
        return
    report = found.report
    assert report.counted_out <= report.counted_in <= report.counted_out + report.left_behind
    render(found.sessions, form_named("boris"), name, Wishes(now=NOW))


class _Bomb:
    """Something that would tell on itself if it were unpickled."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return (pytest.fail, ("a pickle was opened",))


@pytest.mark.parametrize("packed", [False, True])
def test_pickles_are_never_opened(*, packed: bool) -> None:
    data = pickle.dumps({"behaviors_conf": _Bomb()})
    with pytest.raises(ForeignFileError, match="pickle"):
        read(gzip.compress(data) if packed else data, "x.boris")


def test_what_unpacks_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(boris_opening, "LARGEST", 3 * 1024 * 1024)
    bomb = gzip.compress(b"{" + b" " * (64 * 1024 * 1024))
    assert len(bomb) < 100_000
    with pytest.raises(ForeignFileError, match="megabytes"):
        read(bomb, "x.boris.gz")


@pytest.mark.parametrize("cut", [3, 9, 40, -9, -1])
def test_packed_projects_that_are_cut_off_are_told(cut: int) -> None:
    with pytest.raises(ForeignFileError, match="unpacked"):
        read(gzip.compress(GOOD.encode())[:cut], "x.boris.gz")


def test_a_project_that_is_cut_off_is_told_with_its_line() -> None:
    with pytest.raises(ForeignFileError) as caught:
        read(GOOD[:-1], "x.boris")
    assert "cannot be read from line 1 on" in str(caught.value)
    assert "Error" not in str(caught.value)


@pytest.mark.parametrize("text", ["[]", "{}", '"x"', '{"observations": []}', "null", "{" * 9])
def test_what_is_no_project_is_refused(text: str) -> None:
    with pytest.raises(ForeignFileError):
        read(text, "x.boris")


@pytest.mark.parametrize(
    "number", ["1e999999999", "1e99999999999999999999", "-1e400", "9" * 500, '"1e9999999"', "1e17"]
)
def test_absurd_times_are_not_carried(number: str) -> None:
    text = GOOD.replace("[3.0,", f"[{number},").replace('"time offset": 0.5', '"time offset": 1e30')
    found = read(text, "x.boris")
    assert found.report.counted_out < found.report.counted_in == 3


def test_what_is_nested_too_deep_to_be_kept_is_told() -> None:
    deep = "[" * 400 + "]" * 400
    text = GOOD.replace('"project_name"', f'"deep": {deep}, "project_name"')
    assert read(text, "x.boris").report.counted_out == 3


@settings(max_examples=150, deadline=None)
@given(data=some.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    check_met(data)
    check_met(b"\x1f\x8b" + data, "x.boris.gz")
    check_met(zlib.compress(data), "x.boris.gz")


@settings(max_examples=150, deadline=None)
@given(
    at=some.integers(0, len(GOOD) - 1),
    length=some.integers(0, 60),
    into=some.integers(0, len(GOOD) - 1),
    bits=some.integers(1, 255),
)
def test_damaged_projects_are_read_or_refused(at: int, length: int, into: int, bits: int) -> None:
    data = GOOD.encode()
    piece = data[at : at + length]
    check_met(data[:at] + data[at + length :])
    check_met(data[:into] + piece + data[into:])
    check_met(data[:at] + bytes([data[at] ^ bits]) + data[at + 1 :])


@settings(max_examples=80, deadline=None)
@given(key=some.sampled_from(KEYS), value=STRANGE, event=some.lists(STRANGE, max_size=7))
def test_strange_members_are_read_or_refused(key: str, value: object, event: list[object]) -> None:
    check_met(project(observation(event, event, **{key: value})).encode())
    check_met(project(observation(event), independent_variables=value, annotator=value).encode())
    check_met(project(observation(event), behaviors_conf={"0": value, "1": {"code": "a"}}).encode())
    strange = {"code": "a", "type": value, "modifiers": value, "excluded": value, "key": value}
    check_met(project(observation(event), behaviors_conf={"0": strange}).encode())
    check_met(
        project(observation(event), subjects_conf={"0": value}, annotator={"same": value}).encode()
    )
