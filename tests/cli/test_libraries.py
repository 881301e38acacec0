"""System libraries and the packages that bring them."""

from __future__ import annotations

import re

import pytest

from annotator.cli.libraries import (
    LIBRARIES,
    Need,
    System,
    can_load,
    install_line,
    missing_libraries,
    named_library,
    system_of,
    this_system,
)


@pytest.fixture
def linux(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("annotator.cli.libraries.sys.platform", "linux")


def test_table_is_well_formed() -> None:
    names = [one.soname for one in LIBRARIES]
    assert len(names) == len(set(names))
    for one in LIBRARIES:
        assert re.fullmatch(r"lib[\w-]+(-1\.\d)?(-2\.0)?\.so\.\d+", one.soname)
        assert re.fullmatch(r"[a-z0-9.+-]+", one.apt)
        assert re.fullmatch(r"[A-Za-z0-9.+-]+", one.dnf)
        assert one.needs


@pytest.mark.parametrize(
    ("message", "soname", "package"),
    [
        ("libEGL.so.1: cannot open shared object file: No such file", "libEGL.so.1", "libegl1"),
        ("libdbus-1.so.3: cannot open shared object file: x", "libdbus-1.so.3", "libdbus-1-3"),
        ("libglib-2.0.so.0: cannot open shared object file", "libglib-2.0.so.0", "libglib2.0-0"),
        ("libnew.so.7: cannot open shared object file", "libnew.so.7", ""),
    ],
)
def test_library_is_found_in_the_error(message: str, soname: str, package: str) -> None:
    found = named_library(message)
    assert found is not None
    assert (found.soname, found.apt) == (soname, package)


@pytest.mark.parametrize("message", ["", "No module named 'PyQt6'", "libx.so.1: symbol missing"])
def test_other_errors_name_no_library(message: str) -> None:
    assert named_library(message) is None


@pytest.mark.usefixtures("linux")
def test_all_missing_are_told_at_once() -> None:
    missing = missing_libraries(Need.SOUND, present=lambda name: name != "libpulse.so.0")
    assert [one.soname for one in missing] == ["libpulse.so.0"]
    everything = missing_libraries(Need.WINDOW, present=lambda _name: False)
    assert {"libEGL.so.1", "libfontconfig.so.1"} <= {one.soname for one in everything}


def test_other_systems_bring_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("annotator.cli.libraries.sys.platform", "darwin")
    assert missing_libraries(Need.WINDOW, present=lambda _name: False) == ()
    assert this_system() is System.MACOS


def test_a_library_that_cannot_be() -> None:
    assert not can_load("libsurely-not-there.so.99")


@pytest.mark.parametrize(
    ("names", "system"),
    [
        ("debian ", System.APT),
        ("linuxmint ubuntu debian", System.APT),
        ("fedora ", System.DNF),
        ("rocky rhel centos fedora", System.DNF),
        ("arch ", System.OTHER_LINUX),
    ],
)
def test_system_is_known_by_its_names(names: str, system: System) -> None:
    assert system_of(names) is system


def test_install_line_names_each_package_once() -> None:
    glib = [one for one in LIBRARIES if one.apt == "libglib2.0-0"]
    assert len(glib) == 2
    assert install_line(glib, System.APT) == "sudo apt install libglib2.0-0"
    assert install_line(glib, System.DNF) == "sudo dnf install glib2"
    assert "Fedora" in install_line(glib, System.OTHER_LINUX)


def test_install_line_of_the_unknown() -> None:
    unknown = named_library("libnew.so.7: cannot open shared object file")
    assert unknown is not None
    assert "libnew.so.7" in install_line([unknown], System.APT)
    assert "apt" not in install_line([unknown], System.APT)
