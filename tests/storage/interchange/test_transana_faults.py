"""Broken and strange databases of Transana are refused or mended, and nothing else escapes."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from annotator.storage.interchange.report import ForeignFileError
from annotator.storage.interchange.rtf_text import plain_text
from tests.storage.interchange.test_transana import CLIP, EPISODE, WHOLE, database, record, tags
from tests.support.spoilt import BILLION_LAUGHS, is_met, read_as, spoilt


def test_collections_in_a_ring_do_no_harm() -> None:
    ring = record("Collection", Num=2, ID="A", ParentCollectNum=3)
    ring += record("Collection", Num=3, ID="B", ParentCollectNum=2)
    text = database(EpisodeFile=EPISODE, ClipFile=CLIP, CollectionFile=ring)
    assert len(tags(read_as(text, "talk.tra").sessions[0])) == 1


@settings(max_examples=200, deadline=None)
@given(data=spoilt([WHOLE.encode(), WHOLE.encode("cp1252", "replace")]))
def test_nothing_but_a_refusal_escapes(data: bytes) -> None:
    assert is_met(data, "talk.tra", "transana")


@given(text=some.text("\\{}'a4<0> \nupar9", max_size=200))
def test_any_rtf_is_read(text: str) -> None:
    assert isinstance(plain_text(text), str)


def test_other_xml_and_entities_are_refused() -> None:
    with pytest.raises(ForeignFileError, match="no export of Transana"):
        read_as("<x/>", "talk.tra", "transana")
    with pytest.raises(ForeignFileError, match="entities"):
        read_as(BILLION_LAUGHS.format(root="Transana"), "talk.tra", "transana")
