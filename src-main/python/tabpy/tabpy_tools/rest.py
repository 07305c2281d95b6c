"""The HTTP layer of TabPy's client; here it answers from inside the interpreter.

``RequestsNetworkWrapper`` keeps its name and methods, so that code that uses them works, but no
request leaves the process. The URL of another server is refused.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator, MutableMapping
from types import SimpleNamespace
from typing import Any, NoReturn
from urllib.parse import unquote, urlsplit

from tabpy_tray import deploy, own_address, query
from tabpy_tray.registry import REGISTRY
from tabpy_tray.serialise import to_plain

_PORT_AT_END = re.compile(r".*:[0-9]+$")
_FOLDER = "/tmp/tabpy-upload"
_CREATED = 201
_CLIENT_ERRORS = range(400, 500)


class Response:
    """The part of an answer of ``requests`` that ``ResponseError`` shows."""

    def __init__(self, status_code: int, body: Any = None) -> None:
        self.status_code = status_code
        self._body = body

    @property
    def text(self) -> str:
        """The body as text."""
        return "" if self._body is None else json.dumps(self._body)

    def json(self) -> Any:
        """Return the body as values."""
        return self._body


class ResponseError(Exception):
    """An answer that is not a success."""

    def __init__(self, response: Any) -> None:
        super().__init__("Unexpected server response")
        self.response = response
        self.status_code = response.status_code
        try:
            body = response.json()
            self.info = body["info"]
            self.message = body["message"]
        except (ValueError, KeyError, TypeError):
            self.info = None
            self.message = response.text

    def __str__(self) -> str:
        return f"({self.status_code}) {self.message} {self.info}"


class RequestsNetworkWrapper:
    """Answers requests for the paths of TabPy's REST interface from the functions in memory."""

    def __init__(self, session: Any = None) -> None:
        self.session = session
        self.auth: Any = None

    @staticmethod
    def raise_error(response: Any) -> NoReturn:
        """Raise ``ResponseError`` for an answer."""
        raise ResponseError(response)

    def GET(self, url: str, data: Any = None, timeout: float | None = None) -> Any:
        """Return the answer to a GET of ``info``, ``status``, ``endpoints`` and the like."""
        return self._success(_get(_path(url)))

    def POST(self, url: str, data: Any, timeout: float | None = None) -> Any:
        """Query a function, or add an endpoint whose pickle was saved to ``src_path``."""
        return self._success(_post(_path(url), data))

    def PUT(self, url: str, data: Any, timeout: float | None = None) -> Any:
        """Change an endpoint."""
        return self._success(_put(_path(url), data))

    def DELETE(self, url: str, data: Any = None, timeout: float | None = None) -> None:
        """Remove an endpoint; raises ``RuntimeError`` with the body of the answer, as TabPy."""
        response = _delete(_path(url))
        if response.status_code in _CLIENT_ERRORS:
            raise RuntimeError(response.text)

    def set_credentials(self, username: str, password: str) -> None:
        """Keep the credentials; the server needs none from inside."""
        self.auth = SimpleNamespace(username=username, password=password)

    def _success(self, response: Response) -> Any:
        if response.status_code not in {200, _CREATED}:
            self.raise_error(response)
        return response.json()


class ServiceClient:
    """Puts the server's URL in front of paths and hands them to the network wrapper."""

    def __init__(self, endpoint: str, network_wrapper: Any = None) -> None:
        self.network_wrapper = network_wrapper or RequestsNetworkWrapper()
        if not endpoint.endswith("/") and not _PORT_AT_END.match(endpoint):
            endpoint = f"{endpoint}/"
        self.endpoint = endpoint

    def GET(self, url: str, data: Any = None, timeout: float | None = None) -> Any:
        """Issue a GET."""
        return self.network_wrapper.GET(self._full(url), data, timeout)

    def POST(self, url: str, data: Any = None, timeout: float | None = None) -> Any:
        """Issue a POST."""
        return self.network_wrapper.POST(self._full(url), data, timeout)

    def PUT(self, url: str, data: Any = None, timeout: float | None = None) -> Any:
        """Issue a PUT."""
        return self.network_wrapper.PUT(self._full(url), data, timeout)

    def DELETE(self, url: str, data: Any = None, timeout: float | None = None) -> None:
        """Issue a DELETE."""
        self.network_wrapper.DELETE(self._full(url), data, timeout)

    def set_credentials(self, username: str, password: str) -> None:
        """Set credentials for every request."""
        self.network_wrapper.set_credentials(username, password)

    def _full(self, url: str) -> str:
        return f"{self.endpoint.rstrip('/')}/{url}"


class RESTProperty:
    """A typed attribute of a ``RESTObject``: values are converted when they are set."""

    def __init__(
        self,
        type: Callable[[Any], Any],
        from_json: Callable[[Any], Any] = lambda value: value,
        to_json: Callable[[Any], Any] = lambda value: value,
        doc: str | None = None,
    ) -> None:
        self.__doc__ = doc
        self.type = type
        self.from_json = from_json
        self.to_json = to_json
        self.name = ""

    def __set_name__(self, _owner: Any, name: str) -> None:
        self.name = name

    def __get__(self, instance: Any, _owner: Any = None) -> Any:
        if instance is None:
            return self
        try:
            return instance.__dict__[f"_{self.name}"]
        except KeyError:
            raise AttributeError(f"_{self.name} has not been set yet.") from None

    def __set__(self, instance: Any, value: Any) -> None:
        if value is not None and not isinstance(value, self.type):  # type: ignore[arg-type]
            value = self.type(value)
        instance.__dict__[f"_{self.name}"] = value

    def __delete__(self, instance: Any) -> None:
        del instance.__dict__[f"_{self.name}"]


class RESTObject(MutableMapping[str, Any]):
    """An object whose typed attributes are also the items of a dict."""

    __rest__: frozenset[str] = frozenset()
    __hash__ = None  # type: ignore[assignment]

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        own = {name for name, value in vars(cls).items() if isinstance(value, RESTProperty)}
        cls.__rest__ = cls.__rest__ | own

    def __init__(self, **kwargs: Any) -> None:
        for name in self.__rest__ & kwargs.keys():
            setattr(self, name, kwargs[name])

    def __repr__(self) -> str:
        return repr(dict(self.items()))

    @classmethod
    def from_json(cls, data: Any) -> Any:
        """Return an object made from the server's answer; unknown keys are ignored."""
        return cls(
            **{
                name: getattr(cls, name).from_json(data[name])
                for name in cls.__rest__ & data.keys()
            }
        )

    def to_json(self) -> dict[str, Any]:
        """Return the set attributes, as they are sent."""
        return {name: getattr(type(self), name).to_json(value) for name, value in self.items()}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, RESTObject) and dict(self.items()) == dict(other.items())

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __iter__(self) -> Iterator[str]:
        return iter([name for name in sorted(self.__rest__) if f"_{name}" in self.__dict__])

    def __contains__(self, item: object) -> bool:
        return item in self.__rest__

    def __getitem__(self, item: str) -> Any:
        if item not in self.__rest__ or f"_{item}" not in self.__dict__:
            raise KeyError(item)
        return getattr(self, item)

    def __setitem__(self, item: str, value: Any) -> None:
        if item not in self.__rest__:
            raise KeyError(item)
        setattr(self, item, value)

    def __delitem__(self, item: str) -> None:
        if item not in self.__rest__ or f"_{item}" not in self.__dict__:
            raise KeyError(item)
        delattr(self, item)


def _path(url: str) -> list[str]:
    own_address.check(url)
    return [unquote(part) for part in urlsplit(url).path.strip("/").split("/")]


def _refused(status: int, message: str, info: Any = None) -> Response:
    return Response(status, {"message": message, "info": {} if info is None else info})


def _get(path: list[str]) -> Response:
    match path:
        case ["info"]:
            return Response(200, _info())
        case ["status"]:
            return Response(200, REGISTRY.status())
        case ["endpoints"]:
            return Response(200, REGISTRY.endpoints())
        case ["endpoints", name]:
            entry = REGISTRY.entries.get(name)
            if entry is None:
                return _refused(404, "Unknown endpoint", f"Endpoint {name} is not found")
            # TabPy answers the bare object here, and its own client cannot read that.
            return Response(200, {name: entry.as_json()})
        case ["configurations", "endpoint_upload_destination"]:
            return Response(200, {"path": _FOLDER})
    return _refused(404, "Not Found")


def _post(path: list[str], data: Any) -> Response:
    match path:
        case ["query", name]:
            return _query(name, data)
        case ["endpoints"]:
            name = data.get("name")
            if name in REGISTRY.entries:
                return _refused(400, f"endpoint {name} already exists.")
            return _stored(_CREATED, name, data, override=False)
    return _refused(404, "Not Found")


def _put(path: list[str], data: Any) -> Response:
    match path:
        case ["endpoints", name]:
            if name not in REGISTRY.entries:
                return _refused(404, f"endpoint {name} does not exist.")
            if data.get("should_update_version"):
                return _stored(200, name, data, override=True)
            entry = deploy.update(
                name,
                description=data.get("description") or "",
                schema=data.get("schema"),
                is_public=bool(data.get("is_public")),
            )
            return Response(200, {name: entry.as_json()})
    return _refused(404, "Not Found")


def _delete(path: list[str]) -> Response:
    match path:
        case ["endpoints", name]:
            try:
                deploy.remove(name)
            except deploy.RefusedError as error:
                return _refused(error.status, error.message)
            return Response(204)
    return _refused(404, "Not Found")


def _stored(status: int, name: str, data: Any, *, override: bool) -> Response:
    """Deploy what ``QueryObject.save`` wrote to ``src_path``."""
    from .query_object import QueryObject  # noqa: PLC0415 - it needs nothing of this module

    source_path = data.get("src_path")
    if not source_path:
        return _refused(400, "src_path is required to add/update an endpoint.")
    if not os.path.isdir(source_path):
        return _refused(400, f"There is no folder {source_path} inside the interpreter.")
    try:
        entry = deploy.deploy(
            name,
            QueryObject.load(source_path),
            description=data.get("description") or "",
            schema=data.get("schema"),
            override=override,
            is_public=bool(data.get("is_public")),
        )
    except deploy.RefusedError as error:
        return _refused(error.status, error.message)
    return Response(status, {name: entry.as_json()})


def _query(name: str, data: Any) -> Response:
    answer = query.ask(name, to_plain(data)["data"])
    if isinstance(answer, query.Failure):
        return Response(answer.status, answer.as_json())
    return Response(200, answer)


def _info() -> dict[str, Any]:
    return {
        "description": "",
        "creation_time": "0",
        "state_path": "",
        "server_version": "",
        "name": "TabPy Tray",
        "versions": {
            "v1": {
                "features": {
                    "evaluate_enabled": True,
                    "gzip_enabled": True,
                    "arrow_enabled": False,
                }
            }
        },
    }


__all__ = [
    "RESTObject",
    "RESTProperty",
    "RequestsNetworkWrapper",
    "Response",
    "ResponseError",
    "ServiceClient",
]
