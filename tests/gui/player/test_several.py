"""Several recordings of one session stay in step on its clock."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from annotator.gui.player.deck import Deck
from annotator.gui.player.decks import Source
from annotator.gui.player.film import ShownFrame
from annotator.gui.player.player import Player
from annotator.model import SECOND, Interval, Look, Micros
from tests.support.fake_sound import FakeOutput
from tests.support.films import join, number_on, open_clip, settled
from tests.support.sounds import write_tone
from tests.support.timing_clips import ClipKind, TimingClip

ClipOf = Callable[[ClipKind], TimingClip]
ZERO = Micros(0)


def test_the_others_show_the_frame_of_the_same_moment(
    qtbot: QtBot, player: Player, clip_of: ClipOf
) -> None:
    lead, other = clip_of(ClipKind.FPS_25), clip_of(ClipKind.FPS_29_97)
    open_clip(qtbot, player, lead)
    deck = join(qtbot, player, other.path, 200_000, "b")
    for index in (12, 3, 20, 21, 22, 5):
        player.seek_frame(index)
        settled(qtbot, player, deck)
        qtbot.wait_until(lambda index=index: player.frame_index == index)
        wanted = deck.index_at(player.position)
        assert deck.shown is not None
        assert deck.shown.index == wanted
        assert number_on(deck.shown.image) == other.numbers[wanted]


def test_stepping_takes_the_others_along(qtbot: QtBot, player: Player, clip_of: ClipOf) -> None:
    open_clip(qtbot, player, clip_of(ClipKind.FPS_25))
    deck = join(qtbot, player, clip_of(ClipKind.FPS_60).path, 0, "b")
    for step in (5, 5, -3, 1):
        player.step(step)
    qtbot.wait_until(lambda: player.frame_index == 8)
    settled(qtbot, player, deck)
    assert deck.shown is not None
    assert deck.shown.index == deck.index_at(player.position)


def test_playing_they_stay_within_a_frame(qtbot: QtBot, player: Player, clip_of: ClipOf) -> None:
    open_clip(qtbot, player, clip_of(ClipKind.FPS_25))
    deck = join(qtbot, player, clip_of(ClipKind.FPS_29_97).path, 100_000, "b")
    apart: list[int] = []

    def note(_deck: Deck, frame: ShownFrame) -> None:
        if _deck is deck and player.is_playing:
            apart.append(abs(frame.time + deck.offset - player.clock_position))

    player.decks.shown.connect(note)
    player.play()
    qtbot.wait_until(lambda: not player.is_playing, timeout=30_000)
    assert len(apart) > 10
    late = sorted(apart)[len(apart) * 9 // 10]
    assert late < 40_000


def test_another_can_lead_and_the_moment_stays(
    qtbot: QtBot, player: Player, clip_of: ClipOf
) -> None:
    lead, other = clip_of(ClipKind.FPS_25), clip_of(ClipKind.FPS_29_97)
    open_clip(qtbot, player, lead)
    deck = join(qtbot, player, other.path, 0, "b")
    player.seek_frame(15)
    settled(qtbot, player, deck)
    moment = player.position
    player.decks.promote("b")
    settled(qtbot, player, deck)
    qtbot.wait_until(lambda: player.frame_index == deck.index_at(moment))
    assert player.lead is deck
    assert player.frame_times == deck.frame_times
    player.step(1)
    qtbot.wait_until(lambda: player.frame_index == deck.index_at(moment) + 1)
    player.decks.promote("nothing")
    assert player.lead is deck


def test_an_offset_is_followed_at_once(qtbot: QtBot, player: Player, clip_of: ClipOf) -> None:
    open_clip(qtbot, player, clip_of(ClipKind.FPS_25))
    deck = join(qtbot, player, clip_of(ClipKind.FPS_29_97).path, 0, "b")
    player.seek_frame(15)
    settled(qtbot, player, deck)
    player.decks.set_offset("b", Micros(300_000))
    settled(qtbot, player, deck)
    assert deck.shown is not None
    assert deck.shown.index == deck.index_at(player.position)
    assert deck.shown.time <= player.position - 300_000
    assert player.end == max(deck.end, player.lead.end if player.lead else 0)


def test_beyond_the_leading_film_time_goes_on(
    qtbot: QtBot, player: Player, clip_of: ClipOf
) -> None:
    """The therapist's camera ran out; the client's goes on, and so does tagging."""
    lead = clip_of(ClipKind.FPS_25)
    open_clip(qtbot, player, lead)
    deck = join(qtbot, player, clip_of(ClipKind.FPS_29_97).path, 2 * SECOND, "b")
    assert player.lead is not None
    moment = Micros(player.lead.end + 700_000)
    player.seek(moment)
    settled(qtbot, player, deck)
    assert player.position == moment
    assert player.frame_index == -1
    player.step(1)
    assert player.position == moment + 40_000
    player.step(-1)
    assert player.position == moment
    player.play()
    qtbot.wait_until(lambda: not player.is_playing, timeout=30_000)
    assert player.position == player.end


def test_before_the_leading_film_there_is_time_too(
    qtbot: QtBot, player: Player, clip_of: ClipOf
) -> None:
    open_clip(qtbot, player, clip_of(ClipKind.FPS_25), Micros(SECOND))
    join(qtbot, player, clip_of(ClipKind.FPS_29_97).path, 0, "b")
    assert player.start == 0
    player.seek(Micros(300_000))
    assert player.position == 300_000
    assert player.frame_index == -1
    player.seek(Micros(SECOND))
    qtbot.wait_until(lambda: player.frame_index == 0)


def test_one_that_cannot_be_opened_leaves_the_rest(
    qtbot: QtBot, player: Player, clip_of: ClipOf, tmp_path: Path
) -> None:
    open_clip(qtbot, player, clip_of(ClipKind.FPS_25))
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(b"no film")
    with qtbot.wait_signal(player.notice, timeout=10_000) as told:
        player.decks.join(Source(broken, ZERO, "b"), 2)
    assert "broken.mp4" in told.args[0]
    player.step(1)
    qtbot.wait_until(lambda: player.frame_index == 1)


def test_where_the_first_cannot_be_opened_the_second_leads(
    qtbot: QtBot, player: Player, clip_of: ClipOf, tmp_path: Path
) -> None:
    with qtbot.wait_signal(player.frame_changed, timeout=10_000):
        player.open_lead(Source(tmp_path / "gone.mp4", ZERO, "a"), 2)
        player.decks.join(Source(clip_of(ClipKind.FPS_25).path, ZERO, "b"), 2)
    assert player.lead is not None
    assert player.lead.key == "b"


def test_sound_recorded_apart_is_heard_with_the_film(
    qtbot: QtBot, player: Player, clip_of: ClipOf, output: FakeOutput, tmp_path: Path
) -> None:
    open_clip(qtbot, player, clip_of(ClipKind.NO_AUDIO))
    assert player.sound.problem == ""
    deck = join(qtbot, player, write_tone(tmp_path / "tone.wav", 440, 2), 0, "sound")
    player.play()
    qtbot.wait_until(lambda: output.heard() > 1000, timeout=10_000)
    player.decks.set_gain("sound", 0.0)
    assert deck.gain == 0
    qtbot.wait_until(lambda: output.starts == 2 and output.heard() > 1000, timeout=10_000)


def test_a_step_lets_a_piece_be_heard_unless_that_is_off(
    qtbot: QtBot, player: Player, clip_of: ClipOf, output: FakeOutput
) -> None:
    open_clip(qtbot, player, clip_of(ClipKind.FPS_25))
    player.scrubs = False
    player.step(1)
    qtbot.wait_until(lambda: player.frame_index == 1)
    assert output.starts == 0
    player.scrubs = True
    player.step(1)
    qtbot.wait_until(lambda: output.starts == 1 and player.frame_index == 2)
    assert not player.is_playing
    assert player.position == player.frame_times[2]


def test_closing_lets_go_of_all(qtbot: QtBot, player: Player, clip_of: ClipOf) -> None:
    open_clip(qtbot, player, clip_of(ClipKind.FPS_25))
    join(qtbot, player, clip_of(ClipKind.FPS_29_97).path, 0, "b")
    with qtbot.wait_signal(player.closed):
        player.close()
    assert player.decks.all == ()
    assert not player.is_open
    open_clip(qtbot, player, clip_of(ClipKind.FPS_60))
    assert len(player.decks.all) == 1


@pytest.mark.parametrize("speed", [1.0, 2.0])
def test_playing_back_shows_frames_in_falling_order(
    qtbot: QtBot, player: Player, clip_of: ClipOf, speed: float
) -> None:
    clip = clip_of(ClipKind.FPS_25)
    open_clip(qtbot, player, clip)
    player.seek_frame(len(clip.frame_times) - 1)
    qtbot.wait_until(lambda: player.frame_index == len(clip.frame_times) - 1)
    shown: list[int] = []
    player.frame_changed.connect(lambda frame: shown.append(frame.index))
    player.set_speed(speed)
    player.play_back()
    assert player.is_playing
    assert player.is_backwards
    qtbot.wait_until(lambda: not player.is_playing, timeout=30_000)
    qtbot.wait_until(lambda: player.frame_index == 0)
    assert shown == sorted(shown, reverse=True)
    assert len(set(shown)) > len(clip.frame_times) * 0.4
    assert float(Fraction(speed)) == player.speed


def test_from_back_to_forward_and_pause(qtbot: QtBot, player: Player, clip_of: ClipOf) -> None:
    clip = clip_of(ClipKind.FPS_25)
    open_clip(qtbot, player, clip)
    changes: list[bool] = []
    player.playing_changed.connect(changes.append)
    player.seek_frame(20)
    qtbot.wait_until(lambda: player.frame_index == 20)
    player.play_back()
    qtbot.wait_until(lambda: player.frame_index < 15)
    player.play()
    assert not player.is_backwards
    here = player.frame_index
    qtbot.wait_until(lambda: player.frame_index > here)
    player.pause()
    assert changes == [True, False]


def test_a_loop_is_played_again_and_again(qtbot: QtBot, player: Player, clip_of: ClipOf) -> None:
    clip = clip_of(ClipKind.FPS_25)
    open_clip(qtbot, player, clip)
    loop = Interval(clip.frame_times[5], clip.frame_times[10])
    with qtbot.wait_signal(player.loop_changed):
        player.set_loop(loop)
    player.seek(loop.start)
    qtbot.wait_until(lambda: player.frame_index == 5)
    shown: list[int] = []
    player.frame_changed.connect(lambda frame: shown.append(frame.index))
    player.play()
    qtbot.wait_until(lambda: shown.count(6) >= 3, timeout=20_000)
    assert max(shown) <= 11
    player.set_loop(None)
    qtbot.wait_until(lambda: player.frame_index > 15, timeout=20_000)


def test_a_loop_turns_without_the_sound_beginning_anew(
    qtbot: QtBot, player: Player, clip_of: ClipOf, output: FakeOutput
) -> None:
    clip = clip_of(ClipKind.FPS_25)
    open_clip(qtbot, player, clip)
    loop = Interval(clip.frame_times[5], clip.frame_times[10])
    player.set_loop(loop)
    player.play()
    shown: list[int] = []
    player.frame_changed.connect(lambda frame: shown.append(frame.index))
    qtbot.wait_until(lambda: shown.count(6) >= 4, timeout=20_000)
    assert output.starts == 1
    assert max(shown) <= 10
    player.set_speed(2.0)
    qtbot.wait_until(lambda: shown.count(6) >= 6, timeout=20_000)
    assert max(shown) <= 10
    player.pause()
    assert loop.start <= player.clock_position < loop.end
    player.play_back()
    qtbot.wait_until(lambda: player.frame_index < 5)


def test_beyond_a_loop_or_with_one_of_no_length_the_film_runs_on(
    qtbot: QtBot, player: Player, clip_of: ClipOf
) -> None:
    clip = clip_of(ClipKind.FPS_25)
    open_clip(qtbot, player, clip)
    player.set_loop(Interval(clip.frame_times[5], clip.frame_times[10]))
    player.seek(clip.frame_times[12])
    player.play()
    qtbot.wait_until(lambda: player.frame_index > 15)
    player.set_loop(Interval(clip.frame_times[40], clip.frame_times[40]))
    player.seek(clip.frame_times[38])
    qtbot.wait_until(lambda: player.frame_index > 42)
    assert player.clock_position > clip.frame_times[42]


def test_a_stretch_is_played_once(qtbot: QtBot, player: Player, clip_of: ClipOf) -> None:
    clip = clip_of(ClipKind.FPS_25)
    open_clip(qtbot, player, clip)
    player.play_stretch(Interval(clip.frame_times[4], clip.frame_times[12]))
    qtbot.wait_until(lambda: not player.is_playing, timeout=20_000)
    qtbot.wait_until(lambda: player.frame_index == 12 and not player.is_pending)
    player.play()
    qtbot.wait_until(lambda: player.frame_index > 14, timeout=20_000)
    assert player.clock_position > clip.frame_times[14]


def test_a_look_is_seen_at_once_and_costs_no_new_place(
    qtbot: QtBot, player: Player, clip_of: ClipOf
) -> None:
    open_clip(qtbot, player, clip_of(ClipKind.FPS_25))
    player.seek_frame(7)
    qtbot.wait_until(lambda: player.frame_index == 7 and not player.is_pending)
    assert player.lead is not None
    plain = player.lead.shown
    with qtbot.wait_signal(player.frame_changed) as changed:
        player.decks.set_look("", Look(turn=90, shape="2:1"))
    turned = changed.args[0]
    assert plain is not None
    assert turned.index == 7
    assert turned.image.width() == plain.image.height()
    assert turned.image.height() == 2 * plain.image.height()
    with qtbot.assert_not_emitted(player.frame_changed):
        player.decks.set_look("", Look(turn=90, shape="2:1", zoom=3))
