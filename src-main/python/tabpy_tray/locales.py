"""Refuses missing locales: the C library inside WebAssembly accepts any name and stays in C.

Otherwise a script that set German numbers would silently go on with English ones.
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
    """Check the argument of ``setlocale``; returns a function that undoes it."""
    original = _locale.setlocale

    def setlocale(category: int, wanted: str | None = None, /) -> str:
        """Set or return the locale, from the available locales."""
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
    """Check whether a locale, or several joined as ``setlocale`` returns them, is available."""
    if not isinstance(wanted, str):
        return True  # Python's own check raises the error
    if wanted == "":
        named = next(filter(None, (os.environ.get(one) for one in _VARIABLES)), "C")
        return _THERE.fullmatch(named) is not None
    parts = [part.rpartition("=")[2] for part in wanted.split(";")]
    return all(_THERE.fullmatch(part) for part in parts)
