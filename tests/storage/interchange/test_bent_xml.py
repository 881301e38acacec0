"""XML that is sound, and in which nothing is as it should be, is read or refused, and counted."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from annotator.storage.interchange.exchange import Imported
from annotator.storage.interchange.report import Outcome
from tests.storage.interchange.test_cacti import CONFIGURATION
from tests.storage.interchange.test_elan_faults import SEEDS
from tests.storage.interchange.test_noldus import ODX
from tests.storage.interchange.test_transana import HEAD, WHOLE
from tests.support.foreign import rich_session, write
from tests.support.spoilt import bent_xml, is_met
from tests.support.workbooks import with_member

TEMPLATE = write(rich_session(), "a.etf").data
TTML = [write(rich_session(), "a.ttml", as_tags=as_tags).data for as_tags in (False, True)]
BODY = re.sub("&(?![a-z]+;)", "&amp;", WHOLE.removeprefix(HEAD))
SOUND = HEAD + re.sub("<(?![A-Za-z/])", "&lt;", BODY)
WORKBOOK = write(rich_session(), "a.xlsx").data

GOOD: dict[str, tuple[str, list[bytes]]] = {
    "elan": ("a.eaf", [*SEEDS]),
    "elan-template": ("a.etf", [TEMPLATE]),
    "exmaralda": ("a.exb", [write(rich_session(), "a.exb").data]),
    "transana": ("a.tra", [SOUND.encode()]),
    "odx": ("a.odx", [ODX.encode()]),
    "cacti_config": ("a.xml", [CONFIGURATION.encode()]),
    "ttml": ("a.ttml", TTML),
}


@pytest.mark.parametrize("form", GOOD)
@settings(max_examples=100, deadline=None)
@given(data=some.data())
def test_bent_documents_are_read_or_refused(form: str, data: some.DataObject) -> None:
    name, good = GOOD[form]
    assert is_met(data.draw(bent_xml(good)), name, form)


def rows_are_even(found: Imported) -> bool:
    """Tell whether each row of a table is a tag, or is told; what else is gone is told as well."""
    gone = [one for one in found.report.remarks if one.outcome is Outcome.NOT_CARRIED]
    rows = sum(place.startswith(("row ", "cell ")) for one in gone for place in one.places)
    return 0 <= found.report.counted_in - found.report.counted_out <= rows


def members() -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(WORKBOOK)) as archive:
        return {one: archive.read(one) for one in archive.namelist()}


MEMBERS = members()


@settings(max_examples=100, deadline=None)
@given(name=some.sampled_from(sorted(MEMBERS)), data=some.data())
def test_bent_workbooks_are_read_or_refused(name: str, data: some.DataObject) -> None:
    bent = data.draw(bent_xml([MEMBERS[name]]))
    assert is_met(with_member(WORKBOOK, name, bent), "a.xlsx", "xlsx", rows_are_even)
