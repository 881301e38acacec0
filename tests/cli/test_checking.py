"""`annotator check`."""

from __future__ import annotations

from pathlib import Path

from annotator.storage.paths import builtin_codebooks, shipped
from tests.support.commands import CommandLine


def test_what_is_shipped_has_no_problem(annotator: CommandLine) -> None:
    sessions = shipped("first-session").glob("*.session.json")
    files = [*builtin_codebooks(), *sessions]
    said = annotator("check", *files)
    assert (said.code, said.err) == (0, "")
    assert said.out.count("no problem") == len(files) > 1


def test_each_problem_has_its_path(annotator: CommandLine, session_file: Path) -> None:
    text = session_file.read_text(encoding="utf-8")
    text = text.replace('"code": "reflection"', '"code": "reflecton"')
    session_file.write_text(text.replace('"C07"', "7"), encoding="utf-8")
    said = annotator("check", session_file)
    assert said.code == 1
    assert f"{session_file}: participants[0].label: " in said.out


def test_a_rule_of_coding_is_checked(annotator: CommandLine, session_file: Path) -> None:
    text = session_file.read_text(encoding="utf-8")
    text = text.replace('"code": "reflection"', '"code": "reflecton"')
    session_file.write_text(text, encoding="utf-8")
    said = annotator("check", session_file)
    assert said.code == 1
    assert 'passes[0].tags[0].code: the codebook has no code "reflecton"' in said.out


def test_the_worst_file_decides(annotator: CommandLine, session_file: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.json"
    broken.write_text("{", encoding="utf-8")
    assert annotator("check", session_file, broken).code == 1
    said = annotator("check", session_file, tmp_path / "gone.json", broken)
    assert said.code == 2
    assert "gone.json" in said.err
    assert "broken.json" in said.out
    assert f"{session_file}: no problem" in said.out
