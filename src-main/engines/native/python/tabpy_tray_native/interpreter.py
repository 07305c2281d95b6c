"""A forked interpreter: gives up everything but its link, locks itself in, and answers requests."""

from __future__ import annotations

import json
import os
import struct
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tabpy_tray_native import own_paths, walls

if TYPE_CHECKING:
    import socket

_HEAD = struct.Struct("<III")
# Below this size one write is cheaper than two.
_SMALL = 65_536
_LINK = 3
# What libraries look up about their own process. Not all of the folder: it shows the connections
# and mounts of the whole computer too.
_OF_ONESELF = ("maps", "smaps", "stat", "statm", "status", "limits", "cgroup", "fd")
Handle = "Callable[[bytes, bytes], tuple[bytes, ...]]"


@dataclass(frozen=True)
class Place:
    """What one interpreter gets: its own folder, and limits."""

    folder: str
    readable: list[str]
    memory_bytes: int
    file_bytes: int
    threads: int


def live(link: socket.socket, place: Place, parent: int, handle: Handle) -> None:
    """Lock in and answer until the host hangs up; call it in a fresh fork. Returns then."""
    started = time.perf_counter()
    _keep_only(link.fileno())
    walls.limit(memory_bytes=place.memory_bytes, file_bytes=place.file_bytes, threads=place.threads)
    walls.end_with_parent(parent)
    temporary = f"{place.folder}/tmp"
    own_paths.show(place.folder)
    os.environ.update(HOME=temporary, TMPDIR=temporary)
    _seed()
    readable = [*place.readable, *(f"/proc/{os.getpid()}/{one}" for one in _OF_ONESELF)]
    walls.lock_in(readable, [temporary, f"{place.folder}/data", "/dev/null"])
    wire = _Wire(_LINK)
    ready = {
        "ready": True,
        "bootMs": round((time.perf_counter() - started) * 1000, 1),
        "python": sys.version.split()[0],
        "fromImage": True,
    }
    wire.send(0, json.dumps(ready).encode(), b"")
    wire.answer(handle)


def _keep_only(link: int) -> None:
    """Close all descriptors but the link, which becomes number 3; standard streams lead nowhere."""
    nowhere = os.open("/dev/null", os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    if link != _LINK:
        os.dup2(link, _LINK)
    os.set_inheritable(_LINK, False)
    os.closerange(_LINK + 1, os.sysconf("SC_OPEN_MAX"))


def _seed() -> None:
    """Give the interpreter random numbers of its own; ``random`` does so after every fork."""
    numbers = sys.modules.get("numpy.random")
    if numbers is not None:
        numbers.seed()


class _Wire:
    """Frames as the host has them: length, id, length of the head, head, body."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def answer(self, handle: Handle) -> None:
        """Answer requests until the host hangs up."""
        while (head := self._read(_HEAD.size)) is not None:
            length, identifier, meta_length = _HEAD.unpack(head)
            meta = self._read(meta_length)
            body = self._read(length - 4 - meta_length)
            if meta is None or body is None:
                return
            meta, body, *rest = handle(bytes(meta), bytes(body))
            if rest:
                body = _written(body)
                meta = b"%b%d%b" % (meta, len(body), rest[0])
            self.send(identifier, meta, body)

    def send(self, identifier: int, meta: bytes, body: bytes) -> None:
        """Send one frame."""
        head = _HEAD.pack(4 + len(meta) + len(body), identifier, len(meta))
        if len(body) < _SMALL:
            self._write(b"".join((head, meta, body)))
        else:
            self._write(head + meta)
            self._write(body)

    def _write(self, data: bytes) -> None:
        view = memoryview(data)
        while view:
            view = view[os.write(self._descriptor, view) :]

    def _read(self, size: int) -> bytearray | None:
        data = bytearray(size)
        view = memoryview(data)
        while view:
            count = os.readv(self._descriptor, [view])
            if not count:
                return None
            view = view[count:]
        return data


def _written(records: bytes) -> bytes:
    """Return a column of floats as JSON, which the built-in engine's guest writes itself."""
    from marshal import loads  # noqa: PLC0415 - a rare answer

    from tabpy_tray import serialise  # noqa: PLC0415

    return serialise.write(loads(records))
