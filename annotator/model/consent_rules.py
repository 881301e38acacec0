"""What speaks against showing one participant at a level on a day, and what must be masked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from annotator.model.participant import Consent, ConsentScope, ConsentStatus, Mask, Participant
from annotator.model.time import Interval

NARROWEST = ConsentScope.PRIVATE
"""The team's own level, which alone does without a known consent."""

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Ground(StrEnum):
    """Why something is refused."""

    NOBODY = "nobody"
    STRANGER = "stranger"
    SPEAKER = "speaker"
    UNKNOWN = "unknown"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    DATE = "date"
    EXPIRED = "expired"
    LEVEL = "level"
    WITHHELD = "withheld"
    RECIPIENT = "recipient"
    MASK = "mask"
    EXCLUDED = "excluded"


@dataclass(frozen=True, slots=True)
class Refusal:
    """One reason against an export: about a participant, by id, or about a stretch of time.

    `told` is a sentence for those at home: it may quote the reason of an excluded span, so it
    stands in no file that leaves.
    """

    ground: Ground
    told: str
    participant: str = ""
    span: Interval | None = None


def read_date(text: str) -> date | None:
    """Read `2026-03-01`; None where it is anything else, or no day of the calendar."""
    if not _DATE.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def called(participant: Participant) -> str:
    """Give the code by which a participant is called: the label, or the id without one."""
    return participant.label or participant.id


def demanded_masks(consent: Consent, level: ConsentScope) -> tuple[Mask, ...]:
    """Give what must be masked at a level: all that is demanded there or at a narrower one."""
    asked = {mask for one in consent.masks if level.holds(one.level) for mask in one.masks}
    return tuple(mask for mask in Mask if mask in asked)


def widest_level(participant: Participant, today: date) -> ConsentScope | None:
    """Give the widest level at which nothing speaks against a participant; None for nowhere."""
    levels = reversed(ConsentScope)
    return next((one for one in levels if not any(refusals_of(participant, one, today))), None)


def refusals_of(participant: Participant, level: ConsentScope, today: date) -> Iterator[Refusal]:
    """Yield all that speaks against showing one participant at a level on a day."""
    consent, who = participant.consent, called(participant)
    for ground, told in (
        *_by_status(consent, who, level),
        *_by_dates(consent, who, today),
        *_by_level(consent, who, level),
    ):
        yield Refusal(ground, told, participant.id)


def _by_status(consent: Consent, who: str, level: ConsentScope) -> Iterator[tuple[Ground, str]]:
    if consent.is_withdrawn:
        day = f" on {consent.withdrawn}" if read_date(consent.withdrawn) else ""
        yield Ground.WITHDRAWN, f"{who} withdrew consent{day}."
    elif consent.status is ConsentStatus.REFUSED:
        yield Ground.REFUSED, f"{who} refused consent."
    elif consent.status is ConsentStatus.UNKNOWN and level is not NARROWEST:
        yield Ground.UNKNOWN, f"What {who} allows is not known; until it is, only the team sees it."


def _by_dates(consent: Consent, who: str, today: date) -> Iterator[tuple[Ground, str]]:
    for day, what in ((consent.date, "day"), (consent.expires, "last day")):
        if day and read_date(day) is None:
            told = f"The {what} of {who}'s consent, “{day}”, is not a date such as 2026-03-01."
            yield Ground.DATE, told
    given, end = read_date(consent.date), read_date(consent.expires)
    if given and given > today:
        yield Ground.DATE, f"{who}'s consent is dated {given}, a day still to come."
    if end and end < today:
        yield Ground.EXPIRED, f"{who}'s consent ended on {end}."


def _by_level(consent: Consent, who: str, level: ConsentScope) -> Iterator[tuple[Ground, str]]:
    if consent.status is not ConsentStatus.GIVEN:
        return
    if not consent.scope.holds(level):
        told = f"{who}'s consent goes as far as {consent.scope.told}, not to {level.told}."
        yield Ground.LEVEL, told
    elif level in consent.withheld:
        yield Ground.WITHHELD, f"{who}'s consent leaves out {level.told}."
