"""What will keep clips from being made is told before any is made."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest

from annotator.errors import AnnotatorError
from annotator.jobs.clip_lists import read_clip_list
from annotator.jobs.clip_planning import plan_clips
from annotator.jobs.clip_view import ClipView
from annotator.jobs.clip_warnings import Shape, free_bytes, rough_bytes, size_told, warnings_of
from annotator.jobs.clip_wishes import ClipsWish
from annotator.media import faces
from annotator.media.clips.composition import Layout
from annotator.media.clips.wishes import Form, Quality, Size
from annotator.model import ConsentScope, Interval, Mask, Micros
from annotator.model.clipping import Stretch
from annotator.model.time import SECOND
from annotator.storage.export_log import export_log_path, log_export
from tests.support.exports import exported, told_session
from tests.support.recordings import CLIENT, FILM

SESSION = replace(told_session(), excluded=())
TEN = Stretch(Interval(Micros(0), Micros(10 * SECOND)))
FULL_HD = Shape(1920, 1080, 25.0)


class Usage(NamedTuple):
    total: int
    used: int
    free: int


def wish(folder: Path, **more: object) -> ClipsWish:
    usual = ClipsWish(ConsentScope.LEARNING, folder, "A", "", date(2026, 6, 1))
    return replace(usual, **more)


def told(folder: Path, wished: ClipsWish) -> tuple[str, ...]:
    planned = plan_clips(SESSION, [TEN, TEN], wished)
    return warnings_of(SESSION, folder / "talk.session.json", planned, wished)


def test_nothing_is_warned_of_where_all_is_well(tmp_path: Path) -> None:
    assert told(tmp_path, wish(tmp_path / "out")) == ()


def test_a_log_that_is_damaged_is_told_with_its_first_fault(tmp_path: Path) -> None:
    session_path = tmp_path / "talk.session.json"
    for name in ("x0", "x1", "x2"):
        log_export(session_path, exported(SESSION, name))
    assert told(tmp_path, wish(tmp_path / "out")) == ()
    path = export_log_path(session_path)
    whole = path.read_bytes()
    path.write_bytes(whole.replace(b'"x1"', b'"x7"'))
    (warning,) = told(tmp_path, wish(tmp_path / "out"))
    assert "“talk.exports.jsonl”, was changed by other hands or is damaged. Line " in warning
    assert warning.endswith("What is made now is added to it all the same.")
    path.write_bytes(b"one\ntwo\n" + whole)
    (warning,) = told(tmp_path, wish(tmp_path / "out"))
    assert " more. " in warning


def test_a_log_of_another_name_is_told_in_the_folder_of_the_session(tmp_path: Path) -> None:
    log_export(tmp_path / "before.session.json", exported(SESSION))
    (warning,) = told(tmp_path, wish(tmp_path / "out"))
    assert warning.startswith("“before.exports.jsonl” holds 1 export of this session")


def test_a_log_that_may_not_be_read_is_told(tmp_path: Path) -> None:
    export_log_path(tmp_path / "talk.session.json").mkdir()
    (warning,) = told(tmp_path, wish(tmp_path / "out"))
    assert "could not be read" in warning


def test_a_missing_model_is_told_before_anything_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(faces, "_PACKAGE", "no-such-package-here")
    masks = frozenset({Mask.FACES})
    (warning,) = told(tmp_path, wish(tmp_path, masks=masks))
    assert warning.startswith("2 clips cannot be made, since faces must be masked. ")
    assert "not installed" in warning
    assert told(tmp_path, wish(tmp_path, masks=masks, form=Form.M4A)) == ()
    assert told(tmp_path, wish(tmp_path, masks=masks | {Mask.PICTURE})) == ()


def test_a_disk_without_room_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _place: Usage(10, 9, 1))
    (warning,) = told(tmp_path, wish(tmp_path / "out"))
    assert "may take about" in warning
    assert "has 1 MB left" in warning


def test_room_is_told_by_the_recordings_that_are_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert CLIENT.video is not None
    small = replace(CLIENT, video=replace(CLIENT.video, width=320, height=180))
    session = replace(SESSION, recordings=(FILM, small))

    def needed(view: ClipView) -> float:
        (usual,) = plan_clips(session, [TEN], wish(tmp_path, view=view))
        warned = warnings_of(session, tmp_path / "s", [usual] * 90, wish(tmp_path, view=view))
        return float(warned[0].partition("about ")[2].partition(" MB")[0].replace(",", ""))

    monkeypatch.setattr(shutil, "disk_usage", lambda _place: Usage(10, 9, 1))
    film, client = needed(ClipView(("film",))), needed(ClipView(("client",)))
    assert needed(ClipView()) == film
    assert client < film / 2
    inset = needed(ClipView(("client", "film"), Layout.INSET))
    assert client <= inset < film / 2, "it is as large as the first one"


def test_how_large_a_clip_becomes_is_roughly_known(tmp_path: Path) -> None:
    (one,) = plan_clips(SESSION, [TEN], wish(tmp_path))
    usual = rough_bytes(one, wish(tmp_path), FULL_HD)
    assert 2_000_000 < usual < 20_000_000
    small = wish(tmp_path, size=Size(Quality.SMALL, None, 540))
    assert rough_bytes(one, small, FULL_HD) < usual / 4
    capped = wish(tmp_path, size=Size(Quality.BEST, 1_000_000))
    assert rough_bytes(one, capped, FULL_HD) == 1_000_000
    assert rough_bytes(one, wish(tmp_path, form=Form.WAV), FULL_HD) == 1_920_000


def test_room_is_looked_for_where_the_folder_will_be(tmp_path: Path) -> None:
    assert free_bytes(tmp_path / "not" / "yet") == free_bytes(tmp_path)
    assert size_told(1) == "1 MB"
    assert size_told(2_500_000_000) == "2.5 GB"


def test_a_list_gives_stretches_inside_the_bounds(tmp_path: Path) -> None:
    path = tmp_path / "moments.csv"
    path.write_text("start,end\n1.5,2\n0:00:09,0:00:30\n", encoding="utf-8-sig")
    found = read_clip_list(path, Interval(Micros(0), Micros(10 * SECOND)))
    assert [(one.interval.start, one.interval.end) for one in found] == [
        (1_500_000, 2_000_000),
        (9_000_000, 10_000_000),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "start;end\n1,5;2\n",
        "start\tend\n1.5\t2\n",
        "Start, END\n1.5, 2\n",
        "end,note,start\n2,so,1.5\n",
        "start,end\n\n,\n1.5,2\n  \n",
    ],
)
def test_a_list_may_be_as_spreadsheets_write_it(tmp_path: Path, text: str) -> None:
    path = tmp_path / "moments.csv"
    path.write_text(text, encoding="utf-8")
    (found,) = read_clip_list(path, Interval(Micros(0), Micros(10 * SECOND)))
    assert found.interval == Interval(Micros(1_500_000), Micros(2_000_000))


def test_a_list_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(AnnotatorError, match="it is not there"):
        read_clip_list(tmp_path / "moments.csv", Interval(Micros(0), Micros(10 * SECOND)))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("a,b\n1,2\n", "moments.csv has no columns called start and end"),
        ("", "no columns called start and end"),
        ("start,end\n1,2\nnan,inf\n", "Line 3 of moments.csv has no start and end"),
        ("start,end\n2,2\n", "ends where it starts"),
        ("start,end\n3,2\n", "ends before it starts"),
        (
            "start,end\n1,2\n20,30\n",
            "Line 3 of moments.csv, 0:00:20.000 to 0:00:30.000, lies outside the region",
        ),
        ("start,end\n1\n", "no start and end"),
        (f"start,end\n{'1' * 200_000},2\n", "moments.csv could not be read as a table"),
    ],
)
def test_a_list_that_cannot_be_cut_is_told(tmp_path: Path, text: str, why: str) -> None:
    path = tmp_path / "moments.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(AnnotatorError, match=why):
        read_clip_list(path, Interval(Micros(0), Micros(10 * SECOND)))
