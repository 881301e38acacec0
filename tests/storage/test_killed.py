"""A hundred lives end by SIGKILL: every tag that was acknowledged is there when it is opened."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from annotator.model.session import Session
from annotator.storage.store import SessionStore
from tests.support.sessions import plain_session

LIVES = 100

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has neither fork nor SIGKILL")


class Nursery:
    """The process whose children tag."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        self._orders, self._lines = process.stdin, process.stdout

    def live(self, path: Path, seed: int, chance: random.Random) -> list[str]:
        """Let a child tag, kill it at a random moment, and give what it acknowledged."""
        self._orders.write(f"{path} {seed}\n")
        self._orders.flush()
        told: list[str] = []
        child = self._read(told)
        told += [self._lines.readline().strip() for _ in range(chance.randrange(1, 12))]
        until = time.perf_counter() + chance.random() * 0.003
        while time.perf_counter() < until:
            pass  # the moment of death must not hang on our having read something
        os.kill(child, signal.SIGKILL)
        assert self._read(told) == -signal.SIGKILL
        return told

    def _read(self, told: list[str]) -> int:
        """Read on to a birth or a death, keeping what the child says meanwhile."""
        while True:
            word, _, number = self._lines.readline().strip().partition(" ")
            if word in {"born", "dead"}:
                return int(number)
            assert word, "the tagging process ended by itself"
            told.append(f"{word} {number}".strip())


def ids(session: Session) -> set[str]:
    return {tag.id for tag in session.passes[0].tags}


def after(known: set[str], told: list[str]) -> set[str]:
    """Give what must be there after what was acknowledged."""
    known = set(known)
    for word in " ".join(told).split():
        if word[0] == "+":
            known.add(word[1:])
        else:
            known.remove(word[1:])
    return known


def test_every_acknowledged_tag_outlives_the_program(tmp_path: Path) -> None:
    path = tmp_path / "talk.session.json"
    SessionStore.create(path, plain_session(0), "A").close()
    chance = random.Random(20260301)
    known: set[str] = set()
    acknowledged = recovered = 0
    command = [sys.executable, "-m", "tests.support.tagger"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=Path.cwd()
    ) as process:
        nursery = Nursery(process)
        for life in range(LIVES):
            told = nursery.live(path, life, chance)
            expected = after(known, told)
            opened = SessionStore.open(path, "A")
            opened.store.close()
            known = ids(opened.session)
            # the one batch in hand at the moment of death may be there or not, but whole
            in_hand = known ^ expected
            assert len(in_hand) <= 2, f"life {life}: {in_hand}"
            assert expected <= known or len(expected - known) == 1 == len(in_hand)
            assert not opened.store.read_only
            acknowledged += len(told)
            recovered += bool(opened.notices)
        assert process.stdin is not None
        process.stdin.close()
    assert acknowledged >= LIVES
    assert recovered >= LIVES // 4
    assert {one.name.removeprefix(path.name) for one in tmp_path.iterdir()} <= {
        "",
        ".bak",
        ".journal",
        ".journal.bak",
    }
