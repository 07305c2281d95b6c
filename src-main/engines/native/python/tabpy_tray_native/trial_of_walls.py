"""Tries the walls in a process of its own, before the first interpreter."""

from __future__ import annotations

import ctypes
import os
import socket
import sys
from typing import TYPE_CHECKING

from tabpy_tray_native import walls

if TYPE_CHECKING:
    from collections.abc import Callable


def why_open(readable: list[str], work: str) -> str | None:
    """Return why this computer cannot hold interpreters, or which wall does not hold; else None."""
    why = walls.why_not()
    if why is not None:
        return why
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        _try_out(writer, readable, work)
    os.close(writer)
    with open(reader, "rb") as told:
        answer = told.read(1000).decode("utf-8", "replace")
    os.waitpid(pid, 0)
    return None if answer == "held" else answer or "its walls could not be tried"


def _try_out(writer: int, readable: list[str], work: str) -> None:
    try:
        parent = os.getppid()
        walls.lock_in(readable, [])
        broken = [name for name, attempt in _attempts(parent, work) if _succeeds(attempt)]
        os.write(writer, (f"not held: {', '.join(broken)}" if broken else "held").encode())
    except OSError as error:
        os.write(writer, (error.strerror or str(error)).encode())
    finally:
        os._exit(0)


def _attempts(parent: int, work: str) -> list[tuple[str, Callable[[], object]]]:
    flags = os.O_WRONLY | os.O_CREAT
    return [
        ("reading the root folder", lambda: os.listdir("/")),
        ("reading other processes", lambda: os.open(f"/proc/{parent}/environ", os.O_RDONLY)),
        ("writing files", lambda: os.open(f"{work}/trial", flags)),
        ("network", lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM)),
        ("sockets", lambda: socket.socket(socket.AF_UNIX)),
        ("programs", lambda: os.execv(sys.executable, [sys.executable, "-c", ""])),
        ("processes", _fork),
        ("signals", lambda: os.kill(parent, 0)),
        ("priorities", lambda: os.setpriority(os.PRIO_PROCESS, 0, 1)),
        ("shared memory", _shared_memory),
    ]


def _fork() -> None:
    if os.fork() == 0:
        os._exit(0)


def _shared_memory() -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    made = libc.shmget(0, 4096, 0o1600)
    if made < 0:
        raise OSError(ctypes.get_errno(), "refused")
    libc.shmctl(made, 0, None)  # removes it: it would outlive this process


def _succeeds(attempt: Callable[[], object]) -> bool:
    try:
        attempt()
    except OSError:
        return False
    return True
