"""What every test shares: no screen is needed, and no test touches the user's own settings."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.support.timing_clips import ClipKind, TimingClip, make_clip

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# The many processes that tests start compile the program once, and not each for itself.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# How quick the machine is proves nothing: speed is measured by the benchmarks alone.
settings.register_profile("any", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any")

pytest_plugins = ["tests.support.machine"]


@pytest.fixture(autouse=True)
def own_settings(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the settings and the cache of a test to itself."""
    monkeypatch.setenv("ANNOTATOR_CONFIG_DIR", str(tmp_path_factory.mktemp("settings")))
    monkeypatch.setenv("ANNOTATOR_CACHE_DIR", str(tmp_path_factory.mktemp("cached") / "cache"))


@pytest.fixture(scope="session")
def clip_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[ClipKind], TimingClip]:
    """Give timing clips, each made once when first asked for."""
    folder: Path = tmp_path_factory.mktemp("clips")

    @cache
    def made(kind: ClipKind) -> TimingClip:
        return make_clip(kind, folder)

    return made
