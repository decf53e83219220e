"""The optional provider: camel-tools with an ALMOR database that the user has (calima-msa-r13 or another).

In: path of a .db file. Out: `Analysis` values like those of the embedded provider, in the order of the database.
camel_tools.morphology looks for a catalogue on the network when it is imported; where the user has none, it is pointed to an own
folder with an empty catalogue, so that the import works offline. Nothing is written into the user's camel-tools folder.
"""

import importlib
import json
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tasks.extract.morphology.model import Analysis

EMPTY_CATALOGUE = {
    "version": "1.6.0",
    "packages": {},
    "components": {"MorphologyDB": {"default": "calima-msa-r13", "datasets": {}}},
}
KINDS = {
    "verb": "verb", "noun": "noun", "noun_prop": "noun", "adj": "adjective", "adj_comp": "adjective", "prep": "preposition",
    "conj": "conjunction", "conj_sub": "subordinator", "pron_rel": "relative", "part_neg": "negation", "pron_dem": "demonstrative",
    "noun_quant": "quantifier", "pron": "pronoun", "adv": "adverb", "noun_num": "number", "adj_num": "number",
}  # fmt: skip
ASPECTS = {"p": "perfect", "i": "imperfect", "c": "imperative"}
VOICES = {"a": "active", "p": "passive"}
PROCLITICS = {"wa": "و", "fa": "ف", "sa": "س", "bi": "ب", "li": "ل", "ka": "ك", "al": "ال", "la": "ل"}
ENCLITICS = {"3ms": "ه", "3fs": "ها", "3d": "هما", "3mp": "هم", "3fp": "هن", "1p": "نا", "1s": "ي"}


class AlmorMorphology:
    """Readings of an ALMOR database, remembered per word."""

    name = "almor"

    def __init__(self, path: Path) -> None:
        """Load the database.

        Raises:
            FileNotFoundError: no file at `path`.
            ImportError: camel-tools is not installed.
        """
        if not path.is_file():
            raise FileNotFoundError(path)
        database = _import("camel_tools.morphology.database")
        analyzer = _import("camel_tools.morphology.analyzer")
        self.analyzer = analyzer.Analyzer(database.MorphologyDB(str(path), "a"), backoff="NONE")
        self.memo: dict[str, tuple[Analysis, ...]] = {}

    def analyse(self, words: Sequence[str]) -> list[tuple[Analysis, ...]]:
        """Return the readings of each word; a word that the database lacks is one `nominal`."""
        for word in words:
            if word not in self.memo:
                readings = dict.fromkeys(_analysis(found) for found in self.analyzer.analyze(word))
                self.memo[word] = tuple(readings) or (Analysis(word, "nominal"),)
        return [self.memo[word] for word in words]


def _import(name: str) -> Any:
    """Import a part of camel-tools without network."""
    catalogue = Path(os.environ.get("CAMELTOOLS_DATA") or Path.home() / ".camel_tools") / "catalogue.json"
    if catalogue.is_file():
        return importlib.import_module(name)
    before = os.environ.get("CAMELTOOLS_DATA")
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "catalogue.json").write_text(json.dumps(EMPTY_CATALOGUE), encoding="utf-8")
        os.environ["CAMELTOOLS_DATA"] = folder
        try:
            return importlib.import_module(name)
        finally:
            os.environ.pop("CAMELTOOLS_DATA")
            if before is not None:
                os.environ["CAMELTOOLS_DATA"] = before


def _analysis(found: dict[str, Any]) -> Analysis:
    def value(feature: str) -> str:
        text = str(found.get(feature) or "")
        return "" if text in ("na", "0", "u", "-") else text

    kind = KINDS.get(value("pos"), "particle" if value("pos").startswith("part") else "nominal")
    proclitics = (PROCLITICS.get(value(f"prc{n}").split("_")[0].lower(), "") for n in (3, 2, 1, 0))
    return Analysis(
        lemma=value("lex").rsplit("-", 1)[0].split("_")[0],
        kind=kind,
        aspect=ASPECTS.get(value("asp"), ""),
        voice=VOICES.get(value("vox"), "") if kind == "verb" else "",
        person=value("per") if kind == "verb" else "",
        gender=value("gen"),
        number=value("num"),
        proclitics=tuple(filter(None, proclitics)),
        enclitic=ENCLITICS.get(value("enc0").split("_")[0], ""),
    )
