"""Tables that VIA exports become what its projects do; broken ones are refused or told."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from annotator.storage.interchange.exchange import form_of
from annotator.storage.interchange.interface import TierUse
from annotator.storage.interchange.source import Source
from tests.storage.interchange.test_via import RADIO, SELECT, TEXT, attribute
from tests.support.foreign import places, read, repaired
from tests.support.spoilt import is_even, is_met, mutilated, refusal, strange_json

NAME = "kitchen02Nov2024_16h02m_export.csv"
EXPORTED = "# Exported using VGG Image Annotator (http://www.robots.ox.ac.uk/~vgg/software/via)"
NOTE = '# - metadata of {""1"":""3""} indicates attribute with id "1" set to an option with id "3"'
ATTRIBUTES = {
    "1": attribute("Does, or not", SELECT, o0="cooks", o1="eats"),
    "2": attribute("Remark", TEXT),
    "3": attribute("Where", RADIO, "FILE1_Z1_XY1", o0="hand"),
}
WHOLE = "metadata_id,file_list,flags,temporal_coordinates,spatial_coordinates,metadata"
SEGMENTS = "metadata_id,file_list,temporal_segment_start,temporal_segment_end,metadata"
FILM = ["a, b.mp4"]


def cell(value: object, *, first: bool = False) -> str:
    """Write a value as VIA does, or as its first versions did."""
    text = json.dumps(value).replace('"', '""')
    return f'"{{{text}}}"' if first else f'"{text}"'


def whole(*rows: str, attributes: object = ATTRIBUTES, key: str = "ATTRIBUTE") -> str:
    head = [EXPORTED, "# Notes:", NOTE, f"# {key} = {json.dumps(attributes)}"]
    return "\n".join([*head, f"# CSV_HEADER = {WHOLE}", *rows])


def row(mid: str, z: object, av: object, xy: object = (), files: object = FILM) -> str:
    return f'"{mid}",{cell(files)},0,{cell(z)},{cell(xy)},{cell(av)}'


def segments(*rows: str) -> str:
    return "\n".join([EXPORTED, f"# CSV_HEADER = {SEGMENTS}", *rows])


def segment(mid: str, start: str, end: str, av: object) -> str:
    return f'"{mid}",{cell(FILM)},{start},{end},{cell(av)}'


GOOD = whole(row("1_a", [1.5, 3.25], {"1": "0", "2": 'says "no", and goes'}), row("1_b", [7], {}))
GOOD_SEGMENTS = segments(segment("1_a", "1.5", "3.25", {"Does": "cooks"}))


def tags(text: str, **wishes: object) -> list[tuple[str, int, int, str]]:
    found = read(text, NAME, **wishes)
    assert is_even(found)
    return [
        (one.code, one.start, one.end, one.note)
        for session in found.sessions
        for each in session.passes
        for one in each.tags
    ]


def test_all_annotations_are_read_with_the_names_of_options() -> None:
    wishes = {"tier_uses": {"Remark": TierUse.CODE}}
    found = read(GOOD, NAME, **wishes)
    assert (found.format.id, found.unit) == ("via-csv", "segments")
    assert (found.report.counted_in, found.report.counted_out) == (2, 2)
    assert [one.path for one in found.sessions[0].recordings] == FILM
    assert tags(GOOD, **wishes)[0] == ("cooks", 1_500_000, 3_250_000, 'says "no", and goes')
    assert [one.name for one in found.tiers] == ["Does, or not", "Remark"]


def test_regions_are_told_and_left() -> None:
    region = row("1_a", [2], {"3": "0"}, [2, 1, 1, 9, 9])
    found = read(whole(region, row("1_b", [3], {"1": "1"})), NAME)
    assert places(found.report, "a region in the picture") == ("1_a",)
    assert is_even(found)


def test_segments_have_the_names_of_attributes_and_whatever_end_there_is() -> None:
    text = segments(
        segment("1_a", "1.5", "3.25", {"Does": "cooks"}),
        segment("1_b", "4", "", {"Does": "eats"}),
        segment("1_c", "5", "6", {"Does": "cooks"}),
    )
    wishes = {"tiers": TierUse.VALUES}
    assert tags(text, **wishes) == [
        ("cooks", 1_500_000, 3_250_000, ""),
        ("eats", 4_000_000, 4_000_000, ""),
        ("cooks", 5_000_000, 6_000_000, ""),
    ]


def test_options_of_which_the_number_alone_is_told_are_noticed() -> None:
    text = segments(segment("1_a", "1", "2", {"Does": "0"}), segment("1_b", "1", "2", {"Does": ""}))
    found = read(text, NAME)
    assert places(found.report, "by their numbers alone") == ("1_a",)
    assert not places(read(GOOD_SEGMENTS, NAME).report, "by their numbers alone")


def test_the_first_versions_are_read_too() -> None:
    line = f'"1_a",{cell(FILM, first=True)},0,{cell([1, 2], first=True)},{cell([], first=True)},'
    line += cell({"1": "sings"}, first=True)
    text = whole(line, attributes={"1": "Does"}, key="ATTRIBUTES")
    assert tags(text, tiers=TierUse.VALUES) == [("sings", 1_000_000, 2_000_000, "")]


@pytest.mark.parametrize("files", [["a.mp4"], ["a.mp4", "b.wav"], ["https://x.org/a.mp4"], []])
def test_files_of_a_row_are_its_view(files: list[str]) -> None:
    text = whole(row("1_a", [1, 2], {"1": "0"}, files=files), row("2_b", [3], {}, files=["z.mp4"]))
    found = read(text, NAME)
    assert len(found.sessions) == 2
    names = [one.path for one in found.sessions[0].recordings]
    assert names == [one.removeprefix("https://x.org/") for one in files] or names == files


def test_without_the_remarks_the_first_row_has_the_headings() -> None:
    body = GOOD.split("\n")[-2:]
    found = read("\n".join([WHOLE, *body]), NAME)
    assert found.format.id == "via-csv"
    assert found.report.counted_out == 2
    assert [one.name for one in found.tiers] == ["attribute 1", "attribute 2"]


def test_what_a_spreadsheet_program_saved_again_is_read() -> None:
    lines = GOOD.split("\n")
    quoted = [
        '"' + one.replace('"', '""') + '",,' if '"' in one else f"{one},," for one in lines[:5]
    ]
    text = "\r\n".join([*quoted, *lines[5:]])
    assert tags(text, tiers=TierUse.CODE) == tags(GOOD, tiers=TierUse.CODE)


def test_an_id_that_stands_twice_is_given_another() -> None:
    found = read(whole(row("1_a", [1], {"1": "0"}), row("1_a", [2], {"1": "1"})), NAME)
    assert repaired(found.report) == {
        "an id stood twice; the later one was given another": ("line 7",)
    }
    assert found.report.counted_out == 2


def test_a_row_that_cannot_be_read_is_told() -> None:
    text = whole('"1_a","[""a.mp4""]",0,"[1,","[]","{""1"":"', row("1_b", [2], {"1": "0"}))
    found = read(text, NAME)
    assert places(found.report, "a time that cannot be read") == ("1_a",)
    assert places(found.report, "what is said of a segment cannot be read") == ("1_a",)
    assert is_even(found)


def test_other_tables_are_left_to_others() -> None:
    assert form_of(Source("x.csv", b"start,code\n1,a\n")).id == "csv"
    assert "headings are missing" in refusal("start,code\n1,a\n", NAME, "via-csv")
    assert refusal("", NAME, "via-csv")


@settings(max_examples=60, deadline=None)
@given(some.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    assert is_met(data, NAME, "via-csv")
    assert is_met(whole().encode() + b"\n" + data, NAME, "via-csv")


@settings(max_examples=100, deadline=None)
@given(mutilated([GOOD.encode(), GOOD_SEGMENTS.encode()]))
def test_mutilated_files_are_read_or_refused(data: bytes) -> None:
    assert is_met(data, NAME, "via-csv")


@settings(max_examples=60, deadline=None)
@given(strange_json(["1", "2", "aname", "type", "options", "a.mp4"]))
def test_any_json_in_a_cell_is_read_or_refused(value: object) -> None:
    text = whole(
        row("1_a", value, value, value, value), row("1_b", [1], {"1": "0"}), attributes=value
    )
    assert is_met(text.encode(), NAME, "via-csv")
