"""What is said of masks: what was done, how sure it is, and never too much."""

from __future__ import annotations

from itertools import product

from annotator.model.sound_telling import NEVER_WHOLLY, SoundMasked, Sureness, told


def test_no_combination_promises_too_much() -> None:
    for voices, whole, names, beeped in product(
        ([], ["client"], ["client", "therapist"], ["a", "b", "c"]),
        (True, False),
        (None, 0, 1, 3),
        (True, False),
    ):
        masked = SoundMasked(voices, whole, names, 1 if names else 0, beeped, captioned=True)
        assert told(masked)[-1] is NEVER_WHOLLY
        for text in (one.text for one in told(masked)):
            assert "anonym" not in text.casefold()
            assert text.endswith(".")
            assert "  " not in text


def test_a_disguised_voice_is_weak_and_says_where_it_ends() -> None:
    found = told(SoundMasked(["client", "therapist"]))
    assert found[0].text.startswith("The voice of the client and the therapist was disguised")
    assert found[0].sureness is Sureness.WEAK
    assert "as it was" in found[1].text
    assert all("as it was" not in one.text for one in told(SoundMasked(whole=True)))


def test_names_are_gone_for_certain_but_perhaps_not_all() -> None:
    found = told(SoundMasked(names=3, estimated=2, beeped=False, captioned=True))
    texts = " ".join(one.text for one in found)
    assert "In 3 places there is silence" in texts
    assert "For 2 of them" in texts
    assert "“[name]”" in texts
    assert [one.sureness for one in found[1:4]] == [
        Sureness.CERTAIN,
        Sureness.LIKELY,
        Sureness.WEAK,
    ]


def test_what_was_not_masked_is_said() -> None:
    found = told(SoundMasked())
    assert "not changed" in found[0].text
    assert "left in" in found[1].text
    assert "In 1 place there is a beep" in " ".join(one.text for one in told(SoundMasked(names=1)))
