"""Calls deployed functions, for /query and for ``tabpy.query`` inside scripts.

Must not know how the answer travels. The order of checks is TabPy's: body, name, data, call.
"""

from __future__ import annotations

import hashlib
import os
import types
from dataclasses import dataclass
from time import perf_counter  # a script may replace it
from typing import TYPE_CHECKING, Any, Final

from tabpy_tray import causes, errors, heads, own_module, parse, pickles, restore
from tabpy_tray.registry import REGISTRY, Entry
from tabpy_tray.reply import Reply, refusal
from tabpy_tray.serialise import QUERY, spell, spell_scalar, to_plain
from tabpy_tray.session import SESSION
from tabpy_tray.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping

_NOT_AN_OBJECT: Final = "Input data must be a dictionary"
_NO_DATA: Final = 'Input data must be a dictionary with a key called "data"'
_MAX_SHOWN: Final = 2_000
_SCALARS: Final = frozenset({str, int, float, bool, type(None)})


@dataclass(slots=True)
class Failure:
    """Why a query has no result: HTTP status, TabPy's message and info, and our details."""

    status: int
    message: str
    info: Any
    error: dict[str, Any] | None = None

    def as_json(self) -> dict[str, Any]:
        """Return the body of the answer."""
        return {"message": self.message, "info": self.info}


def answer(name: str, body: bytes, *, with_heads: bool = False) -> Reply:
    """Answer ``POST /query/<name>``; ``body`` is the request's JSON.

    ``with_heads``: the request is too large to be kept, so its first rows go with the answer.
    """
    try:
        request = parse.loads(body)
        data = _data_of(request)
    except Exception as error:  # noqa: BLE001 - the text of any of them is the answer
        return refusal(400, errors.describe(error), None, errors.syntax_details(error))
    entry = REGISTRY.resolve(name)
    if entry is None:
        return _refuse(_unknown(name))
    verdict = verdict_of(data)
    if with_heads and verdict is not None:
        verdict.heads = {"request": heads.of_request(request)}
    result = _call(entry, data)
    if isinstance(result, Failure):
        return _refuse(result, verdict)
    response = spell_scalar(result.value)
    is_clean = response is not None
    if is_clean and verdict is not None:
        verdict.judge(result.value)
    if response is None:
        response = _as_json(entry, result.value, verdict)
        if isinstance(response, Failure):
            return _refuse(response, verdict)
    tail = entry.tail
    if not tail:
        tail = b', "version": %d, "model": %s' % (entry.version, spell(entry.name, QUERY))
        entry.tail = tail
    tag = hashlib.md5(response + tail, usedforsecurity=False).hexdigest()
    full = b'{"response": %b%b, "uuid": "%b"}' % (response, tail, _uuid().encode("ascii"))
    if verdict is not None and len(full) > heads.LARGE:
        head = {"response": verdict.seen, "version": entry.version, "model": entry.name}
        verdict.add_head("response", heads.of_result(head))
    return Reply(200, full, etag=tag, is_clean=is_clean, verdict=verdict)


def ask(name: str, data: list[Any] | dict[str, Any]) -> dict[str, Any] | Failure:
    """Call a function on behalf of a script; ``data`` must be new plain values.

    Returns the body that the HTTP answer would have, as new plain values.
    """
    start = perf_counter()
    answer = _asked(name, data)
    is_error = isinstance(answer, Failure)
    SESSION.note_asked(name, (perf_counter() - start) * 1000, is_error=is_error)
    return answer


def _asked(name: str, data: list[Any] | dict[str, Any]) -> dict[str, Any] | Failure:
    entry = REGISTRY.resolve(name)
    if entry is None:
        return _unknown(name)
    result = _call(entry, data)
    if isinstance(result, Failure):
        return result
    try:
        value = result.value
        response = value if type(value) in _SCALARS else to_plain(value, QUERY)
    except Exception as error:  # noqa: BLE001 - worded for the caller
        return _not_serialisable(entry, result.value, error)
    return {
        "response": response,
        "version": entry.version,
        "model": entry.name,
        "uuid": _uuid(),
    }


@dataclass(slots=True)
class _Result:
    """The result of a function, apart from failures."""

    value: Any


def verdict_of(data: Any) -> Verdict | None:
    """Return what is known of a call before it runs; None when the data is no list or object."""
    if type(data) is dict:
        return Verdict(data, list(data.values()))
    if type(data) is list:
        return Verdict(map(str, range(1, len(data) + 1)), data)
    return None


def _data_of(request: Any) -> Any:
    if not isinstance(request, dict):
        raise RuntimeError(_NOT_AN_OBJECT)  # noqa: TRY004 - the class is part of TabPy's answer
    if "method" in request:
        return {"data": request.get("data"), "method": request["method"]}
    if "data" in request:
        return request["data"]
    raise RuntimeError(_NO_DATA)


def _call(entry: Entry, data: Any) -> _Result | Failure:
    if not isinstance(data, (dict, list)):  # a union type would be created at each call
        return _failed(
            entry,
            "Query parameter needs to be a dictionary or a list"
            f". Given value is of type {type(data)}",
        )
    try:
        query_object = entry.load()
    except pickles.LoadError as error:
        failure = _failed(
            entry, f"There is no query object associated to the endpoint: {entry.name}. {error}"
        )
        absent = errors.absent_package(error)
        if absent is not None:
            failure.error = {**(failure.error or {}), "missing": absent}
        return failure
    try:
        return _Result(_run(query_object, data))
    except BaseException as error:  # noqa: BLE001 - SystemExit of a function must not end us
        return _raised(entry, query_object, error, data)


def _run(query_object: Any, data: list[Any] | dict[str, Any]) -> Any:
    is_named = isinstance(data, dict)
    try:
        return query_object.query(**data) if is_named else query_object.query(*data)
    finally:
        restore.repair_names()


def _as_json(entry: Entry, value: Any, verdict: Verdict | None) -> bytes | Failure:
    try:
        return spell(value, QUERY, None if verdict is None else verdict.judge)
    except Exception as error:  # noqa: BLE001 - worded for the caller
        if verdict is not None:
            verdict.withdraw()
        return _not_serialisable(entry, value, error)


def _not_serialisable(entry: Entry, value: Any, error: Exception) -> Failure:
    if not isinstance(error, TypeError):
        return _failed(entry, errors.describe(error), errors.type_name(error))
    try:
        shown = str(value)
    except BaseException as failure:  # noqa: BLE001 - a function's own __str__ may raise anything
        shown = f"<{type(failure).__name__}>"
    if len(shown) > _MAX_SHOWN:
        shown = f"{shown[:_MAX_SHOWN]}…"
    return _failed(
        entry,
        f"TypeError : Result from object query is not json serializable: {shown}",
        "TypeError",
    )


def _raised(
    entry: Entry, query_object: Any, error: BaseException, data: list[Any] | dict[str, Any]
) -> Failure:
    code = _code_of(query_object)
    arguments = named(code, data)
    if code is None or own_module.owns(code):
        detail = errors.details(error, "", own_module.owns, arguments)
    else:
        # The host keeps the function's own source, so lines count from its first one.
        detail = errors.details(
            error, "", lambda part: _is_inside(part, code), arguments, code.co_firstlineno
        )
    failure = _failed(entry, errors.described(detail))
    failure.error = detail
    # The caller reads TabPy's text alone; the cause is for the window.
    if detail["line"] is None and code is not None and "cause" not in detail:
        takes = list(code.co_varnames[: code.co_argcount + code.co_kwonlyargcount])
        sent = list(data) if isinstance(data, dict) else len(data)
        cause = causes.of_parameters(detail["text"], entry.name, takes, sent)
        if cause is not None:
            detail["cause"] = cause
    return failure


def named(code: types.CodeType | None, data: list[Any] | dict[str, Any]) -> dict[str, Any]:
    """Return the data under the names of the function's parameters."""
    if isinstance(data, dict):
        return data
    return {} if code is None else dict(zip(code.co_varnames, data, strict=False))


def _failed(entry: Entry, text: str, kind: str = "QueryFailed") -> Failure:
    return Failure(
        500,
        f"Error querying function '{entry.name}'",
        {"uri": entry.name, "error": text, "type": "QueryFailed"},
        {"type": kind, "text": text, "line": None, "traceback": None},
    )


def _unknown(name: str) -> Failure:
    return Failure(404, "UnknownURI", f"Endpoint '{name}' does not exist")


def _refuse(failure: Failure, verdict: Verdict | None = None) -> Reply:
    reply = refusal(failure.status, failure.message, failure.info, failure.error)
    reply.verdict = verdict
    return reply


def _code_of(query_object: Any) -> types.CodeType | None:
    function = getattr(query_object, "custom_query", None)
    function = getattr(function, "__wrapped__", function)
    code = getattr(function, "__code__", None)
    return code if isinstance(code, types.CodeType) else None


def _is_inside(part: types.CodeType, code: types.CodeType | None) -> bool:
    if code is None:
        return False
    return part is code or any(
        _is_inside(part, const) for const in code.co_consts if isinstance(const, types.CodeType)
    )


def _uuid() -> str:
    """Return text shaped like a random UUID (version 4), three times faster than ``uuid.uuid4``."""
    text = os.urandom(16).hex()
    variant = "89ab"[int(text[16], 16) & 3]
    return f"{text[:8]}-{text[8:12]}-4{text[13:16]}-{variant}{text[17:20]}-{text[20:]}"


def plain_arguments(args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> list[Any] | dict[str, Any]:
    """Return arguments as JSON would carry them; positional arguments win, as in TabPy."""
    data: Any = list(args) or dict(kwargs)
    if _SCALARS.issuperset(map(type, data if args else kwargs.values())):
        return data
    return to_plain(data)
