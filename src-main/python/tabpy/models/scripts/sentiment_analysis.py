"""Sentiment Analysis, as TabPy's model of this name: how friendly texts are."""


def SentimentAnalysis(_arg1: list, library: str = "nltk") -> list:
    """Return a score for each text, from -1 (negative) to 1 (positive); null for null.

    Args:
        _arg1: texts, in English.
        library: nltk (VADER, for short and informal texts) or textblob.

    """
    if not all(text is None or isinstance(text, str) for text in _arg1):
        raise TypeError("Sentiment Analysis reads texts: send a dimension, such as ATTR([Review]).")
    chosen = library.lower()
    if chosen not in {"nltk", "textblob"}:
        raise ValueError(f"library is {library!r}; it must be nltk or textblob.")
    try:
        if chosen == "nltk":
            from nltk.sentiment.vader import SentimentIntensityAnalyzer

            analyzer = SentimentIntensityAnalyzer()

            def score(text: str) -> float:
                return analyzer.polarity_scores(text)["compound"]
        else:
            from textblob import TextBlob

            def score(text: str) -> float:
                return TextBlob(text).sentiment.polarity
    except (ImportError, LookupError) as error:
        wanted = "nltk and vaderSentiment" if chosen == "nltk" else "textblob and nltk"
        raise RuntimeError(
            f"Sentiment Analysis with {chosen} needs the Python packages {wanted}, and this server "
            "does not have them all: run tabpy-tray prepare on a computer that reaches PyPI."
        ) from error
    return [None if text is None else score(text) for text in _arg1]
