"""What strangers put into files: told plainly, within bounds, and never followed."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.errors import StorageError
from annotator.storage.interchange import source as sources
from annotator.storage.interchange import xml_reading
from annotator.storage.interchange.json_reading import read_json
from annotator.storage.interchange.report import PLACES_AT_MOST, ForeignFileError, Notes
from annotator.storage.interchange.source import Source, open_source
from annotator.storage.interchange.xml_reading import read_xml, root_name

LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE a [<!ENTITY l "ha">
<!ENTITY m "&l;&l;&l;&l;&l;&l;&l;&l;"><!ENTITY n "&m;&m;&m;&m;&m;&m;&m;&m;">]><a>&n;</a>"""
OUTSIDE = b"""<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>"""
PARAMETER = b"""<!DOCTYPE a [<!ENTITY % x SYSTEM "http://127.0.0.1/x.dtd"> %x;]><a/>"""


@pytest.mark.parametrize("data", [LAUGHS, OUTSIDE, PARAMETER])
def test_entities_are_refused_before_anything_is_built(data: bytes) -> None:
    with pytest.raises(ForeignFileError, match="entities of its own"):
        read_xml(Source("a.eaf", data))


def test_a_document_type_alone_is_no_harm_and_is_not_fetched() -> None:
    data = b'<!DOCTYPE a SYSTEM "http://127.0.0.1:9/none.dtd"><a b="c">d</a>'
    assert read_xml(Source("a.xml", data)).text == "d"


def test_depth_and_count_of_elements_have_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    deep = b"<a>" * 100_000 + b"</a>" * 100_000
    with pytest.raises(ForeignFileError, match="nested more than"):
        read_xml(Source("a.xml", deep))
    monkeypatch.setattr(xml_reading, "MOST_ELEMENTS", 10)
    with pytest.raises(ForeignFileError, match="more than 10 elements"):
        read_xml(Source("a.xml", b"<a>" + b"<b/>" * 10 + b"</a>"))


def test_broken_xml_is_told_with_its_place() -> None:
    with pytest.raises(ForeignFileError) as told:
        read_xml(Source("a.eaf", b"<a>\n  <b>\n</a>"))
    assert "line 3" in told.value.what
    assert told.value.problems == ("line 3, column 3: not well-formed",)


@pytest.mark.parametrize("data", [b"<x:a/>", b"<a x:b='1'/>", b"<a b='1' b='2'/>", b"", b"\0"])
def test_what_is_no_xml_is_told(data: bytes) -> None:
    with pytest.raises(ForeignFileError, match="is broken"):
        read_xml(Source("a.eaf", data))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "latin-1"])
def test_xml_is_read_in_its_own_encoding(encoding: str) -> None:
    name = encoding.removesuffix("-sig")
    data = f'<?xml version="1.0" encoding="{name}"?>\r\n<a>Grüße</a>'.encode(encoding)
    assert read_xml(Source("a.xml", data)).text == "Grüße"
    assert root_name(Source("a.xml", data)) == "a"


def test_an_unknown_encoding_is_told() -> None:
    with pytest.raises(ForeignFileError):
        read_xml(Source("a.xml", b'<?xml version="1.0" encoding="klingon"?><a/>'))


@pytest.mark.parametrize(
    ("text", "root"),
    [
        ("<a/>", "a"),
        ("\ufeff <?xml version='1.0'?>\n<!-- <b> -->\n<ns:a x='1'>", "a"),
        ("<!DOCTYPE x [ <!ELEMENT x ANY> ]><a>", "a"),
        ("plain < text", ""),
        ("", ""),
    ],
)
def test_the_first_element_is_named(text: str, root: str) -> None:
    assert root_name(Source("a.xml", text.encode())) == root


@given(st.binary(max_size=300))
def test_no_bytes_break_xml_or_json(data: bytes) -> None:
    for read in (read_xml, lambda one: read_json(one, Notes())):
        refusals: list[str] = []
        try:
            read(Source("a.x", data))
        except ForeignFileError as refused:
            refusals = [refused.what, refused.remedy]
        assert all(refusals)


@pytest.mark.parametrize("opening", ["[", '{"a":'])
def test_json_nested_without_end_is_refused(opening: str) -> None:
    data = (opening * 100_000).encode()
    with pytest.raises(ForeignFileError):
        read_json(Source("a.json", data), Notes())


def test_odd_numbers_are_told_and_stand_for_none() -> None:
    notes = Notes()
    data = b"[NaN, Infinity, -Infinity, 1e5, 0.1, " + b"9" * 5000 + b", 1e99999999999999999999]"
    value = read_json(Source("a.json", data), notes)
    assert isinstance(value, list)
    assert value[:3] == [None, None, None]
    assert str(value[4]) == "0.1"
    assert value[5:] == [None, None]
    assert len(notes.report(0, 0).remarks) == 4


def test_broken_json_is_told_with_its_place() -> None:
    with pytest.raises(ForeignFileError) as told:
        read_json(Source("a.json", b'{\n "a": 1,\n}'), Notes())
    assert "line 3" in told.value.what


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.eaf"
    with path.open("wb") as file:
        file.truncate(2 * 1024**3)  # a hole: it takes no room on the disk
    began = time.perf_counter()
    with pytest.raises(ForeignFileError, match="2,048 megabytes"):
        open_source(path)
    assert time.perf_counter() - began < 5


def test_what_is_no_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(ForeignFileError, match="not a file"):
        open_source(tmp_path)
    with pytest.raises(StorageError):
        open_source(tmp_path / "gone.eaf")
    pipe = tmp_path / "pipe.eaf"
    os.mkfifo(pipe)
    with pytest.raises(ForeignFileError, match="not a file"):
        open_source(pipe)


def test_only_bare_names_are_found_beside_a_file(tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    (tmp_path / "secret.ecv").write_bytes(b"secret")
    (inner / "own.ecv").write_bytes(b"own")
    (inner / "talk.eaf").write_bytes(b"")
    source = open_source(inner / "talk.eaf")
    assert source.beside("own.ecv") == b"own"
    assert source.beside("somewhere/else/own.ecv") == b"own"
    for name in ("../secret.ecv", "..\\secret.ecv", str(tmp_path / "secret.ecv"), "..", "", "\0"):
        assert source.beside(name) is None


def test_a_file_beside_that_is_too_large_is_as_good_as_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "talk.eaf").write_bytes(b"")
    (tmp_path / "big.ecv").write_bytes(b"12345")
    monkeypatch.setattr(sources, "LARGEST", 4)
    assert open_source(tmp_path / "talk.eaf").beside("big.ecv") is None


def test_a_remark_with_very_many_places_keeps_some_and_counts_the_others() -> None:
    notes = Notes()
    for number in range(PLACES_AT_MOST + 7):
        notes.repaired("mended", number + 1)
    (remark,) = notes.report(0, 0).remarks
    assert (len(remark.places), remark.unplaced) == (PLACES_AT_MOST, 7)
    assert f"and {PLACES_AT_MOST + 7 - 6} more" in str(remark)
    again = Notes()
    again.take(notes.report(0, 0))
    assert again.report(0, 0) == notes.report(0, 0)


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("talk.eaf", "talk"),
        ("C07.2.eaf", "C07.2"),
        ("study.boris.gz", "study"),
        ("a.VIA.json", "a"),
        (".eaf", ".eaf"),
        ("plain", "plain"),
    ],
)
def test_the_stem_of_a_name_is_all_but_its_ending(name: str, stem: str) -> None:
    assert Source(name, b"").stem == stem
