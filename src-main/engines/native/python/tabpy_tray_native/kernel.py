"""Raw system calls through ctypes, with errors as ``OSError``. Must not know what they are for."""

from __future__ import annotations

import ctypes
import os
import struct

_libc = ctypes.CDLL(None, use_errno=True)
_libc.syscall.restype = ctypes.c_long

PR_SET_PDEATHSIG = 1
PR_SET_SECCOMP = 22
PR_SET_NO_NEW_PRIVS = 38
SECCOMP_MODE_FILTER = 2

# The same numbers on every machine.
_LANDLOCK_CREATE_RULESET = 444
_LANDLOCK_ADD_RULE = 445
_LANDLOCK_RESTRICT_SELF = 446
_LANDLOCK_VERSION = 1
_LANDLOCK_RULE_PATH_BENEATH = 1
_CAPABILITY_VERSION_3 = 0x20080522


def _checked(value: int, what: str) -> int:
    if value < 0:
        code = ctypes.get_errno()
        raise OSError(code, f"{what}: {os.strerror(code)}")
    return value


def prctl(option: int, value: int | bytes) -> None:
    """Call prctl with one argument."""
    _checked(_libc.prctl(option, value, 0, 0, 0), f"prctl {option}")


def landlock_abi() -> int:
    """Return the version of Landlock; 0 where the kernel has none or it is switched off."""
    return max(0, _libc.syscall(_LANDLOCK_CREATE_RULESET, None, 0, _LANDLOCK_VERSION))


def landlock_ruleset(files: int, network: int, scopes: int | None) -> int:
    """Return the descriptor of a set of rules that handles these rights."""
    fields = (files, network) if scopes is None else (files, network, scopes)
    attributes = struct.pack(f"{len(fields)}Q", *fields)
    ruleset = _libc.syscall(_LANDLOCK_CREATE_RULESET, attributes, len(attributes), 0)
    return _checked(ruleset, "landlock_create_ruleset")


def landlock_allow(ruleset: int, descriptor: int, rights: int) -> None:
    """Allow rights on the file or below the folder of a descriptor."""
    rule = struct.pack("=Qi", rights, descriptor)
    added = _libc.syscall(_LANDLOCK_ADD_RULE, ruleset, _LANDLOCK_RULE_PATH_BENEATH, rule, 0)
    _checked(added, "landlock_add_rule")


def landlock_restrict_self(ruleset: int) -> None:
    """Hold the calling thread, and what it starts, to the rules for good."""
    _checked(_libc.syscall(_LANDLOCK_RESTRICT_SELF, ruleset, 0), "landlock_restrict_self")


def seccomp(program: bytes) -> None:
    """Filter the system calls of the calling thread for good; ``program`` is one of BPF."""
    buffer = ctypes.create_string_buffer(program, len(program))
    head = struct.pack("HxxxxxxQ", len(program) // 8, ctypes.addressof(buffer))
    _checked(_libc.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, head, 0, 0), "seccomp")


def drop_capabilities() -> None:
    """Give up all rights of an administrator; nothing changes for other users."""
    head = struct.pack("Ii", _CAPABILITY_VERSION_3, 0)
    _checked(_libc.capset(head, bytes(24)), "capset")
