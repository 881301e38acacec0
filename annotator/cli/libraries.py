"""Which system library is missing, and which package of which system brings it."""

from __future__ import annotations

import ctypes
import platform
import re
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum


class Need(Enum):
    """What a system library is needed for."""

    WINDOW = "window"  # by Qt itself, with or without a screen
    X11 = "x11"  # by Qt's plugin for an X11 screen
    WAYLAND = "wayland"  # by Qt's plugin for a Wayland screen
    SOUND = "sound"  # by Qt's sound output
    PICTURE = "picture"  # by OpenCV


@dataclass(frozen=True, slots=True)
class Library:
    """A system library, the packages that bring it, and what it is needed for."""

    soname: str
    apt: str
    dnf: str
    needs: frozenset[Need]


class System(Enum):
    """How packages are installed here."""

    APT = "apt"
    DNF = "dnf"
    OTHER_LINUX = "other Linux"
    MACOS = "macOS"
    WINDOWS = "Windows"


def _library(soname: str, apt: str, dnf: str, *needs: Need) -> Library:
    return Library(soname, apt, dnf, frozenset(needs))


LIBRARIES = (
    _library("libEGL.so.1", "libegl1", "libglvnd-egl", Need.WINDOW),
    _library("libGL.so.1", "libgl1", "libglvnd-glx", Need.WINDOW, Need.PICTURE),
    _library("libX11.so.6", "libx11-6", "libX11", Need.WINDOW, Need.PICTURE),
    _library("libdbus-1.so.3", "libdbus-1-3", "dbus-libs", Need.WINDOW),
    _library("libfontconfig.so.1", "libfontconfig1", "fontconfig", Need.WINDOW),
    _library("libfreetype.so.6", "libfreetype6", "freetype", Need.WINDOW),
    _library("libglib-2.0.so.0", "libglib2.0-0", "glib2", Need.WINDOW, Need.PICTURE),
    _library("libgthread-2.0.so.0", "libglib2.0-0", "glib2", Need.WINDOW, Need.PICTURE),
    _library("libxkbcommon.so.0", "libxkbcommon0", "libxkbcommon", Need.WINDOW),
    _library("libz.so.1", "zlib1g", "zlib-ng-compat", Need.WINDOW),
    _library("libzstd.so.1", "libzstd1", "libzstd", Need.WINDOW),
    _library("libbrotlidec.so.1", "libbrotli1", "libbrotli", Need.SOUND),
    _library("libgssapi_krb5.so.2", "libgssapi-krb5-2", "krb5-libs", Need.SOUND),
    _library("libpulse.so.0", "libpulse0", "pulseaudio-libs", Need.SOUND),
    _library("libxcb.so.1", "libxcb1", "libxcb", Need.PICTURE, Need.X11),
    _library("libX11-xcb.so.1", "libx11-xcb1", "libX11-xcb", Need.X11),
    _library("libxcb-cursor.so.0", "libxcb-cursor0", "xcb-util-cursor", Need.X11),
    _library("libxcb-icccm.so.4", "libxcb-icccm4", "xcb-util-wm", Need.X11),
    _library("libxcb-image.so.0", "libxcb-image0", "xcb-util-image", Need.X11),
    _library("libxcb-keysyms.so.1", "libxcb-keysyms1", "xcb-util-keysyms", Need.X11),
    _library("libxcb-randr.so.0", "libxcb-randr0", "libxcb", Need.X11),
    _library("libxcb-render-util.so.0", "libxcb-render-util0", "xcb-util-renderutil", Need.X11),
    _library("libxcb-render.so.0", "libxcb-render0", "libxcb", Need.X11),
    _library("libxcb-shape.so.0", "libxcb-shape0", "libxcb", Need.X11),
    _library("libxcb-shm.so.0", "libxcb-shm0", "libxcb", Need.X11),
    _library("libxcb-sync.so.1", "libxcb-sync1", "libxcb", Need.X11),
    _library("libxcb-util.so.1", "libxcb-util1", "xcb-util", Need.X11),
    _library("libxcb-xfixes.so.0", "libxcb-xfixes0", "libxcb", Need.X11),
    _library("libxcb-xkb.so.1", "libxcb-xkb1", "libxcb", Need.X11),
    _library("libxkbcommon-x11.so.0", "libxkbcommon-x11-0", "libxkbcommon-x11", Need.X11),
    _library("libwayland-client.so.0", "libwayland-client0", "libwayland-client", Need.WAYLAND),
    _library("libwayland-cursor.so.0", "libwayland-cursor0", "libwayland-cursor", Need.WAYLAND),
)

_SONAME = re.compile(r"\b(lib[\w.+-]+?\.so(?:\.\d+)*)\b")


def can_load(soname: str) -> bool:
    """Tell whether the system finds and loads a library."""
    try:
        ctypes.CDLL(soname)
    except OSError:
        return False
    return True


def missing_libraries(
    *needs: Need, present: Callable[[str], bool] = can_load
) -> tuple[Library, ...]:
    """List the libraries wanted for any of the needs that the system lacks.

    Empty on macOS and Windows, where the packages of pip bring all that is needed.
    """
    if not sys.platform.startswith("linux"):
        return ()
    wanted = frozenset(needs)
    return tuple(one for one in LIBRARIES if one.needs & wanted and not present(one.soname))


def named_library(message: str) -> Library | None:
    """Find the library that an import error complains of; None where it names none.

    A library that is not in the table comes back without packages.
    """
    match = _SONAME.search(message)
    if match is None or "cannot open shared object" not in message:
        return None
    soname = match.group(1)
    known = (one for one in LIBRARIES if one.soname == soname)
    return next(known, Library(soname, "", "", frozenset()))


def this_system() -> System:
    """Tell how packages are installed on this machine."""
    if sys.platform == "darwin":
        return System.MACOS
    if sys.platform == "win32":
        return System.WINDOWS
    try:
        release = platform.freedesktop_os_release()
    except OSError:
        return System.OTHER_LINUX
    return system_of(f"{release.get('ID', '')} {release.get('ID_LIKE', '')}")


def system_of(names: str) -> System:
    """Tell how packages are installed by the names in a Linux system's `ID` and `ID_LIKE`."""
    known = set(names.split())
    if known & {"debian", "ubuntu"}:
        return System.APT
    if known & {"fedora", "rhel", "centos"}:
        return System.DNF
    return System.OTHER_LINUX


def install_line(libraries: Iterable[Library], system: System) -> str:
    """Write the command that installs the packages of the libraries, each once, in table order.

    Where the packages are not known, says which libraries to look for.
    """
    wanted = tuple(libraries)
    unknown = [one.soname for one in wanted if not one.apt]
    apt = " ".join(dict.fromkeys(one.apt for one in wanted if one.apt))
    dnf = " ".join(dict.fromkeys(one.dnf for one in wanted if one.dnf))
    lines = {
        System.APT: f"sudo apt install {apt}",
        System.DNF: f"sudo dnf install {dnf}",
    }
    both = f"sudo apt install {apt} (Debian, Ubuntu) or sudo dnf install {dnf} (Fedora)"
    parts = [lines.get(system, both)] if apt else []
    if unknown:
        parts.append(f"the package of your system that brings {', '.join(unknown)}")
    return ", and ".join(parts)
