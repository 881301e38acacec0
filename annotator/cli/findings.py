"""What the doctor looks at, one function a topic; each gives findings in plain words."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from importlib.metadata import PackageNotFoundError, version

from annotator.cli.libraries import (
    Library,
    Need,
    System,
    install_line,
    missing_libraries,
    named_library,
    this_system,
)
from annotator.cli.screen import WITHOUT_WINDOW, Screen, find_screen, x11_answers

_PACKAGES = ("PyQt6", "av", "opencv-python", "numpy", "pydub", "jsonschema", "platformdirs")
_PATIENCE_SECONDS = 30


class Level(StrEnum):
    """How a finding bears on the main job: watching a film and tagging it."""

    OK = "ok"
    ADVICE = "advice"  # something is lacking that the main job does without
    MISSING = "missing"  # the main job cannot be done


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at; `remedy` says what to do, empty where all is well."""

    topic: str
    level: Level
    detail: str
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class QtReport:
    """What Qt found when it was started in a process of its own; `error` where it did not start."""

    facts: Mapping[str, object] = field(default_factory=dict)
    error: str = ""

    def text(self, name: str) -> str:
        """Give one fact as text, empty where it is not known."""
        return str(self.facts.get(name, ""))

    @property
    def sound_outputs(self) -> tuple[str, ...]:
        """The names of the sound outputs."""
        sound = self.facts.get("sound")
        outputs = sound.get("outputs", []) if isinstance(sound, dict) else []
        return tuple(str(one) for one in outputs)


def ask_qt(health_module: str, environ: Mapping[str, str], *, on_screen: bool) -> QtReport:
    """Start Qt in a process of its own and hear what it finds; offscreen unless `on_screen`."""
    settings = dict(environ)
    if not on_screen:
        settings["QT_QPA_PLATFORM"] = "offscreen"
    try:
        child = subprocess.run(  # noqa: S603 our own Python and module
            [sys.executable, "-m", health_module],
            env=settings,
            capture_output=True,
            encoding="utf-8",
            timeout=_PATIENCE_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return QtReport(error="Qt does not answer.")
    if child.returncode == 0:
        return QtReport(json.loads(child.stdout))
    last = child.stderr.strip().splitlines() or [f"Qt ended with code {child.returncode}."]
    return QtReport(error=last[-1])


def find_versions() -> Iterator[Finding]:
    """Look at Python and at the packages that the program is made with."""
    python = ".".join(str(part) for part in sys.version_info[:3])
    yield Finding("Python", Level.OK, python)
    for package in _PACKAGES:
        try:
            yield Finding(package, Level.OK, version(package))
        except PackageNotFoundError:
            remedy = f"{sys.executable} -m pip install {package}"
            yield Finding(package, Level.MISSING, "not installed", remedy)


def find_window(report: QtReport, missing: tuple[Library, ...], system: System) -> Finding:
    """Tell whether Qt starts at all."""
    if missing:
        names = ", ".join(one.soname for one in missing)
        remedy = install_line(missing, system)
        return Finding("Window", Level.MISSING, f"Qt needs {names}", remedy)
    if report.error:
        named = named_library(report.error)
        remedy = install_line([named], system) if named else _visual_runtime(system)
        return Finding("Window", Level.MISSING, report.error, remedy)
    return Finding("Window", Level.OK, f"Qt {report.text('qt')} starts")


def _visual_runtime(system: System) -> str:
    if system is System.WINDOWS:
        return "Install Microsoft's Visual C++ Redistributable (vc_redist.x64.exe) and try again."
    return f"{sys.executable} -m pip install --force-reinstall PyQt6"


def find_display(
    environ: Mapping[str, str],
    missing: Callable[..., tuple[Library, ...]] = missing_libraries,
    answers: Callable[[str], bool] = x11_answers,
) -> Finding:
    """Tell whether there is a screen, and whether Qt has what it needs to use it."""
    screen = find_screen(environ)
    if screen is Screen.NONE:
        return Finding("Screen", Level.MISSING, "none", WITHOUT_WINDOW)
    need = {Screen.X11: Need.X11, Screen.WAYLAND: Need.WAYLAND}.get(screen)
    lacking = missing(need) if need else ()
    if lacking:
        names = ", ".join(one.soname for one in lacking)
        remedy = install_line(lacking, this_system())
        return Finding("Screen", Level.MISSING, f"{screen.value}, but Qt needs {names}", remedy)
    if screen is Screen.X11 and not answers(environ["DISPLAY"]):
        remedy = "Log in with a screen, or correct the variable DISPLAY."
        return Finding("Screen", Level.MISSING, f"{environ['DISPLAY']} does not answer", remedy)
    return Finding("Screen", Level.OK, screen.value)


def find_sound(report: QtReport, missing: tuple[Library, ...], system: System) -> Finding:
    """Tell whether films can be heard; they can be watched and tagged all the same."""
    if missing:
        names = ", ".join(one.soname for one in missing)
        remedy = install_line(missing, system)
        return Finding("Sound", Level.ADVICE, f"films play silently: {names} missing", remedy)
    if report.error:
        return Finding("Sound", Level.ADVICE, "not known while Qt does not start")
    if not report.sound_outputs:
        detail = "films play silently: no sound output was found"
        return Finding("Sound", Level.ADVICE, detail, _sound_remedy(system))
    return Finding("Sound", Level.OK, ", ".join(report.sound_outputs))


def _sound_remedy(system: System) -> str:
    servers = {
        System.APT: "sudo apt install pipewire-pulse",
        System.DNF: "sudo dnf install pipewire-pulseaudio",
        System.MACOS: "Choose an output in System Settings, Sound.",
        System.WINDOWS: "Choose an output in Settings, System, Sound.",
    }
    return servers.get(system, "Install a sound server: pipewire-pulse or pulseaudio.")


def find_fonts(report: QtReport, system: System) -> Finding:
    """Tell whether text can be shown, and whether digits stand under one another."""
    remedies = {
        System.APT: "sudo apt install fonts-dejavu-core",
        System.DNF: "sudo dnf install dejavu-sans-fonts dejavu-sans-mono-fonts",
    }
    remedy = remedies.get(system, "Install a sans-serif and a monospaced font, such as DejaVu.")
    if report.error:
        return Finding("Fonts", Level.ADVICE, "not known while Qt does not start")
    if not report.facts.get("families"):
        return Finding("Fonts", Level.MISSING, "none, so no text can be shown", remedy)
    if not report.facts.get("is_fixed_pitch"):
        return Finding("Fonts", Level.ADVICE, "no monospaced font: digits will jump", remedy)
    told = f"{report.text('general_font')}, {report.text('families')} families in all"
    return Finding("Fonts", Level.OK, told)


def find_pictures(missing: tuple[Library, ...], system: System) -> Finding:
    """Tell whether OpenCV can load; stepping and tagging do without it."""
    if not missing:
        return Finding("Picture work", Level.OK, "OpenCV finds its libraries")
    names = ", ".join(one.soname for one in missing)
    remedy = install_line(missing, system)
    return Finding("Picture work", Level.ADVICE, f"OpenCV needs {names}", remedy)


def environment() -> Mapping[str, str]:
    """Give this process's environment variables."""
    return os.environ
