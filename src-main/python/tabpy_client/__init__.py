"""The name of TabPy's client in older versions; everything is ``tabpy.tabpy_tools``."""

from __future__ import annotations

import sys

from tabpy.tabpy_tools import client, custom_query_object, query_object, rest, rest_client, schema
from tabpy.tabpy_tools.client import Client

for _module in (client, custom_query_object, query_object, rest, rest_client, schema):
    sys.modules[f"{__name__}.{_module.__name__.rpartition('.')[2]}"] = _module

__all__ = ["Client"]
