"""`annotator transcript assign`: which participant each speaker of a transcript is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from annotator.cli.consent_words import find_participant
from annotator.cli.plain import PlainCommand
from annotator.editing import Edit, add_participant, assign_everywhere
from annotator.errors import AnnotatorError
from annotator.model import Participant, ParticipantRole, Session
from annotator.model.consent_rules import called
from annotator.model.counts import counted
from annotator.model.stamps import new_id
from annotator.storage.store import SessionStore

_MAKER = "annotator transcript"


@dataclass(slots=True)
class _Assigning:
    """A session whose speakers are being assigned, one after another."""

    session: Session
    role: ParticipantRole | None
    edits: list[Edit]

    def take(self, speaker: str, text: str) -> str:
        """Say of one speaker who that is; gives what to say of it."""
        person = self._person(text)
        edit = assign_everywhere(self.session, speaker, person.id)
        self._do(edit)
        return f"“{speaker}” is {called(person)}: {counted(len(edit.changes), 'cue')} changed."

    def _person(self, text: str) -> Participant:
        try:
            return find_participant(self.session, text)
        except AnnotatorError:
            if self.role is None or any(called(one) == text for one in self.session.participants):
                raise
        added = Participant(new_id(), self.role, text)
        self._do(add_participant(self.session, added))
        return added

    def _do(self, edit: Edit) -> None:
        self.edits.append(edit)
        self.session = edit.apply(self.session)


@click.command(cls=PlainCommand, short_help="Say which participant each speaker is.")
@click.argument("session", type=click.Path(path_type=Path))
@click.argument("pairs", nargs=-1, required=True, metavar="SPEAKER=PARTICIPANT…")
@click.option(
    "--new",
    "role",
    type=click.Choice([one.value for one in ParticipantRole]),
    help="Add participants who are not in the session yet, with this role.",
)
def assign(session: Path, pairs: tuple[str, ...], *, role: str | None) -> int:
    """Say once which participant a speaker's label stands for, in all transcripts.

    A participant is named by label, id or role. As long as it is not told who
    somebody is, that person's consent is not known, and clips in which the
    person is heard are for the team alone.

    Examples: annotator transcript assign talk.session.json T=therapist C=C07
              annotator transcript assign talk.session.json Mother=M01 --new other

    Exit code 0, or 2 where there is no such speaker or participant.
    """
    wanted = [_pair(one) for one in pairs]
    opened = SessionStore.open(session, _MAKER)
    for notice in opened.notices:
        click.echo(notice, err=True)
    try:
        if opened.store.read_only:
            raise AnnotatorError(opened.store.read_only_reason)
        for line in _assigned(opened.store, opened.session, wanted, role):
            click.echo(line)
    finally:
        opened.store.close()
    return 0


def _assigned(
    store: SessionStore, session: Session, wanted: Sequence[tuple[str, str]], role: str | None
) -> list[str]:
    """Do all of it or nothing; gives what to say of it."""
    work = _Assigning(session, ParticipantRole(role) if role else None, [])
    told = [work.take(*one) for one in wanted]
    for edit in work.edits:
        store.append(edit.changes)
    store.save(work.session)
    return told


def _pair(text: str) -> tuple[str, str]:
    speaker, _, person = (word.strip() for word in text.rpartition("="))
    if not speaker or not person:
        raise click.UsageError(f"“{text}” is not such as T=therapist: SPEAKER=PARTICIPANT.")
    return speaker, person
