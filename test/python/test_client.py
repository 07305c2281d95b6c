from __future__ import annotations

import pytest

from tabpy_tray.registry import NO_DOCSTRING

pytest.importorskip("cloudpickle")

F1 = 'def f1(x):\n    "one"\n    return x + 1'
F2 = 'def f2(x):\n    "two"\n    return x + 2'
CLIENT = "from tabpy.tabpy_tools.client import Client\nclient = Client('http://localhost:9004/')\n"


def test_reports_a_deployment_to_the_host(python) -> None:
    answer = python.deploy(F1, "c1", ", 'd1', schema={'a': 1}, is_public=True")
    assert (answer.status, answer.body) == (200, b"null")
    (change,) = answer.changes
    assert change == {
        "kind": "deploy",
        "name": "c1",
        "override": False,
        "version": 1,
        "description": "d1",
        "docstring": "one",
        "schema": "{'a': 1}",
        "isPublic": True,
        "methods": [{"method": "query"}],
        "source": F1 + "\n",
        "functionName": "f1",
        "libraries": {},
        "pickleBytes": len(answer.pickles[0]),
    }


def test_what_is_deployed_can_be_queried_at_once(python) -> None:
    script = f"{CLIENT}{F1}\nclient.deploy('c1', f1)\nreturn client.query('c1', 1)['response']"
    assert python.evaluate(script).json == 2
    assert python.query("c1", [1]).json["response"] == 2


def test_reports_changes_also_when_the_script_fails_later(python) -> None:
    answer = python.evaluate(f"{CLIENT}{F1}\nclient.deploy('c1', f1)\n1 / 0")
    assert answer.status == 500
    assert len(answer.changes) == len(answer.pickles) == 1


def test_sends_the_pickles_of_several_changes_in_their_order(python) -> None:
    script = (
        f"{CLIENT}{F1}\n{F2}\nclient.deploy('a', f1)\nclient.deploy('b', f2)\nclient.remove('a')"
    )
    answer = python.evaluate(script)
    assert [change["kind"] for change in answer.changes] == ["deploy", "deploy", "remove"]
    for name, pickled in zip(["x", "y"], answer.pickles, strict=False):
        meta = {"name": name, "version": 1, "pickleBytes": len(pickled)}
        python.send("sync", pickled, revision=1, put=[meta])
    assert python.query("x", [1]).json["response"] == 2
    assert python.query("y", [1]).json["response"] == 3


def test_refuses_a_name_that_is_taken(python) -> None:
    python.deploy(F1, "c2")
    answer = python.deploy(F2, "c2")
    assert answer.changes == []
    assert answer.info == (
        "RuntimeError : An endpoint with that name (c2) already exists. Use "
        '"override = True" to force update an existing endpoint.'
    )
    assert python.query("c2", [1]).json["response"] == 2


def test_an_override_counts_the_version_up(python) -> None:
    python.deploy(F1, "c3", ", 'd1', is_public=True, schema={'a': 1}")
    answer = python.deploy(F2, "c3", ", override=True")
    assert python.query("c3", [1]).json["version"] == 2
    (change,) = answer.changes
    assert change["description"] == "d1"
    assert change["schema"] is None
    assert change["isPublic"] is False
    assert change["docstring"] == "two"


def test_takes_the_docstring_where_the_description_is_none(python) -> None:
    (change,) = python.deploy(F1, "c11", ", None").changes
    assert change["description"] == "one"
    (change,) = python.deploy("def f(): pass", "c12", ", None").changes
    assert change["description"] == ""
    assert change["docstring"] == NO_DOCSTRING


@pytest.mark.parametrize(
    ("name", "info"),
    [
        ("bad!name", "ValueError : endpoint name bad!name can only contain: a-z, A-Z, 0-9,"),
        ("", "ValueError : Endpoint name cannot be empty"),
        (5, "TypeError : Endpoint name must be a string"),
        ("é", "ResponseError : (400) endpoint name can only contain: a-z, A-Z, 0-9, under"),
        ("a\n", "ValueError : endpoint name a\n can only contain"),
        ("../x", "ValueError : endpoint name ../x can only contain"),
    ],
)
def test_refuses_bad_names_with_tabpys_texts(python, name, info) -> None:
    answer = python.deploy(F1, name)
    assert answer.status == 500
    assert answer.info.startswith(info)
    assert answer.changes == []


def test_deploys_classes_and_callable_objects(python) -> None:
    python.deploy(
        'class Pair:\n    "a class"\n    def __new__(cls, x):\n        return [x, x]', "p"
    )
    assert python.query("p", [5]).json["response"] == [5, 5]
    script = f"{CLIENT}class Add:\n  def __call__(self, x): return x + 1\nclient.deploy('q', Add())"
    assert python.evaluate(script).changes[0]["source"] is None
    assert python.query("q", [5]).json["response"] == 6


def test_deploys_a_lambda_a_builtin_and_a_partial(python) -> None:
    script = (
        f"{CLIENT}import functools\nclient.deploy('l', lambda x: x * 2)\nclient.deploy('m', max)\n"
        "client.deploy('p', functools.partial(pow, 2))"
    )
    assert python.evaluate(script).status == 200
    assert python.query("l", [2]).json["response"] == 4
    assert python.query("m", [2, 3]).json["response"] == 3
    assert python.query("p", [3]).json["response"] == 8


def test_deploys_a_function_that_the_script_made_global(python) -> None:
    script = f"{CLIENT}global shared, RATE\nRATE = 3\ndef shared(x): return x * RATE\n"
    answer = python.evaluate(script + "client.deploy('s', shared)\ndel shared, RATE")
    assert answer.status == 200
    assert python.query("s", [2]).json["response"] == 6


def test_cuts_the_source_of_a_decorated_function_out_of_an_indented_block(python) -> None:
    function = "@keep\ndef f(x):\n    return '''a\n b'''"
    block = "\n".join("    " + line for line in function.splitlines())
    script = f"{CLIENT}keep = lambda f: f\nif True:\n{block}\nclient.deploy('f', f)"
    (change,) = python.evaluate(script).changes
    assert change["source"].startswith("@keep\ndef f(x):\n    return")


def test_says_what_cannot_be_saved(python) -> None:
    script = f"{CLIENT}import _thread\nlock = _thread.allocate_lock()\ndef f(): return lock\n"
    answer = python.evaluate(script + "client.deploy('f', f)")
    assert answer.info.startswith("RuntimeError : The function 'f' cannot be saved: TypeError")
    assert answer.changes == []


def test_refuses_what_cannot_be_called(python) -> None:
    answer = python.evaluate(f"{CLIENT}client.deploy('f', 5)")
    assert answer.info == (
        "TypeError : Only functions and other callables can be deployed, not int"
    )


def test_refuses_what_cannot_be_loaded_again(python) -> None:
    script = (
        f"{CLIENT}class Odd:\n  def __call__(self): pass\n  def __reduce__(self):\n"
        "    return (int, ('x',))\nclient.deploy('odd', Odd())"
    )
    answer = python.evaluate(script)
    assert answer.info.startswith("RuntimeError : LoadFailed: Load failed: ValueError")
    assert python.query("odd", []).status == 404


def test_says_that_cloudpickle_is_missing(python, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "cloudpickle", None)
    info = python.deploy(F1, "c1").info
    assert info.startswith("RuntimeError : Functions cannot be deployed: the package cloudpickle")


def test_removes_a_function(python) -> None:
    python.deploy(F1, "c5")
    answer = python.evaluate(f"{CLIENT}client.remove('c5')")
    assert answer.changes == [{"kind": "remove", "name": "c5"}]
    assert python.query("c5", [1]).status == 404
    again = python.evaluate(f"{CLIENT}client.remove('c5')")
    assert again.info == ('RuntimeError : {"message": "endpoint c5 does not exist.", "info": {}}')


def test_does_not_remove_what_an_alias_needs(python) -> None:
    python.deploy(F1, "c5")
    alias = {"name": "al", "type": "alias", "target": "c5", "pickleBytes": 0}
    python.send("sync", revision=1, put=[alias])
    answer = python.evaluate(f"{CLIENT}client.remove('c5')")
    assert "Cannot remove endpoint c5" in answer.info
    assert answer.changes == []


def test_changes_only_what_is_given(python) -> None:
    python.deploy(F1, "c6", ", 'd1', schema={'a': 1}, is_public=True")
    answer = python.evaluate(f"{CLIENT}client.update_endpoint_info('c6', description='d2')")
    assert answer.changes == [
        {
            "kind": "update",
            "name": "c6",
            "description": "d2",
            "schema": "{'a': 1}",
            "isPublic": True,
        }
    ]
    python.evaluate(f"{CLIENT}client.update_endpoint_info('c6', description='', is_public=False)")
    script = (
        f"{CLIENT}e = client.get_endpoints()['c6']\nreturn [e.description, e.is_public, e.version]"
    )
    assert python.evaluate(script).json == ["d2", False, 1]


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        ("'nope', 'x'", "No endpoint with that name (nope) exists"),
        ("'c6', 5", "Type of description must be string"),
        ("'c6', schema='x'", "Type of schema must be dictionary"),
        ("'c6', is_public=1", "Type of is_public must be bool"),
    ],
)
def test_refuses_wrong_updates_with_tabpys_texts(python, arguments, text) -> None:
    python.deploy(F1, "c6")
    answer = python.evaluate(f"{CLIENT}client.update_endpoint_info({arguments})")
    assert answer.info.startswith(f"RuntimeError : {text}")


def test_lists_endpoints_as_the_real_client_does(python) -> None:
    python.deploy(F1, "c8", ", 'd1'")
    script = (
        f"{CLIENT}e = client.get_endpoints('alias')['c8']\n"
        "return [type(e).__name__, e.name, e['version'], e.description, e.schema, e.target if "
        "hasattr(e, 'target') else 0, e.creation_time.year > 2000, sorted(e), len(e), 'name' in e]"
    )
    kind, name, version, description, schema, target, is_dated, keys, count, has = python.evaluate(
        script
    ).json
    assert (kind, name, version, description, schema) == ("ModelEndpoint", "c8", 1, "d1", None)
    assert (target, is_dated, has) == (0, True, True)
    assert count == len(keys)
    assert "docstring" in keys


def test_tells_status_and_info(python) -> None:
    python.deploy(F1, "c9")
    script = f"{CLIENT}return [client.get_status(), client._service.get_info()]"
    status, info = python.evaluate(script).json
    assert status == {
        "c9": {"version": 1, "type": "model", "status": "LoadSuccessful", "last_error": None}
    }
    assert info["versions"]["v1"]["features"]["evaluate_enabled"] is True


@pytest.mark.parametrize(
    ("call", "info"),
    [
        ("query('nope', 1)", "ResponseError : (404) UnknownURI Endpoint 'nope' does not exist"),
        ("query('f', 1, x=1)", "ValueError : Mixing of keyword arguments and positional"),
        ("query('f')", "ResponseError : (500) Error querying function 'f' {'uri': 'f'"),
        ("_service.get_endpoint('nope')", "ResponseError : (404) Unknown endpoint"),
    ],
)
def test_raises_what_the_real_client_raises(python, call, info) -> None:
    python.deploy(F1, "f")
    assert python.evaluate(f"{CLIENT}client.{call}").info.startswith(info)


def test_accepts_credentials_time_outs_and_any_url(python) -> None:
    script = (
        "from tabpy.tabpy_tools.client import Client\n"
        "c = Client('https://[::1]:9004/x', query_timeout=-1, remote_server=True,\n"
        "           localhost_endpoint='http://localhost')\n"
        "first = c.query_timeout\nc.query_timeout = 5\nc.query_timeout = 'x'\n"
        "c.set_credentials('u', 'p')\n"
        "auth = c._service.service_client.network_wrapper.auth\n"
        "return [first, c.query_timeout, auth.username, 'connected to' in repr(c)]"
    )
    assert python.evaluate(script).json == [0.0, 5, "u", True]


@pytest.mark.parametrize(
    "line",
    [
        "import tabpy_client; Client = tabpy_client.Client",
        "from tabpy_client.client import Client",
        "from tabpy_tools.client import Client",
        "import tabpy_tools.client as c; Client = c.Client",
    ],
)
def test_knows_the_older_names_of_the_client(python, line) -> None:
    script = f"{line}\nfrom tabpy.tabpy_tools.client import Client as C\nreturn Client is C"
    assert python.evaluate(script).json is True


def test_deploys_as_the_sample_models_do(python) -> None:
    script = (
        f"from tabpy.models.utils import setup_utils\n{F1}\nsetup_utils.deploy_model('m', f1, 'd')"
    )
    for _ in range(2):
        answer = python.evaluate(script)
    assert answer.meta["prints"] == "Successfully deployed m\n"
    assert answer.changes[0]["version"] == 2


def test_saves_and_adds_an_endpoint_through_the_rest_interface(python) -> None:
    script = (
        f"{CLIENT}{F1}\n"
        "from tabpy.tabpy_tools.custom_query_object import CustomQueryObject\n"
        "from tabpy.tabpy_tools.rest_client import Endpoint\n"
        "import tempfile\n"
        "with tempfile.TemporaryDirectory() as path:\n"
        "    CustomQueryObject(f1, 'd').save(path)\n"
        "    e = Endpoint(name='r', type='model', description='d', src_path=path)\n"
        "    client._service.add_endpoint(e)\n"
        "return client.query('r', 1)['response']"
    )
    answer = python.evaluate(script)
    assert answer.json == 2
    assert answer.changes[0]["name"] == "r"


def test_notes_the_versions_of_the_packages_inside_a_pickle(python) -> None:
    np = pytest.importorskip("numpy")
    script = f"{CLIENT}import numpy as np\nw = np.arange(3)\ndef f(x): return (w * x).tolist()\n"
    (change,) = python.evaluate(script + "client.deploy('f', f)").changes
    assert change["libraries"] == {"numpy": np.__version__}


def test_keeps_a_model_trained_in_the_script(python) -> None:
    script = (
        f"{CLIENT}model = {{'k': [1, 2]}}\ndef f(i): return model['k'][i]\nclient.deploy('f', f)"
    )
    python.evaluate(script)
    assert python.query("f", [1]).json["response"] == 2


@pytest.mark.parametrize("url", ["nope", "ftp://x", "http://", "localhost:9004"])
def test_refuses_what_is_no_address_of_a_server(python, url: str) -> None:
    info = python.evaluate(
        f"from tabpy.tabpy_tools.client import Client\nreturn Client({url!r})"
    ).info
    assert info == (
        f"ValueError : endpoint name {url} should be in http(s)://<hostname>[:<port>] and hostname "
        "may consist only of: a-z, A-Z, 0-9, underscore and hyphens."
    )


def test_names_the_folder_for_pickles(python) -> None:
    assert python.evaluate(CLIENT + "return client._get_endpoint_upload_destination()").json


def test_a_request_ends_with_so_many_changes(python, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tabpy_tray.deploy._MAX_CHANGES", 3)
    python.deploy(F1, "c1")
    script = f"{CLIENT}for n in range(9):\n    client.update_endpoint_info('c1', f'd{{n}}')"
    answer = python.evaluate(script)
    assert answer.status == 500
    assert "A request can change functions at most 3 times" in answer.info
