"""Refuses locales that are not there: the C library inside WebAssembly takes any name and stays C.

A script that asked for German numbers would go on with English ones and never know.
"""

from __future__ import annotations

import _locale
import locale
import os
import re
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable

_THERE: Final = re.compile(r"(?:C|POSIX)(?:\.utf-?8)?", re.IGNORECASE)
_VARIABLES: Final = ("LC_ALL", "LC_CTYPE", "LC_NUMERIC", "LC_TIME", "LANG")


def install() -> Callable[[], None]:
    """Check what ``setlocale`` is asked for; returns a function that undoes it."""
    original = _locale.setlocale

    def setlocale(category: int, wanted: str | None = None, /) -> str:
        """Set or tell the locale, of those that are there."""
        if wanted is not None and not is_there(wanted):
            raise locale.Error("unsupported locale setting")
        return original(category, wanted)

    places: list[tuple[Any, str]] = [(_locale, "setlocale"), (locale, "_setlocale")]
    for module, name in places:
        setattr(module, name, setlocale)

    def undo() -> None:
        for module, name in places:
            setattr(module, name, original)

    return undo


def is_there(wanted: Any) -> bool:
    """Tell whether a locale, or several joined as ``setlocale`` answers them, is there."""
    if not isinstance(wanted, str):
        return True  # Python's own check has the words for it
    if wanted == "":
        named = next(filter(None, (os.environ.get(one) for one in _VARIABLES)), "C")
        return _THERE.fullmatch(named) is not None
    parts = [part.rpartition("=")[2] for part in wanted.split(";")]
    return all(_THERE.fullmatch(part) for part in parts)
