"""Whether a window can be opened here, found out before Qt would end the program over it."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable, Mapping
from enum import Enum

from annotator.cli.libraries import (
    Need,
    can_load,
    install_line,
    missing_libraries,
    named_library,
    this_system,
)
from annotator.errors import AnnotatorError

WITHOUT_WINDOW = (
    "These work without one: annotator demo, info, frame, new, tags, tag, codebook, silences, "
    "align, cache, check and doctor."
)


class WindowError(AnnotatorError):
    """The window cannot be opened on this machine as it stands."""


class Screen(Enum):
    """What there is to show a window on."""

    NATIVE = "the system's own"  # macOS and Windows always have one
    X11 = "X11"
    WAYLAND = "Wayland"
    CHOSEN = "chosen by QT_QPA_PLATFORM"
    NONE = "none"


def find_screen(environ: Mapping[str, str], system: str = sys.platform) -> Screen:
    """Tell what Qt would show a window on, from the environment's variables."""
    if environ.get("QT_QPA_PLATFORM"):
        return Screen.CHOSEN
    if not system.startswith("linux"):
        return Screen.NATIVE
    if environ.get("WAYLAND_DISPLAY"):
        return Screen.WAYLAND
    return Screen.X11 if environ.get("DISPLAY") else Screen.NONE


def require_window(environ: Mapping[str, str]) -> None:
    """Make sure that a window can be opened.

    Raises WindowError with what is missing and how to get it: a screen, a library of Qt's, or
    an answer from the X11 server.
    """
    screen = find_screen(environ)
    if screen is Screen.NONE:
        raise WindowError("There is no screen here to open a window on.", WITHOUT_WINDOW)
    if screen is Screen.WAYLAND and environ.get("DISPLAY") and missing_libraries(Need.WAYLAND):
        screen = Screen.X11  # as Qt does, since Wayland's desktops speak X11 as well
    need = {Screen.X11: Need.X11, Screen.WAYLAND: Need.WAYLAND}.get(screen)
    require_loadable(*([need] if need else []))
    if screen is Screen.X11 and not x11_answers(environ["DISPLAY"]):
        raise WindowError(
            f"The screen {environ['DISPLAY']} does not answer.",
            "If you work over a network, log in with a screen; or run one of annotator's "
            "commands that need no window.",
        )


def require_loadable(*more: Need) -> None:
    """Make sure that the system has the libraries of Qt, and those of further needs.

    Raises WindowError naming all that are missing and the one command that installs them.
    """
    missing = missing_libraries(Need.WINDOW, *more)
    if not missing:
        return
    names = ", ".join(one.soname for one in missing)
    plural = "system libraries" if len(missing) > 1 else "the system library"
    raise WindowError(
        f"The window cannot open: it needs {plural} {names}.",
        f"Install with: {install_line(missing, this_system())}",
    )


def explain_import(error: ImportError, present: Callable[[str], bool] = can_load) -> str:
    """Say in plain words why a package of ours cannot be loaded; empty where we cannot tell.

    Every other library that the window or OpenCV lacks is named along with the first.
    """
    named = named_library(str(error))
    if named is not None:
        others = missing_libraries(Need.WINDOW, Need.PICTURE, present=present)
        wanted = (named, *(one for one in others if one.soname != named.soname))
        names = ", ".join(one.soname for one in wanted)
        line = install_line(wanted, this_system())
        return f"This needs system libraries that are missing: {names}.\nInstall with: {line}"
    package = (error.name or "").partition(".")[0]
    if isinstance(error, ModuleNotFoundError) and package and package != "annotator":
        return f"The Python package {package} is missing.\nInstall with: {_pip(package)}"
    if package in {"PyQt6", "cv2", "av"}:
        again = f"{_pip(package)} --force-reinstall"
        return f"The Python package {package} does not load.\nInstall it again with: {again}"
    return ""


def _pip(package: str) -> str:
    """Give the command that installs an imported package, which may go by another name."""
    name = {"cv2": "opencv-python"}.get(package, package)
    return f"{sys.executable} -m pip install {name}"


def x11_answers(display: str) -> bool:
    """Tell whether an X11 server takes connections; Qt itself would end the program if not.

    A connection that was taken is kept until the program ends: a server whose last guest leaves
    starts anew, and would turn Qt away while it does.
    """
    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connection_has_error.argtypes = [ctypes.c_void_p]
    xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(display.encode(), None)
    if xcb.xcb_connection_has_error(connection):
        xcb.xcb_disconnect(connection)
        return False
    return True
