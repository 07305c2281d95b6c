"""The real TabPy client in its default mode: saves functions on the server's disk. Prints one JSON object."""

import contextlib
import functools
import io
import json
import logging
import platform
import sys
import warnings

import numpy as np
from sklearn.linear_model import LinearRegression
from tabpy.tabpy_tools.client import Client
from tabpy.tabpy_tools.rest_client import Endpoint

RATE = 3
MODEL = LinearRegression().fit(np.array([[1.0], [2.0], [3.0]]), [2, 4, 6])


def add(x, y):
    """Adds two lists."""
    return [a + b for a, b in zip(x, y)]


def predict(x):
    return [round(value, 6) for value in MODEL.predict(np.array(x).reshape(-1, 1)).tolist()]


def scaler(factor):
    calls = []

    def scaled(x, offset=2, *, digits: int = 1):
        calls.append(len(x))
        return [round(value * factor * RATE + offset, digits) for value in x] + [len(calls)]

    return scaled


def doubled(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        return [2 * value for value in function(*args, **kwargs)]

    return wrapper


@doubled
def twice(x):
    return x


class Scorer:
    def __init__(self, rate):
        self.rate = rate

    def __call__(self, x):
        return [self.score(value) for value in x]

    def score(self, value):
        return value * self.rate


def in_a_notebook():
    """Make a function as a cell does: its text is in no file."""
    names = {"__name__": "__main__"}
    exec(compile("def cell(x):\n    return x\n", "<ipython-input-1>", "exec"), names)
    return names["cell"]


def attempt(call, *args, **options):
    """Return what came of a call, or the text of its error."""
    try:
        return call(*args, **options)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


FUNCTIONS = {
    "add": (add, ([1, 2], [3, 4])),
    "predict": (predict, ([10],)),
    "scaled": (scaler(10), ([1],)),
    "twice": (twice, ([1, 2],)),
    "scorer": (Scorer(3), ([1, 2],)),
    "method": (Scorer(3).score, (4,)),
    "lambda": (lambda x: [value + 1 for value in x], ([1],)),
}


def main(url):
    """Walk through the life of functions that are deployed without `remote_server`."""
    client = Client(url)
    results = {}
    for name, (function, arguments) in FUNCTIONS.items():
        error = attempt(client.deploy, name, function, f"{name} of {platform.python_version()}")
        results[name] = error or attempt(client.query, name, *arguments)["response"]
    seen = {"python": platform.python_version(), "results": results}
    seen["taken"] = attempt(client.deploy, "add", add)
    client.deploy("add", add, "", override=True)
    client.update_endpoint_info("add", description="new words", is_public=True)
    endpoint = client.get_endpoints()["add"]
    seen["add"] = [endpoint.version, endpoint.description, endpoint.is_public]
    seen["again"] = client.query("add", [1], [2])["response"]
    client._service.add_endpoint(Endpoint(name="sum", type="alias", target="add", version=1, description=""))
    seen["alias"] = client.query("sum", [1], [2])["response"]
    client.remove("lambda")
    seen["notebook"] = attempt(client.deploy, "cell", in_a_notebook())
    seen["status"] = client.get_status()
    return seen


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    logging.disable()
    with contextlib.redirect_stdout(io.StringIO()):
        result = main(sys.argv[1])
    print(json.dumps(result))
