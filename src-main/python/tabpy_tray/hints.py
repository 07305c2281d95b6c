"""Finds the hint beside an error that the walls around a script cause; must not know HTTP.

Used only when a request failed. Only errors that the walls cause get a hint: what a script raises
by itself needs none. The sentences are data (hints.json).
"""

from __future__ import annotations

import dis
import errno
import os
import re
import sys
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

from tabpy_tray import missing

if TYPE_CHECKING:
    import types
    from collections.abc import Iterator

_MOST_LINKS: Final = 10
_MOST_TEXT: Final = 4_000
_DATA, _TEMPORARY = "/data", "/tmp"
_HERE: Final = os.path.dirname(__file__)
# The standard library, and the packages beside ours: in WebAssembly one folder and one archive.
_LIBRARIES: Final = (
    os.path.dirname(os.__file__),
    os.path.dirname(_HERE),
    *(path for path in sys.path if path.endswith("-packages")),
    "<frozen ",
)
_NO_FILE: Final = frozenset({errno.ENOENT, errno.ENOTDIR})
_CLOSED: Final = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_SOCKET_NAMES: Final = frozenset(
    [
        "accept",
        "bind",
        "connect",
        "connect_ex",
        "create_connection",
        "create_server",
        "getpeername",
        "listen",
        "recv",
        "recvfrom",
        "recv_into",
        "send",
        "sendall",
        "sendmsg",
        "sendto",
        "setsockopt",
        "sock_connect",
        "socket",
        "socketpair",
    ]
)
_PROGRAM_NAMES: Final = frozenset(
    [
        "execl",
        "execle",
        "execlp",
        "execv",
        "execve",
        "execvp",
        "fork",
        "fork_exec",
        "forkpty",
        "popen",
        "posix_spawn",
        "posix_spawnp",
        "spawnl",
        "spawnv",
        "subprocess_exec",
        "subprocess_shell",
    ]
)
_NO_PROGRAMS: Final = (
    "does not support processes",
    "multiprocessing.synchronize",
    "sem_open",
    "from 'js'",
)
_DATABASE: Final = ("unable to open database file", "readonly database")
_INSTALL: Final = re.compile(r"(?:pip3?|conda) install (?:-{1,2}\S+ )*['\"`]?([A-Za-z][\w.-]*)")
_OPTIONAL: Final = (
    re.compile(r"`Import ([A-Za-z][\w.]*)` failed"),
    re.compile(r"dependency ['\"`]([A-Za-z][\w.-]*)"),
    _INSTALL,
    re.compile(r"install (?:the )?['\"`]?([A-Za-z][\w.-]*)"),
    re.compile(r"without (?:version .* of )?['\"`]?([A-Za-z][\w.-]*)['\"`]? installed"),
    re.compile(r"([A-Za-z][\w.-]*)['\"`]? (?:package )?(?:is|are) (?:required|not installed)"),
    re.compile(r"[Rr]equires? (?:the )?['\"`]?([A-Za-z][\w.-]*)"),
)
_LIKE_A_FILE: Final = re.compile(r"[/\\.]")
_ENVIRONMENT: Final = type(os.environ).__getitem__.__code__
_DOWNLOADS: Final = ("nltk.download(", "textblob.download_corpora")


def beside(error: BaseException) -> str | None:
    """Return the hint beside an error where one is known. Never raises."""
    try:
        return of(error)
    except Exception:  # noqa: BLE001 - a script may have broken whatever this uses
        return None


def joined(text: str, hint: str | None) -> str:
    """Return an error's own text with a hint behind it; nothing is said twice."""
    if hint is None:
        return text
    first, _, rest = hint.partition(". ")
    if first in text and rest:
        hint = rest
    own = text.rstrip()
    if "\n" in own:
        return text.rstrip("\n") + "\n" + hint
    return f"{own}{'' if not own or own.endswith(('.', '!', '?')) else '.'} {hint}".lstrip()


def of(error: BaseException) -> str | None:
    """Return the hint beside an error, or None."""
    for link in _links(error):
        if _is_raised_by_script(link):
            continue
        for rule in _RULES:
            found = rule(link)
            if found is not None:
                return found
    return None


def module_of(error: ModuleNotFoundError) -> str:
    """Return the whole name of the module in a failed import, of which a part is missing.

    ``import google.cloud.storage`` only reports that ``google`` is missing: the rest of the name is
    in the code that imports.
    """
    name = error.name or ""
    frame = _innermost(error, is_import=True)
    if frame is None:
        return name
    code, at = frame
    wanted: list[Any] = []
    for instruction in dis.get_instructions(code):
        if instruction.opname == "IMPORT_NAME" and instruction.offset == at:
            module = str(instruction.argval)
            listed = next((one for one in reversed(wanted) if isinstance(one, tuple)), ())
            names = [f"{module}.{one}" for one in listed if isinstance(one, str)]
            known = [one for one in names if missing.is_listed(one)]
            whole = known[0] if known else module
            return whole if f"{whole}.".startswith(f"{name}.") else name
        wanted = [*wanted[-1:], instruction.argval]
    return name


def _links(error: BaseException) -> Iterator[BaseException]:
    """Go through an error and its causes, the outermost first."""
    seen: list[int] = []
    link: BaseException | None = error
    while link is not None and len(seen) < _MOST_LINKS and id(link) not in seen:
        seen.append(id(link))
        yield link
        inner = link.__cause__ or _held(link)
        if inner is None:
            inner = None if link.__suppress_context__ else link.__context__
            # An error in the handling of another is unrelated to it, unless it names it as its
            # cause.
            if inner is not None and _is_script(link) and _text(inner) not in _text(link):
                inner = None
        link = inner


def _held(error: BaseException) -> BaseException | None:
    """Return the error inside another one, as in those of urllib and urllib3."""
    told = (getattr(error, "reason", None), *error.args)
    return next((one for one in told if isinstance(one, BaseException)), None)


def _network(error: BaseException) -> str | None:
    sockets = sys.modules.get("socket")
    if sockets is None or not isinstance(error, OSError):
        return None
    is_lookup = isinstance(error, (sockets.gaierror, sockets.herror))
    is_refused = error.errno == errno.EPERM and error.filename is None
    if is_lookup or (is_refused and ("no network" in _text(error) or _calls(error, _SOCKET_NAMES))):
        return missing.hint("network")
    return None


def _file(error: BaseException) -> str | None:
    if not isinstance(error, OSError):
        is_database = type(error).__name__ == "OperationalError"
        return missing.hint("file") if is_database and _has(error, _DATABASE) else None
    if error.errno == errno.ENOSPC:
        return missing.hint("temporary")
    if error.filename is None:
        is_lost = isinstance(error, FileNotFoundError) or _has(error, ("non-existent directory",))
        return missing.hint("file") if is_lost and not _is_script(error) else None
    if error.errno not in _NO_FILE | _CLOSED:
        return None
    # os.rename and the like name two files.
    named = [one for one in (error.filename, error.filename2) if isinstance(one, str | bytes)]
    found = [_of_path(os.fsdecode(one), error.errno) for one in named]
    return next(filter(None, found), None)


def _of_path(name: str, number: int) -> str | None:
    # A bare word is no file of a user's; TabPy's text stands alone there.
    if number in _NO_FILE and not _LIKE_A_FILE.search(name):
        return None
    path = os.path.abspath(name)
    if path.startswith(f"{_TEMPORARY}/"):
        return None
    if number in _CLOSED:
        return missing.hint("file")
    if path.startswith(_LIBRARIES):
        return None
    is_below = path == _DATA or path.startswith(f"{_DATA}/")
    has_files = is_below and os.path.isdir(_DATA) and os.listdir(_DATA)
    return missing.hint("data file" if has_files else "file")


def _memory(error: BaseException) -> str | None:
    if not isinstance(error, MemoryError) or _is_below(error, (_HERE,)):
        return None
    return missing.hint("memory")


def _environment(error: BaseException) -> str | None:
    frame = _innermost(error)
    is_ours = isinstance(error, KeyError) and frame is not None and frame[0] is _ENVIRONMENT
    return missing.hint("environment") if is_ours else None


def _program(error: BaseException) -> str | None:
    if isinstance(error, OSError | NotImplementedError | ImportError) and _has(error, _NO_PROGRAMS):
        return missing.hint("program")
    is_absent = isinstance(error, OSError) and error.errno in {errno.ENOSYS, errno.ENOTSUP}
    if (is_absent or isinstance(error, NotImplementedError)) and _calls(error, _PROGRAM_NAMES):
        return missing.hint("program")
    return None


def _locale(error: BaseException) -> str | None:
    module = sys.modules.get("locale")
    return missing.hint("locale") if module and isinstance(error, module.Error) else None


def _download(error: BaseException) -> str | None:
    is_data = isinstance(error, LookupError) or type(error).__name__ == "MissingCorpusError"
    return missing.hint("download") if is_data and _has(error, _DOWNLOADS) else None


def _package(error: BaseException) -> str | None:
    """Answer a library that advises "pip install": here packages are added in another way."""
    if isinstance(error, ModuleNotFoundError):
        is_ours = error.name and error.name.partition(".")[0] not in sys.modules
        return missing.advice(module_of(error)) if is_ours else None
    if not isinstance(error, Exception) or _is_script(error) or _is_below(error, (_HERE,)):
        return None
    patterns = _OPTIONAL if isinstance(error, ImportError) else (_INSTALL,)
    text = _text(error)
    for name in chain.from_iterable(pattern.findall(text) for pattern in patterns):
        known = missing.by_name(name.rstrip(".")) or missing.known_package(name.rstrip("."))
        if known is not None and name.rstrip(".") not in sys.modules:
            return known.advice(missing.table()["needs"])
    named = _INSTALL.search(text)
    return missing.advice(named[1].rstrip(".").replace("-", "_")) if named else None


_RULES: Final = (
    _network,
    _file,
    _memory,
    _environment,
    _program,
    _locale,
    _download,
    _package,
)


def _text(error: BaseException) -> str:
    return str(error)[:_MOST_TEXT]


def _has(error: BaseException, parts: tuple[str, ...]) -> bool:
    text = _text(error)
    return any(part in text for part in parts)


def _innermost(
    error: BaseException, *, is_import: bool = False
) -> tuple[types.CodeType, int] | None:
    """Return the code in which the error arose, and where; for an import, the importing code."""
    found = None
    trace = error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        if not (is_import and code.co_filename.startswith("<frozen ")):
            found = (code, trace.tb_lasti)
        trace = trace.tb_next
    return found


def _is_below(error: BaseException, folders: tuple[str, ...]) -> bool:
    frame = _innermost(error)
    return frame is not None and frame[0].co_filename.startswith(folders)


def _is_script(error: BaseException) -> bool:
    """Check whether a line of the script raised the error, and not a library."""
    return not _is_below(error, _LIBRARIES)


def _is_raised_by_script(error: BaseException) -> bool:
    """Check whether that line is a ``raise`` of the script's own."""
    frame = _innermost(error)
    if frame is None or not _is_script(error):
        return False
    code, at = frame
    return dis.opname[code.co_code[at]] == "RAISE_VARARGS" if at >= 0 else False


def _calls(error: BaseException, names: frozenset[str]) -> bool:
    """Check whether one of the last two functions in the error's traceback uses such a name."""
    codes: list[types.CodeType] = []
    trace = error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        if not code.co_filename.startswith(_HERE):
            codes = [*codes[-1:], code]
        trace = trace.tb_next
    return any(code.co_name in names or not names.isdisjoint(code.co_names) for code in codes)
