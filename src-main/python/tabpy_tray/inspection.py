"""Inspects pickles made elsewhere: describes them, and makes those of another Python usable.

Three steps, each a request of its own. ``inspect`` loads a pickle and lists the functions of
another Python in it. ``rebuild`` finds functions in the text of a file and compiles them; it never
sees a pickle and runs nothing, so the host calls it in an interpreter that never ran anybody's
code. ``inspect`` with the compiled functions loads the pickle again and pickles the result again.
"""

from __future__ import annotations

import base64
import dataclasses
import marshal
import warnings
from typing import Any, Final

from tabpy_tray import errors, origin, pickles
from tabpy_tray.registry import NO_DOCSTRING
from tabpy_tray.reply import Reply
from tabpy_tray.saved_versions import notes_of

MOST_FUNCTIONS: Final = 64
# Limit for one function, as text and compiled: the head of an answer is bounded.
_MOST_BYTES: Final = 40_000


def inspect(request: dict[str, Any], body: bytes) -> Reply:
    """Load a pickle and describe it.

    With ``rebuilt`` (a list of answers of ``rebuild``) its functions of another Python have code,
    and the body of the answer is the pickle of the result.
    """
    rebuilt = {
        origin.Wanted(**one["wanted"]): marshal.loads(base64.b64decode(one["code"]))
        for one in request.get("rebuilt", ())
    }
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            loaded = pickles.load(body, rebuilt)
            docstring = loaded.value.get_docstring()
            methods = loaded.value.get_methods()
            pickled = pickles.dump(loaded.value) if rebuilt else b""
            if rebuilt:
                pickles.load(pickled)
        except pickles.LoadError as error:
            text = " ".join([str(error), *([] if error.missing else notes_of(caught))])
            return _not_loaded(text, error.missing)
        except Exception as error:  # noqa: BLE001 - any class may have been pickled
            return _not_loaded(
                f"This file contains no function that TabPy can call ({errors.describe(error)})."
            )
    main = None if loaded.main is None else dataclasses.asdict(loaded.main)
    return Reply(
        200,
        pickled,
        extra={
            "docstring": docstring if isinstance(docstring, str) else NO_DOCSTRING,
            "methods": methods if isinstance(methods, list) else [],
            "libraries": loaded.libraries,
            "notes": notes_of(caught),
            **({"main": main} if main else {}),
        },
    )


def rebuild(request: dict[str, Any], body: bytes) -> Reply:
    """Find functions (``wanted``) in the text of a file and compile them.

    Answers those that were found: ``code`` (marshalled, in base64) and ``source``. Runs nothing.
    """
    text = bytes(body).decode("utf-8-sig")
    rebuilt = []
    for one in request["wanted"]:
        found = origin.find(text, origin.Wanted(**one))
        if found is None:
            continue
        code = base64.b64encode(marshal.dumps(found.code)).decode("ascii")
        if max(len(code), len(found.text)) <= _MOST_BYTES:
            rebuilt.append({"wanted": one, "code": code, "source": found.text})
    return Reply(200, extra={"rebuilt": rebuilt})


def _not_loaded(text: str, missing: tuple[origin.Wanted, ...] = ()) -> Reply:
    error = {"type": "LoadFailed", "text": text, "line": None, "traceback": None}
    if not missing or len(missing) > MOST_FUNCTIONS:
        return Reply(400, error=error)
    return Reply(400, error=error, extra={"missing": [dataclasses.asdict(one) for one in missing]})
