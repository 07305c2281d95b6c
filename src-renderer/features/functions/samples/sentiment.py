def sentiment(texts: list) -> list:
    """Return how friendly each text is, from -1 to 1; null for null (VADER, for English).

    Args:
        texts: one text for each row.

    """
    from nltk.sentiment.vader import SentimentIntensityAnalyzer

    analyzer = SentimentIntensityAnalyzer()
    return [None if text is None else analyzer.polarity_scores(text)["compound"] for text in texts]
