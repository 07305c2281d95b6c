"""The only way into Python: one request in bytes, one answer in bytes, strictly one at a time."""

from __future__ import annotations

import importlib
import sys
from typing import TYPE_CHECKING, Any

from tabpy_tray import (
    arrow_text,
    authoring,
    data_files,
    errors,
    evaluate,
    event_loop,
    inspection,
    locales,
    no_network,
    own_address,
    parse,
    pickles,
    query,
    restore,
    thread_pools,
    threads,
)
from tabpy_tray.output import Capture
from tabpy_tray.registry import REGISTRY
from tabpy_tray.reply import Reply, encode, refusal
from tabpy_tray.session import SESSION

if TYPE_CHECKING:
    from collections.abc import Callable

_capture = Capture()
# Heads that repeat byte by byte: those of /evaluate and of each function.
_REPEATED = frozenset({"evaluate", "query"})
_MAX_HEADS = 256
_MAX_HEAD = 512
_known_heads: dict[bytes, tuple[Callable[[dict[str, Any], bytes], Reply], dict[str, Any]]] = {}

if not threads.can_start_threads():  # before the host makes an image of the interpreter
    threads.install()
    event_loop.install()
    arrow_text.install()
    locales.install()
    no_network.install()
    thread_pools.install()


def handle(
    meta: bytes, body: bytes, records: bytes | None = None
) -> tuple[bytes, bytes] | tuple[bytes, bytes, bytes]:
    """Answer one request; never raises.

    ``meta`` is the JSON head with the key ``op``, ``body`` belongs to it; instead of a large JSON
    body, the guest, which has read it, passes ``records``. Returns the head of the answer (JSON)
    and its body with the pickles of changes behind it; or the head up to the body's length, floats
    for the guest to write, and the rest of the head.
    """
    tracer = sys.gettrace()
    SESSION.begin()
    _capture.begin()
    try:
        reply = _answer(meta, body if records is None else parse.Records(records))
    except BaseException as error:  # noqa: BLE001 - a fault of ours must not end the interpreter
        details = errors.details(error, "", lambda _code: False)
        reply = refusal(500, "The interpreter could not answer.", errors.describe(error), details)
    finally:
        prints, dropped = _capture.end()
        restore.after_request(tracer)
    if SESSION.asked:
        asked = {
            name: {"calls": one.calls, "errors": one.errors, "ms": one.ms}
            for name, one in SESSION.asked.items()
        }
        reply.extra = {**(reply.extra or {}), "asked": asked}
    return encode(reply, prints, dropped, SESSION.changes)


def _answer(meta: bytes, body: bytes) -> Reply:
    known = _known_heads.get(meta)
    operation, request = _read_head(meta) if known is None else known
    reply = None
    try:
        reply = operation(request, body)
    finally:
        # An operation with this flag has repaired them after the last line of foreign code.
        if reply is None or not reply.is_clean:
            restore.repair_names()
    return reply


def _read_head(meta: bytes) -> tuple[Callable[[dict[str, Any], bytes], Reply], dict[str, Any]]:
    request = parse.loads(meta)
    operation = _OPERATIONS[request["op"]]
    if request["op"] in _REPEATED and len(meta) <= _MAX_HEAD:
        if len(_known_heads) >= _MAX_HEADS:
            _known_heads.clear()
        _known_heads[meta] = operation, request
    return operation, request


def _evaluate(request: dict[str, Any], body: bytes) -> Reply:
    return evaluate.answer(body, with_heads="heads" in request)


def _query(request: dict[str, Any], body: bytes) -> Reply:
    return query.answer(request["name"], body, with_heads="heads" in request)


def _describe(request: dict[str, Any], body: bytes) -> Reply:
    """Tell about a request that ended without an answer; runs nothing of it."""
    return Reply(200, verdict=evaluate.describe(body, with_heads="heads" in request))


def _sync(request: dict[str, Any], body: bytes) -> Reply:
    if "own" in request:
        own_address.take(request["own"]["hosts"], request["own"]["port"])
    for name in request.get("remove", ()):
        REGISTRY.remove(name)
    if request.get("isWhole"):
        for name in REGISTRY.entries.keys() - {meta["name"] for meta in request["put"]}:
            REGISTRY.remove(name)
    start = 0
    for meta in request.get("put", ()):
        end = start + meta.get("pickleBytes", 0)
        REGISTRY.put(meta, bytes(body[start:end]))
        start = end
    REGISTRY.revision = request.get("revision", REGISTRY.revision)
    return Reply(200)


def _load(request: dict[str, Any], _body: bytes) -> Reply:
    loaded = {}
    for name in request["names"]:
        entry = REGISTRY.resolve(name)
        reason = None
        if entry is None:
            reason = f"Endpoint '{name}' does not exist"
        else:
            try:
                entry.load()
            except pickles.LoadError as error:
                reason = str(error)
        status = "LoadSuccessful" if reason is None else "LoadFailed"
        loaded[name] = {"status": status, "lastError": reason}
    return Reply(200, extra={"loaded": loaded})


def _files(request: dict[str, Any], body: bytes) -> Reply:
    if request.get("isWhole"):
        data_files.clear()
    for name in request.get("remove", ()):
        data_files.remove(name)
    for piece in request.get("put", ()):
        offset = piece["offset"]
        data_files.put(piece["name"], bytes(body), is_first=offset == 0, is_last=piece["isLast"])
    return Reply(200)


def _import(request: dict[str, Any], _body: bytes) -> Reply:
    failed = {}
    for name in request["modules"]:
        try:
            importlib.import_module(name)
        except BaseException as error:  # noqa: BLE001 - whatever a package raises on import
            failed[name] = errors.describe(error)
    return Reply(200, extra={"failed": failed})


def _resolve(_request: dict[str, Any], body: bytes) -> Reply:
    """Answer a question about packages; used only in an interpreter that runs no script."""
    from tabpy_tray import resolving  # noqa: PLC0415 - what it needs is slow to import

    return Reply(200, resolving.answer(bytes(body)))


_OPERATIONS: dict[str, Callable[[dict[str, Any], bytes], Reply]] = {
    "evaluate": _evaluate,
    "query": _query,
    "describe": _describe,
    "sync": _sync,
    "load": _load,
    "inspect": inspection.inspect,
    "rebuild": inspection.rebuild,
    "import": _import,
    "deploy": authoring.deploy,
    "try": authoring.trial,
    "try-deployed": authoring.trial_of_deployed,
    "files": _files,
    "resolve": _resolve,
}
