"""What the commands on consent share: levels, days and participants as people type them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import click

from annotator.errors import AnnotatorError
from annotator.model import ConsentScope, ExcludedSpan, Mask, Participant, Session
from annotator.model.consent_rules import called, read_date
from annotator.model.disclosure import Judgement
from annotator.model.time import Interval, to_seconds_text

LEVEL_WORDS = ", ".join(level.word for level in ConsentScope)
MASK_WORDS = ", ".join(Mask)


class LevelType(click.ParamType[ConsentScope]):
    """A level by its word, such as learners, or as it stands in a session file."""

    name = "level"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> ConsentScope:
        """Read a level, or refuse it with those there are."""
        text = str(value).strip().casefold()
        found = [level for level in ConsentScope if text in (level.word, level.value)]
        if not found:
            self.fail(f"“{value}” is none of {LEVEL_WORDS}", param, ctx)
        return found[0]


class DayType(click.ParamType[date]):
    """A day such as 2026-03-01."""

    name = "day"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        """Read a day, or refuse it with an example of one."""
        if isinstance(value, date):
            return value
        day = read_date(str(value).strip())
        if day is None:
            self.fail(f"“{value}” is not a day such as 2026-03-01", param, ctx)
        return day


LEVEL = LevelType()
DAY = DayType()
SESSION = click.argument("session", type=click.Path(path_type=Path))
JSON = click.option("--json", "as_json", is_flag=True, help="Write JSON, times in seconds.")
ON = click.option("--on", "day", type=DAY, help="Judge as on this day.  [default: today]")


def find_participant(session: Session, text: str) -> Participant:
    """Find a participant by id, label or, where only one has it, role.

    Raises AnnotatorError, naming those there are, where nobody or more than one is meant.
    """
    wanted = text.casefold()
    for key in (lambda one: one.id, called, lambda one: str(one.role)):
        found = [one for one in session.participants if key(one).casefold() == wanted]
        if len(found) == 1:
            return found[0]
    there = ", ".join(f"{one.id} ({called(one)})" for one in session.participants) or "nobody"
    raise AnnotatorError(f"No one participant is called “{text}”.", f"There is: {there}.")


def participant_ids(session: Session, texts: Iterable[str]) -> list[str]:
    """Give the ids of participants that were typed; raises AnnotatorError as above."""
    return [find_participant(session, text).id for text in texts]


def judgement_tree(judgement: Judgement) -> dict[str, object]:
    """Give a judgement as it is written in JSON."""
    return {
        "purpose": judgement.level.value,
        "allowed": judgement.is_allowed,
        "level": judgement.effective.value if judgement.effective else None,
        "present": list(judgement.present),
        "masks": [
            {"participant": one.participant, "masks": [mask.value for mask in one.masks]}
            for one in judgement.duties
        ],
        "delete_by": judgement.delete_by or None,
        "refusals": [
            {
                "ground": one.ground.value,
                "participant": one.participant or None,
                "span": span_tree(one.span) if one.span else None,
                "told": one.told,
            }
            for one in judgement.refusals
        ],
    }


def span_tree(span: Interval | ExcludedSpan) -> dict[str, object]:
    """Give a stretch of time as it is written in JSON, in seconds."""
    return {
        "start": float(to_seconds_text(span.start)),
        "end": float(to_seconds_text(span.end)),
    }
