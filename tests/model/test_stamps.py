"""Ids differ, and the moment and the day are those of the clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from annotator.model.stamps import new_id, now, today


def test_ids_differ() -> None:
    ids = {new_id() for _ in range(1000)}
    assert len(ids) == 1000
    assert all(len(one) == 12 for one in ids)


def test_the_moment_is_told_in_utc_to_the_second() -> None:
    before, told = datetime.now(UTC).replace(microsecond=0), now()
    assert (len(told), told[-1]) == (len("2026-03-01T09:00:00Z"), "Z")
    assert before <= datetime.fromisoformat(told) <= before + timedelta(seconds=60)


def test_the_day_is_that_of_the_place() -> None:
    before = datetime.now().astimezone().date()
    assert before <= today() <= datetime.now().astimezone().date()
