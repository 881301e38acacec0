"""The house's rules that no other tool watches."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable, Iterator
from fnmatch import fnmatch
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "annotator"
TOP_LEVEL = {
    ".ci",
    ".gitignore",
    "CHANGELOG.md",
    "LICENSE",
    "README.md",
    "annotator",
    "pyproject.toml",
    "samples",
    "tests",
}
PACKING_LIST = "PKG-INFO"  # stands in an unpacked source archive
THREAD_NAMES = {
    "QRunnable",
    "QThread",
    "QThreadPool",
    "Thread",
    "ThreadPoolExecutor",
    "Timer",
    "start_new_thread",
}
THREAD_PLACES = {PACKAGE / "gui" / "tasks.py", PACKAGE / "media" / "ahead.py"}
"""Where the window works in the background, and where pictures are decoded ahead of their use."""

PROCESS_NAMES = {"Pool", "Process", "ProcessPoolExecutor", "multiprocessing", "get_context"}
INTERNAL_WORD = re.compile(r"\b[A-Z][a-z]\w*(Error|Exception)\b|\bNoneType\b|\bTraceback\b|errno")


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def offences(of: Callable[[Path], Iterable[str]]) -> list[str]:
    """List what is against a rule anywhere in the program, each with its module."""
    return [f"{path.relative_to(PACKAGE)}: {one}" for path in modules() for one in of(path)]


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def nodes_of(path: Path) -> tuple[ast.AST, ...]:
    return tuple(ast.walk(tree_of(path)))


def imported_names(path: Path) -> set[str]:
    return {
        alias.name
        for node in nodes_of(path)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }


def user_texts(path: Path) -> Iterator[str]:
    """Yield the texts with a space in them that are no docstrings."""
    docstrings = {
        id(node.body[0].value)
        for node in nodes_of(path)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in nodes_of(path):
        is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
        if is_text and " " in node.value and id(node) not in docstrings:
            yield node.value


def is_ignored(name: str) -> bool:
    patterns = (ROOT / ".gitignore").read_text(encoding="utf-8").split()
    return any(fnmatch(name, pattern.strip("/")) for pattern in patterns)


def test_top_level_is_as_agreed() -> None:
    found = {one.name for one in ROOT.iterdir()} - {".git", PACKING_LIST}
    assert {name for name in found if not is_ignored(name)} == TOP_LEVEL


def test_nothing_prints() -> None:
    def printing(path: Path) -> list[str]:
        calls = (node.func for node in nodes_of(path) if isinstance(node, ast.Call))
        return [one.id for one in calls if isinstance(one, ast.Name) and one.id == "print"]

    assert offences(printing) == []


def test_threads_start_where_they_may_only() -> None:
    names = THREAD_NAMES | {"threading", "concurrent.futures"}

    def threads(path: Path) -> set[str]:
        return set() if path in THREAD_PLACES else imported_names(path) & names

    assert offences(threads) == []


def test_processes_start_in_one_place_only() -> None:
    def processes(path: Path) -> set[str]:
        is_the_place = path == PACKAGE / "jobs" / "processes.py"
        return set() if is_the_place else imported_names(path) & PROCESS_NAMES

    assert offences(processes) == []


def test_texts_for_people_name_no_internals() -> None:
    def internals(path: Path) -> list[str]:
        return [text for text in user_texts(path) if INTERNAL_WORD.search(text)]

    assert offences(internals) == []


def test_each_module_says_what_it_is_for() -> None:
    def silent(path: Path) -> list[str]:
        summary = (ast.get_docstring(tree_of(path)) or "").split("\n\n")[0]
        return [] if summary.endswith(".") else [summary]

    assert offences(silent) == []


def test_each_dependency_has_its_reason() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    wanted = [re.search(r"^dependencies = \[\n(.*?)^\]", text, re.DOTALL | re.MULTILINE)]
    wanted.append(re.search(r"^test = \[\n(.*?)^\]", text, re.DOTALL | re.MULTILINE))
    lines = [line for found in wanted if found for line in found.group(1).splitlines()]
    assert len(lines) > 12
    assert [line for line in lines if not re.search(r'",\s+# \S', line)] == []


def test_exemptions_give_their_reason() -> None:
    with_reason = re.compile(r"# (noqa: [A-Z0-9, ]+ \w|type: ignore\[[\w-]+\]\s+# \w)")

    def bare(path: Path) -> list[str]:
        lines = path.read_text(encoding="utf-8").splitlines()
        marked = [line for line in lines if "# noqa" in line or "# type: ignore" in line]
        return [line.strip() for line in marked if not with_reason.search(line)]

    assert offences(bare) == []
