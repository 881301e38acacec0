"""A program that does nothing but tag, made to be killed; it says what it was told is on disk.

For each line `PATH SEED` that it reads it forks a child, so that a hundred lives cost one start.
"""

from __future__ import annotations

import os
import random
import sys
from dataclasses import replace
from pathlib import Path

from annotator.model.change import Change, TagChange, apply_changes
from annotator.model.coding import Tag
from annotator.model.session import Session
from annotator.model.time import Micros
from annotator.storage.store import SessionStore


def say(line: str) -> None:
    """Write a line that outlives this process."""
    os.write(1, f"{line}\n".encode())


def tag_for_ever(path: Path, seed: int) -> None:
    """Add and remove tags at random, save now and then, and say what is safe."""
    chance = random.Random(seed)
    opened = SessionStore.open(path, f"coder {seed}")
    session, number = opened.session, 0
    while True:
        number += 1
        changes, told = some_changes(session, chance, f"{seed}-{number}")
        session = apply_changes(session, changes)
        opened.store.append(changes)
        say(told)
        if chance.random() < 0.2:
            opened.store.save(session)


def some_changes(session: Session, chance: random.Random, name: str) -> tuple[list[Change], str]:
    """Give changes, and what to say of them: `+id` and `-id`, with blanks between."""
    coding_pass = session.passes[0]
    start = chance.randrange(10**9)
    tag = Tag(name, "reflection", Micros(start), Micros(start + chance.randrange(10**6)))
    if coding_pass.tags and chance.random() < 0.2:
        old = chance.choice(coding_pass.tags)
        return [TagChange(coding_pass.id, old, None)], f"-{old.id}"
    if chance.random() < 0.2:
        second = replace(tag, id=f"{name}b", note="é" * chance.randrange(3000))
        changes = [TagChange(coding_pass.id, None, one) for one in (tag, second)]
        return [*changes], f"+{tag.id} +{second.id}"
    return [TagChange(coding_pass.id, None, tag)], f"+{tag.id}"


def main() -> None:
    """Give birth to a child a line, and tell when it has died."""
    for line in sys.stdin:
        path, _, seed = line.strip().rpartition(" ")
        child = os.fork()
        if child == 0:
            tag_for_ever(Path(path), int(seed))
        say(f"born {child}")
        _, status = os.waitpid(child, 0)
        say(f"dead {os.waitstatus_to_exitcode(status)}")


if __name__ == "__main__":
    main()
