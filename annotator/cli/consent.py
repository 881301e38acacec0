"""`annotator consent`: what participants allow, and what may be shown to whom."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import TypedDict, Unpack

import click

from annotator.cli.consent_certificate import certificate
from annotator.cli.consent_change import set_consent, withdraw
from annotator.cli.consent_log import log, recalled
from annotator.cli.consent_words import (
    JSON,
    LEVEL,
    LEVEL_WORDS,
    ON,
    SESSION,
    judgement_tree,
    participant_ids,
    span_tree,
)
from annotator.cli.plain import PlainGroup
from annotator.cli.records import write_json
from annotator.cli.sessions import read_session
from annotator.cli.values import MOMENT
from annotator.errors import AnnotatorError
from annotator.model import (
    Consent,
    ConsentScope,
    ConsentStatus,
    Interval,
    Micros,
    Participant,
    Session,
)
from annotator.model.consent_rules import called
from annotator.model.disclosure import Judgement, judge, masks_told
from annotator.model.stamps import today
from annotator.model.time import to_clocks

REFUSED = 1


class _ConsentGroup(PlainGroup):
    """Commands on consent; any other word is a session whose consents are shown."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Take a first word that is no command for a session to show."""
        if args[0] in self.commands:
            return super().resolve_command(ctx, args)
        near = get_close_matches(args[0], self.commands, n=1)
        if near and not Path(args[0]).exists():
            ctx.fail(f"There is no file “{args[0]}”. Did you mean “annotator consent {near[0]}”?")
        return show.name, show, args


@click.group(cls=_ConsentGroup, subcommand_metavar="SESSION | COMMAND SESSION …")
def consent() -> None:
    """Tell and write down what participants allow to be shown, and to whom.

    Levels, from the narrowest to the widest: team, researchers (those who
    are named), supervision, learners, public. A level holds those before it.
    As long as it is not known what somebody allows, only the team may see it.

    Examples: annotator consent talk.session.json
              annotator consent set talk.session.json C07 --status given --level learners
              annotator consent check talk.session.json --purpose learners --start 10 --end 25
              annotator consent withdraw talk.session.json C07 --on 2026-05-01

    Exit code 0, 1 where “check” refuses or the log is damaged, and 2 where a
    command could not do its work.
    """


@consent.command(short_help="Show what each participant allows.")
@SESSION
@ON
@JSON
def show(session: Path, *, day: date | None, as_json: bool) -> int:
    """Show what each participant allows, and what that means for each purpose.

    “annotator consent SESSION” does the same. The session is only read.

    Example: annotator consent show talk.session.json

    Exit code 0, or 2 where the session cannot be read.
    """
    found, when = read_session(session), day or today()
    if as_json:
        write_json(_tree(found, when))
        return 0
    for line in (line for one in found.participants for line in _about(one)):
        click.echo(line)
    click.echo(f"\nWhat may be shown, as on {when}, to:")
    for judgement in _for_each_purpose(found, when):
        click.echo(f"  {judgement.level.word:<12} {_in_short(found, judgement)}")
    for one in found.excluded:
        why = f": {one.reason}" if one.reason else ""
        click.echo(f"Excluded from every export: {to_clocks(one.interval)}{why}")
    return 0


def _for_each_purpose(session: Session, when: date) -> list[Judgement]:
    return [judge(session, (), level, when) for level in ConsentScope]


def _in_short(session: Session, judgement: Judgement) -> str:
    if not judgement.is_allowed:
        return "no: " + " ".join(judgement.reasons)
    end = f", until {judgement.delete_by}" if judgement.delete_by else ""
    masks = masks_told(session, judgement.duties)
    return f"yes{end}" + (f"; masked: {masks}" if masks else "")


def _about(one: Participant) -> Iterator[str]:
    """Yield what is written of a participant's consent, a line each."""
    given = one.consent
    yield f"{called(one)} ({one.role.value}): consent {_status(given)}"
    if given.status is ConsentStatus.GIVEN:
        left_out = ", ".join(level.told for level in given.withheld)
        yield f"  as far as {given.scope.told}" + (f", but not {left_out}" if left_out else "")
    for each in given.masks:
        yield f"  masked from {each.level.told} on: {', '.join(each.masks)}"
    for heading, text in (
        ("last day", given.expires),
        ("form", given.form),
        ("named researchers", given.researchers),
        ("note", given.note),
    ):
        if text:
            yield f"  {heading}: {' '.join(text.split())}"


def _status(given: Consent) -> str:
    if given.is_withdrawn:
        return f"withdrawn on {given.withdrawn}" if given.withdrawn else "withdrawn"
    if given.status is ConsentStatus.UNKNOWN:
        return "not known"
    return given.status.value + (f" on {given.date}" if given.date else "")


def _tree(session: Session, when: date) -> dict[str, object]:
    return {
        "session": session.id,
        "on": when.isoformat(),
        "participants": [
            {
                "id": one.id,
                "label": one.label,
                "role": one.role.value,
                "status": one.consent.status.value,
                "scope": one.consent.scope.value,
                "withheld": [level.value for level in one.consent.withheld],
                "masks": [
                    {"level": each.level.value, "masks": [mask.value for mask in each.masks]}
                    for each in one.consent.masks
                ],
                "date": one.consent.date or None,
                "expires": one.consent.expires or None,
                "withdrawn": one.consent.withdrawn or None,
                "form": one.consent.form,
                "researchers": one.consent.researchers,
                "note": one.consent.note,
            }
            for one in session.participants
        ],
        "purposes": [judgement_tree(one) for one in _for_each_purpose(session, when)],
        "excluded": [span_tree(one) | {"reason": one.reason} for one in session.excluded],
    }


class _Asked(TypedDict):
    """What click hands over."""

    session: Path
    purpose: ConsentScope
    start: Micros | None
    end: Micros | None
    present: tuple[str, ...]
    recipient: str | None
    day: date | None
    as_json: bool


@dataclass(frozen=True, slots=True)
class _Question:
    """What is to be judged."""

    session: Session
    spans: tuple[Interval, ...]
    judgement: Judgement


@consent.command(short_help="Tell whether something may be shown.")
@SESSION
@click.option(
    "--purpose", type=LEVEL, required=True, metavar="LEVEL", help=f"One of {LEVEL_WORDS}."
)
@click.option("--start", type=MOMENT, metavar="SECONDS", help="Where the stretch begins.")
@click.option("--end", type=MOMENT, metavar="SECONDS", help="Where it ends.")
@click.option(
    "--present",
    multiple=True,
    metavar="PARTICIPANT",
    help="Who is seen or heard there; can be given again.  [default: everybody]",
)
@click.option("--recipient", help="Who is to get it; with researchers, one whom consents name.")
@ON
@JSON
def check(**asked: Unpack[_Asked]) -> int:
    """Tell whether something may be shown, and if not, why not.

    Without --start and --end consent alone is judged, and excluded stretches
    are not looked at. Whoever has a tag or is heard in the transcript within
    the stretch counts as present, whatever --present says. On the last day of
    a consent it still holds.

    Example: annotator consent check talk.session.json --purpose learners
             --start 10 --end 25

    Exit code 0 where it is allowed, 1 where not, 2 where it cannot be told.
    """
    question = _question(asked)
    judgement = question.judgement
    if asked["as_json"]:
        spans = [span_tree(one) for one in question.spans]
        write_json({"spans": spans} | judgement_tree(judgement))
    else:
        for line in _answer(question):
            click.echo(line)
    return 0 if judgement.is_allowed else REFUSED


def _question(asked: _Asked) -> _Question:
    session = read_session(asked["session"])
    spans = _spans(session, asked["start"], asked["end"])
    present = participant_ids(session, asked["present"])
    when, level, recipient = asked["day"] or today(), asked["purpose"], asked["recipient"]
    judgement = judge(session, spans, level, when, present, recipient)
    return _Question(session, spans, judgement)


def _spans(session: Session, start: Micros | None, end: Micros | None) -> tuple[Interval, ...]:
    if start is None and end is None:
        return ()
    first = session.region.start if start is None else start
    last = session.region.end if end is None else end
    if last <= first:
        raise AnnotatorError("The stretch ends before it begins.", "Give a later --end.")
    return (Interval(first, last),)


def _answer(question: _Question) -> list[str]:
    judgement = question.judgement
    where = f" from {to_clocks(question.spans[0])}" if question.spans else ""
    if not judgement.is_allowed:
        reasons = (f"- {reason}" for reason in judgement.reasons)
        return [f"Refused for {judgement.level.told}{where}:", *reasons]
    lines = [f"Allowed for {judgement.level.told}{where}."]
    if judgement.duties:
        lines.append(f"Must be masked: {masks_told(question.session, judgement.duties)}.")
    if judgement.delete_by:
        lines.append(f"To be deleted by {judgement.delete_by}.")
    return lines


for _command in (set_consent, withdraw, log, recalled, certificate):
    consent.add_command(_command)
