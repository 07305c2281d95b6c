"""Answers /evaluate: checks the request with TabPy's texts, runs the script, writes the result."""

from __future__ import annotations

import types
from typing import TYPE_CHECKING, Any, Final

from tabpy_tray import causes, errors, heads, names, parse, restore, script
from tabpy_tray.columns import float_records
from tabpy_tray.nested import RestrictedTabPy
from tabpy_tray.reply import Reply, refusal
from tabpy_tray.serialise import EVALUATE, spell, spell_scalar
from tabpy_tray.session import SESSION
from tabpy_tray.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable

_EMPTY: Final = "Script is empty."
_NOT_A_DICTIONARY: Final = "Script parameters need to be provided as a dictionary."
_BAD_NAMES: Final = "Variables names should follow the format _arg1, _arg2, _argN"
_FAILED: Final = "Error processing script"
_NO_RESPONSE: Final = (
    "The endpoint you're trying to query did not respond. Please make sure the endpoint exists "
    "and the correct set of arguments are provided."
)

# A column of fewer bytes as records is no large answer as text: a number has at most 25 letters.
_LONG_RECORDS: Final = heads.LARGE * 9 // 25
# The names of so many arguments are cached, by number; no calculation has more.
_MAX_KEPT: Final = 64
_argument_names: Final = [
    tuple(f"_arg{number}" for number in range(1, count + 1)) for count in range(_MAX_KEPT + 1)
]


def answer(body: bytes, *, with_heads: bool = False) -> Reply:
    """Answer ``POST /evaluate``; ``body`` is the request's JSON.

    ``with_heads``: the request is too large to be kept, so its first rows go with the answer.
    Status 200 carries the result; 400 is for requests that TabPy refuses too; 404 for a failed
    ``tabpy.query`` whose ``['response']`` was read; 500 for all errors of the script.
    """
    try:
        request = parse.loads(body)
    except Exception as error:  # noqa: BLE001 - the text of any of them is the answer
        return _uncompiled(error)
    if not isinstance(request, dict) or "script" not in request:
        return refusal(400, _EMPTY)
    data = request.get("data")
    if data is None:
        data = {}
    elif not isinstance(data, dict):
        return refusal(400, _NOT_A_DICTIONARY)
    try:
        arguments = [data[name] for name in _names_of(len(data))]
    except KeyError:
        return refusal(400, _BAD_NAMES)
    text = request["script"]
    if not isinstance(text, str):
        kind = type(text).__name__
        return _uncompiled(AttributeError(f"'{kind}' object has no attribute 'splitlines'"))
    verdict = Verdict(tuple(_names_of(len(arguments))), arguments)
    if with_heads:
        verdict.heads = {"request": heads.of_request(request)}
    reply = _run(text, arguments, verdict)
    reply.verdict = verdict
    return reply


def describe(body: bytes, *, with_heads: bool = False) -> Verdict | None:
    """Return what is known of a request without running it; None for a request without data."""
    try:
        request = parse.loads(body)
    except Exception:  # noqa: BLE001 - there is nothing to describe
        return None
    data = request.get("data") if isinstance(request, dict) else None
    if not isinstance(data, dict | list):
        return None
    names = data if isinstance(data, dict) else map(str, range(1, len(data) + 1))
    verdict = Verdict(names, list(data.values()) if isinstance(data, dict) else data)
    if with_heads:
        verdict.heads = {"request": heads.of_request(request)}
    return verdict


def _run(text: str, arguments: list[Any], verdict: Verdict) -> Reply:
    try:
        compiled = script.compiled(text, len(arguments))
    except BaseException as error:  # noqa: BLE001 - also MemoryError and RecursionError
        return _uncompiled(error)
    if compiled.code is None:
        return refusal(400, _EMPTY)
    SESSION.script = compiled
    try:
        if compiled.lazy_names:
            names.bind(compiled.lazy_names)
        function = types.FunctionType(compiled.code, names.GLOBALS)
        names.GLOBALS[script.FUNCTION_NAME] = function
        try:
            result = function(RestrictedTabPy(), *arguments)
        finally:
            restore.repair_names()
        short = spell_scalar(result)
        if short is not None:
            verdict.judge(result)
            return Reply(200, short, is_clean=True)
        records = float_records(result)
        if records is not None:
            verdict.judge(result, is_uniform=True)
            if len(records) > _LONG_RECORDS:
                verdict.add_head("response", heads.of_result(result))
            return Reply(200, records=records)
        data = spell(result, EVALUATE, verdict.judge)
        if len(data) > heads.LARGE:
            verdict.add_head("response", heads.of_result(verdict.seen))
        verdict.seen = None
        return Reply(200, data)
    except BaseException as error:  # noqa: BLE001 - sys.exit() of a script must not end us
        verdict.withdraw()
        return _failed(error, compiled, arguments)


def _names_of(count: int) -> Iterable[str]:
    # Beyond the cached names, each is tried in turn: the first missing argument ends the list.
    if count > _MAX_KEPT:
        return (f"_arg{number}" for number in range(1, count + 1))
    return _argument_names[count]


def _failed(error: BaseException, compiled: script.Script, arguments: list[Any]) -> Reply:
    names = _names_of(len(arguments))
    details = errors.details(
        error, compiled.text, compiled.owns, dict(zip(names, arguments, strict=True))
    )
    if errors.is_missing_response(error):
        tail = f" {SESSION.failed_query}" if SESSION.failed_query else ""
        if SESSION.failed_cause is not None:
            details["cause"] = causes.of_query(*SESSION.failed_cause)
        return refusal(404, _FAILED, _NO_RESPONSE + tail, details)
    return refusal(500, _FAILED, errors.described(details), details)


def _uncompiled(error: BaseException) -> Reply:
    return refusal(500, _FAILED, errors.describe(error), errors.syntax_details(error))
