"""Count the events that the coder finds in articles that are not about politics: each one is a false alarm.

python -m bench.nonpolitical CORPUS.jsonl.gz [ARTICLES PER SUBJECT]     # default 100; one JSON record per line

Articles are chosen by words of their title, drawn with a fixed seed. Titles do not always tell: what a title hides (a minister at
an exhibition) is counted as a false alarm all the same.
"""

import gzip
import json
import random
import re
import sys
from collections import Counter
from datetime import date
from pathlib import Path

from tasks.extract.coding.coder import ArticleCoder, Resources, load_resources
from tasks.extract.predict import is_asserted
from tasks.normalize.sentences import sentence_spans

SUBJECTS = {
    "sport": "مباراة|دوري|منتخب|لاعب|مدرب|كأس|برشلونة|ريال مدريد|ودية|تشكيلة|مونديال",
    "weather": "طقس|أمطار|أرصاد|رياح",
    "markets": "سعر|أسعار الذهب|بورصة|أسهم|دولار",
    "show business": "فيلم|مسلسل|فنان|فنانة|أغنية|ألبوم",
    "health": "فيتامين|سكري|علاج|دراسة|أعراض|وصفة",
    "technology": "هاتف|هواتف|آيفون|تطبيق|سامسونغ|سامسونج|غوغل|جوجل",
}
POLITICAL = "رئيس|وزير|حكوم|جيش|حرب|احتجاج|مظاهر|قتل|هجوم|برلمان|انتخاب|سفير|اعتقال|إرهاب|عقوبات|مجلس|اتفاق|قمة"
WORD = r"(?<!\w)(?:[وبل]?(?:ال)?|لل)(?:{})(?!\w)"
SOME_DAY = date(2020, 1, 1)


def events(record: dict[str, str], resources: Resources) -> list[str]:
    """Return the codes of the asserted events of one article."""
    text = f"{record['title']}\n{record['text']}"
    day = date.fromisoformat((record.get("published") or SOME_DAY.isoformat())[:10])
    coded = ArticleCoder(resources, day).code_spans(list(sentence_spans(text)))
    return [event.code for sentence in coded for event in sentence.events if is_asserted(event)]


def main(corpus: Path, count: int) -> None:
    with gzip.open(corpus, "rt", encoding="utf-8") as lines:
        records = [record for record in map(json.loads, lines) if record.get("title")]
    random.Random(7).shuffle(records)  # noqa: S311 - a sample, no secret
    resources = load_resources()
    for subject, words in SUBJECTS.items():
        subject_word = re.compile(WORD.format(words))
        chosen = [r for r in records if subject_word.search(r["title"]) and not re.search(POLITICAL, r["title"])][:count]
        found = [events(record, resources) for record in chosen]
        roots = Counter(code[:2] for codes in found for code in codes)
        clean = sum(not codes for codes in found)
        total = sum(map(len, found))
        print(f"{subject:14} {len(chosen):4} articles {total:5} events {total / max(1, len(chosen)):6.2f} per article, ", end="")
        print(f"{clean} without any; roots {dict(roots.most_common(6))}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 100)
