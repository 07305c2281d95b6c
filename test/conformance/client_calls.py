"""Makes calls of TabPy's own client: one call as a line of JSON on stdin, its outcome on stdout.

A line is `{"base": url, "user": [name, password] or null, "call": {"op": ..., ...}}`.
The outcome is `{"returns": value}` or `{"raises": {"type": class, "text": message}}`.
The program ends with stdin.
"""

import contextlib
import importlib.util
import io
import json
import logging
import re
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import tabpy
from tabpy.tabpy_tools.client import Client

Call = dict[str, Any]


class Sources:
    """Functions and classes from their texts, in files so that `inspect.getsource` sees them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._made: dict[tuple[str, str], Callable] = {}

    def get(self, source: str, name: str) -> Callable:
        """Return what `source` calls `name`; the same text gives the same object."""
        key = (source, name)
        if key not in self._made:
            module_name = f"conformance_m{len(self._made)}"
            path = self._folder / f"{module_name}.py"
            path.write_text(source if source.endswith("\n") else source + "\n", encoding="utf-8")
            spec = importlib.util.spec_from_file_location(module_name, path)
            module = importlib.util.module_from_spec(spec)
            sys.modules[module_name] = module
            spec.loader.exec_module(module)
            self._made[key] = getattr(module, name)
        return self._made[key]


def model_script(file: str, name: str, description: str, asked: Call) -> str:
    """Return what tabpy-deploy-models does with a model of TabPy, as a script for /evaluate."""
    source = (Path(tabpy.__file__).parent / "models" / "scripts" / file).read_text(encoding="utf-8")
    source = source.split('if __name__ == "__main__":')[0]
    source = re.sub(r"^from tabpy\.models\.utils.*$", "", source, flags=re.MULTILINE)
    source = re.sub(r"^nltk\.download\(.*$", "", source, flags=re.MULTILINE)
    function = re.search(r"^def (\w+)", source, re.MULTILINE)[1]
    return (
        "from tabpy.tabpy_tools.client import Client\n"
        f"client = Client({asked['base']!r})\n"
        f"{source}client.deploy({name!r}, {function}, {description!r}, override=True)\n"
    )


def made_call(asked: Call, sources: Sources) -> Any:
    """Make one call and return what the client returns."""
    call = dict(asked["call"])
    op = call.pop("op")
    if op == "model_script":
        return model_script(**call, asked=asked)
    client = Client(asked["base"], remote_server=True)
    if asked["user"] is not None:
        client.set_credentials(*asked["user"])
    match op:
        case "deploy":
            function = sources.get(call.pop("source"), call.pop("func"))
            return client.deploy(call.pop("name"), function, call.pop("description", ""), **call)
        case "remove":
            return client.remove(call["name"])
        case "update":
            return client.update_endpoint_info(call["name"], **call.get("kwargs", {}))
        case "query":
            return client.query(call["name"], *call.get("args", []), **call.get("kwargs", {}))
        case "get_endpoints":
            found = client.get_endpoints(*call.get("args", []))
            return {name: {key: one[key] for key in sorted(one)} for name, one in found.items()}
        case "get_status":
            return client.get_status()
    sys.exit(f"unknown call {op}")


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    logging.disable(logging.CRITICAL)
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            yield
    finally:
        logging.disable(logging.NOTSET)


def outcome_of(asked: Call, sources: Sources) -> Call:
    """Make one call; whatever it raises is an outcome too."""
    try:
        with _quiet():
            value = made_call(asked, sources)
        return {"returns": json.loads(json.dumps(value, default=str))}
    except Exception as error:  # noqa: BLE001 - the outcome is what is asked for
        return {"raises": {"type": type(error).__name__, "text": str(error)}}


def main() -> None:
    """Answer calls until stdin ends."""
    with tempfile.TemporaryDirectory(prefix="conformance_") as folder:
        sources = Sources(Path(folder))
        for line in sys.stdin:
            sys.stdout.write(json.dumps(outcome_of(json.loads(line), sources)) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
