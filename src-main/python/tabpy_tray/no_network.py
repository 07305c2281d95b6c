"""Explains in words that there is no network, where the system gives only a number.

Libraries print or pass on the system's text: "Non-recoverable error" helps nobody.
"""

from __future__ import annotations

import _socket
import socket
from typing import TYPE_CHECKING, Any, Final, NoReturn

if TYPE_CHECKING:
    from collections.abc import Callable

_WORDS: Final = "Scripts have no network here"
_LOOKUPS: Final = (
    "getaddrinfo",
    "gethostbyaddr",
    "gethostbyname",
    "gethostbyname_ex",
    "getnameinfo",
)


def _refuse(*_values: Any, **_named: Any) -> NoReturn:
    raise socket.gaierror(socket.EAI_FAIL, _WORDS)


def install() -> Callable[[], None]:
    """Replace name look-ups, which can only fail; returns a function that undoes it."""
    replaced = [
        (module, name, getattr(module, name))
        for module in (_socket, socket)
        for name in _LOOKUPS
        # socket.getaddrinfo is Python's own, and calls that of _socket.
        if (module is _socket or name != "getaddrinfo") and hasattr(module, name)
    ]
    for module, name, _original in replaced:
        setattr(module, name, _refuse)

    def undo() -> None:
        for module, name, original in replaced:
            setattr(module, name, original)

    return undo
