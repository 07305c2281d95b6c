from __future__ import annotations

import errno
import os
import platform
import struct
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "src-main" / "engines" / "native" / "python"))

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the native engine is Linux's")
if sys.platform == "linux":
    from tabpy_tray_native import filter as call_filter
    from tabpy_tray_native import kernel, own_paths, readable, trial_of_walls, walls
    from tabpy_tray_native.system_calls import ALLOWED, CONDITIONAL

ALLOW, KILL = 0x7FFF0000, 0x80000000
REFUSE, MISSING = 0x50000 | errno.EPERM, 0x50000 | errno.ENOSYS
MACHINES = {"x86_64": (0xC000003E, 0), "aarch64": (0xC00000B7, 1)}
PID = 4711


def decide(machine: str, number: int, *values: int, architecture: int | None = None) -> int:
    """What the kernel would do: runs the program of BPF."""
    if architecture is None:
        architecture = MACHINES[machine][0]
    padded = [*values, 0, 0, 0, 0, 0, 0][:6]
    data = struct.pack("<IIQ6Q", number, architecture, 0, *(one & (1 << 64) - 1 for one in padded))
    lines = list(struct.iter_unpack("HBBI", call_filter.program(machine, PID)))
    at, register = 0, 0
    while True:
        code, yes, no, value = lines[at]
        at += 1
        match code:
            case 0x20:
                register = struct.unpack_from("<I", data, value)[0]
            case 0x54:
                register &= value
            case 0x15:
                at += yes if register == value else no
            case 0x45:
                at += yes if register & value else no
            case 0x35:
                at += yes if register >= value else no
            case 0x06:
                return value


@pytest.fixture(params=MACHINES)
def machine(request):
    return request.param


def number(machine, name):
    return CONDITIONAL[name][MACHINES[machine][1]]


def test_allows_what_is_listed_and_refuses_the_rest(machine):
    column = MACHINES[machine][1]
    allowed = {numbers[column] for numbers in ALLOWED.values()} - {None}
    some = {numbers[column] for numbers in CONDITIONAL.values()}
    for call in range(700):
        if call not in some:
            expected = ALLOW if call in allowed else MISSING if call >= 403 else REFUSE
            assert decide(machine, call) == expected, call


def test_lists_no_number_twice(machine):
    column = MACHINES[machine][1]
    numbers = [
        n[column] for n in (*ALLOWED.values(), *CONDITIONAL.values()) if n[column] is not None
    ]
    assert len(numbers) == len(set(numbers))


def test_ends_a_process_that_uses_other_numbers(machine):
    assert decide(machine, 0x40000000 + 39) == KILL
    assert decide(machine, 1, architecture=0x40000003) == KILL


def test_allows_threads_and_no_processes(machine):
    clone = number(machine, "clone")
    assert decide(machine, clone, 0x3D0F00) == ALLOW  # what pthread_create asks for
    assert decide(machine, clone, 0x1200011) == REFUSE  # fork
    for namespace in (0x20000, 0x2000000, 0x4000000, 0x8000000, 0x10000000, 0x20000000, 0x40000000):
        assert decide(machine, clone, 0x3D0F00 | namespace) == REFUSE


def test_allows_signals_to_oneself_only(machine):
    for name in ("kill", "tgkill"):
        assert decide(machine, number(machine, name), PID, 9) == ALLOW
        for other in (PID + 1, 0, -1, -PID):
            assert decide(machine, number(machine, name), other, 9) == REFUSE


def test_allows_reading_a_limit_and_setting_none(machine):
    prlimit = number(machine, "prlimit64")
    assert decide(machine, prlimit, 0, 7, 0, 0x7000) == ALLOW
    assert decide(machine, prlimit, 0, 7, 0x7000, 0) == REFUSE
    assert decide(machine, prlimit, 0, 7, 0x700000000000, 0) == REFUSE
    assert decide(machine, prlimit, PID, 7, 0, 0x7000) == REFUSE


def test_allows_pairs_of_streams_only(machine):
    pair = number(machine, "socketpair")
    assert decide(machine, pair, 1, 1 | 0o2000000) == ALLOW
    for family, kind in ((1, 2), (1, 5), (2, 1), (40, 1)):
        assert decide(machine, pair, family, kind) == REFUSE


def test_refuses_owners_of_descriptors_and_being_kept_alive(machine):
    fcntl, ioctl, prctl = (number(machine, name) for name in ("fcntl", "ioctl", "prctl"))
    assert decide(machine, fcntl, 3, 2, 1) == ALLOW
    for command in (8, 10, 15, 1024, 1026, 1031, 1033):
        assert decide(machine, fcntl, 3, command, PID) == REFUSE
    for command in (0x8901, 0x8902, 0x5452, 0x5412):
        assert decide(machine, ioctl, 3, command) == REFUSE
    assert decide(machine, prctl, 15) == ALLOW
    for option in (1, 4, 22, 0x59616D61):
        assert decide(machine, prctl, option) == REFUSE


def test_refuses_a_kernel_that_cannot_promise(monkeypatch):
    monkeypatch.setattr(kernel, "landlock_abi", lambda: 3)
    assert walls.why_not() == "it needs Landlock version 4 (Linux 6.7); this kernel has version 3"
    with pytest.raises(OSError, match="it needs Landlock version 4"):
        walls.lock_in([], [])
    monkeypatch.setattr(kernel, "landlock_abi", lambda: 0)
    assert walls.why_not().endswith("this kernel has none")
    monkeypatch.setattr(platform, "machine", lambda: "riscv64")
    assert walls.why_not() == "its walls are not known for a processor of the kind riscv64"


def test_tries_its_walls_and_they_hold(tmp_path):
    assert trial_of_walls.why_open(readable.readable([]), str(tmp_path)) is None


def test_says_which_wall_does_not_hold(tmp_path, monkeypatch):
    monkeypatch.setattr(kernel, "seccomp", lambda _program: None)
    told = trial_of_walls.why_open(readable.readable([]), str(tmp_path))
    assert told.startswith("not held: ")
    assert "processes" in told
    assert "shared memory" in told


def test_reports_a_wall_that_cannot_be_put_up(tmp_path, monkeypatch):
    def refuse(_program):
        raise OSError(errno.EACCES, "seccomp: Permission denied")

    monkeypatch.setattr(kernel, "seccomp", refuse)
    assert trial_of_walls.why_open([], str(tmp_path)) == "seccomp: Permission denied"


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/data", "/own/data"),
        ("/tmp/a/b", "/own/tmp/a/b"),
        (b"/data/x", b"/own/data/x"),
        (Path("/tmp/x"), "/own/tmp/x"),
        ("/datastore/x", "/datastore/x"),
        ("tmp/x", "tmp/x"),
        ("/own/tmp/x", "/own/tmp/x"),
        (3, 3),
        (None, None),
    ],
)
def test_moves_paths_below_the_two_names(monkeypatch, path, expected):
    monkeypatch.setattr(own_paths, "_own", ["/own"])
    assert own_paths.place_of(path) == expected


def test_moves_nothing_before_an_interpreter_has_a_folder():
    assert own_paths.place_of("/tmp/x") == "/tmp/x"


def test_does_not_move_its_own_folder_twice(monkeypatch):
    monkeypatch.setattr(own_paths, "_own", ["/tmp/tabpy-tray-native-x/1"])
    assert (
        own_paths.place_of("/tmp/tabpy-tray-native-x/1/tmp/a") == "/tmp/tabpy-tray-native-x/1/tmp/a"
    )
    assert own_paths.place_of("/tmp/a") == "/tmp/tabpy-tray-native-x/1/tmp/a"


def test_reads_no_more_of_a_wide_prefix_than_its_libraries(monkeypatch):
    for name in ("prefix", "base_prefix", "exec_prefix", "base_exec_prefix"):
        monkeypatch.setattr(sys, name, "/usr")
    found = readable.readable([])
    assert "/usr" not in found
    assert "/usr/lib" in found


def test_names_folders_that_scripts_cannot_import_from(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "path", [str(tmp_path), os.path.dirname(os.__file__)])
    assert readable.outside(readable.readable([])) == [str(tmp_path)]
