"""Measures four recordings of one session in view: whether all play, and how far they part."""

from __future__ import annotations

from PyQt6.QtCore import QEventLoop, QTimer

from annotator.gui.player.deck import Deck
from annotator.gui.player.decks import Source
from annotator.gui.player.film import ShownFrame
from annotator.gui.player.player import Player
from annotator.model import Micros
from tests.benchmarks.player_driver import Driver
from tests.benchmarks.player_films import FPS, film_of
from tests.benchmarks.table import Row

SMALL = 720
MANY = 4
LATER = Micros(120_000)  # each begins so much after the one before


def several(driver: Driver, seconds: int) -> list[Row]:
    """Play four recordings of 720p25 in step; tell what was not shown, and how far they parted.

    They part by as much as the moment that a frame is for lies away from the moment at which it
    is shown, beyond the frame's own length.
    """
    player, film = driver.player, film_of(60, SMALL)
    driver.open(film)
    for number in range(1, MANY):
        _join(player, Source(film, Micros(number * LATER), f"camera {number}"))
    driver.jump(round(MANY * LATER * FPS / 1_000_000))
    driver.rest(1000)
    shown: dict[str, list[int]] = {}

    def note(deck: Deck, frame: ShownFrame) -> None:
        late = player.clock_position - deck.offset - frame.time
        shown.setdefault(deck.key, []).append(max(late - 1_000_000 // FPS, -late, 0))

    player.decks.shown.connect(note)
    _, used = driver.play(seconds)
    player.decks.shown.disconnect(note)
    fewest = min(len(moments) for moments in shown.values())
    apart = max(max(moments) for moments in shown.values()) / 1000
    return [
        Row("recordings that play", len(shown)),
        Row("frames of one not shown, at most", max(seconds * FPS - fewest, 0)),
        Row("most that one is behind or ahead, ms", apart, most=1000 / FPS),
        Row("processors in use", used / seconds),
    ]


def _join(player: Player, source: Source) -> None:
    waiting, guard = QEventLoop(), QTimer()
    player.decks.joined.connect(waiting.quit)
    guard.setSingleShot(True)
    guard.timeout.connect(lambda: waiting.exit(1))
    guard.start(30_000)
    player.decks.join(source, MANY)
    if waiting.exec():
        raise RuntimeError(f"{source.key} did not open")
