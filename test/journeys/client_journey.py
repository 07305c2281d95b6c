"""The real TabPy client against a server: deploys, queries, updates, reads, removes. Prints one JSON object."""

import contextlib
import io
import json
import sys

from tabpy.tabpy_tools.client import Client
from tabpy.tabpy_tools.schema import generate_schema


def add(x, y):
    """Adds two numbers."""
    return x + y


def add_all(x, y):
    """Adds two lists."""
    return [a + b for a, b in zip(x, y)]


def clustering(x, y):
    """Clusters points."""
    import numpy as np
    from sklearn.cluster import DBSCAN
    from sklearn.preprocessing import StandardScaler

    points = StandardScaler().fit_transform(np.column_stack([x, y]))
    return DBSCAN(eps=1, min_samples=3).fit(points).labels_.tolist()


def main(url: str) -> dict:
    """Walk through the client's life with one server."""
    client = Client(url, remote_server=True)
    seen = {"deployed": client.deploy("add", add, "Adds x and y")}
    seen["clustering"] = client.deploy("clustering", clustering, "Returns cluster Ids")
    seen["query"] = client.query("add", 1, 2)
    seen["overridden"] = client.deploy("add", add_all, "Adds lists", override=True, is_public=True)
    seen["query2"] = client.query("add", x=[1, 2], y=[3, 4])
    seen["status"] = client.get_status()
    schema = generate_schema({"x": [1], "y": [2]}, [3])
    client.update_endpoint_info("add", description="Adds two lists", schema=schema, is_public=False)
    endpoint = client.get_endpoints()["add"]
    seen["endpoint"] = {
        "version": endpoint.version,
        "description": endpoint.description,
        "schema": endpoint.schema,
        "is_public": endpoint.is_public,
        "docstring": endpoint.docstring,
    }
    seen["info"] = client._service.get_info()
    client.deploy("gone", add, "to be removed")
    client.remove("gone")
    seen["names"] = sorted(client.get_endpoints())
    return seen


if __name__ == "__main__":
    with contextlib.redirect_stdout(io.StringIO()):
        result = main(sys.argv[1])
    print(json.dumps(result))
