"""Measure the words: start-up of the tables, speed of the vocabulary stage, share of verbs with a known lemma.

python -m bench.morphology CORPUS.jsonl.gz [ARTICLES]     # one JSON record per line with "title" and "text"

Unknown verbs: words that look like a verb and that no table reads. A word looks like one when it stands where verbs stand (first
word of a sentence, or after لم لن قد سوف) or opens with سي ست, and has a verb's letters: ي or ت in front, or an ending وا.
Share = known verbs / (known + unknown); names such as سيرغي count as unknown verbs, so the share is a lower bound.
"""

import gzip
import json
import random
import re
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

from tasks.extract.morphology import disambiguate, load_morphology
from tasks.extract.morphology.lexicon import load_lexicon
from tasks.extract.morphology.lookup import EmbeddedMorphology
from tasks.normalize.sentences import sentence_spans
from tasks.normalize.tokens import Token, tokenize

POLITICS = re.compile("رئيس|وزير|حكومة|برلمان|جيش|قوات|دبلوماسي|انتخابات|الأمم المتحدة")
BEFORE_VERB = frozenset({"لم", "لن", "قد", "سوف", "ولم", "ولن", "وقد"})
SHAPE = re.compile("[وف]?س?[يت][^يتاال][^الو ].{1,4}|[وف]?.{3,5}وا|[وف]?س[يت].{2,5}")
START = (
    "import time; t = time.perf_counter(); from tasks.extract.morphology.lexicon import load_lexicon; load_lexicon(); "
    "print(time.perf_counter() - t)"
)


def read(path: Path, n: int) -> list[list[Token]]:
    """Return the tokenized sentences of `n` articles drawn at random among those that name politics at least twice."""
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        texts = [text for text in (json.loads(line)["text"] for line in stream) if len(set(POLITICS.findall(text))) >= 2]
    chosen = random.Random(1).sample(texts, min(n, len(texts)))  # noqa: S311 - a sample, no secret
    return [tokenize(sentence) for text in chosen for _, _, sentence in sentence_spans(text)]


def speed(sentences: list[list[Token]]) -> dict[str, float]:
    """Return tokens per second of one core with an empty memo and with a full one."""
    words = [[token.text for token in tokens] for tokens in sentences]
    n = sum(map(len, words))
    morphology, found = EmbeddedMorphology(load_lexicon()), {}
    for label in ("cold", "warm"):
        start = time.perf_counter()
        for sentence in words:
            morphology.analyse(sentence)
        found[f"{label} tokens/s"] = round(n / (time.perf_counter() - start))
    return found


def coverage(sentences: list[list[Token]]) -> dict[str, object]:
    """Return the share of verb tokens with a known lemma, and the most frequent unknown ones."""
    morphology, known, unknown = load_morphology(), 0, Counter[str]()
    for tokens in sentences:
        chosen = disambiguate(tokens, morphology.analyse([token.text for token in tokens]))
        for i, reading in enumerate(chosen):
            known += reading.kind == "verb"
            if reading.kind == "nominal" and SHAPE.fullmatch(tokens[i].key):
                is_place = i == 0 or tokens[i - 1].key in BEFORE_VERB or tokens[i].key.startswith(("سي", "ست", "وسي", "وست"))
                if is_place or tokens[i].key.endswith("وا"):
                    unknown[tokens[i].key] += 1
    return {
        "known verbs": known,
        "unknown verbs": unknown.total(),
        "share known": round(known / (known + unknown.total()), 4),
        "most frequent unknown": dict(unknown.most_common(60)),
    }


def main(path: Path, n: int) -> None:
    """Print the measurements as JSON."""
    load_lexicon()  # writes the cache, as the first run of any command does
    runs = [subprocess.run([sys.executable, "-c", START], capture_output=True, text=True, check=True).stdout for _ in range(3)]  # noqa: S603
    sentences = read(path, n)
    found: dict[str, object] = {"articles": n, "tokens": sum(map(len, sentences)), "start-up s": round(min(map(float, runs)), 3)}
    print(json.dumps({**found, **speed(sentences), **coverage(sentences)}, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1000)
