"""A hint stands beside an error that the walls cause, and beside no others."""

from __future__ import annotations

import errno
import json
import os
import socket
import sqlite3
import types

import pytest

from tabpy_tray import hints, missing, no_network

_LIBRARY = os.path.join(os.path.dirname(os.__file__), "made_up.py")
NETWORK, FILE = "Scripts have no network here", "Scripts can read files of this computer only under"


def caught(text: str, file: str = "<string>", **names) -> BaseException:
    """Return what running a text raises, as a script or as a library would run it."""
    with pytest.raises(BaseException) as info:  # noqa: PT011
        exec(compile(text, file, "exec"), names)
    return info.value


def by_library(error: BaseException) -> BaseException:
    return caught("raise error", _LIBRARY, error=error)


def hint_of(error: BaseException) -> str:
    return hints.of(error) or ""


def test_a_look_up_of_a_name_says_that_there_is_no_network() -> None:
    undo = no_network.install()
    try:
        for text in (
            "import socket; socket.create_connection(('example.com', 80))",
            "import socket; socket.gethostbyname('example.com')",
            "import http.client; http.client.HTTPConnection('example.com').request('GET', '/')",
            "import smtplib; smtplib.SMTP('mail.example.com')",
            "import ftplib; ftplib.FTP('ftp.example.com')",
            "import urllib.request; urllib.request.urlopen('http://example.com')",
            "import pandas; pandas.read_csv('https://example.com/a.csv')",
            "import asyncio; asyncio.run(asyncio.open_connection('example.com', 80))",
        ):
            error = caught(text)
            assert hint_of(error).startswith(NETWORK), text
            assert hints.joined(str(error), hints.beside(error)).count(NETWORK) == 1
    finally:
        undo()
    assert socket.getaddrinfo("127.0.0.1", 80)


def test_a_refused_socket_says_that_there_is_no_network() -> None:
    def refuse(text: str, name: str) -> BaseException:
        error = PermissionError(errno.EPERM, "Operation not permitted")
        return caught(text, s=types.SimpleNamespace(**{name: _raising(error)}))

    assert hint_of(refuse("s.connect(('10.0.0.1', 80))", "connect")).startswith(NETWORK)
    assert hint_of(refuse("s.setuid(0)", "setuid")) == ""


def test_an_error_that_tells_of_the_network_has_the_hint() -> None:
    inner = by_library(socket.gaierror(-4, "x"))
    wrapped = by_library(types.new_class("MaxRetryError", (Exception,))(inner))
    assert hint_of(wrapped).startswith(NETWORK)
    said = "try:\n    f()\nexcept Exception as e:\n    raise RuntimeError(f'failed: {e}')"
    assert hint_of(caught(said, f=_raising(inner))).startswith(NETWORK)
    other = "try:\n    f()\nexcept Exception:\n    1 / 0"
    assert hint_of(caught(other, f=_raising(inner))) == ""


@pytest.mark.parametrize(
    "text",
    [
        r"open(r'C:\models\m.joblib')",
        "open('/Users/me/a.txt')",
        "open('data.csv')",
        "import os; os.listdir('/Users/me')",
        "import pandas; pandas.read_csv('/nowhere/x.csv')",
        "import numpy; numpy.loadtxt('/nowhere/x.csv')",
        "import pandas; pandas.DataFrame().to_csv('/nowhere/x.csv')",
        "import os; os.rename('/tmp/none', '/nowhere/x')",
    ],
)
def test_a_path_of_the_computer_says_where_files_are(text) -> None:
    assert hint_of(caught(text)).startswith(FILE)


def test_a_refused_write_says_where_files_go() -> None:
    for error in (
        PermissionError(errno.EACCES, "Permission denied", "out.csv"),
        OSError(errno.EROFS, "Read-only", "/x/out.csv"),
        sqlite3.OperationalError("unable to open database file"),
    ):
        assert "tempfile" in hint_of(by_library(error))


@pytest.mark.parametrize(
    "text",
    [
        "raise FileNotFoundError('mine')",
        "raise FileNotFoundError(2, 'No such file', 'mine.csv')",
        "raise PermissionError('not for you')",
        "raise KeyError('API_KEY')",
        "raise ImportError('pip install openpyxl')",
        "raise MemoryError",
        "raise ConnectionError('x')",
        "{}['API_KEY']",
        "1 / 0",
        "int('a')",
        "open('/tmp/no-such-file')",
        "open('nonexistent-file')",
        "raise OSError('emscripten does not support processes')",
        "import sqlite3\nraise sqlite3.OperationalError('unable to open database file')",
    ],
)
def test_what_a_script_raises_has_no_hint(text) -> None:
    assert hints.of(caught(text)) is None


def test_an_environment_variable_says_how_a_script_gets_one() -> None:
    assert "environment variables" in hint_of(caught("import os; os.environ['NO_SUCH_KEY']"))


def test_memory_says_the_limit_and_its_setting() -> None:
    error = by_library(MemoryError("Unable to allocate 1.26 GiB"))
    assert "TABPY_TRAY_MEMORY_MB" in hint_of(error)


def test_a_program_says_that_scripts_start_none() -> None:
    for error in (
        OSError(138, "emscripten does not support processes."),
        ImportError("This platform lacks a functioning sem_open implementation."),
    ):
        assert "cannot start programs" in hint_of(by_library(error))


@pytest.mark.parametrize(
    ("text", "package"),
    [
        (
            "Missing optional dependency 'openpyxl'. Use pip or conda to install openpyxl.",
            "openpyxl",
        ),
        ("`Import lxml` failed.  Use pip or conda to install the lxml package.", "lxml"),
        (
            "Using URI string without version '2.0.36' or newer of 'sqlalchemy' installed.",
            "sqlalchemy",
        ),
        ("seaborn is required for this plot", "seaborn"),
    ],
)
def test_a_librarys_advice_has_ours_beside_it(text, package) -> None:
    shown = hints.joined(text, hints.beside(by_library(ImportError(text))))
    assert shown.startswith(text)
    assert f"The package {package} can be added on the Packages screen" in shown


def test_advice_to_download_has_ours_beside_it() -> None:
    text = "\n***\n  >>> nltk.download('punkt')\n***\n"
    assert "nltk_data" in hints.joined(text, hints.beside(by_library(LookupError(text))))


@pytest.mark.parametrize(
    ("text", "package"),
    [
        ("import no_cloud.storage", "no_cloud.storage"),
        ("from google.cloud import bigquery", "google.cloud.bigquery"),
        ("from google.cloud import bigquery, nothing", "google.cloud.bigquery"),
        ("from google.cloud.storage import Client", "google.cloud.storage"),
        ("import google.generativeai as genai", "google.generativeai"),
    ],
)
def test_an_import_is_known_by_its_whole_name(text, package) -> None:
    error = caught(text)
    assert isinstance(error, ModuleNotFoundError)
    assert hints.module_of(error) == package


@pytest.mark.parametrize(
    ("module", "words"),
    [
        ("openai", "openai needs a network"),
        ("google.cloud.bigquery", "google-cloud-bigquery needs a network"),
        ("google.cloud.unheard_of", "google-cloud needs a network"),
        ("snowflake.connector", "snowflake-connector-python needs a network"),
        ("pytesseract", "pytesseract needs another program"),
        ("dotenv", "The package python-dotenv can be added"),
        ("sklearn", "The package scikit-learn can be added"),
        ("helpers", "If helpers.py is a file of yours"),
    ],
)
def test_a_package_is_told_with_what_it_needs(module, words) -> None:
    assert words in missing.advice(module)


def test_the_table_is_whole() -> None:
    table = missing.table()
    imports = [module for one in table["packages"] for module in one["imports"]]
    assert len(imports) == len(set(imports)) > 150
    assert json.dumps(table)


def _raising(error: BaseException):
    """Return what raises an error out of a file of the standard library."""
    names = {"error": error}
    exec(compile("def raising(*_values):\n    raise error", _LIBRARY, "exec"), names)
    return names["raising"]
