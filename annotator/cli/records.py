"""Writes what a command found out as JSON, for other programs to read."""

from __future__ import annotations

import json

import click


def write_json(tree: object) -> None:
    """Write values as indented JSON, in UTF-8 whatever the terminal's encoding."""
    text = json.dumps(tree, indent=2, ensure_ascii=False) + "\n"
    click.echo(text.encode("utf-8", "surrogateescape"), nl=False)
