"""Settings that are broken, or newer than the program: told, kept beside, and nothing lost."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from annotator.storage.settings import (
    KeyChoices,
    Settings,
    read_settings,
    save_settings,
    settings_path,
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = tmp_path / "config"
    place.mkdir()
    monkeypatch.setenv("ANNOTATOR_CONFIG_DIR", str(place))
    return place


def wrote(text: str) -> None:
    settings_path().write_text(text, encoding="utf-8")


def names(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir())


def test_a_missing_file_is_nothing_to_tell() -> None:
    assert read_settings().notice == ""


def test_an_unreadable_file_is_told_and_kept(folder: Path) -> None:
    wrote("{ this is not JSON")
    loaded = read_settings()
    assert loaded.settings == Settings()
    assert "could not be read" in loaded.notice
    assert "“settings.json.damaged-1”" in loaded.notice
    assert (folder / "settings.json.damaged-1").read_text() == "{ this is not JSON"
    assert read_settings().notice == ""


def test_single_values_that_cannot_be_understood_cost_only_themselves(folder: Path) -> None:
    wrote('{"coder": "AB", "volume": "loud", "theme": "pink", "scale": 1.5, "later": 7}')
    loaded = read_settings()
    assert loaded.settings.coder == "AB"
    assert loaded.settings.scale == 1.5
    assert loaded.settings.volume == 1.0
    assert "volume" in loaded.notice
    assert "theme" in loaded.notice
    assert names(folder) == ["settings.json", "settings.json.damaged-1"]
    kept = json.loads(settings_path().read_text())
    assert (kept["coder"], kept["later"]) == ("AB", 7)


def test_keys_that_cannot_be_understood_are_told() -> None:
    wrote('{"coder": "AB", "keys": {"preset": "vim", "actions": {"play": "Space"}}}')
    loaded = read_settings()
    assert loaded.settings.coder == "AB"
    assert loaded.settings.keys == KeyChoices()
    assert "keys.preset" in loaded.notice


def test_a_newer_file_is_used_as_far_as_it_is_known(folder: Path) -> None:
    newer = '{"version": 9, "coder": "AB", "scale": {"x": 1}, "gaze": true}'
    wrote(newer)
    loaded = read_settings()
    assert loaded.settings.coder == "AB"
    assert loaded.settings.scale == 1.0
    assert "newer version" in loaded.notice
    assert (folder / "settings.json.newer-1").read_text() == newer
    save_settings(loaded.settings)
    kept = json.loads(settings_path().read_text())
    assert (kept["version"], kept["gaze"]) == (1, True)
    assert read_settings().notice == ""


def test_values_beyond_their_bounds_are_brought_within() -> None:
    wrote('{"scale": 9, "volume": -1, "replay_seconds": 900, "frame_memory_mb": 1}')
    settings = read_settings().settings
    assert (settings.scale, settings.volume) == (2.0, 0.0)
    assert (settings.replay_seconds, settings.frame_memory_mb) == (60.0, 32)


def test_where_nothing_can_be_kept_aside_it_is_told(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrote("[]")

    def refuse(self: Path, _target: object) -> None:
        raise PermissionError(13, "no", str(self))

    monkeypatch.setattr(Path, "rename", refuse)
    loaded = read_settings()
    assert "could not be renamed" in loaded.notice
    assert names(folder) == ["settings.json"]
    assert settings_path().read_text() == "[]"


def test_a_file_that_may_not_be_read_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    wrote("{}")

    def refuse(self: Path) -> bytes:
        raise PermissionError(13, "no", str(self))

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert "could not be read" in read_settings().notice
