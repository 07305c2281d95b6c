"""Imports the packages of an environment once, and forks an interpreter for each that is wanted.

The host writes one line of JSON to the standard input, later ``kill ID``; closing it ends
everything. Each connection at the door begins with a line of JSON and becomes an interpreter. What
happened goes to the standard output, an event in JSON a line. No caller's data ever comes here.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import os
import select
import shutil
import signal
import socket
import sys
import time
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tabpy_tray_native import interpreter, own_paths, trial_of_walls, user_threads, walls
from tabpy_tray_native.readable import outside, readable

_MOST_THREADS = 128
_LINE_SECONDS = 5
_FAILED = 75
_HEAD = b'{"op":"evaluate","timeoutSeconds":30}'
# Numbers, text, an error with its explanation.
_USUAL = (
    "return [x for x in _arg1]",
    "import numpy as np\nreturn np.array(_arg1[:2]).mean()",
    'return [f"{y} {x}" for x, y in zip(_arg1, _arg2)]',
    "return tabpy.query('', _arg1)['response']",
    "import a_module_that_is_nowhere",
)


@dataclass
class _Child:
    identifier: int
    pid: int
    descriptor: int
    folder: str


class Zygote:
    """Forks, kills and reaps interpreters."""

    def __init__(self, wish: dict[str, Any], events: int) -> None:
        self._events = events
        self._work = wish["work"]
        self._modules = wish["modules"]
        self._readable = readable(wish["readable"])
        self._door = socket.socket(socket.AF_UNIX)
        self._door.bind(wish["door"])
        self._door.listen(64)
        self._children: dict[int, _Child] = {}
        self._typed = b""

    def run(self) -> None:
        """Import, try the walls, and serve until the host closes the standard input."""
        started = time.perf_counter()
        failed = _imported(self._modules)
        from tabpy_tray import entry  # noqa: PLC0415 - after the packages that it makes faster

        self._handle = entry.handle
        own_paths.connect_databases()
        for script in _USUAL:
            # What a first request loads and compiles is then shared by all interpreters.
            data = {"_arg1": [1.5, 2, None], "_arg2": ["a", "b", "c"]}
            entry.handle(_HEAD, json.dumps({"data": data, "script": script}).encode())
        warnings.filterwarnings("ignore", message=".*fork.*", category=DeprecationWarning)
        gc.collect()
        gc.freeze()  # else each interpreter's collector would write to all that they share
        why = trial_of_walls.why_open(self._readable, self._work)
        if why is not None:
            self._tell(event="refused", why=why)
            return
        took = round((time.perf_counter() - started) * 1000)
        self._tell(event="ready", failed=failed, importMs=took, outside=outside(self._readable))
        self._serve()

    def _serve(self) -> None:
        # From now on the end of the standard input tells, and what is left can be removed.
        walls.outlive_parent()
        poll = select.poll()
        for source in (self._door.fileno(), 0):
            poll.register(source, select.POLLIN)
        while True:
            for ready, _ in poll.poll():
                if ready == 0:
                    if not self._obey():
                        return
                elif ready == self._door.fileno():
                    self._welcome(poll)
                else:
                    poll.unregister(ready)
                    self._bury(ready)

    def _obey(self) -> bool:
        """Read what the host wants; False when it has hung up."""
        piece = os.read(0, 65_536)
        if not piece:
            return False
        *lines, self._typed = (self._typed + piece).split(b"\n")
        for line in lines:
            if line.startswith(b"kill "):
                self._kill(int(line[5:]))
        return True

    def _kill(self, identifier: int) -> None:
        for child in self._children.values():
            if child.identifier == identifier:
                # By its descriptor: a number might be another process by now.
                with contextlib.suppress(ProcessLookupError):
                    signal.pidfd_send_signal(child.descriptor, signal.SIGKILL)

    def _welcome(self, poll: select.poll) -> None:
        link, _ = self._door.accept()
        with link:
            try:
                wish = json.loads(_first_line(link))
            except (OSError, ValueError):
                return  # the host hung up, so nobody waits
            try:
                self._fork(link, wish, poll)
            except OSError as error:
                self._tell(event="failed", id=wish["id"], why=error.strerror or str(error))

    def _fork(self, link: socket.socket, wish: dict[str, Any], poll: select.poll) -> None:
        folder = f"{self._work}/{wish['id']}"
        for one in (folder, f"{folder}/tmp", f"{folder}/data"):
            Path(one).mkdir(mode=0o700)
        place = interpreter.Place(
            folder=folder,
            readable=self._readable,
            memory_bytes=wish["memoryBytes"],
            file_bytes=wish["fileBytes"],
            threads=user_threads.count() + _MOST_THREADS,
        )
        parent = os.getpid()
        pid = os.fork()
        if pid == 0:
            _become(link, place, parent, self._handle)
        child = _Child(wish["id"], pid, os.pidfd_open(pid), folder)
        self._children[child.descriptor] = child
        poll.register(child.descriptor, select.POLLIN)
        self._tell(event="started", id=child.identifier, pid=pid)

    def _bury(self, descriptor: int) -> None:
        child = self._children.pop(descriptor)
        _, status = os.waitpid(child.pid, 0)
        os.close(descriptor)
        code = os.waitstatus_to_exitcode(status)
        ended: dict[str, Any] = {"code": code} if code >= 0 else {"signal": _signal_name(-code)}
        self._tell(event="ended", id=child.identifier, **ended)

    def end(self) -> None:
        """End all interpreters."""
        for child in self._children.values():
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(child.descriptor, signal.SIGKILL)
            os.waitpid(child.pid, 0)

    def _tell(self, **event: Any) -> None:
        os.write(self._events, json.dumps(event).encode() + b"\n")


def main() -> None:
    """Serve the host at the standard streams; returns when it hangs up."""
    # What packages print must not look like events.
    events = os.dup(1)
    os.dup2(2, 1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    walls.end_with_parent(os.getppid())
    wish = json.loads(sys.stdin.buffer.raw.readline())
    os.chdir("/")
    own_paths.install()
    sys.path[1:1] = wish["sources"]
    try:
        zygote = Zygote(wish, events)
        try:
            zygote.run()
        finally:
            zygote.end()
    finally:
        _remove(wish["home"])


def _remove(folder: str) -> None:
    """Remove what interpreters left, also in folders that they made unreadable."""
    for parent, names, _ in os.walk(folder):
        for name in names:
            path = os.path.join(parent, name)
            if not os.path.islink(path):
                with contextlib.suppress(OSError):
                    os.chmod(path, 0o700)
    shutil.rmtree(folder, ignore_errors=True)


def _imported(modules: list[str]) -> dict[str, str]:
    """Import what is there; returns why what is there could not be imported."""
    failed = {}
    for name in modules:
        try:
            importlib.import_module(name)
        except ModuleNotFoundError as error:
            if error.name != name:
                failed[name] = str(error)
        except BaseException as error:  # noqa: BLE001 - whatever a package raises on import
            failed[name] = f"{type(error).__name__}: {error}"
    return failed


def _become(link: socket.socket, place: interpreter.Place, parent: int, handle: Any) -> None:
    """Be an interpreter; never returns."""
    code = _FAILED
    try:
        interpreter.live(link, place, parent, handle)
        code = 0
    finally:
        os._exit(code)


def _first_line(link: socket.socket) -> bytes:
    link.settimeout(_LINE_SECONDS)
    line = bytearray()
    while not line.endswith(b"\n"):
        byte = link.recv(1)
        if not byte:
            raise OSError("the host hung up")
        line += byte
    link.settimeout(None)
    return bytes(line)


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"
