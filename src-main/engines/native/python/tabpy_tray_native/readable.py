"""What an interpreter may read: its environment and what libraries expect of a system."""

from __future__ import annotations

import os
import pwd
import sys
from pathlib import Path
from typing import Final

_OF_THE_SYSTEM: Final = (
    *("/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib", "/etc/ld.so.cache"),
    *("/usr/share/zoneinfo", "/etc/localtime", "/usr/share/locale"),
    *("/usr/share/fonts", "/usr/local/share/fonts", "/etc/fonts", "/usr/share/fontconfig"),
    *("/etc/ssl/certs", "/etc/pki/tls/certs", "/usr/share/ca-certificates"),
    "/dev/urandom",
)
#: Prefixes that hold far more than a Python: of these only the libraries.
_WIDE: Final = frozenset({"/", "/usr", "/usr/local"})


def readable(ours: list[str]) -> list[str]:
    """Return the folders and files, with ``ours``, which the host named."""
    found = [*ours, *_OF_THE_SYSTEM]
    for prefix in {sys.prefix, sys.base_prefix, sys.exec_prefix, sys.base_exec_prefix}:
        real = os.path.realpath(prefix)
        is_wide = real in _WIDE or real == _home()
        found += [f"{real}/lib", f"{real}/lib64"] if is_wide else [real]
    return found


def _home() -> str | None:
    try:
        return os.path.realpath(pwd.getpwuid(os.getuid()).pw_dir)
    except KeyError:
        return None


def outside(allowed: list[str]) -> list[str]:
    """Return folders of ``sys.path`` that scripts cannot read, such as editable installs."""
    within = [Path(os.path.realpath(one)) for one in allowed]
    paths = (Path(os.path.realpath(one)) for one in sys.path if Path(one).is_dir())
    return [str(one) for one in paths if not any(one.is_relative_to(other) for other in within)]
