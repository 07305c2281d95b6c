"""Undoes, between requests, what scripts do to the interpreter, where that costs little.

Modules that a script patched stay patched: only a new process would help, and the host can start
one.
"""

from __future__ import annotations

import builtins
import contextlib
import gc
import os
import sys
from typing import Any

from tabpy_tray import names

_LIVE = builtins.__dict__
_BUILTINS = dict(_LIVE)
_RECURSION_LIMIT = sys.getrecursionlimit()
_HOME = os.getcwd()


def after_request(tracer: Any) -> None:
    """Restore recursion limit, tracing, collector and working directory.

    ``tracer`` is the value of ``sys.gettrace()`` before the request (a coverage tool may trace us).
    """
    if sys.getrecursionlimit() != _RECURSION_LIMIT:
        sys.setrecursionlimit(_RECURSION_LIMIT)
    if sys.gettrace() is not tracer:
        sys.settrace(tracer)
    if not gc.isenabled():
        gc.enable()
    _go_home()


def repair_names() -> None:
    """Restore builtins; must run first after foreign code, so it needs no builtin itself.

    Comparing the whole dict takes 2 µs: it compares identities first.
    """
    names.repair()
    is_changed = True
    try:
        is_changed = _LIVE != _BUILTINS
    finally:
        if is_changed:
            _LIVE.clear()
            _LIVE.update(_BUILTINS)


def _go_home() -> None:
    try:
        if os.getcwd() == _HOME:
            return
    except OSError:
        pass
    with contextlib.suppress(OSError):
        os.chdir(_HOME)
