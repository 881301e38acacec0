"""`annotator consent set` and `withdraw`: what a participant allows, written down or taken back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TypedDict, Unpack

import click

from annotator.cli.consent_log import recall_lines
from annotator.cli.consent_words import (
    DAY,
    LEVEL,
    LEVEL_WORDS,
    MASK_WORDS,
    SESSION,
    find_participant,
)
from annotator.cli.plain import PlainCommand
from annotator.editing import Edit, change_consent, withdraw_consent
from annotator.errors import AnnotatorError
from annotator.model import (
    Consent,
    ConsentScope,
    ConsentStatus,
    Mask,
    Masking,
    Participant,
    Session,
)
from annotator.model.consent_rules import called
from annotator.model.disclosure import judge
from annotator.model.stamps import today
from annotator.storage.export_log_elsewhere import read_exports
from annotator.storage.store import SessionStore

_MAKER = "annotator consent"
_NONE = "none"


class _DayOrNone(click.ParamType[str]):
    """A day as a consent keeps it, or none."""

    name = "day"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> str:
        """Read a day, “none” as an empty text, or refuse it with an example."""
        text = str(value).strip()
        return "" if text in ("", _NONE) else DAY.convert(text, param, ctx).isoformat()


class _LevelOrNone(click.ParamType[ConsentScope | None]):
    """A level, or none."""

    name = "level"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> ConsentScope | None:
        """Read a level, or “none”."""
        return None if value == _NONE else LEVEL.convert(value, param, ctx)


class _MaskingType(click.ParamType[Masking]):
    """What to mask from a level on, such as learners=faces,voice."""

    name = "masking"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> Masking:
        """Read a level and its masks, “none” as no mask."""
        level, equals, words = str(value).partition("=")
        if not equals:
            self.fail(f"“{value}” is not such as learners=faces,voice", param, ctx)
        names = [word.strip().casefold() for word in words.split(",")]
        unknown = [name for name in names if name not in (*Mask, _NONE)]
        if unknown:
            self.fail(f"“{unknown[0]}” is none of {MASK_WORDS}, {_NONE}", param, ctx)
        masks = tuple(mask for mask in Mask if mask in names)
        return Masking(LEVEL.convert(level, param, ctx), masks)


class _Wishes(TypedDict):
    """What click hands over; None where an option was not given."""

    session: Path
    participant: str
    status: str | None
    level: ConsentScope | None
    not_for: tuple[ConsentScope | None, ...]
    masks: tuple[Masking, ...]
    date: str | None
    expires: str | None
    form: str | None
    researchers: str | None
    note: str | None


@click.command("set", cls=PlainCommand)
@SESSION
@click.argument("participant")
@click.option(
    "--status",
    type=click.Choice(["unknown", "given", "refused"]),
    help="Whether consent was given.",
)
@click.option(
    "--level", type=LEVEL, help=f"How far it goes: {LEVEL_WORDS}; each holds those before it."
)
@click.option(
    "--not-for",
    type=_LevelOrNone(),
    multiple=True,
    help="A level that is left out although it lies within; can be given again; none clears.",
)
@click.option(
    "--mask",
    "masks",
    type=_MaskingType(),
    multiple=True,
    metavar="LEVEL=MASKS",
    help=f"What must be masked from a level on, out of {MASK_WORDS}, or none; again for others.",
)
@click.option("--date", type=_DayOrNone(), help="When it was given.")
@click.option("--expires", type=_DayOrNone(), help="Its last day; none where it has no end.")
@click.option("--form", help="Which form was signed, and its version.")
@click.option("--researchers", help="Who the named researchers are.")
@click.option("--note", help="What else to know; never a name.")
def set_consent(**wishes: Unpack[_Wishes]) -> int:
    """Write down what a participant allows.

    The participant is named by label, id or role. What is not given stays as
    it is. With --status a withdrawal that was written down is taken off.

    Example: annotator consent set talk.session.json C07 --status given
             --level learners --not-for researchers --mask learners=faces
             --date 2026-01-05 --expires 2028-01-05 --form "3b, May 2025"

    Exit code 0, or 2 where it cannot be written.
    """
    says = [one for key, one in wishes.items() if key not in ("session", "participant")]
    if all(one in (None, ()) for one in says):
        raise click.UsageError("Say what to write down: --status, --level, --mask …; see --help.")
    after, one = _changed(
        wishes["session"],
        wishes["participant"],
        lambda session, person: change_consent(session, person, _wished(person.consent, wishes)),
    )
    for line in _outcome(after, one):
        click.echo(line)
    return 0


def _wished(consent: Consent, wishes: _Wishes) -> Consent:
    changed = replace(
        consent,
        date=_or(wishes["date"], consent.date),
        expires=_or(wishes["expires"], consent.expires),
        form=_or(wishes["form"], consent.form),
        researchers=_or(wishes["researchers"], consent.researchers),
        note=_or(wishes["note"], consent.note),
    )
    if wishes["status"]:
        changed = replace(changed, status=ConsentStatus(wishes["status"]), withdrawn="")
    if wishes["level"]:
        changed = replace(changed, scope=wishes["level"])
    if wishes["not_for"]:
        left_out = tuple(level for level in ConsentScope if level in wishes["not_for"])
        changed = replace(changed, withheld=left_out)
    return replace(changed, masks=_masks(consent, wishes["masks"]))


def _or(wish: str | None, there: str) -> str:
    return there if wish is None else wish


def _masks(consent: Consent, wished: tuple[Masking, ...]) -> tuple[Masking, ...]:
    """Give the masks of each level, those that were wished in the place of earlier ones."""
    levels = {one.level for one in wished}
    kept = [one for one in consent.masks if one.level not in levels]
    order = list(ConsentScope)
    new = [one for one in wished if one.masks]
    return tuple(sorted([*kept, *new], key=lambda one: order.index(one.level)))


def _outcome(session: Session, one: Participant) -> list[str]:
    """Say what may be shown of a participant now, and why no more."""
    alone = replace(session, participants=(one,), excluded=())
    judged = [judge(alone, (), level, today()) for level in ConsentScope]
    allowed = [each.level.word for each in judged if each.is_allowed]
    lines = [f"{called(one)} may be shown to: {', '.join(allowed) or 'nobody'}."]
    reasons = dict.fromkeys(reason for each in judged for reason in each.reasons)
    return [*lines, *list(reasons)[:1]]


def _changed(
    path: Path, text: str, make: Callable[[Session, Participant], Edit]
) -> tuple[Session, Participant]:
    """Do an edit about a participant to a session file; gives both as they are then."""
    opened = SessionStore.open(path, _MAKER)
    for notice in opened.notices:
        click.echo(notice, err=True)
    try:
        if opened.store.read_only:
            raise AnnotatorError(opened.store.read_only_reason)
        before = find_participant(opened.session, text)
        edit = make(opened.session, before)
        after = edit.apply(opened.session)
        opened.store.append(edit.changes)
        opened.store.save(after)
    finally:
        opened.store.close()
    return after, next(one for one in after.participants if one.id == before.id)


@click.command(cls=PlainCommand, short_help="Write down that consent was taken back.")
@SESSION
@click.argument("participant")
@click.option("--on", "day", type=DAY, help="The day of withdrawal.  [default: today]")
def withdraw(session: Path, participant: str, *, day: date | None) -> int:
    """Write down that a participant took consent back, and list what to call back.

    From then on no export may show this participant, not even for the team.
    What was exported before is listed from the export log, so that each clip
    can be found and deleted wherever it is.

    Example: annotator consent withdraw talk.session.json C07 --on 2026-05-01

    Exit code 0, or 2 where it cannot be written.
    """
    when = day or today()
    if when > today():
        raise click.UsageError(f"{when} is still to come; a withdrawal holds from its day on.")
    after, one = _changed(
        session, participant, lambda found, person: withdraw_consent(found, person, str(when))
    )
    who = called(one)
    click.echo(f"{who} withdrew consent on {when}. No export may show {who} any more.")
    for line in recall_lines(after, read_exports(session, after.id), today(), one.id):
        click.echo(line)
    return 0
