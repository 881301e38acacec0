"""Spreadsheets that Datavyu exports as JSON are read as its files are, or refused or told."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from annotator.storage.interchange.exchange import form_of
from annotator.storage.interchange.interface import TierUse
from annotator.storage.interchange.source import Source
from tests.support.foreign import places, read, repaired
from tests.support.spoilt import is_even, is_met, mutilated, refusal, strange_json

NAME = "baby16.json"
TABLE = """#4
look (MATRIX,true,)-direction|NOMINAL,who|NOMINAL
00:00:07:059,00:00:09:000,(l,mum)
00:00:09:500,00:00:09:500,(<direction>,)
said (TEXT,true,)
00:00:00:000,00:00:01:000,all gone now
"""


def cell(number: int, onset: str, offset: str, *values: str) -> dict[str, object]:
    return {"id": number, "onset": onset, "offset": offset, "values": [*values]}


def spreadsheet(*cells: object, **more: object) -> dict[str, object]:
    look = {
        "name": "look",
        "type": "MATRIX",
        "arguments": {"direction": "NOMINAL", "who": "NOMINAL"},
        "cells": list(cells),
    }
    speech = [cell(1, "00:00:00:000", "00:00:01:000", "all gone now")]
    said = {"name": "said", "type": "TEXT", "arguments": {}, "cells": speech}
    return {"passes": [look, said]} | more


GOOD = spreadsheet(
    cell(1, "00:00:07:059", "00:00:09:000", "l", "mum"),
    cell(2, "00:00:09:500", "00:00:09:500", "<direction>", ""),
)
KEYS = ["passes", "name", "type", "arguments", "cells", "id", "onset", "offset", "values"]
WORDS = some.sampled_from(["MATRIX", "TEXT", "00:00:01:000", "look", "<look>", ""])


def test_it_is_read_as_the_same_file_of_datavyu() -> None:
    found, same = read(json.dumps(GOOD, indent=2), NAME), read(TABLE, "baby16.opf")
    assert (found.format.id, same.format.id) == ("datavyu-json", "datavyu")
    (made,), (meant,) = found.sessions, same.sessions
    assert made.passes == meant.passes
    assert made.codebook == meant.codebook
    assert made.region == meant.region
    assert found.tiers == same.tiers
    assert (found.report.counted_in, found.report.counted_out) == (3, 3)
    assert found.report.remarks == ()


def test_columns_can_be_taken_for_something_else() -> None:
    found = read(json.dumps(GOOD), NAME, tier_uses={"said": TierUse.TRANSCRIPT})
    (cue,) = found.sessions[0].transcripts[0].cues
    assert (cue.text, cue.end) == ("all gone now", 1_000_000)


def test_what_is_wrong_with_a_cell_is_told_with_its_place() -> None:
    told = spreadsheet(
        cell(1, "x", "00:00:09:000", "l", "mum"),
        cell(2, "00:00:01:000", "00:00:02:000", "l"),
        cell(3, "00:00:05:000", "00:00:04:000", "l", "mum"),
        7,
    )
    found = read(json.dumps(told), NAME)
    first, last = "column “look”, cell 1", "column “look”, cell 4"
    assert places(found.report, "no times that can be read") == (first, last)
    assert places(found.report, "1 values for 2 arguments") == ("column “look”, cell 2",)
    assert "the end lay before the start; the two were exchanged" in repaired(found.report)
    assert is_even(found)


def test_passes_of_one_name_are_told_apart_and_what_is_none_is_told() -> None:
    told = GOOD["passes"]
    assert isinstance(told, list)
    found = read(json.dumps({"passes": [told[0], told[0], None]}), NAME)
    assert [one.name for one in found.tiers] == ["look", "look (2)"]
    assert places(found.report, "a pass that is none") == ("pass 3",)
    assert is_even(found)


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"passes": 3}', "7", "[[[" * 4000])
def test_what_holds_nothing_is_refused_in_plain_words(text: str) -> None:
    assert refusal(text, NAME, "datavyu-json")


def test_more_columns_than_any_program_writes_are_refused() -> None:
    told = {"passes": [{"name": str(number), "cells": []} for number in range(2001)]}
    assert "more than 2,000 columns" in refusal(json.dumps(told), NAME, "datavyu-json")


def test_json_of_others_is_left_to_others() -> None:
    other = {"segments": [{"start": 0, "end": 1, "text": "a"}]}
    assert form_of(Source(NAME, json.dumps(other).encode())).id == "whisper"


@settings(max_examples=60, deadline=None)
@given(some.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    assert is_met(data, NAME, "datavyu-json")


@settings(max_examples=120, deadline=None)
@given(strange_json(KEYS, WORDS))
def test_any_json_is_read_or_refused(value: object) -> None:
    assert is_met(json.dumps({"passes": [value, *GOOD["passes"]]}).encode(), NAME, "datavyu-json")
    assert is_met(json.dumps(spreadsheet(value)).encode(), NAME, "datavyu-json")


@settings(max_examples=100, deadline=None)
@given(mutilated([json.dumps(GOOD).encode()]))
def test_mutilated_files_are_read_or_refused(data: bytes) -> None:
    assert is_met(data, NAME, "datavyu-json")
