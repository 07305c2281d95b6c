"""What is refused where libraries would go on as if nothing had happened, and what works."""

from __future__ import annotations

import locale
import multiprocessing.dummy
import multiprocessing.pool

import pytest

from tabpy_tray import locales, own_address, thread_pools


@pytest.fixture
def own_locales():
    before = locale.setlocale(locale.LC_ALL)
    undo = locales.install()
    yield
    undo()
    locale.setlocale(locale.LC_ALL, before)


@pytest.mark.usefixtures("own_locales")
@pytest.mark.parametrize(
    "name",
    ["de_DE.UTF-8", "en_US.UTF-8", "German", "de_DE", "English_United States.1252", "C.latin1"],
)
def test_a_locale_that_is_not_there_is_refused(name) -> None:
    for category in (locale.LC_ALL, locale.LC_NUMERIC, locale.LC_TIME):
        with pytest.raises(locale.Error, match="unsupported locale setting"):
            locale.setlocale(category, name)
    with pytest.raises(locale.Error):
        locale.setlocale(locale.LC_ALL, ("de_DE", "UTF-8"))


@pytest.mark.usefixtures("own_locales")
def test_a_locale_that_is_there_is_set() -> None:
    assert locale.setlocale(locale.LC_ALL, "C") == "C"
    assert locale.setlocale(locale.LC_ALL, locale.setlocale(locale.LC_ALL)) == "C"
    assert locale.setlocale(locale.LC_ALL, "POSIX") == "C"
    assert locales.is_there("C.UTF-8;C;C;C;C;C")
    assert not locales.is_there("C.UTF-8;de_DE.UTF-8;C;C;C;C")


@pytest.mark.usefixtures("own_locales")
def test_the_usual_locale_is_that_of_the_environment(monkeypatch) -> None:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    assert locales.is_there("")
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    with pytest.raises(locale.Error):
        locale.setlocale(locale.LC_ALL, "")


@pytest.fixture
def own_pools():
    undo = thread_pools.install()
    yield
    undo()


@pytest.mark.usefixtures("own_pools")
def test_a_thread_pool_does_its_work_in_order() -> None:
    done = []
    with multiprocessing.pool.ThreadPool(2) as pool:
        assert pool.map(abs, [1, -2]) == [1, 2]
        assert pool.starmap(pow, [(2, 3), (3, 2)]) == [8, 9]
        assert list(pool.imap(abs, [-1])) == [1]
        assert sorted(pool.imap_unordered(abs, [-1, -2], chunksize=2)) == [1, 2]
        assert pool.apply(int, ("7",)) == 7
        assert pool.apply_async(int, ("7",), callback=done.append).get(timeout=1) == 7
        assert pool.map_async(abs, [-1]).get() == [1]
        assert pool.starmap_async(pow, [(2, 2)]).get() == [4]
    assert done == [7]
    assert multiprocessing.dummy.Pool(3).map(str, [1]) == ["1"]


@pytest.mark.usefixtures("own_pools")
def test_a_thread_pool_tells_errors_where_they_are_asked_for() -> None:
    failed = []
    pool = multiprocessing.pool.ThreadPool(2)
    result = pool.apply_async(int, ("x",), error_callback=failed.append)
    assert not result.successful()
    with pytest.raises(ValueError, match="invalid literal"):
        result.get()
    assert len(failed) == 1
    with pytest.raises(ZeroDivisionError):
        pool.map(lambda n: 1 / n, [1, 0])
    with pytest.raises(ValueError, match="still running"):
        pool.join()
    pool.close()
    pool.join()
    with pytest.raises(ValueError, match="not running"):
        pool.map(abs, [1])


@pytest.mark.usefixtures("own_pools")
def test_a_thread_pool_begins_with_its_initializer() -> None:
    seen = []
    multiprocessing.pool.ThreadPool(4, seen.append, ("x",))
    assert seen == ["x"]
    with pytest.raises(ValueError, match="at least 1"):
        multiprocessing.pool.ThreadPool(0)


@pytest.fixture
def own_server():
    own_address.take(["python.example.com", "10.0.0.7", "fe80::1"], 9104)
    yield
    own_address.take([], None)


@pytest.mark.usefixtures("own_server")
@pytest.mark.parametrize(
    "url",
    [
        "http://localhost:9104/",
        "http://LOCALHOST:9104/query/f",
        "http://localhost:9004/",
        "http://127.0.0.1:9104",
        "http://127.1.2.3:9104",
        "http://[::1]:9104/",
        "https://localhost/",
        "https://python.example.com:9104/",
        "http://10.0.0.7:9104/",
        "http://[fe80::1]:9104/",
        "info",
    ],
)
def test_the_client_takes_the_servers_own_addresses(url) -> None:
    own_address.check(url)


@pytest.mark.usefixtures("own_server")
@pytest.mark.parametrize(
    "url",
    [
        "http://tabpy2.example.com:9004/",
        "http://localhost:9005/",
        "http://localhost.example.com:9104/",
        "http://localhost@example.com:9104/",
        "http://10.0.0.8:9104/",
        "https://example.com",
        "http://localhost:none/",
    ],
)
def test_the_client_refuses_another_server(url) -> None:
    with pytest.raises(own_address.OtherServerError, match="http://localhost:9104/"):
        own_address.check(url)


def test_a_script_asks_no_other_server(python) -> None:
    python.deploy("def f(x):\n    return x", "f")
    begin = "from tabpy.tabpy_tools.client import Client\nc = Client('http://tabpy2.example.com:9004/')\n"
    for call in (
        "return c.query('f', x=1)",
        "return c.get_endpoints()",
        "return c.get_status()",
        "c.deploy('g', lambda x: x)",
        "c.remove('f')",
        "c.update_endpoint_info('f', description='x')",
    ):
        answer = python.evaluate(begin + call)
        assert answer.status == 500
        assert answer.info.startswith("OtherServerError : http://tabpy2.example.com:9004/")
        assert answer.changes == []
    assert python.query("f", {"x": 1}).json["response"] == 1


def test_the_host_tells_by_which_addresses_the_server_is_called(python) -> None:
    try:
        python.send("sync", revision=1, own={"hosts": ["other.example.com"], "port": 80})
        own_address.check("http://other.example.com/")
    finally:
        own_address.take([], None)


def test_a_script_knows_a_file_of_its_own(python) -> None:
    script = "from pathlib import Path\nreturn str(Path(__file__).parent / 'model.pkl')"
    assert python.evaluate(script).json == "/data/model.pkl"
