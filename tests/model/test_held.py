"""What an export cannot hold of anybody need not be masked in it, now or when it is recalled."""

from __future__ import annotations

from dataclasses import replace

import pytest

from annotator.model import Mask, Masking
from annotator.model.disclosure import MaskDuty, RefusedError, judge, permit
from annotator.model.export_record import Logged
from annotator.model.held import ALL_HELD, Held, maskable
from annotator.model.participant import ConsentScope
from annotator.model.recall import to_recall
from annotator.storage.codec_export import RECORD
from annotator.storage.codec_values import Problems
from tests.support.exports import CLIP, GIVEN, TODAY, exported, told_session

DEMANDS = replace(GIVEN, masks=(Masking(ConsentScope.LEARNING, (Mask.FACES, Mask.VOICE)),))
SESSION = told_session(DEMANDS)
SILENT, UNSEEN = (Held.PICTURE,), (Held.SOUND,)


def test_each_mask_is_of_something_that_is_held() -> None:
    assert maskable(()) == frozenset()
    assert maskable(SILENT) == {Mask.FACES, Mask.PICTURE}
    assert maskable(UNSEEN) == {Mask.VOICE, Mask.NAMES}
    assert maskable((Held.PICTURE, Held.WORDS)) == {Mask.FACES, Mask.PICTURE, Mask.NAMES}
    assert maskable(ALL_HELD) == set(Mask)


@pytest.mark.parametrize(("held", "mask"), [(SILENT, Mask.FACES), (UNSEEN, Mask.VOICE)])
def test_a_duty_is_left_where_it_means_something(held: tuple[Held, ...], mask: Mask) -> None:
    judgement = judge(SESSION, [CLIP], ConsentScope.LEARNING, TODAY).where(maskable(held))
    assert judgement.duties == (MaskDuty("p1", (mask,)),)
    with pytest.raises(RefusedError, match=f"must be masked: {mask.value}"):
        permit(judgement, [])
    assert permit(judgement, [MaskDuty("p1", (mask,))]).refusals == ()


def test_whoever_has_no_duty_left_is_not_named() -> None:
    voice = replace(GIVEN, masks=(Masking(ConsentScope.LEARNING, (Mask.VOICE,)),))
    judgement = judge(told_session(voice), [CLIP], ConsentScope.LEARNING, TODAY)
    assert judgement.where(maskable(SILENT)).duties == ()
    assert judgement.where(maskable(ALL_HELD)) == judgement


def recalled(held: tuple[Held, ...], *masks: Mask) -> list[str]:
    """Give why an export that held this, with these masks, is called back by what is demanded."""
    record = replace(exported(told_session()), holds=held, masks=(MaskDuty("p1", masks),))
    found = to_recall(SESSION, [Logged(record, "E1", 1)], TODAY)
    return [reason for one in found for reason in one.reasons]


def test_what_held_no_voice_is_not_called_back_for_a_voice() -> None:
    assert recalled(SILENT, Mask.FACES) == []
    assert recalled(UNSEEN, Mask.VOICE) == []
    assert recalled(SILENT, Mask.VOICE) == ["Of C01 must be masked: faces."]
    assert recalled(UNSEEN, Mask.FACES) == ["Of C01 must be masked: voice."]


@pytest.mark.parametrize("held", [ALL_HELD, ()])
def test_where_it_was_not_told_it_may_have_held_all(held: tuple[Held, ...]) -> None:
    assert recalled(held, Mask.FACES) == ["Of C01 must be masked: voice."]


def test_a_record_tells_what_was_held_and_older_ones_may_hold_anything() -> None:
    record = replace(exported(told_session()), holds=SILENT)
    tree = RECORD.write(record)
    assert tree["holds"] == ["picture"]
    assert RECORD.read(tree, "export", Problems()) == record
    del tree["holds"]
    older = RECORD.read(tree, "export", Problems())
    assert older is not None
    assert older.holds == ALL_HELD
