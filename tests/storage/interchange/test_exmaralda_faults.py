"""Broken and hostile transcriptions of EXMARaLDA are refused in plain words."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.storage.interchange.exchange import Imported
from annotator.storage.interchange.report import ForeignFileError, Outcome
from tests.support.foreign import read, rich_session, write

WRITTEN = write(rich_session(), "talk.exb").data


def tried_with(data: bytes) -> Imported | None:
    """Read bytes; None where they are refused."""
    try:
        return read(data, "talk.exb")
    except ForeignFileError:
        return None


def told_of(imported: Imported) -> int:
    """Count what was carried, and what was told not to be."""
    missing = [one for one in imported.report.remarks if one.outcome is Outcome.NOT_CARRIED]
    return imported.report.counted_out + sum(len(one.places) for one in missing)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "broken"),
        ("<basic-transcription>", "broken"),
        ("<segmented-transcription/>", "segmented transcription"),
        ("<list-transcription/>", "list transcription"),
        ("<html/>", "no transcription of EXMARaLDA"),
        ('<!DOCTYPE a [<!ENTITY b "c">]><basic-transcription/>', "declares entities"),
    ],
)
def test_what_is_no_transcription_is_refused(text: str, told: str) -> None:
    with pytest.raises(ForeignFileError, match=told):
        read(text, "talk.exb")


def test_a_transcription_of_nothing_is_read() -> None:
    imported = read("<basic-transcription/>", "talk.exb")
    assert (imported.report.counted_in, imported.report.counted_out) == (0, 0)
    assert imported.sessions[0].title == "talk"


def test_more_tiers_than_any_program_writes_are_refused() -> None:
    tiers = "<tier/>" * 2001
    text = f"<basic-transcription><basic-body>{tiers}</basic-body></basic-transcription>"
    with pytest.raises(ForeignFileError, match="more than 2,000 tiers"):
        read(text, "talk.exb")


def test_empty_and_missing_attributes_are_told() -> None:
    body = '<common-timeline><tli/><tli id=""/><tli id="a" time="1e999999"/></common-timeline>'
    tier = '<tier><event/><event start="a" end="a"><x><y/></x></event></tier>'
    text = f"<basic-transcription><basic-body>{body}{tier}</basic-body></basic-transcription>"
    imported = read(text, "talk.exb")
    assert imported.report.counted_in == told_of(imported) == 2
    assert "“1e999999” is no time" in "".join(imported.report.lines())


@settings(max_examples=80, deadline=None)
@given(
    cut=st.integers(0, len(WRITTEN)) | st.just(len(WRITTEN)),
    place=st.integers(0, len(WRITTEN)),
    piece=st.binary(max_size=6)
    | st.sampled_from([b"<event/>", b"<tli/>", b"<tier/>", b'"', b"T1", b"0", b"-", b" "]),
    over=st.integers(0, 4),
)
def test_mutilated_files_are_refused_or_read(cut: int, place: int, piece: bytes, over: int) -> None:
    imported = tried_with((WRITTEN[:place] + piece + WRITTEN[place + over :])[:cut])
    assert imported is None or imported.report.counted_in == told_of(imported)


@settings(max_examples=80, deadline=None)
@given(data=st.binary(max_size=300))
def test_nothing_but_a_refusal_comes_of_any_bytes(data: bytes) -> None:
    body = b"<basic-transcription>" + data + b"</basic-transcription>"
    assert tried_with(data) is None or told_of(tried_with(body) or read(WRITTEN, "x.exb")) >= 0
