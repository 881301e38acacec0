"""Records for other programs, on terminals of every kind."""

from __future__ import annotations

import json

import click
from click.testing import CliRunner

from annotator.cli.records import write_json


def test_a_record_is_utf_8_whatever_the_terminal_and_holds_any_file_name() -> None:
    tree = {"label": "Zoë 冬", "path": b"caf\xe9.mp4".decode("utf-8", "surrogateescape")}

    @click.command()
    def told() -> None:
        write_json(tree)

    written = CliRunner(charset="ascii").invoke(told, catch_exceptions=False).stdout_bytes
    assert json.loads(written.decode("utf-8", "surrogateescape")) == tree
    assert "Zoë 冬".encode() in written
    assert written.endswith(b"}\n")
