"""The function that TabPy's sample models call to deploy themselves."""

from __future__ import annotations

import configparser
from pathlib import Path
from typing import TYPE_CHECKING

from tabpy.tabpy_tools.client import Client

if TYPE_CHECKING:
    from collections.abc import Callable

_PORT = 9004


def get_default_config_file_path() -> str:
    """Return the path of TabPy's settings; the file does not exist here."""
    return str(Path(__file__).parents[2] / "tabpy_server" / "common" / "default.conf")


def parse_config(config_file_path: str) -> tuple[int | str, bool, str]:
    """Return port, whether sign-in is on, and ``http`` or ``https``; defaults without a file."""
    config = configparser.ConfigParser()
    config.read(config_file_path)
    settings = config["TabPy"] if config.has_section("TabPy") else {}
    is_secure = (
        "TABPY_TRANSFER_PROTOCOL" in settings
        and "TABPY_CERTIFICATE_FILE" in settings
        and "TABPY_KEY_FILE" in settings
    )
    port = settings.get("TABPY_PORT", _PORT)
    return port, "TABPY_PWD_FILE" in settings, "https" if is_secure else "http"


def get_creds() -> list[str]:
    """Return no user and no password: the client works inside the server."""
    return ["", ""]


def deploy_model(funcName: str, func: Callable[..., object], funcDescription: str) -> None:
    """Deploy ``func``, over an older version if there is one."""
    client = Client(f"http://localhost:{_PORT}/")
    client.deploy(funcName, func, funcDescription, override=True)
    print(f"Successfully deployed {funcName}")
