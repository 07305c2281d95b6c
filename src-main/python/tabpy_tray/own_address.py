"""Knows the addresses of this server, and refuses all others to TabPy's client.

The client inside the interpreter answers by itself: a request to another server must not get this
server's answer.
"""

from __future__ import annotations

import ipaddress
from typing import Final
from urllib.parse import urlsplit

from tabpy_tray import missing

_NAMES: Final = frozenset({"localhost", "localhost.localdomain", "0.0.0.0", "::"})
# The host in every sample of TabPy; a script could reach no other server there.
_USUAL_PORT: Final = 9004

_hosts: frozenset[str] = frozenset()
_port: int | None = None


class OtherServerError(ConnectionError):
    """The address of another server."""


def take(hosts: list[str], port: int | None) -> None:
    """Store the names and addresses beside localhost, and the port, from the host."""
    global _hosts, _port  # noqa: PLW0603 - of the whole interpreter
    _hosts = frozenset(host.strip("[]").lower() for host in hosts)
    _port = port


def check(url: str) -> None:
    """Raise ``OtherServerError`` unless a URL is this server's own."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port = url, None
    if host is None or (_is_own_host(host) and _is_own_port(port)):
        return
    own = f"http://localhost:{_port or _USUAL_PORT}/"
    hint = missing.hint("other server")
    raise OtherServerError(f"{url} is not the address of this server, which is {own}. {hint}")


def _is_own_host(host: str) -> bool:
    host = host.rstrip(".").lower()
    if host in _NAMES or host in _hosts:
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _is_own_port(port: int | None) -> bool:
    return port is None or _port is None or port in {_port, _USUAL_PORT}
