"""Endpoints as the client returns them, and the calls of TabPy's REST interface by name."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from .rest import RESTObject, RESTProperty

_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - TabPy's times are naive and mean UTC


def from_epoch(value: Any) -> datetime:
    """Return seconds since 1970 as a naive time in UTC."""
    if isinstance(value, datetime):
        return value
    return datetime.fromtimestamp(value, UTC).replace(tzinfo=None)


def to_epoch(value: datetime) -> float:
    """Return a naive time in UTC as seconds since 1970."""
    return (value - _EPOCH).total_seconds()


class Endpoint(RESTObject):
    """An endpoint; ``Endpoint(type="alias", ...)`` makes an ``AliasEndpoint``, and so on."""

    name = RESTProperty(str)
    type = RESTProperty(str)
    version = RESTProperty(int)
    description = RESTProperty(str)
    dependencies = RESTProperty(list)
    docstring = RESTProperty(str)
    methods = RESTProperty(list)
    creation_time = RESTProperty(datetime, from_epoch, to_epoch)
    last_modified_time = RESTProperty(datetime, from_epoch, to_epoch)
    evaluator = RESTProperty(str)
    schema_version = RESTProperty(int)
    schema = RESTProperty(str)
    is_public = RESTProperty(bool)

    def __new__(cls, **kwargs: Any) -> Endpoint:  # noqa: PYI034 - a subclass, chosen by type
        """Choose the class by ``type``."""
        return object.__new__({"alias": AliasEndpoint, "model": ModelEndpoint}[kwargs["type"]])


class ModelEndpoint(Endpoint):
    """A deployed function."""

    src_path = RESTProperty(str)
    required_files = RESTProperty(list)
    required_packages = RESTProperty(list)
    required_packages_dst_path = RESTProperty(str)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.type = "model"


class AliasEndpoint(Endpoint):
    """Another name of a deployed function."""

    target = RESTProperty(str)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.type = "alias"


class RESTServiceClient:
    """The calls of the REST interface; ``service_client`` carries them out."""

    def __init__(self, service_client: Any) -> None:
        self.service_client = service_client
        self.query_timeout: float | None = None

    def get_info(self) -> dict[str, Any]:
        """Return ``/info``."""
        return self.service_client.GET("info")

    def query(self, name: str, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Query a function with positional or keyword arguments, not both."""
        if args and kwargs:
            raise ValueError(
                "Mixing of keyword arguments and positional arguments when querying an endpoint "
                "is not supported."
            )
        return self.service_client.POST(
            f"query/{name}", data={"data": args or kwargs}, timeout=self.query_timeout
        )

    def get_endpoint_upload_destination(self) -> dict[str, Any]:
        """Return where pickles go: a folder inside the interpreter."""
        return self.service_client.GET("configurations/endpoint_upload_destination")

    def get_endpoints(self, type: str | None = None) -> dict[str, Endpoint]:
        """Return all endpoints by name; the server ignores ``type``, as TabPy does."""
        answer = self.service_client.GET("endpoints", {"type": type})
        return {name: _endpoint(name, fields) for name, fields in answer.items()}

    def get_endpoint(self, endpoint_name: str) -> Endpoint:
        """Return one endpoint."""
        ((name, fields),) = self.service_client.GET(f"endpoints/{endpoint_name}").items()
        return _endpoint(name, fields)

    def add_endpoint(self, endpoint: Endpoint) -> dict[str, Any]:
        """Add an endpoint whose pickle lies in its ``src_path``."""
        return self.service_client.POST("endpoints", endpoint.to_json())

    def set_endpoint(
        self,
        endpoint: Endpoint,
        should_update_version: bool = True,
    ) -> dict[str, Any]:
        """Change an endpoint, with or without a new version."""
        body = endpoint.to_json()
        body["should_update_version"] = should_update_version
        return self.service_client.PUT(f"endpoints/{endpoint.name}", body)

    def remove_endpoint(self, endpoint_name: str) -> None:
        """Remove an endpoint."""
        self.service_client.DELETE(f"endpoints/{endpoint_name}")

    def get_status(self) -> dict[str, Any]:
        """Return ``/status``."""
        return self.service_client.GET("status")

    def set_credentials(self, username: str, password: str) -> None:
        """Set credentials for every request."""
        self.service_client.set_credentials(username, password)


def _endpoint(name: str, fields: dict[str, Any]) -> Endpoint:
    made = ModelEndpoint if fields.get("type", "model") == "model" else AliasEndpoint
    endpoint = made.from_json(fields)
    endpoint.name = name
    return endpoint
