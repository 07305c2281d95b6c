"""Writes the filter of system calls for seccomp, as a program of BPF. Pure: changes nothing."""

from __future__ import annotations

import errno
import fcntl
import struct
from typing import TYPE_CHECKING

from tabpy_tray_native.system_calls import ALLOWED, CONDITIONAL

if TYPE_CHECKING:
    from collections.abc import Iterable

_Line = tuple[int, int, int, int]

_LOAD, _EQUAL, _ANY_BIT, _AT_LEAST, _RETURN = 0x20, 0x15, 0x45, 0x35, 0x06
_ALLOW, _KILL, _ERRNO = 0x7FFF0000, 0x80000000, 0x00050000
_REFUSE: _Line = (_RETURN, 0, 0, _ERRNO | errno.EPERM)
_MISSING: _Line = (_RETURN, 0, 0, _ERRNO | errno.ENOSYS)
_ACCEPT: _Line = (_RETURN, 0, 0, _ALLOW)

#: The kernel's name of the machine in a filter, and the column of its numbers.
_MACHINES = {"x86_64": (0xC000003E, 0), "aarch64": (0xC00000B7, 1)}
_X32 = 0x40000000
#: Calls of kernels since 5.0. C libraries try them first and do without where they are missing.
_RECENT = 403

_CLONE_THREAD = 0x00010000
# New namespaces of all kinds, and being traced.
_CLONE_FORBIDDEN = 0x7E020000 | 0x00002000
_FCNTL = (
    *(fcntl.F_DUPFD, fcntl.F_GETFD, fcntl.F_SETFD, fcntl.F_GETFL, fcntl.F_SETFL),
    *(fcntl.F_GETLK, fcntl.F_SETLK, fcntl.F_SETLKW, 36, 37, 38),  # OFD locks
    *(fcntl.F_DUPFD_CLOEXEC, 1032),  # F_GETPIPE_SZ
)
# Whether it is a terminal, not to block, how much there is to read, closing on exec.
_IOCTL = (0x5401, 0x5413, 0x5421, 0x541B, 0x5450, 0x5451)
# The name of a thread, and names of memory that allocators give.
_PRCTL = (15, 16, 3, 0x53564D41)
_AF_UNIX, _SOCK_STREAM, _SOCK_TYPE = 1, 1, 0xF


def known_machine(machine: str) -> bool:
    """Check whether the numbers of this machine's system calls are known."""
    return machine in _MACHINES


def program(machine: str, pid: int) -> bytes:
    """Return the filter for the process ``pid`` of a machine as ``platform.machine()`` names it."""
    architecture, column = _MACHINES[machine]
    lines: list[_Line] = [
        (_LOAD, 0, 0, 4),
        (_EQUAL, 1, 0, architecture),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, 0),
        (_AT_LEAST, 0, 1, _X32),  # x86-64's other set of numbers
        (_RETURN, 0, 0, _KILL),
    ]
    for numbers in ALLOWED.values():
        if numbers[column] is not None:
            lines += [(_EQUAL, 0, 1, numbers[column]), _ACCEPT]
    for name, rule in _rules(pid).items():
        lines += [(_EQUAL, 0, len(rule), CONDITIONAL[name][column]), *rule]
    # clone3 is among the recent ones: its flags cannot be read here, and libc falls back to clone.
    lines += [(_AT_LEAST, 0, 1, _RECENT), _MISSING, _REFUSE]
    return b"".join(struct.pack("HBBI", *line) for line in lines)


def _rules(pid: int) -> dict[str, list[_Line]]:
    """Return what decides about the arguments of a call; each ends in an answer."""
    return {
        "clone": [
            _argument(0),
            (_ANY_BIT, 0, 1, _CLONE_FORBIDDEN),
            _REFUSE,
            (_ANY_BIT, 0, 1, _CLONE_THREAD),
            _ACCEPT,
            _REFUSE,
        ],
        "fcntl": _one_of(1, _FCNTL),
        "ioctl": _one_of(1, _IOCTL),
        "kill": _one_of(0, [pid]),
        "tgkill": _one_of(0, [pid]),
        "prctl": _one_of(0, _PRCTL),
        # Only to read one's own limits: no process, no new limit (both halves of the pointer).
        "prlimit64": [
            *(_argument(0), (_EQUAL, 1, 0, 0), _REFUSE),
            *(_argument(2), (_EQUAL, 1, 0, 0), _REFUSE),
            *(_argument(2, 4), (_EQUAL, 1, 0, 0), _REFUSE),
            _ACCEPT,
        ],
        # Streams only: a datagram socket of a pair can send to any other address.
        "socketpair": [
            *(_argument(0), (_EQUAL, 1, 0, _AF_UNIX), _REFUSE),
            *(_argument(1), (0x54, 0, 0, _SOCK_TYPE), (_EQUAL, 1, 0, _SOCK_STREAM), _REFUSE),
            _ACCEPT,
        ],
    }


def _argument(index: int, half: int = 0) -> _Line:
    """Load half an argument; both machines have the lower half first."""
    return (_LOAD, 0, 0, 16 + 8 * index + half)


def _one_of(index: int, values: Iterable[int]) -> list[_Line]:
    """Accept some values of an argument whose type in the kernel has 32 bits."""
    lines = [_argument(index)]
    for value in values:
        lines += [(_EQUAL, 0, 1, value), _ACCEPT]
    return [*lines, _REFUSE]
