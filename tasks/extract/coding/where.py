"""Where an event took place: the place or country that stands with «في» in its clause."""

from functools import cache
from typing import NamedTuple

from schemas.seeds import SEEDS, read_seed
from tasks.extract.actors import Actor
from tasks.extract.coding.model import Frame, Phrase, Sentence

LOCATIVE = ("في", "ب", "الي")
PLACE_KINDS = frozenset({"place", "country"})


class EventPlace(NamedTuple):
    """A place mention; offsets are characters of the sentence, degrees are WGS 84 and None where the gazetteer has none."""

    start: int
    end: int
    text: str
    country: str | None
    lat: float | None
    lon: float | None


@cache
def coordinates() -> dict[str, tuple[float, float]]:
    """Return {row id of places.csv: (latitude, longitude)}."""
    if not (SEEDS / "lexicon" / "places.csv").exists():
        return {}
    rows = read_seed("lexicon/places").select("id", "lat", "lon").iter_rows()
    return {row: (float(lat), float(lon)) for row, lat, lon in rows if lat and lon}


def place_of(sentence: Sentence, frame: Frame) -> EventPlace | None:
    """Return the place of the event that `frame` tells: its own «في» phrase first, then one of the same sentence part."""
    own = [p for slot in LOCATIVE[:2] for p in frame.phrases(slot)]
    near = [
        item.phrase
        for item in sentence.items
        if item.phrase is not None and item.phrase.slot == "في" and frame.first <= item.first < frame.last + 12
    ]
    for phrase in (*own, *near):
        if (actor := _place_in(phrase)) is not None:
            lat, lon = next((coordinates()[row] for row in actor.rows if row in coordinates()), (None, None))
            return EventPlace(actor.start, actor.end, actor.text, actor.country, lat, lon)
    return None


def _place_in(phrase: Phrase) -> Actor | None:
    return next((a for a in (*phrase.actors, *phrase.inner) if a.kind in PLACE_KINDS), None)
