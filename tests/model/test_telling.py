"""Names are found in texts as words of their own, and only there."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from annotator.model import ConsentScope, Micros
from annotator.model.disclosure import RefusedError
from annotator.model.telling import names_told, require_nameless, session_code
from annotator.model.transcript import Cue, Transcript
from tests.support.exports import CODER, TITLE, told_session
from tests.support.sessions import plain_session


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("as Anna Kowalski asked", (CODER,)),
        ("ANNA\n  KOWALSKI", (CODER,)),
        ("(miller friday)", (TITLE,)),
        ("Anna Kowalski-Brown and Miller Friday", (TITLE, CODER)),
        ("Anna", ()),
        ("Hanna Kowalski", ()),
        ("Anna Kowalskis", (CODER,)),  # as she owns something in German
        ("Anna_Kowalski_01", (CODER,)),
        ("Anna Kowalskiwna", ()),
        ("", ()),
    ],
)
def test_names_are_found_however_they_are_written(text: str, found: tuple[str, ...]) -> None:
    assert names_told(told_session(), [text]) == found


def test_a_coder_called_by_a_letter_is_no_name() -> None:
    assert names_told(plain_session(), ["A clip of the pass of A"]) == ()


def test_within_the_team_names_may_stand() -> None:
    require_nameless(told_session(), ConsentScope.PRIVATE, [CODER])
    with pytest.raises(RefusedError, match="names “Anna Kowalski”"):
        require_nameless(told_session(), ConsentScope.AUTHORIZED, ["fine", CODER])


@pytest.mark.parametrize("session_id", ["s1", "5f0c1e9ad2b4", "2026-03-01", "Fri"])
def test_an_id_that_tells_no_name_is_the_code(session_id: str) -> None:
    assert session_code(replace(told_session(), id=session_id)) == session_id


@pytest.mark.parametrize(
    "session_id", ["Miller Friday", "2026_miller", "annakowalski", "friday-3", "MILLER"]
)
def test_an_id_that_tells_a_name_is_put_into_a_code(session_id: str) -> None:
    session = replace(told_session(), id=session_id)
    code = session_code(session)
    assert re.fullmatch("[0-9a-f]{12}", code)
    assert session_code(session) == code
    assert session.id.casefold() not in code
    films = (replace(session.recordings[0], fingerprint="another"),)
    assert session_code(replace(session, recordings=films)) != code
    assert session_code(replace(session, id=f"{session_id}.")) != code


@pytest.mark.parametrize("session_id", ["doris-2026-01", "With Grabowski"])
def test_an_id_that_tells_who_is_in_it_is_put_into_a_code(session_id: str) -> None:
    session = replace(told_session(), id=session_id)
    people = (replace(session.participants[0], label="Doris"), *session.participants[1:])
    cue = Cue("u1", Micros(0), Micros(1), "Well", "Dr Grabowski")
    named = replace(session, participants=people, transcripts=(Transcript("t", (cue,)),))
    assert re.fullmatch("[0-9a-f]{12}", session_code(named))
    assert session_code(session) == session_id


def test_a_day_that_is_both_title_and_id_is_put_into_a_code() -> None:
    session = replace(told_session(), id="2026-03-01", title="2026-03-01")
    assert session_code(session) != "2026-03-01"


@pytest.mark.parametrize(
    ("label", "found"), [("Doris", ("Doris",)), ("C07", ()), ("client", ()), ("DW", ())]
)
def test_a_participant_who_is_called_by_name_is_found(label: str, found: tuple[str, ...]) -> None:
    session = told_session()
    people = (replace(session.participants[0], label=label), *session.participants[1:])
    assert names_told(replace(session, participants=people), [f"What {label} says"]) == found


def test_a_name_that_is_masked_is_refused_for_the_team_as_well() -> None:
    with pytest.raises(RefusedError, match="names “Bea”"):
        require_nameless(plain_session(), ConsentScope.PRIVATE, ["Bea's tears"], ["Bea", "Max"])
    require_nameless(plain_session(), ConsentScope.PRIVATE, ["Her tears"], ["Bea", "Max"])
