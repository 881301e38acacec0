from __future__ import annotations

import json
from pathlib import Path

import pytest

from annotator.errors import StorageError
from annotator.model.way import ShortHold, Way
from annotator.storage import settings as module
from annotator.storage.settings import (
    KeyChoices,
    KeyPreset,
    MarkChoices,
    Recent,
    Settings,
    ThemeChoice,
    read_settings,
    save_settings,
    settings_path,
    with_found,
    with_recent,
)
from annotator.storage.settings_shown import shown_settings


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = tmp_path / "config"
    monkeypatch.setenv("ANNOTATOR_CONFIG_DIR", str(place))
    return place


def test_at_first_there_are_defaults_and_nothing_is_written(folder: Path) -> None:
    assert read_settings().settings == Settings()
    assert not folder.exists()


def test_settings_come_back() -> None:
    settings = Settings(
        coder="A",
        recent=(Recent(Path("/x/y.json"), "Y"),),
        volume=0.5,
        muted=True,
        speed=1.25,
        theme=ThemeChoice.DARK,
        window_state="AAAA==",
        usual_way=Way.HOLD,
        short_hold=ShortHold.REFUSE,
        reaction_delay=0.4,
        marks=MarkChoices({"book": {"silence": Way.HOLD}}, {"book": ("turns",)}),
    )
    save_settings(settings)
    assert read_settings().settings == settings


def test_what_a_newer_program_keeps_survives() -> None:
    settings_path().parent.mkdir()
    settings_path().write_text('{"coder": "A", "later": {"x": 1}}')
    save_settings(read_settings().settings)
    assert json.loads(settings_path().read_text())["later"] == {"x": 1}


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"volume": "loud"}', '{"recent": [{}]}', '{"theme": "pink"}', "\0\0"]
)
def test_a_damaged_file_gives_defaults_and_is_kept_aside(folder: Path, text: str) -> None:
    folder.mkdir()
    settings_path().write_text(text)
    assert read_settings().settings == Settings()
    assert (folder / "settings.json.damaged-1").read_text() == text
    save_settings(Settings(coder="B"))
    assert read_settings().settings.coder == "B"


def test_volume_beyond_its_bounds_is_brought_within(folder: Path) -> None:
    folder.mkdir()
    settings_path().write_text('{"volume": 11}')
    assert read_settings().settings.volume == 1.0


def test_a_folder_that_cannot_be_made_is_told(folder: Path) -> None:
    folder.write_text("a file stands here")
    assert read_settings().settings == Settings()
    with pytest.raises(StorageError, match="could not be written"):
        save_settings(Settings())


def test_recent_sessions_stand_once_latest_first_twelve_at_most() -> None:
    settings = Settings()
    for number in (*range(15), 5):
        settings = with_recent(settings, Path(f"/s/{number}.json"), str(number))
    titles = [one.title for one in settings.recent]
    assert titles == ["5", "14", "13", "12", "11", "10", "9", "8", "7", "6", "4", "3"]
    assert settings.recent[0].opened.endswith("Z")


def test_without_the_variable_they_are_where_the_system_keeps_settings(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("ANNOTATOR_CONFIG_DIR")
    assert settings_path().parent == module.user_config_path("annotator")


def test_keys_and_what_was_found_come_back() -> None:
    keys = KeyChoices(KeyPreset.ELAN, {"play": ("F13", "Num+8")}, {"book": {"r": ("F14",)}})
    save_settings(Settings(keys=keys, found=("action:mute",), scale=1.5))
    assert read_settings().settings == Settings(keys=keys, found=("action:mute",), scale=1.5)


def test_what_was_found_stands_once_and_twelve_at_most() -> None:
    settings = Settings()
    for number in (*range(14), 3):
        settings = with_found(settings, str(number))
    assert settings.found == ("3", "13", "12", "11", "10", "9", "8", "7", "6", "5", "4", "2")


def test_every_setting_that_is_shown_has_a_name_and_bounds_around_its_usual_value() -> None:
    shown = shown_settings(Settings())
    assert len(shown) > 10
    for name, one in shown.items():
        usual = getattr(Settings(), name)
        assert one.label
        if isinstance(usual, int | float) and not isinstance(usual, bool):
            assert one.least <= usual <= one.most
            assert one.step > 0
        if one.choices:
            assert usual in dict(one.choices)
