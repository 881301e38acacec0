"""Broken and strange files of Noldus' Observer are refused or mended, and nothing else escapes."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from annotator.storage.interchange.report import ForeignFileError
from tests.storage.interchange.test_noldus import LOG, ODX, project
from tests.support.spoilt import BILLION_LAUGHS, is_met, read_as, spoilt


@settings(max_examples=200, deadline=None)
@given(data=spoilt([LOG.encode(), LOG.replace(",", ";").encode("utf-16")]))
def test_nothing_but_a_refusal_escapes_from_logs(data: bytes) -> None:
    assert is_met(data, "log.txt", "observer")


@settings(max_examples=200, deadline=None)
@given(data=spoilt([ODX.encode()]))
def test_nothing_but_a_refusal_escapes_from_projects(data: bytes) -> None:
    assert is_met(data, "talk.odx", "odx")


def test_a_table_without_the_headings_is_refused() -> None:
    with pytest.raises(ForeignFileError, match="no event log of Noldus"):
        read_as("Time,Behavior\n1,nod\n", "log.txt", "observer")


def test_an_open_quotation_mark_is_told() -> None:
    text = 'Time_Relative_sf,Behavior,Event_Type\n1,"' + "x" * 200_000
    with pytest.raises(ForeignFileError, match="quotation mark"):
        read_as(text, "log.txt", "observer")


def test_a_project_with_entities_is_refused() -> None:
    with pytest.raises(ForeignFileError, match="entities"):
        read_as(BILLION_LAUGHS.format(root="NXMLINTERCHANGE"), "talk.odx", "odx")


def test_another_xml_is_refused() -> None:
    with pytest.raises(ForeignFileError, match="no project of Noldus"):
        read_as("<x/>", "talk.odx", "odx")


def test_a_template_without_observations_is_refused_and_says_so() -> None:
    with pytest.raises(ForeignFileError, match="2 codes and no observations"):
        read_as(project(), "talk.odx", "odx")
