"""How many threads the user of this process has: the system limits them all together."""

from __future__ import annotations

import os
import time

_AGAIN_SECONDS = 10
_known: list[float] = []


def count() -> int:
    """Return their number, at most ten seconds old; counting takes milliseconds."""
    now = time.monotonic()
    if not _known or now - _known[1] > _AGAIN_SECONDS:
        _known[:] = [_counted(), now]
    return int(_known[0])


def _counted() -> int:
    user = os.getuid()
    total = 0
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                if os.stat(f"/proc/{name}").st_uid == user:
                    total += len(os.listdir(f"/proc/{name}/task"))
            except OSError:
                continue  # it ended
    return total
