"""Articles in, sentences out, with their places in the original text.

>>> [text for _, _, text in sentence_spans("قال د. سامي نعم. ثم ذهب؟\\nخبر آخر")]
['قال د. سامي نعم.', 'ثم ذهب؟', 'خبر آخر']
"""

import re
from collections.abc import Iterator

import polars as pl

# A sentence ends at . ! ? ؟ ؛ … or a line feed. A dot after one letter (د. and ا.ف.ب) or between digits ends nothing.
_END = re.compile(r"\n+|(?<![\s.(«\"“'][^\W\d_])(?<!^[^\W\d_])[.!?؟…]+[»\"”)\]]*(?=\s)|؛(?=\s)")
MAX_SENTENCE = 4000  # characters; a longer run without any end mark is a table or a broken page and is cut at a space
SENTENCE_SCHEMA = {
    "sentence_id": pl.String,
    "article_id": pl.String,
    "position": pl.Int32,
    "start": pl.Int32,
    "end": pl.Int32,
    "text": pl.String,
    "is_title": pl.Boolean,
}


def sentence_spans(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, sentence) for each sentence of `text`; text[start:end] is the sentence, white space trimmed."""
    begin = 0
    for end in [*(m.end() for m in _END.finditer(text)), len(text)]:
        for start, stop in _pieces(text, begin, end):
            while start < stop and text[start].isspace():
                start += 1
            while stop > start and text[stop - 1].isspace():
                stop -= 1
            if stop > start:
                yield start, stop, text[start:stop]
        begin = end


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > MAX_SENTENCE:
        cut = text.rfind(" ", start, start + MAX_SENTENCE)
        cut = cut if cut > start else start + MAX_SENTENCE
        yield start, cut
        start = cut
    yield start, end


def split_sentences(articles: pl.DataFrame) -> pl.DataFrame:
    """Return the sentences of `articles`.

    Args:
        articles: columns `article_id`, `text`, `title` (the title is marked where it stands as the first line of the text).

    Returns:
        Columns of SENTENCE_SCHEMA; `start` and `end` are characters of the article's text.
    """
    rows = []
    for article_id, text, title in articles.select("article_id", "text", "title").iter_rows():
        for position, (start, end, sentence) in enumerate(sentence_spans(text)):
            is_title = position == 0 and title is not None and sentence.strip() == title.strip()
            rows.append((f"{article_id}-{position}", article_id, position, start, end, sentence, is_title))
    return pl.DataFrame(rows, schema=SENTENCE_SCHEMA, orient="row")
