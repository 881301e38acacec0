"""Broken and hostile TextGrids are refused in plain words, or read as far as they go."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.storage.interchange.exchange import Imported
from annotator.storage.interchange.interface import TierUse
from annotator.storage.interchange.report import ForeignFileError, Outcome
from tests.support.foreign import places, read, rich_session, write

HEAD = 'File type = "ooTextFile"\nObject class = "TextGrid"\n\n0\n2\n<exists>\n1\n'
TIER = '"IntervalTier"\n"mood"\n0\n2\n2\n0\n1\n"a"\n1\n2\n"b"\n'


def tried_with(data: bytes) -> Imported | None:
    """Read bytes; None where they are refused."""
    try:
        return read(data, "talk.TextGrid")
    except ForeignFileError:
        return None


def told_of(imported: Imported) -> int:
    """Count what was carried, and what was told not to be."""
    missing = [one for one in imported.report.remarks if one.outcome is Outcome.NOT_CARRIED]
    return imported.report.counted_out + sum(len(one.places) for one in missing)


def test_a_binary_file_is_refused_with_what_to_do() -> None:
    with pytest.raises(ForeignFileError, match="binary") as caught:
        read(b"ooBinaryFile\x08TextGrid" + bytes(60), "talk.TextGrid")
    assert "text file" in str(caught.value.remedy)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hello",
        'File type = "ooTextFile"\nObject class = "Sound 2"\n\n0\n1\n',
        'File type = "ooTextFile"\n',
    ],
)
def test_what_is_no_textgrid_is_refused(text: str) -> None:
    with pytest.raises(ForeignFileError, match="holds no TextGrid"):
        read(text, "talk.TextGrid")


def test_a_file_that_was_cut_off_gives_what_is_whole() -> None:
    imported = read((HEAD + TIER)[:-6], "talk.TextGrid")
    assert (imported.report.counted_in, imported.report.counted_out) == (2, 1)
    assert places(imported.report, "its time cannot be read") == ("line 16",)


def test_a_label_that_is_missing_is_told() -> None:
    imported = read((HEAD + TIER)[:-4], "talk.TextGrid")
    assert (imported.report.counted_in, imported.report.counted_out) == (2, 1)
    assert places(imported.report, "the file ends before the label") == ("line 16",)


def test_a_quotation_mark_that_is_never_closed_ends_the_reading() -> None:
    imported = read(HEAD + TIER.replace('"b"', '"b'), "talk.TextGrid")
    assert (imported.report.counted_in, imported.report.counted_out) == (2, 1)
    assert places(imported.report, "never closed") == ("line 18",)


def test_times_that_are_none_are_told_with_their_line() -> None:
    text = HEAD + TIER.replace('1\n2\n"b"', '--undefined--\n1e99999\n"b"')
    imported = read(text, "talk.TextGrid", tiers=TierUse.CODE)
    assert (imported.report.counted_in, imported.report.counted_out) == (2, 1)
    assert places(imported.report, "its time cannot be read: “b”") == ("line 16",)


def test_a_label_on_a_tier_that_is_not_there_is_told() -> None:
    text = (
        '"Praat chronological TextGrid text file"\n0 2\n1\n"TextTier" "bell" 0 2\n'
        '1 0.5\n"a"\n7 0.6\n"b"\n0 1 2\n"c"\n1 1\n"d"\n'
    )
    imported = read(text, "talk.TextGrid")
    assert (imported.report.counted_in, imported.report.counted_out) == (4, 2)
    assert places(imported.report, "a tier that is not there") == ("line 7", "line 9")


def test_more_tiers_than_any_program_writes_are_refused() -> None:
    with pytest.raises(ForeignFileError, match="more than 2,000 tiers"):
        read(HEAD + '"TextTier"\n""\n0\n2\n0\n' * 2001, "talk.TextGrid")


@pytest.mark.parametrize("pest", ['"', '""', '"a" ', "-", "1 ", "<exists>", '"TextGrid" ', "!"])
def test_endless_repetition_takes_no_endless_time(pest: str) -> None:
    heads = (HEAD, HEAD + TIER, HEAD.replace('"TextGrid"', '"Collection"'))
    tried = [tried_with((head + pest * 100_000).encode()) for head in heads]
    assert tried[0] is None or tried[0].report.counted_in >= 0


@settings(max_examples=150, deadline=None)
@given(data=st.binary(max_size=200), head=st.sampled_from([b"", HEAD.encode(), b"ooTextFile"]))
def test_nothing_but_a_refusal_comes_of_any_bytes(data: bytes, head: bytes) -> None:
    imported = tried_with(head + data)
    assert imported is None or imported.report.counted_in == told_of(imported)


WRITTEN = write(rich_session(), "talk.TextGrid").data


@settings(max_examples=80, deadline=None)
@given(
    cut=st.integers(0, len(WRITTEN)),
    place=st.integers(0, len(WRITTEN)),
    piece=st.binary(max_size=6) | st.sampled_from([b'"', b"\n", b" 1 ", b"<exists>", b"-1e400 "]),
    times=st.integers(0, 3),
)
def test_mutilated_files_are_refused_or_read(
    cut: int, place: int, piece: bytes, times: int
) -> None:
    data = (WRITTEN[:place] + piece * times + WRITTEN[place + times :])[:cut]
    imported = tried_with(data)
    assert imported is None or imported.report.counted_in == told_of(imported)
