"""Puts our Python in front, and lets tests speak to it as the host does: in bytes."""

from __future__ import annotations

import json
import marshal
import re
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "src-main" / "python"))

from tabpy_tray import entry, parse, serialise
from tabpy_tray.registry import REGISTRY

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass
class Answer:
    """One answer, cut into its parts."""

    meta: dict[str, Any]
    body: bytes
    pickles: list[bytes] = field(default_factory=list)

    @property
    def status(self) -> int:
        return self.meta["status"]

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def info(self) -> Any:
        return self.json["info"]

    @property
    def line(self) -> int | None:
        return self.meta["error"]["line"]

    @property
    def changes(self) -> list[dict[str, Any]]:
        return self.meta.get("changes", [])


class Interpreter:
    """What a host sees of the interpreter."""

    def send(self, op: str, body: bytes = b"", **fields: Any) -> Answer:
        meta_bytes, payload, *rest = entry.handle(json.dumps({"op": op, **fields}).encode(), body)
        if rest:  # what the guest does
            payload = serialise.write(marshal.loads(payload))
            meta_bytes += b"%d" % len(payload) + rest[0]
        meta = json.loads(meta_bytes)
        end = meta["bodyBytes"]
        answer = Answer(meta, payload[:end])
        for change in answer.changes:
            start, end = end, end + change.get("pickleBytes", 0)
            answer.pickles.append(payload[start:end])
        assert end == len(payload)
        return answer

    def evaluate(self, script: str, **data: Any) -> Answer:
        body = json.dumps({"script": script, "data": data}).encode()
        return self.send("evaluate", body, timeoutSeconds=30.0)

    def post(self, body: bytes) -> Answer:
        return self.send("evaluate", body, timeoutSeconds=30.0)

    def query(self, name: str, data: Any) -> Answer:
        return self.send("query", json.dumps({"data": data}).encode(), name=name)

    def deploy(self, source: str, name: str, options: str = "") -> Answer:
        function = re.search(r"(?:def|class) (\w+)", source)[1]
        return self.evaluate(
            "from tabpy.tabpy_tools.client import Client\n"
            f"client = Client('http://localhost:9004/')\n{source}\n"
            f"client.deploy({name!r}, {function}{options})"
        )


@pytest.fixture
def python() -> Iterator[Interpreter]:
    """An interpreter without any deployed function."""
    REGISTRY.entries.clear()
    yield Interpreter()
    REGISTRY.entries.clear()


@pytest.fixture(params=["msgspec", "pydantic_core", "standard library"])
def json_library(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run a test with all fast readers and writers of JSON, without the fastest, without any."""
    if request.param == "msgspec":
        pytest.importorskip("msgspec")
    else:
        monkeypatch.setattr(serialise, "_plain_dumps", None)
    if request.param != "standard library":
        pytest.importorskip("pydantic_core")
    else:
        monkeypatch.setattr(parse, "_fast_loads", None)
        monkeypatch.setattr(serialise, "_fast_dumps", None)
