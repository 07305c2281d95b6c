"""Deploys a function from its source text, and tries a function without deploying it.

Deploying goes through TabPy's own client, as in a script that deploys.
"""

from __future__ import annotations

from typing import Any, Final

from tabpy.tabpy_tools.client import Client
from tabpy_tray import errors, own_module, parse, pictures, query
from tabpy_tray.reply import Reply
from tabpy_tray.serialise import QUERY, spell, write

# The client inside the interpreter answers by itself, whatever the address.
_SERVER: Final = "http://localhost:9004/"


def deploy(request: dict[str, Any], body: bytes) -> Reply:
    """Deploy ``functionName`` of the text in ``body`` under ``name``.

    Answers 200 with an empty body; 400 with ``error`` when the text or the deployment fails.
    """
    text = bytes(body).decode()
    try:
        with own_module.running(text, request["functionName"]) as function:
            Client(_SERVER).deploy(
                request["name"],
                function,
                request["description"],
                override=request["override"],
                is_public=request["isPublic"],
            )
    except BaseException as error:  # noqa: BLE001 - sys.exit() of a module must not end us
        return _failed(error, text)
    return Reply(200)


def trial(request: dict[str, Any], body: bytes) -> Reply:
    """Call ``functionName`` of a text with data; ``body`` is the text, then the data as JSON.

    Answers 200 with the result as MODEL_EXTENSION_* would get it; 400 with ``error``. The figures
    that the call left open follow the body (see ``_with_pictures``).
    """
    with pictures.run_of_trial():
        reply = _tried(request, body)
    return _with_pictures(reply)


def trial_of_deployed(request: dict[str, Any], body: bytes) -> Reply:
    """Call the deployed function ``name`` as ``POST /query`` does, with its figures behind."""
    with pictures.run_of_trial():
        reply = query.answer(request["name"], body)
    return _with_pictures(reply)


def _with_pictures(reply: Reply) -> Reply:
    """Put PNG files behind the body; ``pictures`` in the head has the size of each."""
    found = pictures.take()
    if found:
        reply.body = b"".join([reply.body, *found])
        reply.extra = {**(reply.extra or {}), "pictures": [len(one) for one in found]}
    # What drew them is foreign code.
    reply.is_clean = False
    return reply


def _tried(request: dict[str, Any], body: bytes) -> Reply:
    end = request["sourceBytes"]
    text = bytes(body[:end]).decode()
    verdict = None
    named: dict[str, Any] = {}
    try:
        data = parse.loads(bytes(body[end:]))
        if not isinstance(data, dict | list):
            raise TypeError(
                "The data must be an object with a value for each parameter, or a list of values."
            )
        verdict = query.verdict_of(data)
        with own_module.running(text, request["functionName"]) as function:
            named = query.named(getattr(function, "__code__", None), data)
            result = function(**data) if isinstance(data, dict) else function(*data)
            return Reply(200, spell(result, QUERY, verdict.judge), verdict=verdict)
    except BaseException as error:  # noqa: BLE001 - sys.exit() of a function must not end us
        if verdict is not None:
            verdict.withdraw()
        reply = _failed(error, text, named)
        reply.verdict = verdict
        return reply


def _failed(error: BaseException, text: str, arguments: dict[str, Any] | None = None) -> Reply:
    if isinstance(error, SyntaxError) and error.filename == own_module.FILE_NAME:
        details = errors.syntax_details(error)
    else:
        details = errors.details(error, text, own_module.owns, arguments)
    if isinstance(error, own_module.NoFunctionError):
        details["type"] = "NameError"
    return Reply(400, write({"error": errors.described(details)}), details)
