"""The camel-tools provider on a tiny ALMOR database of our own."""

from pathlib import Path

import pytest

from tasks.extract.morphology.model import Morphology

pytest.importorskip("camel_tools", reason="camel-tools is optional and not installed")

# packages below camel-tools carry escape sequences and calls that newer Pythons warn of
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::SyntaxWarning", "ignore::FutureWarning")
FEATURES = ("diac", "lex", "pos", "asp", "vox", "per", "gen", "num", "prc3", "prc2", "prc1", "prc0", "enc0")
NONE = "prc3:0 prc2:0 prc1:0 prc0:0 enc0:0"


def almor_text() -> str:
    """Two stems, the conjunction و, the ending of "she": enough to join prefix, stem and suffix."""
    return "\n".join(
        [
            "###DEFINES###",
            *(f"DEFINE {feature} {feature}:*open*" for feature in FEATURES),
            "###DEFAULTS###",
            f"DEFAULT pos:verb diac:* lex:* asp:na vox:na per:na gen:na num:na {NONE}",
            f"DEFAULT pos:noun diac:* lex:* asp:na vox:na per:na gen:m num:s {NONE}",
            "###ORDER###",
            "ORDER " + " ".join(FEATURES),
            "###TOKENIZATIONS###",
            "TOKENIZATION diac",
            "###STEMBACKOFF###",
            "###PREFIXES###",
            "\tP0\tdiac:",
            "و\tPw\tdiac:وَ prc2:wa_conj",
            "###SUFFIXES###",
            "\tS0\tdiac:",
            "ت\tSt\tdiac:ت gen:f num:s per:3",
            "###STEMS###",
            f"اعلن\tV\tdiac:أَعْلَن lex:أَعْلَن-1 pos:verb asp:p vox:a per:3 gen:m num:s {NONE}",
            f"هجوم\tN\tdiac:هُجُوم lex:هُجُوم-1 pos:noun gen:m num:s {NONE}",
            "###TABLE AB###",
            *(f"{prefix} {stem}" for prefix in ("P0", "Pw") for stem in ("V", "N")),
            "###TABLE BC###",
            "V S0",
            "V St",
            "N S0",
            "###TABLE AC###",
            *(f"{prefix} {suffix}" for prefix in ("P0", "Pw") for suffix in ("S0", "St")),
            "",
        ]
    )


@pytest.fixture(scope="module")
def almor(tmp_path_factory: pytest.TempPathFactory) -> Morphology:
    from tasks.extract.morphology.almor import AlmorMorphology

    path = tmp_path_factory.mktemp("almor") / "tiny.db"
    path.write_text(almor_text(), encoding="utf-8")
    return AlmorMorphology(path)


def test_verb_with_conjunction_and_ending(almor: Morphology) -> None:
    (reading,) = almor.analyse(["وأعلنت"])[0]
    assert (reading.kind, reading.lemma, reading.aspect, reading.voice) == ("verb", "أَعْلَن", "perfect", "active")
    assert (reading.gender, reading.number, reading.proclitics) == ("f", "s", ("و",))


def test_noun_and_unknown_word(almor: Morphology) -> None:
    noun, unknown = almor.analyse(["هجوم", "زرفقط"])
    assert (noun[0].kind, noun[0].lemma) == ("noun", "هُجُوم")
    assert unknown[0].kind == "nominal"


def test_no_file_is_said(tmp_path: Path) -> None:
    from tasks.extract.morphology.almor import AlmorMorphology

    with pytest.raises(FileNotFoundError):
        AlmorMorphology(tmp_path / "none.db")
