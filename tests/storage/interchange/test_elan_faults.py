"""ELAN documents that are broken or hostile: told in plain words, and nothing else escapes."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.storage.interchange.elan import FORMATS
from annotator.storage.interchange.exchange import form_of, read_foreign
from annotator.storage.interchange.interface import Wishes
from annotator.storage.interchange.report import ForeignFileError, Notes, Outcome
from annotator.storage.interchange.source import Source
from tests.storage.interchange.test_elan_again import DOCUMENT
from tests.support.eaf import aligned, eaf, referring, tier, vocabulary
from tests.support.foreign import NOW, read, rich_session, write

OURS = write(rich_session(), "talk.eaf").data
SEEDS = (DOCUMENT.encode(), OURS)


def read_or_refuse(data: bytes) -> bool:
    """Read a document; tells whether it was one. Its count must come out right if it was."""
    notes = Notes()
    reader = FORMATS[0].read
    assert reader is not None
    try:
        found = reader(Source("talk.eaf", data), Wishes(now=NOW), notes)
    except ForeignFileError:
        return False
    report = notes.report(found.counted_in, found.carried)
    missing = sum(
        len(one.places) + one.unplaced or 1
        for one in report.remarks
        if one.outcome is Outcome.NOT_CARRIED
    )
    assert found.counted_in == found.carried + missing
    return True


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "is broken"),
        (b"not XML", "is broken"),
        (b"<html/>", "is no file of ELAN"),
        (b"<CV_RESOURCE/>", "is no file of ELAN"),
        (DOCUMENT.encode()[:-30], "is broken"),
        (DOCUMENT.encode()[:500], "is broken"),
        (DOCUMENT.encode().replace(b"UTF-8", b"no-such"), "encoding"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><ANNOTATION_DOCUMENT/>', "declares entities"),
        (b"<ANNOTATION_DOCUMENT>" + b"<a>" * 300 + b"</a>" * 300 + b"</ANNOTATION_DOCUMENT>",
         "nested"),
    ],
)  # fmt: skip
def test_what_is_no_document_is_told(data: bytes, told: str) -> None:
    with pytest.raises(ForeignFileError, match=told) as caught:
        read_foreign(Source("talk.eaf", data), Wishes(now=NOW), "elan")
    assert "Error" not in str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        "<ANNOTATION_DOCUMENT/>",
        "<ANNOTATION_DOCUMENT><HEADER/><TIER/><TIER/></ANNOTATION_DOCUMENT>",
        eaf(tier("nod", "<ANNOTATION><REF_ANNOTATION/></ANNOTATION>")),
        eaf("", parts="<CONTROLLED_VOCABULARY/><EXTERNAL_REF/><LINGUISTIC_TYPE/><LANGUAGE/>"),
        eaf(tier("nod", aligned("a1", "", ""))),
        eaf(tier("nod", '<ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="a"/></ANNOTATION>')),
        eaf(tier("a", referring("x", "x"), more='PARENT_REF="a"')),
        eaf(tier("a", more='PARENT_REF="b"') + tier("b", more='PARENT_REF="a"')),
    ],
)
def test_documents_with_next_to_nothing_are_read(text: str) -> None:
    assert read_or_refuse(text.encode())


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-be", "iso-8859-1"])
def test_documents_in_other_encodings_are_read(encoding: str) -> None:
    name = {"utf-8-sig": "UTF-8", "utf-16-be": "UTF-16"}.get(encoding, encoding)
    text = eaf(tier("Kopfnicken schön", aligned("a1", "ts1", "ts2")), {"ts1": 0, "ts2": 1})
    data = text.replace("UTF-8", name, 1).encode(encoding)
    if encoding == "utf-16-be":
        data = b"\xfe\xff" + data
    found = read_foreign(Source("talk.eaf", data), Wishes(now=NOW))
    assert found.tiers[0].name == "Kopfnicken schön"


@pytest.mark.parametrize(
    ("name", "wanted"), [("a.eaf", "elan"), ("a.etf", "elan-template"), ("a.xml", "elan")]
)
def test_documents_are_known_by_what_stands_in_them(name: str, wanted: str) -> None:
    assert form_of(Source(name, DOCUMENT.encode())).id == wanted


def test_a_long_chain_of_references_is_followed_without_end() -> None:
    rows = [referring(f"b{n}", f"b{n - 1}" if n else "a1", "x") for n in range(5000)]
    text = eaf(
        tier("top", aligned("a1", "ts1", "ts2"))
        + tier("chain", *reversed(rows), kind="beside", more='PARENT_REF="top"'),
        {"ts1": 0, "ts2": 1000},
    )
    found = read(text, "talk.eaf")
    assert found.report.counted_out == 5001


def test_a_long_chain_of_tiers_is_followed_without_end() -> None:
    tiers = [tier(f"t{n}", kind="inside", more=f'PARENT_REF="t{n + 1}"') for n in range(3000)]
    text = eaf("".join(tiers) + tier("t3000", aligned("a1", "ts1", "t")), {"ts1": 0, "t": None})
    assert read_or_refuse(text.encode())


@pytest.mark.parametrize(
    "text",
    [
        eaf("".join(tier("same", aligned("a", "ts1", "ts2")) for _ in range(4000)),
            {"ts1": 0, "ts2": 9}),
        eaf(tier("head", aligned("a", "ts1", "ts2", "v7"), kind="listed"), {"ts1": 0, "ts2": 9},
            parts=vocabulary("list", *((f"v{n}", "") for n in range(20_000)))),
        eaf(tier("t", *(referring(f"b{n}", "a", "x", previous=f"b{(n * 7) % 9000}")
                        for n in range(9000)), aligned("a", "ts1", "ts2"), kind="pieces"),
            {"ts1": 0, "ts2": 9}),
        eaf(tier("t", *(aligned(f"a{n}", f"s{n}", f"s{n + 1}") for n in range(9000))),
            {f"s{n}": None if 0 < n < 9000 else n for n in range(9001)}),
    ],
    ids=["tiers of one name", "a huge vocabulary", "a tangled chain", "one time in thousands"],
)  # fmt: skip
def test_what_is_meant_to_take_long_does_not(text: str) -> None:
    begun = time.process_time()
    assert read_or_refuse(text.encode())
    assert time.process_time() - begun < 5  # seconds; it takes a tenth of that


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    assert read_or_refuse(data) in {True, False}


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """Make a document that was cut, flipped, or had pieces taken out, doubled or exchanged."""
    data = bytearray(draw(st.sampled_from(SEEDS)))
    for _ in range(draw(st.integers(1, 4))):
        first = draw(st.integers(0, len(data)))
        last = min(len(data), first + draw(st.integers(0, 400)))
        kind = draw(st.sampled_from(["cut", "flip", "out", "twice", "digit", "element"]))
        piece = data[first:last]
        if kind == "cut":
            del data[first:]
        elif kind == "flip" and first < len(data):
            data[first] ^= 1 << draw(st.integers(0, 7))
        elif kind == "out":
            del data[first:last]
        elif kind == "twice":
            data[first:first] = piece
        elif kind == "digit":
            data[first:last] = piece.replace(b"1", b"9").replace(b"ts", b"a")
        else:
            data[first:last] = piece.replace(b"ALIGNABLE", b"REF").replace(b"REF1", b"REF9")
    return bytes(data)


@settings(max_examples=150, deadline=None)
@given(mutated())
def test_mutated_documents_are_read_or_refused(data: bytes) -> None:
    assert read_or_refuse(data) in {True, False}


NAMES = st.sampled_from(["a1", "a2", "a3", "", "x"])
SLOT_NAMES = st.sampled_from(["ts1", "ts2", "ts3", "ts4", "gone", ""])


@st.composite
def wild(draw: st.DrawFn) -> str:
    """Make a whole document of tiers that refer to each other in any way."""
    tiers = []
    for name in draw(st.lists(st.sampled_from(["one", "two", "three", ""]), max_size=4)):
        marks = [
            aligned(draw(NAMES), draw(SLOT_NAMES), draw(SLOT_NAMES), draw(NAMES))
            if draw(st.booleans())
            else referring(draw(NAMES), draw(NAMES), draw(NAMES), draw(NAMES))
            for _ in range(draw(st.integers(0, 5)))
        ]
        kind = draw(st.sampled_from(["plain", "parts", "inside", "pieces", "beside", "listed",
                                     "annotator moment", "annotator choice: x"]))  # fmt: skip
        parent = draw(st.sampled_from(["", 'PARENT_REF="one"', 'PARENT_REF="two"']))
        tiers.append(tier(name, *marks, kind=kind, more=parent))
    times = st.one_of(st.none(), st.integers(0, 9999))
    slots = {f"ts{n}": draw(times) for n in range(1, 5)}
    return eaf("".join(tiers), slots, parts=vocabulary("list", ("a1", "x"), ("a2", "")))


@settings(max_examples=60, deadline=None)
@given(wild())
def test_wild_documents_are_read_counted_and_written_again(text: str) -> None:
    assert read_or_refuse(text.encode())
    session = read(text, "talk.eaf").sessions[0]
    written = write(session, "talk.eaf")
    again = read(written.data, "talk.eaf").sessions[0]
    tags = [(one.coder, each.code, each.start, each.end, each.note)
            for one in session.passes for each in one.tags if each.start < each.end]  # fmt: skip
    found = [(one.coder, each.code, each.start, each.end, each.note)
             for one in again.passes for each in one.tags if each.start < each.end]  # fmt: skip
    assert [row[1] for row in found] == [row[1] for row in tags]
