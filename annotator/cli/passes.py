"""`annotator passes`: who has coded a session, for what, and whether that is finished."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from annotator.cli.plain import PlainCommand
from annotator.cli.records import write_json
from annotator.cli.sessions import read_session
from annotator.editing.blinding import is_independent
from annotator.model import CodingPass, Purpose, Session


@click.command(cls=PlainCommand)
@click.argument("session", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def passes(session: Path, *, as_json: bool) -> int:
    """List the coding passes of a session.

    For each: its id, coder and purpose, how many tags and ratings it has,
    when it was begun and finished, and whether its coder had been shown
    another's pass before that. The session is only read.

    Example: annotator passes talk.session.json

    Exit code 0, or 2 where the session cannot be read.
    """
    found = read_session(session)
    if as_json:
        write_json(_as_tree(found))
    else:
        _write_table(found)
    return 0


def _as_tree(session: Session) -> dict[str, object]:
    return {
        "session": session.id,
        "passes": [
            {
                "id": one.id,
                "coder": one.coder,
                "purpose": one.purpose.value,
                "started": one.started,
                "finished": one.finished or None,
                "tags": len(one.tags),
                "unnamed": sum(not tag.is_named for tag in one.tags),
                "ratings": len(one.ratings),
                "independent": is_independent(session, one),
                "consensus_of": [one.consensus.first, one.consensus.second]
                if one.consensus
                else None,
            }
            for one in session.passes
        ],
        "unblindings": [
            {"coder": one.coder, "pass": one.pass_id, "time": one.time, "finished": one.finished}
            for one in session.unblindings
        ],
    }


def _write_table(session: Session) -> None:
    table = Table(box=SIMPLE_HEAD, title=session.title, title_justify="left")
    for heading in ("Pass", "Coder", "Purpose", "Tags", "Ratings", "Begun", "Finished", "Remarks"):
        table.add_column(heading, no_wrap=heading != "Remarks")
    for one in session.passes:
        counts = str(len(one.tags)), str(len(one.ratings))
        times = one.started, one.finished or "no"
        remarks = _remarks(session, one)
        table.add_row(one.id, one.coder, one.purpose.value, *counts, *times, remarks)
    console = Console(file=sys.stdout, markup=False, highlight=False, emoji=False)
    console.print(table)
    count = len(session.passes)
    click.echo(f"{count} coding pass{'' if count == 1 else 'es'}")


def _remarks(session: Session, one: CodingPass) -> str:
    remarks: list[str] = []
    if one.consensus is not None:
        remarks.append(f"of {one.consensus.first} and {one.consensus.second}")
    elif one.purpose is not Purpose.CONSENSUS and not is_independent(session, one):
        remarks.append("not independent: the coder had seen another's pass")
    unnamed = sum(not tag.is_named for tag in one.tags)
    if unnamed:
        remarks.append(f"{unnamed} without a name")
    return "; ".join(remarks)
