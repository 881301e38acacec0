"""README, help pages, change log and licence agree with one another and with the program."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

import annotator
from annotator.cli.app import command, command_names
from annotator.storage.codec_codebook import CODEBOOK
from annotator.storage.codec_session import RECORDING
from annotator.storage.codec_tags import TAG

ROOT = Path(__file__).parents[2]
HELP = ROOT / "annotator" / "help"
README = ROOT / "README.md"


def pages() -> list[Path]:
    return [README, ROOT / "CHANGELOG.md", *sorted(HELP.rglob("*.md"))]


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def shell_lines(text: str) -> list[str]:
    blocks = re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
    return [line for block in blocks for line in block.splitlines()]


def test_readme_keeps_its_order() -> None:
    headings = re.findall(r"^## (.+)$", read(README), re.MULTILINE)
    assert headings == [
        "Two commands",
        "Three steps to your first tag",
        "Keys",
        "Files",
        "For developers",
        "How to cite",
    ]


def test_readmes_second_command_is_what_ci_runs() -> None:
    first, second = shell_lines(read(README))[:2]
    assert first.endswith("annotator demo")
    assert second.endswith("-m pytest")
    assert second in (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()


def test_readme_names_commands_and_options_that_exist() -> None:
    lines = [line.split() for line in shell_lines(read(README)) if line.startswith("annotator ")]
    assert len(lines) > 4
    for _, name, *words in lines:
        assert name in command_names()
        options = {word for word in words if re.match(r"--?[a-z]", word)}
        assert options <= _options(name)


def _options(name: str) -> set[str]:
    return {option for parameter in command(name).params for option in parameter.opts}


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\(([^)#]+)\)", read(page))
    local = [target for target in targets if "://" not in target]
    assert [target for target in local if not (page.parent / target).exists()] == []


def test_versions_agree() -> None:
    project = tomllib.loads(read(ROOT / "pyproject.toml"))["project"]
    assert project["version"] == annotator.__version__
    assert f"\n## {annotator.__version__}\n" in read(ROOT / "CHANGELOG.md")
    assert f"version {annotator.__version__}" in read(README)


def test_licence_is_whole() -> None:
    text = read(ROOT / "LICENSE")
    assert text.lstrip().startswith("GNU GENERAL PUBLIC LICENSE")
    assert "END OF TERMS AND CONDITIONS" in text


def test_file_format_page_explains_each_key() -> None:
    page = read(HELP / "file-format.md")
    keys = {field.key for shape in (TAG, RECORDING, CODEBOOK) for field in shape.fields}
    assert {key for key in keys if f"`{key}`" not in page} == set()


def test_decisions_are_listed_and_fit_a_screen() -> None:
    folder = HELP / "decisions"
    listed = read(folder / "README.md")
    records = sorted(folder.glob("0*.md"))
    assert len(records) > 5
    for record in records:
        assert record.name in listed
        assert len(read(record).splitlines()) <= 40
        assert "**What lost**" in read(record)


def test_glossary_is_in_order() -> None:
    words = re.findall(r"^\| \*\*(.+?)\*\*", read(HELP / "glossary.md"), re.MULTILINE)
    assert len(words) > 20
    assert words == sorted(words)
