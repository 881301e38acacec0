"""γ: words where its package is not there, and the package's own number where it is."""

from __future__ import annotations

from importlib.util import find_spec

import pytest

from annotator.analysis.agreement import gamma as module
from annotator.analysis.agreement.gamma import INSTANTS_ALONE, MISSING, gamma
from annotator.model import Purpose
from tests.support.numbers import coding, meeting, tag

FIRST = (tag("a", "reflection", 0, 10), tag("b", "question", 20, 30), tag("c", "silence", 50, 55))
SECOND = (
    tag("d", "reflection", 1, 10),
    tag("e", "reflection", 21, 29),
    tag("f", "silence", 52, 55),
)


def test_without_the_package_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "find_spec", lambda _name: None)
    passes = (coding(*FIRST), coding(*SECOND, coder="B", purpose=Purpose.DOUBLE))
    found = gamma(meeting(*passes), passes)
    assert (found.value, found.because) == (None, MISSING)
    assert found.units == 6
    assert found.sentence == ""


def test_instants_alone_have_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "find_spec", lambda name: name)
    passes = (coding(tag("a", "question", 1)), coding(*SECOND, coder="B", purpose=Purpose.DOUBLE))
    assert gamma(meeting(*passes), passes).because == INSTANTS_ALONE


@pytest.mark.skipif(find_spec("pygamma_agreement") is None, reason="an extra, not installed")
def test_it_is_the_packages_own_number() -> None:
    passes = (coding(*FIRST), coding(*SECOND, coder="B", purpose=Purpose.DOUBLE))
    session = meeting(*passes)
    found = gamma(session, passes)
    assert found.value is not None
    assert 0.4 < found.value < 0.9
    assert gamma(session, passes).value == found.value
    same = (coding(*FIRST), coding(*FIRST, coder="B", purpose=Purpose.DOUBLE))
    assert gamma(meeting(*same), same).value == pytest.approx(1.0)
