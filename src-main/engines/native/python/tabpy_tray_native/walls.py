"""Locks the calling process in for good: Landlock for files, seccomp for everything else.

Needs no root, no helper program and no package. It must run before any code of a caller, in a
process with one thread. Afterwards the process reads only below ``readable`` and writes only below
``writable``, and has no sockets, programs, processes, signals or memory of others. Where the kernel
cannot promise all of that, ``OSError`` says why, and whoever calls must not go on.
"""

from __future__ import annotations

import contextlib
import errno
import os
import platform
import resource
import signal
from pathlib import Path
from typing import TYPE_CHECKING

from tabpy_tray_native import filter as call_filter
from tabpy_tray_native import kernel

if TYPE_CHECKING:
    from collections.abc import Iterable

#: Landlock of Linux 6.7: the first that knows TCP; files could be truncated before version 3.
LEAST_ABI = 4
_ABI_WITH_DEVICES, _ABI_WITH_SCOPES = 5, 6
_WRITE_FILE, _READ_FILE, _READ_DIR, _TRUNCATE = 1 << 1, 1 << 2, 1 << 3, 1 << 14
_IOCTL_DEVICE = 1 << 15
# Files, folders and links; no devices, sockets or pipes, and nothing that is run as a program.
_OWN = (
    _WRITE_FILE | _READ_FILE | _READ_DIR | _TRUNCATE
    | (1 << 4) | (1 << 5) | (1 << 7) | (1 << 8) | (1 << 12) | (1 << 13)
)  # fmt: skip
_ALL_FILES = (1 << 15) - 1
_TCP, _SCOPES = 3, 3
# Larger than an answer may be; scripts that keep more files open than this have lost some.
_OPEN_FILES = 256
#: What may be mapped beside its own memory: files, libraries, memory that is only reserved.
_MAPPED = 1 << 30


def why_not() -> str | None:
    """Return why this kernel cannot hold an interpreter; None when it can."""
    machine = platform.machine()
    if not call_filter.known_machine(machine):
        return f"its walls are not known for a processor of the kind {machine}"
    if not hasattr(os, "pidfd_open"):
        return "it needs Linux 6.7 or newer"
    abi = kernel.landlock_abi()
    if abi < LEAST_ABI:
        has = f"version {abi}" if abi else "none"
        return f"it needs Landlock version {LEAST_ABI} (Linux 6.7); this kernel has {has}"
    return None


def lock_in(readable: Iterable[str], writable: Iterable[str]) -> None:
    """Put up the walls. Paths that are not there are left out."""
    why = why_not()
    if why is not None:
        raise OSError(errno.ENOSYS, why)
    kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)
    kernel.drop_capabilities()
    _landlock(readable, writable)
    kernel.seccomp(call_filter.program(platform.machine(), os.getpid()))


def limit(*, memory_bytes: int, file_bytes: int, threads: int) -> None:
    """Set the limits of the system; before ``lock_in``, which refuses to change any."""
    data, size = _memory_in_use()
    _at_most(resource.RLIMIT_DATA, data + memory_bytes)
    _at_most(resource.RLIMIT_AS, size + memory_bytes + _MAPPED)
    _at_most(resource.RLIMIT_FSIZE, file_bytes)
    _at_most(resource.RLIMIT_NOFILE, _OPEN_FILES)
    _at_most(resource.RLIMIT_NPROC, threads)
    _at_most(resource.RLIMIT_MEMLOCK, 0)
    _at_most(resource.RLIMIT_MSGQUEUE, 0)
    # 0 would still hand the memory to a program that collects crashes; 1 byte keeps it from there.
    _at_most(resource.RLIMIT_CORE, 1)
    with contextlib.suppress(OSError):
        # When memory runs out, interpreters end first.
        Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")


def end_with_parent(parent: int) -> None:
    """End this process when the thread that started it ends, or now if that has happened."""
    kernel.prctl(kernel.PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(0)


def outlive_parent() -> None:
    """Take back ``end_with_parent``, for what has to tidy up when its parent ends."""
    kernel.prctl(kernel.PR_SET_PDEATHSIG, 0)


def _at_most(what: int, value: int) -> None:
    _, hard = resource.getrlimit(what)
    value = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(what, (value, value))


def _memory_in_use() -> tuple[int, int]:
    """Return the data and the address space of this process in bytes."""
    sizes = Path("/proc/self/statm").read_text(encoding="ascii").split()
    page = resource.getpagesize()
    return int(sizes[5]) * page, int(sizes[0]) * page


def _landlock(readable: Iterable[str], writable: Iterable[str]) -> None:
    abi = kernel.landlock_abi()
    handled = _ALL_FILES | (_IOCTL_DEVICE if abi >= _ABI_WITH_DEVICES else 0)
    scopes = _SCOPES if abi >= _ABI_WITH_SCOPES else None
    ruleset = kernel.landlock_ruleset(handled, _TCP, scopes)
    for paths, rights in ((readable, _READ_FILE | _READ_DIR), (writable, _OWN)):
        for path in paths:
            try:
                descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
            except OSError:
                continue
            of_files = _READ_FILE | _WRITE_FILE | _TRUNCATE
            allowed = rights if os.path.isdir(path) else rights & of_files
            kernel.landlock_allow(ruleset, descriptor, allowed)
            os.close(descriptor)
    kernel.landlock_restrict_self(ruleset)
    os.close(ruleset)
