"""XML whose long parts are told as they are met: the same tree, and the same refusals."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.storage.interchange import xml_reading
from annotator.storage.interchange.report import ForeignFileError
from annotator.storage.interchange.source import Source
from annotator.storage.interchange.xml_reading import DEEPEST, read_xml
from annotator.storage.interchange.xml_streaming import Strand, stream_xml

NAME = "a.xml"


class _Heard(Strand):
    """Remembers what it is told, each with its depth."""

    __slots__ = ("told",)

    def __init__(self) -> None:
        super().__init__()
        self.told: list[tuple[int, str]] = []

    def enter(self, name: str, attributes: dict[str, str], /) -> None:
        super().enter(name, attributes)
        self.told.append((self.depth, name))
        self.texts.clear()

    def leave(self, name: str, /) -> None:
        self.told.append((self.depth, f"/{name} {''.join(self.texts).strip()}"))
        super().leave(name)


def _streamed(data: bytes, *names: str) -> tuple[object, _Heard]:
    heard = _Heard()
    root = stream_xml(Source(NAME, data), lambda name, _told: heard if name in names else None)
    return root, heard


def test_told_parts_are_empty_in_the_tree_and_all_else_is_there() -> None:
    data = b"<r x='1'><a>one</a><b i='2'><c>t&amp;u</c><c/></b><a>two<d/>three</a></r>"
    heard = _Heard()
    root = stream_xml(Source(NAME, data), lambda name, _told: heard if name == "b" else None)
    assert [(one.tag, one.text, len(one)) for one in root] == [
        ("a", "one", 0),
        ("b", None, 0),
        ("a", "two", 1),
    ]
    assert root[1].attrib == {"i": "2"}
    assert root[2][0].tail == "three"
    assert heard.told == [(1, "c"), (1, "/c t&u"), (1, "c"), (1, "/c "), (0, "/b ")]


def test_names_and_attributes_have_their_namespaces() -> None:
    data = b"<r xmlns='n' xmlns:p='q' p:x='1'><p:a p:y='2'/></r>"
    root = stream_xml(Source(NAME, data), lambda _name, _told: None)
    whole = read_xml(Source(NAME, data))
    assert (root.tag, root.attrib) == (whole.tag, whole.attrib)
    assert (root[0].tag, root[0].attrib) == (whole[0].tag, whole[0].attrib)


REFUSED = {
    b"<!DOCTYPE a [<!ENTITY l 'ha'>]><a><b>&l;</b></a>": "entities of its own",
    b"<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a><b>&x;</b></a>": "entities of its",
    b"<a><b>" * DEEPEST + b"</b></a>" * DEEPEST: "nested more than",
    b"<a><b>" + b"<c>" * DEEPEST + b"</c>" * DEEPEST + b"</b></a>": "nested more than",
    b"<a><b></a>": "is broken",
    b"<a><b>": "is broken",
    b"": "is broken",
    b"<a><x:b/></a>": "is broken",
    b'<?xml version="1.0" encoding="klingon"?><a/>': "encoding",
}


@pytest.mark.parametrize(("data", "told"), REFUSED.items())
def test_what_is_refused_as_a_whole_is_refused_in_parts(data: bytes, told: str) -> None:
    with pytest.raises(ForeignFileError, match=told):
        _streamed(data, "b")


def test_more_elements_than_may_be_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xml_reading, "MOST_ELEMENTS", 10)
    with pytest.raises(ForeignFileError, match="more than 10 elements"):
        _streamed(b"<a><b>" + b"<c/>" * 10 + b"</b></a>", "b")


def test_text_that_a_document_type_elsewhere_would_tell_is_not_lost_in_silence() -> None:
    with pytest.raises(ForeignFileError):
        _streamed(b'<!DOCTYPE a SYSTEM "none.dtd"><a><b>&told;</b></a>', "b")


def test_a_document_type_alone_is_no_harm() -> None:
    root, heard = _streamed(b'<!DOCTYPE a SYSTEM "none.dtd"><a><b>t</b></a>', "b")
    assert root is not None
    assert heard.told == [(0, "/b t")]


@given(st.binary(max_size=200) | st.text("<>/ab&;!-= '\"", max_size=60).map(str.encode))
def test_both_ways_refuse_the_same(data: bytes) -> None:
    told = []
    for read in (read_xml, lambda one: stream_xml(one, lambda _name, _told: _Heard())):
        try:
            read(Source(NAME, data))
            told.append(("", ""))
        except ForeignFileError as refused:
            told.append((refused.what, refused.remedy))
    assert told[0] == told[1]
