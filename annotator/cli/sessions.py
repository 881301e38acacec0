"""Reads sessions for commands that change nothing in them."""

from __future__ import annotations

from pathlib import Path

import click

from annotator.model.session import Session
from annotator.storage.recovery import found_on_disk


def read_session(path: Path) -> Session:
    """Read a session as it stands on the disk, telling on stderr what there is to tell.

    Raises StorageError and FormatError where it cannot be read.
    """
    found = found_on_disk(path, may_write=False)
    for notice in found.notices:
        click.echo(notice, err=True)
    return found.session
