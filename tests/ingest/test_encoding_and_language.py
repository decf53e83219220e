"""Bytes to text, and which texts are Arabic."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.ingest.encoding import NotTextError, declared_encoding, decode
from tasks.ingest.language import language_of

NEWS = "قال رئيس الوزراء إن الحكومة لن تقبل هذا القرار، وإن الوفد سيعود إلى البلاد بعد انتهاء المحادثات في جنيف."
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "windows-1256", "iso-8859-6"]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_arabic_is_read_in_each_encoding_without_a_declaration(encoding: str) -> None:
    decoded = decode(NEWS.encode(encoding))
    assert decoded.text == NEWS
    assert decoded.n_replaced == 0


@given(st.lists(st.sampled_from(NEWS.split()), min_size=12, max_size=60), st.sampled_from(ENCODINGS))
def test_any_sequence_of_news_words_survives_each_encoding(words: list[str], encoding: str) -> None:
    text = " ".join(words)
    assert decode(text.encode(encoding)).text == text


def test_a_page_that_says_windows_1256_but_is_utf8_is_read_as_utf8() -> None:
    html = f'<meta charset="windows-1256"><p>{NEWS}</p>'
    assert declared_encoding(html.encode()) == "windows-1256"
    assert decode(html.encode(), "windows-1256").text == html


def test_windows_1256_page_is_read_by_its_declaration() -> None:
    html = f'<meta http-equiv="Content-Type" content="text/html; charset=windows-1256"><p>{NEWS}</p>'
    assert decode(html.encode("windows-1256")).text == html


def test_utf8_cut_inside_a_letter_keeps_the_rest() -> None:
    decoded = decode(NEWS.encode()[:-1])
    assert decoded.text == NEWS[:-1] or decoded.text[:-1] == NEWS[: len(decoded.text) - 1]
    assert decoded.n_replaced <= 1


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"\x00\x01\x02\x03" * 500, "binary"),
        (NEWS.encode() + b"\x00" * 30, "binary"),
        (bytes(range(128, 256)) * 40, "bad_encoding"),
    ],
)
def test_what_is_not_text_is_refused_with_a_code(data: bytes, code: str) -> None:
    with pytest.raises(NotTextError) as caught:
        decode(data)
    assert caught.value.code == code


@given(st.binary(max_size=400))
def test_bytes_give_text_or_the_refusal_and_nothing_else(data: bytes) -> None:
    try:
        outcome = decode(data).text
    except NotTextError as error:
        outcome = error.code
    assert outcome in ("binary", "bad_encoding") or "\x00" not in outcome


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (NEWS, "ar"),
        ("زلزال يضرب سواحل اليابان", "ar"),
        ("رئیس جمهور ایران روز شنبه در سخنرانی خود گفت که این کشور از حقوق خود دفاع خواهد کرد", "other-arabic-script"),
        ("وزیر اعظم نے کہا ہے کہ حکومت عوام کی خدمت کے لیے کام کر رہی ہے", "other-arabic-script"),
        ("The minister said on Sunday that talks would go on", "other"),
        ("Le président a déclaré que les négociations continueraient", "other"),
        ("Президент заявил", "other"),
        ("2024-03-20 12:00", ""),
        ("", ""),
    ],
)
def test_language(text: str, language: str) -> None:
    assert language_of(text) == language


def test_names_in_latin_letters_do_not_hide_arabic() -> None:
    assert language_of("قالت شركة Microsoft إن نظام Windows سيحصل على تحديث جديد في الأسبوع المقبل وفق بيان لها.") == "ar"


def test_every_article_of_the_corpus_is_arabic(shared) -> None:
    import gzip
    import json

    with gzip.open(shared / "corpus" / "news-dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        wrong = [record["id"] for record in map(json.loads, lines) if language_of(record["text"]) != "ar"]
    assert wrong == []
