"""`annotator consent certificate`: a page on what was made, or that consent was withdrawn."""

from __future__ import annotations

from pathlib import Path

import click

from annotator.cli.consent_words import SESSION, find_participant
from annotator.cli.plain import PlainCommand
from annotator.cli.sessions import read_session
from annotator.errors import AnnotatorError
from annotator.model import Session
from annotator.model.certificate import export_certificate, withdrawal_certificate, withdrawal_of
from annotator.model.consent_rules import called
from annotator.model.stamps import today
from annotator.storage.atomic import write_atomically
from annotator.storage.export_log import ExportLog
from annotator.storage.export_log_elsewhere import read_exports
from annotator.storage.placing import require_free


@click.command(cls=PlainCommand, short_help="Certify an export or a withdrawal.")
@SESSION
@click.argument("about")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Write it there."
)
def certificate(session: Path, about: str, output: Path | None) -> int:
    """Write a page about an export, or about a participant who took consent back.

    ABOUT is an export's id or a file of it, or a participant by label, id or
    role. The page is Markdown with codes only: no names, no paths. It says
    what the session and its log of exports say, and no more.

    Example: annotator consent certificate talk.session.json C07 -o C07.md

    Exit code 0, or 2 where there is no such export or withdrawal.
    """
    found = read_session(session)
    log = read_exports(session, found.id)
    for line in (*log.faults, *log.notes, *log.elsewhere):
        click.echo(line, err=True)
    page = _page(found, log, about)
    if output is None:
        click.echo(page, nl=False)
        return 0
    require_free(output)
    write_atomically(output, page.encode("utf-8"))
    click.echo(f"Wrote {output}")
    return 0


def _page(session: Session, log: ExportLog, about: str) -> str:
    exports = log.find(about)
    if len(exports) == 1:
        return export_certificate(session, exports[0], today()).markdown()
    if exports:
        raise AnnotatorError(f"{len(exports)} exports are called “{about}”.", "Name one by its id.")
    one = find_participant(session, about)
    try:
        withdrawal = withdrawal_of(one, log.exports)
    except ValueError as error:
        told = f"{called(one)} has not withdrawn consent."
        raise AnnotatorError(told, "Name an export: annotator consent log SESSION") from error
    return withdrawal_certificate(session, withdrawal, today()).markdown()
