"""Shows ``/data`` and ``/tmp`` to Python, although they lie in a folder of the interpreter's own.

Without root no process has folders of its own under names of the system's. So the functions of
``os``, and ``open`` with them, read paths below the two names as paths below the own folder; all of
the standard library and of pandas uses these. Libraries that open files in C (except for sqlite3)
see the system's names and are refused. It is a convenience and no wall: those are in ``walls.py``.
"""

from __future__ import annotations

import _io
import builtins
import io
import os
import posix
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

_NAMES = ("/data", "/tmp")
_ONE_PATH = (
    *("open", "stat", "lstat", "access", "chdir", "listdir", "scandir", "mkdir", "rmdir"),
    *("unlink", "remove", "readlink", "truncate", "statvfs"),
)
_TWO_PATHS = ("rename", "replace", "link", "symlink")
_SETS = (os.supports_dir_fd, os.supports_fd, os.supports_follow_symlinks, os.supports_effective_ids)
#: Where the own folder is; empty until an interpreter has one.
_own: list[str] = []


def show(folder: str) -> None:
    """Make ``/data`` and ``/tmp`` mean the folders ``data`` and ``tmp`` in this one."""
    _own[:] = [folder]


def place_of(path: Any) -> Any:
    """Return where a path really leads; whatever is no path below the two names stays as it is."""
    if not _own or isinstance(path, int) or path is None:
        return path
    try:
        text = os.fspath(path)
    except TypeError:
        return path  # the function itself words the error
    if isinstance(text, bytes):
        return os.fsencode(_moved(os.fsdecode(text)))
    return _moved(text)


def install() -> None:
    """Replace the functions; before any module that keeps one of them is imported."""
    for name in _ONE_PATH:
        _replace(name, _with_one(getattr(posix, name)))
    for name in _TWO_PATHS:
        _replace(name, _with_two(getattr(posix, name)))
    # The walls allow neither, because they would reach files of others. What copies files asks for
    # both, and needs neither in a folder of its own.
    for name in ("chmod", "utime"):
        _replace(name, _kept_quiet(getattr(posix, name)))
    # Attributes beside a file are out of reach too; what copies files does without.
    posix.listxattr = os.listxattr = _no_attributes
    opener = _with_one(io.open)
    builtins.open = io.open = opener
    _io.open_code = io.open_code = _with_one(io.open_code)  # of imports


def connect_databases() -> None:
    """Let sqlite3 find the two folders; after it was imported, or not at all."""
    try:
        import sqlite3  # noqa: PLC0415 - an environment may lack it
    except ImportError:
        return
    sqlite3.connect = sqlite3.dbapi2.connect = _with_one(sqlite3.connect)


def _moved(text: str) -> str:
    for name in _NAMES:
        is_below = text.startswith(name) and text[len(name) : len(name) + 1] in {"", "/"}
        if is_below and not text.startswith(_own[0]):
            return _own[0] + text
    return text


def _replace(name: str, function: Callable[..., Any]) -> None:
    original = getattr(posix, name)
    for one in _SETS:
        if original in one:
            one.add(function)
    setattr(posix, name, function)
    setattr(os, name, function)


def _with_one(original: Callable[..., Any]) -> Callable[..., Any]:
    def function(path: Any = ".", *values: Any, **named: Any) -> Any:
        path = named.pop("path", path)
        real = place_of(path)
        try:
            return original(real, *values, **named)
        except OSError as error:
            if real is not path and error.filename == real:
                error.filename = path  # scripts know no other name
            raise

    return _as(original, function)


def _with_two(original: Callable[..., Any]) -> Callable[..., Any]:
    def function(src: Any, dst: Any, *values: Any, **named: Any) -> Any:
        return original(place_of(src), place_of(dst), *values, **named)

    return _as(original, function)


def _kept_quiet(original: Callable[..., Any]) -> Callable[..., Any]:
    def function(path: Any, *values: Any, **named: Any) -> Any:
        real = place_of(path)
        is_own = bool(_own) and isinstance(real, str) and real.startswith(f"{_own[0]}/")
        return None if is_own or isinstance(real, int) else original(real, *values, **named)

    return _as(original, function)


def _no_attributes(_path: Any = None, *, follow_symlinks: bool = True) -> list[str]:  # noqa: ARG001
    return []


def _as(original: Callable[..., Any], function: Callable[..., Any]) -> Callable[..., Any]:
    function.__name__ = original.__name__
    function.__qualname__ = original.__name__
    function.__doc__ = original.__doc__
    return function
