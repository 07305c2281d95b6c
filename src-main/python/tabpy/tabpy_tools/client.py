"""TabPy's client for scripts inside the server: what it deploys is available at once.

Signatures, checks and error texts are those of TabPy's client; the URL must be this server's own.
"""

from __future__ import annotations

import re
from typing import Any

from tabpy_tray import deploy as _deploy

from .custom_query_object import CustomQueryObject
from .query_object import QueryObject
from .rest import RequestsNetworkWrapper, Response, ResponseError, ServiceClient
from .rest_client import Endpoint, RESTServiceClient

_NAME = re.compile(r"[\w -]+")
# TabPy refuses IPv6 addresses and paths; there is no reason to refuse them here.
_URL = re.compile(r"https?://\S+")


class Client:
    """Deploys, queries, lists and removes functions.

    Args:
        endpoint: URL of this server. That of another one is accepted here, as in TabPy, and raises
            ``ConnectionError`` when something is asked of it: scripts have no network.
        query_timeout: kept and given back; a query inside the server has no own time limit.
        remote_server: accepted; both ways of deploying are the same here.
        localhost_endpoint: accepted.

    """

    def __init__(
        self,
        endpoint: str,
        query_timeout: float = 1000,
        remote_server: bool = False,
        localhost_endpoint: str | None = None,
    ) -> None:
        _check_text(endpoint)
        if not _URL.fullmatch(endpoint):
            raise ValueError(
                f"endpoint name {endpoint} should be in http(s)://<hostname>[:<port>] and hostname "
                "may consist only of: a-z, A-Z, 0-9, underscore and hyphens."
            )
        self._endpoint = endpoint
        self._remote_server = remote_server
        self._localhost_endpoint = localhost_endpoint
        self._service = RESTServiceClient(ServiceClient(endpoint, RequestsNetworkWrapper()))
        self._service.query_timeout = query_timeout if _is_positive(query_timeout) else 0.0

    def __repr__(self) -> str:
        return f"<{type(self).__name__} object at {id(self):#x} connected to {self._endpoint!r}>"

    def get_status(self) -> dict[str, Any]:
        """Return name → version, type, status and last error of every function."""
        return self._service.get_status()

    @property
    def query_timeout(self) -> float | None:
        """The time-out for queries."""
        return self._service.query_timeout

    @query_timeout.setter
    def query_timeout(self, value: Any) -> None:
        if _is_positive(value):
            self._service.query_timeout = value

    def query(self, name: str, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Query a function; returns response, version, model and uuid, raises ResponseError."""
        return self._service.query(name, *args, **kwargs)

    def get_endpoints(self, type: str | None = None) -> dict[str, Endpoint]:
        """Return all endpoints by name."""
        return self._service.get_endpoints(type)

    def _get_endpoint_upload_destination(self) -> str:
        """Return where pickles go: a folder inside the interpreter."""
        return str(self._service.get_endpoint_upload_destination()["path"])

    def deploy(
        self,
        name: str,
        obj: Any,
        description: str | None = "",
        schema: Any = None,
        override: bool = False,
        is_public: bool = False,
    ) -> None:
        """Deploy a function (or a class, or an object that can be called) under a name.

        Raises ``RuntimeError`` when the name is taken and ``override`` is false, or the function
        cannot be saved and loaded again; ``ValueError``, ``TypeError`` or ``ResponseError`` for a
        name that is not allowed.
        """
        known = self.get_endpoints().get(name)
        if known is not None and not override:
            raise RuntimeError(
                f"An endpoint with that name ({name}) already exists. Use "
                '"override = True" to force update an existing endpoint.'
            )
        _check_name(name)
        if not callable(obj) and not isinstance(obj, QueryObject):
            raise TypeError(
                f"Only functions and other callables can be deployed, not {type(obj).__name__}"
            )
        if description is None:
            text = getattr(obj, "__doc__", None)
            description = text.strip() if isinstance(text, str) else ""
        query_object = (
            obj
            if isinstance(obj, QueryObject)
            else CustomQueryObject(query=obj, description=description)
        )
        try:
            _deploy.deploy(
                name,
                query_object,
                description=str(description),
                schema=None if schema is None else str(schema),
                override=bool(override),
                is_public=bool(is_public),
            )
        except _deploy.RefusedError as error:
            body = {"message": error.message, "info": {}}
            raise ResponseError(Response(error.status, body)) from None

    def remove(self, name: str) -> None:
        """Remove a function; raises ``RuntimeError`` when it does not exist."""
        self._service.remove_endpoint(name)

    def update_endpoint_info(
        self,
        name: str,
        description: str | None = None,
        schema: dict[str, Any] | None = None,
        is_public: bool | None = None,
    ) -> None:
        """Change description, schema or visibility; raises ``RuntimeError`` with TabPy's texts."""
        endpoint = self.get_endpoints().get(name)
        if endpoint is None:
            raise RuntimeError(
                f"No endpoint with that name ({name}) exists Please select an existing endpoint "
                "to update"
            )
        for value, kind, message in (
            (description, str, "Type of description must be string"),
            (schema, dict, "Type of schema must be dictionary"),
            (is_public, bool, "Type of is_public must be bool"),
        ):
            if value is not None and type(value) is not kind:
                raise RuntimeError(message)
        if description is not None:
            endpoint.description = description
        if schema is not None:
            endpoint.schema = schema
        if is_public is not None:
            endpoint.is_public = is_public
        self._service.set_endpoint(endpoint, should_update_version=False)

    def set_credentials(self, username: str, password: str) -> None:
        """Accept credentials; the server needs none from inside."""
        self._service.set_credentials(username, password)


def _is_positive(value: Any) -> bool:
    return type(value) in {int, float} and value > 0


def _check_text(name: Any) -> None:
    if not isinstance(name, str):
        raise TypeError("Endpoint name must be a string")
    if not name:
        raise ValueError("Endpoint name cannot be empty")


def _check_name(name: Any) -> None:
    _check_text(name)
    if not _NAME.fullmatch(name):
        raise ValueError(
            f"endpoint name {name} can only contain: a-z, A-Z, 0-9, underscore, hyphens and spaces."
        )
