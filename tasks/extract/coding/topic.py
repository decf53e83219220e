"""What an article is about when it is not about politics: sport, weather, markets, recipes, health, culture, devices.

In: the lemma keys of its sentences, and how many of them name somebody who acts for a state. Out: the topic, or "". Words and
limits stand in seeds/lexicon/topics.csv. Conflict words of such articles are figures of speech («هجوم المنتخب», «انفجار الأسعار»)
and their meetings and praise are nobody's politics: the coder gives no event for them (coding guide: no sport, weather, markets).
"""

from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from schemas.seeds import read_seed
from tasks.extract.coding.tables import word_key

FEW_SENTENCES = 3  # a shorter text is no article
FEW_WORDS = 3  # distinct words of a topic that an article needs at least
PLAIN_SHARE = 0.8  # of the sentences: there is no doubt


class Limits(NamedTuple):
    """When a topic fills an article: share of sentences with a word of it, words a sentence, and share of sentences in which
    somebody acts for a state at most."""

    share: float
    per_sentence: float
    public: float


@cache
def topic_words() -> dict[str, frozenset[str]]:
    """Return {word key: topics}; of a term of several words the first counts."""
    found: dict[str, set[str]] = {}
    for row in read_seed("lexicon/topics").iter_rows(named=True):
        for word in row["words"].split(";"):
            found.setdefault(word_key(word.split()[0]), set()).add(row["topic"])
    return {word: frozenset(topics) for word, topics in found.items()}


@cache
def topic_limits() -> dict[str, Limits]:
    """Return {topic: limits}."""
    rows = read_seed("lexicon/topics").iter_rows(named=True)
    return {row["topic"]: Limits(float(row["share"]), float(row["per_sentence"]), float(row["public"])) for row in rows}


def topic_of(sentences: Sequence[Sequence[str]], public: int) -> str:
    """Return the topic that fills the article, or "".

    Args:
        sentences: lemma keys of each sentence, title first.
        public: how many sentences name somebody who acts for a state, an army, a party or a movement.
    """
    table = topic_words()
    words: dict[str, set[str]] = {}
    total: Counter[str] = Counter()
    with_word: Counter[str] = Counter()
    for keys in sentences:
        hits = [(key, topic) for key in keys if key in table for topic in table[key]]
        total.update(topic for _, topic in hits)
        with_word.update({topic for _, topic in hits})
        for key, topic in hits:
            words.setdefault(topic, set()).add(key)
    if not total or len(sentences) < FEW_SENTENCES:
        return ""
    topic = max(total, key=lambda t: (total[t], t))
    limits, size = topic_limits()[topic], len(sentences)
    share, density = with_word[topic] / size, total[topic] / size
    is_plain = share >= PLAIN_SHARE and density >= 2 * limits.per_sentence  # a club's manager counts as an official, too
    fills = share >= limits.share and density >= limits.per_sentence and (is_plain or public <= limits.public * size)
    return topic if fills and len(words[topic]) >= FEW_WORDS else ""
