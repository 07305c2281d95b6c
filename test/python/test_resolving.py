"""What an addition brings along, decided from documents alone."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from packaging.tags import parse_tag
from packaging.version import Version

from tabpy_tray import resolving, wheel_index
from tabpy_tray.wheel_index import Offer

if TYPE_CHECKING:
    from pathlib import Path

WASM = "cp314-cp314-pyemscripten_2026_0_wasm32"
PURE = "py3-none-any"


def wheel(name: str, version: str, tag: str = PURE, **more: Any) -> dict[str, Any]:
    """Return a file as a page of the index lists it."""
    file_name = f"{name}-{version}-{tag}.whl"
    return {
        "filename": file_name,
        "url": f"/files/{file_name}",
        "hashes": {"sha256": "ab" * 32},
        "size": 10,
        "core-metadata": True,
        **more,
    }


class Index:
    """An index, and the host's part of the conversation."""

    def __init__(self, pages: dict[str, list[dict[str, Any]]], needs: dict[str, list[str]]) -> None:
        self.pages = pages
        self.needs = needs
        self.asked: list[str] = []

    def ask(self, *asked: str, **question: Any) -> dict[str, Any]:
        """Have the question answered, bringing what is needed."""
        begin = {"asked": asked, "wheels": [], "lock": {}, **question}
        message: dict[str, Any] = {"begin": begin}
        while True:
            answer = json.loads(resolving.answer(json.dumps(message).encode()))
            if "need" not in answer:
                return answer
            assert answer["need"], "it must not ask for nothing"
            message = {"documents": [self.document(need) for need in answer["need"]]}

    def document(self, need: dict[str, Any]) -> dict[str, Any]:
        if need["kind"] == "metadata":
            self.asked.append(need["fileName"])
            lines = [f"Requires-Dist: {one}" for one in self.needs.get(need["fileName"], [])]
            return {**need, "text": "\n".join(["Metadata-Version: 2.1", *lines, "", "Body"])}
        self.asked.append(need["name"])
        files = self.pages.get(need["name"])
        text = None if files is None else json.dumps({"files": files})
        return {
            **need,
            "text": text,
            "contentType": "application/vnd.pypi.simple.v1+json",
            "url": f"https://index.example/simple/{need['name']}/",
            "fault": None,
        }


@pytest.fixture(autouse=True)
def _here(monkeypatch) -> None:
    """Be the Python of the image: its wheels, and numpy 2.4.3 with one extra."""
    tags = [*parse_tag(WASM), *parse_tag(PURE), *parse_tag("py2.py3-none-any")]
    monkeypatch.setattr(wheel_index, "ranks", lambda: {tag: i for i, tag in enumerate(tags)})
    numpy = Offer("numpy", Version("2.4.3"), "bundled numpy", "", "bundled", 0)
    monkeypatch.setattr(resolving, "_bundled", lambda: {"numpy": numpy})
    monkeypatch.setattr(
        resolving.importlib.metadata, "requires", lambda _name: ["extra-thing; extra == 'more'"]
    )


def versions(answer: dict[str, Any]) -> dict[str, str]:
    assert "plan" in answer, answer
    return {one["name"]: one["version"] for one in answer["plan"]["packages"]}


def test_takes_the_newest_final_version_and_what_it_needs() -> None:
    index = Index(
        {
            "chart": [wheel("chart", "1.0"), wheel("chart", "2.0"), wheel("chart", "3.0rc1")],
            "ink": [wheel("ink", "1.0"), wheel("ink", "1.5")],
        },
        {"chart-2.0-py3-none-any.whl": ["Ink>=1", "numpy>=2", 'winonly; sys_platform == "win32"']},
    )
    answer = index.ask("Chart")
    assert versions(answer) == {"chart": "2.0", "ink": "1.5"}
    chart, ink = answer["plan"]["packages"]
    assert (chart["isAsked"], chart["neededBy"]) == (True, [])
    assert (ink["isAsked"], ink["neededBy"]) == (False, ["chart"])
    assert ink["url"] == "https://index.example/files/ink-1.5-py3-none-any.whl"
    assert answer["plan"]["there"] == [{"name": "numpy", "version": "2.4.3"}]
    assert "numpy" not in index.asked


def test_goes_back_to_an_older_version_that_fits_what_is_bundled() -> None:
    index = Index(
        {"chart": [wheel("chart", "1.0"), wheel("chart", "2.0")]},
        {"chart-2.0-py3-none-any.whl": ["numpy>=3"], "chart-1.0-py3-none-any.whl": ["numpy<3"]},
    )
    assert versions(index.ask("chart")) == {"chart": "1.0"}


def test_says_what_stands_in_the_way_of_what_is_bundled() -> None:
    index = Index({"chart": [wheel("chart", "1.0")]}, {"chart-1.0-py3-none-any.whl": ["numpy<2"]})
    refused = index.ask("chart")["refused"]
    assert refused["text"] == (
        "chart 1.0 needs numpy<2. TabPy Tray includes numpy 2.4.3, which cannot be changed."
    )


@pytest.mark.parametrize(
    ("files", "why"),
    [
        (None, "the index has no package named torch."),
        ([wheel("torch", "1", "cp314-cp314-manylinux_2_28_x86_64")], "no build for WebAssembly"),
        ([{"filename": "torch-1.0.tar.gz", "url": "x"}], "as source only"),
        ([wheel("torch", "1", **{"requires-python": "<3.10"})], "is for Python <3.10"),
        ([wheel("torch", "1", hashes={"md5": "00"})], "without SHA-256"),
        ([], "the index has no file of torch"),
        ([wheel("other", "1")], "no build for WebAssembly"),
    ],
)
def test_says_why_a_package_cannot_be_had(files, why) -> None:
    pages = {} if files is None else {"torch": files}
    refused = Index(pages, {}).ask("torch")["refused"]
    assert why in refused["text"]
    assert refused["package"] == "torch"


def test_prefers_a_compiled_wheel_and_takes_pyodides_build_where_the_index_has_none() -> None:
    index = Index(
        {
            "fast": [wheel("fast", "1.0"), wheel("fast", "1.0", WASM)],
            "lxml": [wheel("lxml", "9", "cp314-cp314-win_amd64")],
        },
        {},
    )
    build = {
        "fileName": f"lxml-6.0.2-{WASM}.whl",
        "sha256": "cd" * 32,
        "depends": ["fast"],
    }
    answer = index.ask("lxml", lock={"lxml": build})
    fast, lxml = answer["plan"]["packages"]
    assert (fast["fileName"], fast["neededBy"]) == (f"fast-1.0-{WASM}.whl", ["lxml"])
    assert (lxml["source"], lxml["url"], lxml["sha256"]) == ("pyodide", None, "cd" * 32)


def test_follows_extras_of_packages_and_of_what_is_bundled() -> None:
    index = Index(
        {
            "chart": [wheel("chart", "1")],
            "pdf": [wheel("pdf", "1")],
            "extra-thing": [wheel("extra_thing", "4")],
        },
        {"chart-1-py3-none-any.whl": ["pdf; extra == 'print'", "numpy[more]"]},
    )
    assert versions(index.ask("chart")) == {"chart": "1", "extra-thing": "4"}
    assert versions(index.ask("chart[print]")) == {"chart": "1", "extra-thing": "4", "pdf": "1"}


def test_keeps_what_was_added_before_unless_it_stands_in_the_way() -> None:
    index = Index(
        {
            "ink": [wheel("ink", "1"), wheel("ink", "2")],
            "chart": [wheel("chart", "1")],
            "poster": [wheel("poster", "1")],
        },
        {"poster-1-py3-none-any.whl": ["ink>=2"]},
    )
    ink = {
        "name": "ink",
        "version": "1",
        "fileName": "ink-1-py3-none-any.whl",
        "sha256": "ef" * 32,
        "bytes": 3,
        "source": "index",
        "metadata": "Name: ink\n",
    }
    assert versions(index.ask("ink", "chart", wheels=[ink])) == {"ink": "1", "chart": "1"}
    assert "ink" not in index.asked
    assert versions(index.ask("ink", "poster", wheels=[ink])) == {"ink": "2", "poster": "1"}


def test_never_looks_up_a_name_that_came_as_a_file() -> None:
    own = {
        "name": "ourmodels",
        "version": "1",
        "fileName": "ourmodels-1-py3-none-any.whl",
        "sha256": "ef" * 32,
        "bytes": 3,
        "source": "file",
        "metadata": "Name: ourmodels\nRequires-Dist: ourmodels-core\n",
    }
    index = Index({"ourmodels": [wheel("ourmodels", "99")]}, {})
    refused = index.ask("ourmodels==1", wheels=[own])["refused"]
    assert refused["text"] == (
        "ourmodels 1 needs ourmodels-core, and the index has no package named ourmodels-core."
    )
    assert "ourmodels" not in index.asked
    foreign = {**own, "fileName": "ourmodels-1-cp312-cp312-win_amd64.whl"}
    assert "another system" in index.ask("ourmodels==1", wheels=[foreign])["refused"]["text"]


def test_takes_no_withdrawn_version_unless_it_is_named() -> None:
    index = Index({"chart": [wheel("chart", "1"), wheel("chart", "2", yanked="broken")]}, {})
    assert versions(index.ask("chart")) == {"chart": "1"}
    assert versions(index.ask("chart==2")) == {"chart": "2"}


@pytest.mark.parametrize("spec", ["a b", "--index-url=x", "", "chart @ https://evil.example/x.whl"])
def test_understands_no_wish_that_is_none(spec) -> None:
    assert "text" in Index({}, {}).ask(spec)["refused"]


@pytest.mark.parametrize(
    "page", ["[]", '{"files": 3}', "no json", '{"files": [{"filename": 7}, 4]}']
)
def test_says_so_when_a_page_is_garbage(page) -> None:
    index = Index({}, {})
    index.document = lambda need: {
        **need,
        "text": page,
        "contentType": "application/json",
        "url": "https://index.example/",
        "fault": None,
    }
    assert "text" in index.ask("chart")["refused"]


def test_reads_html_pages_too() -> None:
    offers = wheel_index.Offers("chart", [])
    digest = "12" * 32
    page = (
        f'<a href="../../f/chart-1-py3-none-any.whl#sha256={digest}" '
        'data-core-metadata="true">x</a>'
        f'<a href="chart-2-py3-none-any.whl#sha256={digest}" data-yanked="" '
        'data-requires-python="&gt;=3.8">y</a><a>z</a>'
    )
    document = {"text": page, "contentType": "text/html", "url": "https://i.example/simple/chart/"}
    wheel_index.from_page(offers, document, wheel_index.ranks(), "3.14.2")
    first, second = offers.wheels
    assert (first.url, first.has_metadata) == ("https://i.example/f/chart-1-py3-none-any.whl", True)
    assert (second.yanked, second.has_metadata, second.sha256) == (True, False, digest)


def test_the_usual_index_is_the_one_that_micropip_has(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "micropip").mkdir()
    text = 'PYPI = "x"\nPYPI_URL = "https://packages.example.org/simple"\nraise SystemExit\n'
    (tmp_path / "micropip" / "package_index.py").write_text(text)
    (tmp_path / "micropip-1.0.dist-info").mkdir()
    (tmp_path / "micropip-1.0.dist-info" / "METADATA").write_text("Name: micropip\nVersion: 1.0\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    answer = json.loads(resolving.answer(b'{"usualIndex": true}'))
    assert answer == {"usualIndex": "https://packages.example.org/simple"}


def test_the_usual_index_is_unknown_without_micropip() -> None:
    assert json.loads(resolving.answer(b'{"usualIndex": true}')) == {"usualIndex": None}
