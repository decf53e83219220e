"""Made-up coded articles with true offsets, for load tests: the same number gives the same rows.

Each article has a headline and five sentences with one event mention each. One article in ten is a near-copy of an
earlier one, so that merging has work to do.
"""

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from hashlib import blake2b
from typing import Any

import polars as pl

from schemas.cameo import cameo_codes
from schemas.tables import STAGED

COUNTRIES = {"روسيا": "RUS", "فرنسا": "FRA", "مصر": "EGY", "تركيا": "TUR", "العراق": "IRQ", "اليمن": "YEM",
             "سوريا": "SYR", "لبنان": "LBN", "ليبيا": "LBY", "السودان": "SDN", "إيران": "IRN", "قطر": "QAT"}  # fmt: skip
VERBS = {"زار": "042", "هاجم": "190", "انتقد": "111", "دعا": "020", "قصف": "195", "أدان": "111", "هدد": "130", "دعم": "051"}
WORDS = ["اليوم", "وفد", "ملف", "أزمة", "اتفاق", "حدود", "مدينة", "قوات", "مؤتمر", "لجنة", "بيان", "خطة", "مرحلة",
         "مشروع", "نظام", "منطقة", "سلام", "أمن", "تعاون", "اقتصاد", "حوار", "قرار", "جلسة", "مجلس", "شمال"]  # fmt: skip
FIRST_DAY = date(2020, 1, 1)


def _id(*parts: object) -> str:
    return blake2b("\x1f".join(map(str, parts)).encode(), digest_size=10).hexdigest()


def _sentence(rng: random.Random, number: int) -> tuple[str, str, str, str]:
    source, target = rng.sample(list(COUNTRIES), 2)
    verb = rng.choice(list(VERBS))
    filler = " ".join(rng.choices(WORDS, k=18))
    return f"{verb} {source} {target} {filler} {number}.", verb, source, target


def make_batches(n_articles: int, size: int = 2000, seed: int = 1, sources: int = 20) -> Iterator[dict[str, pl.DataFrame]]:
    """Yield batches of `size` articles as frames by the names of `schemas.tables.STAGED`."""
    rng = random.Random(seed)  # noqa: S311 - made-up rows, no secrets
    earlier: list[list[tuple[str, str, str, str]]] = []
    for first in range(0, n_articles, size):
        rows: dict[str, list[dict[str, Any]]] = {name: [] for name in STAGED}
        for number in range(first, min(first + size, n_articles)):
            told = [_sentence(rng, number * 10 + i) for i in range(5)]
            source = f"source-{rng.randrange(sources)}.example"
            if earlier and rng.random() < 0.1:
                source = f"copy-{number % 50}.example"
                told = rng.choice(earlier)
            else:
                earlier = [*earlier[-4:], told]  # copies follow within days
            add_article(rows, told, source, FIRST_DAY + timedelta(days=number % 700))
        yield {name: STAGED[name].frame(found) for name, found in rows.items()}


def add_article(rows: dict[str, list[dict[str, Any]]], told: list[tuple[str, str, str, str]], source: str, day: date) -> str:
    """Add the rows of one article of the given sentences (text, trigger, source, target); return its id."""
    title = f"عنوان {told[0][1]} {told[-1][0][-8:]}"
    text = "\n".join([title, *(sentence for sentence, *_ in told)])
    article_id = _id(source, text)[:16]
    at = datetime(day.year, day.month, day.day, 8, tzinfo=UTC)
    rows["articles"].append({"article_id": article_id, "source": source, "outlet": source.title(), "title": title, "text": text,
                             "url": f"https://{source}/{article_id}", "published_at": at, "published_day": day,
                             "published_method": "meta", "language": "ar", "fetched_at": at})  # fmt: skip
    start = 0
    for position, line in enumerate(text.split("\n")):
        sentence_id = f"{article_id}-{position}"
        rows["sentences"].append({"sentence_id": sentence_id, "article_id": article_id, "position": position, "start": start,
                                  "end": start + len(line), "text": line, "is_title": position == 0})  # fmt: skip
        if position:
            _, verb, one, other = told[position - 1]
            _add_event(rows, article_id, sentence_id, start, verb, one, other, day)
        start += len(line) + 1
    return article_id


def _add_event(
    rows: dict[str, list[dict[str, Any]]], article: str, sentence: str, start: int, verb: str, one: str, other: str, day: date
) -> None:
    code = cameo_codes()[VERBS[verb]]
    first = start + len(verb) + 1
    second = first + len(one) + 1
    ids = {"article_id": article, "sentence_id": sentence}
    event: dict[str, Any] = {
        **ids, "trigger_start": start, "trigger_end": start + len(verb), "trigger_text": verb, "code": code.code,
        "root_code": code.root, "quad_class": code.quad_class, "goldstein": code.goldstein, "first_day": day, "last_day": day,
        "date_granularity": "day", "date_method": "publication", "polarity": "asserted", "modality": "actual",
        "tense": "perfect", "voice": "active", "rule_rows": f"verb-{verb}", "lexicon_rows": "",
        "event_mention_id": _id(article, start, one, other, code.code),
    }  # fmt: skip
    for side, at, name in (("source", first, one), ("target", second, other)):
        country = COUNTRIES[name]
        event |= {f"{side}_start": at, f"{side}_end": at + len(name), f"{side}_text": name, f"{side}_name": name,
                  f"{side}_country": country, f"{side}_code": country, f"{side}_method": "stated",
                  f"{side}_rows": f"country-{country}"}  # fmt: skip
        rows["actors"].append({**ids, "actor_mention_id": _id(article, at, name), "start": at, "end": at + len(name), "text": name,
                               "name": name, "country_code": country, "actor_code": country, "kind": "country",
                               "method": "stated", "lexicon_rows": f"country-{country}", "is_loaded_term": False})  # fmt: skip
    rows["events"].append(event)
