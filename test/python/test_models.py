from __future__ import annotations

import sys

import pytest

pytest.importorskip("cloudpickle")

from tabpy.models import deploy_models

DEPLOY = "from tabpy.models import deploy_models\nreturn deploy_models.main()"

NAMES = [model.name for model in deploy_models.MODELS]


@pytest.fixture
def models(python):
    """An interpreter with the four models, deployed by the script that the server runs."""
    pytest.importorskip("sklearn")
    answer = python.evaluate(DEPLOY)
    assert answer.status == 200, answer.body
    assert answer.json == NAMES
    return python


def response(python, name, data):
    answer = python.query(name, data)
    assert answer.status == 200, answer.body
    return answer.json["response"]


def error(python, name, data):
    answer = python.query(name, data)
    assert answer.status == 500
    return answer.info["error"]


def test_have_names_descriptions_and_schemas_of_tabpy(python) -> None:
    changes = python.evaluate(DEPLOY).changes
    assert [(one["name"], one["description"], one["schema"]) for one in changes] == [
        ("PCA", "Returns the specified principal component", None),
        (
            "Sentiment Analysis",
            "Returns a sentiment score between -1 and 1 for a given string",
            None,
        ),
        ("ttest", "Returns the p-value form a t-test", None),
        ("anova", "Returns the p-value form an ANOVA test", None),
    ]
    assert all(one["source"].startswith("def ") and one["override"] for one in changes)
    assert [one["isPublic"] for one in changes] == [False] * 4


def test_stay_as_they_are_when_the_program_changes(models, monkeypatch) -> None:
    pickled = dict(zip(NAMES, models.evaluate(DEPLOY).pickles, strict=True))
    for module in [name for name in sys.modules if name.startswith("tabpy.models")]:
        monkeypatch.setitem(sys.modules, module, None)
    meta = {"name": "old", "version": 1, "pickleBytes": len(pickled["ttest"])}
    models.send("sync", pickled["ttest"], revision=1, put=[meta])
    assert response(models, "old", [[1, 2, 3, 4], [2.5]]) == 1.0


class TestPCA:
    def test_finds_the_line_along_which_numbers_lie(self, models) -> None:
        found = response(models, "PCA", [1, [1, 2, 3], [2, 4, 6]])
        assert [abs(value) for value in found] == pytest.approx([3**0.5, 0, 3**0.5])
        assert found[0] == pytest.approx(-found[2])
        rest = response(models, "PCA", [2, [1, 2, 3], [2, 4, 6]])
        assert rest == pytest.approx([0, 0, 0], abs=1e-12)

    def test_is_what_its_definition_says_for_numbers_and_categories(self, models) -> None:
        import numpy as np

        numbers = [1.5, 2, -3, 4, 0.5, 7]
        words = ["b", "a", "b", "c", "a", "a"]
        flags = [True, False, True, True, False, False]
        table = np.column_stack(
            [numbers, *[[word == one for word in words] for one in "abc"], flags]
        ).astype(float)
        table = (table - table.mean(axis=0)) / table.std(axis=0)
        left, sizes, _ = np.linalg.svd(table, full_matrices=False)
        for component in (1, 2):
            found = np.array(response(models, "PCA", [component, numbers, words, flags]))
            wanted = left[:, component - 1] * sizes[component - 1]
            assert found * np.sign(found[0]) == pytest.approx(wanted * np.sign(wanted[0]))

    def test_takes_what_tableau_sends(self, models) -> None:
        answer = models.evaluate(
            "return tabpy.query('PCA', 1, _arg1, _arg2, _arg3)['response']",
            _arg1=[1, 2, 3],
            _arg2=[2.5, 1, 7],
            _arg3=["x", "y", "x"],
        )
        assert (answer.status, len(answer.json)) == (200, 3)
        named = response(models, "PCA", {"component": 1, "_arg1": [1, 2], "_arg2": [3, 5]})
        assert len(named) == 2

    @pytest.mark.parametrize(
        ("data", "words"),
        [
            ([0, [1, 2], [3, 4]], "component is 0; it must be from 1 to 2."),
            ([3, [1, 2], [3, 4]], "component is 3; it must be from 1 to 2."),
            ([3, [1, 2], ["a", "b"], [1, 5]], "2 rows have 2 components"),
            ([1, [1, 2], [3]], "Argument 2 has 1 rows, the first 2."),
            ([1, [1, None], [3, 4]], "Argument 1 holds nulls"),
            ([1, list(range(26)), [f"c{one}" for one in range(26)]], "26 different values"),
        ],
    )
    def test_says_what_is_wrong(self, models, data, words) -> None:
        assert words in error(models, "PCA", data)


class TestTtest:
    def test_compares_two_samples(self, models) -> None:
        assert response(models, "ttest", [[1, 2, 3, 4], [2, 4, 6, 9]]) == pytest.approx(
            0.16470207962805658
        )

    def test_compares_two_groups_of_one_column_whatever_their_names(self, models) -> None:
        wanted = pytest.approx(0.5527864045000421)
        assert response(models, "ttest", [[1, 2, 3, 4], ["a", "b", "a", "b"]]) == wanted
        assert response(models, "ttest", [[1, 2, 3, 4], [True, False, True, False]]) == wanted

    def test_compares_a_sample_with_a_mean(self, models) -> None:
        assert response(models, "ttest", [[1, 2, 3, 4], [2.5]]) == 1.0
        assert response(models, "ttest", [[5, 6, 7, 8], [0]]) < 0.01

    def test_wants_a_group_for_each_value(self, models) -> None:
        assert "each value needs its group" in error(models, "ttest", [[1, 2, 3], ["a", "b"]])


class TestAnova:
    def test_compares_any_number_of_groups(self, models) -> None:
        groups = [[1, 2, 3], [2, 3, 4], [7, 8, 9]]
        assert response(models, "anova", groups) == pytest.approx(0.0006869529818847998)
        assert response(models, "anova", groups[:2]) == pytest.approx(0.2878641347266908)

    def test_refuses_texts_as_tabpy_does(self, models) -> None:
        assert error(models, "anova", [["a"], ["b"]]) == "ValueError : "


class TestSentimentAnalysis:
    @pytest.fixture(autouse=True)
    def lexicon(self, tmp_path, monkeypatch):
        """A small lexicon of VADER's kind; inside Pyodide the whole one is in the image."""
        nltk = pytest.importorskip("nltk.data")
        folder = tmp_path / "sentiment" / "vader_lexicon.zip"
        folder.parent.mkdir()
        import zipfile

        with zipfile.ZipFile(folder, "w") as archive:
            words = "happy\t2.7\t0.9\t[3]\nsad\t-2.1\t0.9\t[-2]"
            archive.writestr("vader_lexicon/vader_lexicon.txt", words)
        monkeypatch.setattr(nltk, "path", [str(tmp_path)])
        monkeypatch.setattr(nltk, "_resource_cache", {})

    @pytest.mark.parametrize("options", [{}, {"library": "nltk"}, {"library": "TextBlob"}])
    def test_scores_texts(self, models, options) -> None:
        pytest.importorskip("textblob")
        data = {"_arg1": ["happy", "sad", "neutral", None], **options}
        good, bad, none, missing = response(models, "Sentiment Analysis", data)
        assert -1 <= bad < none == 0 < good <= 1
        assert missing is None

    def test_takes_the_library_by_name_from_a_script(self, models) -> None:
        pytest.importorskip("textblob")
        script = "return tabpy.query('Sentiment Analysis', _arg1=_arg1, library='textblob')"
        answer = models.evaluate(f"{script}['response']", _arg1=["happy", "sad"])
        assert answer.json == [0.8, -0.5]

    @pytest.mark.parametrize(
        ("data", "words"),
        [
            ([[1, 2]], "TypeError : Sentiment Analysis reads texts"),
            ([["a"], "spacy"], "ValueError : library is 'spacy'; it must be nltk or textblob."),
        ],
    )
    def test_says_what_is_wrong(self, models, data, words) -> None:
        assert words in error(models, "Sentiment Analysis", data)

    def test_says_which_packages_are_missing(self, models, monkeypatch) -> None:
        monkeypatch.setitem(sys.modules, "textblob", None)
        wanted = "needs the Python packages textblob and nltk, and this server does not have"
        assert wanted in error(models, "Sentiment Analysis", [["happy"], "textblob"])

    def test_says_when_only_the_lexicon_is_missing(self, models, monkeypatch) -> None:
        nltk = pytest.importorskip("nltk.data")
        monkeypatch.setattr(nltk, "path", [])
        wanted = "needs the Python packages nltk and vaderSentiment"
        assert wanted in error(models, "Sentiment Analysis", [["happy"]])
