"""Names are found in texts as words of their own, and only there."""

from __future__ import annotations

import pytest

from annotator.model import ConsentScope
from annotator.model.disclosure import RefusedError
from annotator.model.telling import names_told, require_nameless
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
        ("Hanna Kowalskij", ()),
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
