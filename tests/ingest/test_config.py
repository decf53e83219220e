"""`waqai.toml`: what is accepted, and that each mistake is named with what to do about it."""

from pathlib import Path

import pytest

from tasks.ingest.config import ConfigError, parse_config, read_config

GOOD = """
[fetch]
contact = "https://example.org/us"
seconds_between = 2
[[source]]
name = "aps"
kind = "feed"
url = "https://www.aps.dz/ar/algerie?format=feed&type=rss"
outlet = "Algérie Presse Service"
[[source]]
name = "inbox"
kind = "folder"
path = "inbox"
columns = { text = "body", published = "date" }
enabled = false
"""


def problems(text: str) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        parse_config(text, Path())
    return caught.value.problems


def test_a_good_file() -> None:
    config = parse_config(GOOD, Path("/data"))
    assert config.fetch.seconds_between == 2.0
    assert config.fetch.user_agent == "waqai/0.1 (+https://example.org/us)"
    assert [source.name for source in config.named(None)] == ["aps"]
    assert [source.name for source in config.named(["inbox"])] == ["inbox"]
    assert config.sources[1].columns == {"text": "body", "published": "date"}


def source(**settings: str) -> str:
    values = {"name": '"a"', "kind": '"feed"', "url": '"https://example.org/rss"', **settings}
    return "[[source]]\n" + "\n".join(f"{key} = {value}" for key, value in values.items())


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[[source]", "this is not TOML"),
        ("", "there is no source; add one"),
        ("[fecth]\ntimeout_seconds = 3\n" + source(), 'there is no table "fecth"; did you mean "fetch"?'),
        ("[fetch]\ntimeout = 3\n" + source(), '[fetch]: there is no setting "timeout"; did you mean "timeout_seconds"?'),
        ('[fetch]\nretries = "three"\n' + source(), "[fetch]: retries must be a whole number, not 'three'."),
        ("[fetch]\nretries = 99\n" + source(), "[fetch]: retries must lie between 0 and 10, not 99."),
        ("[source]\nname = 'a'", "write each source as [[source]] with two brackets."),
        ("[[source]]\nkind = 'feed'\nurl = 'https://example.org'", 'source 1: name = "..." is missing.'),
        ("[[source]]\nname = 'a'\nurl = 'https://example.org'", 'source "a": kind = "..." is missing.'),
        (source(kind='"fed"'), 'source "a": there is no kind "fed"; did you mean "feed"?'),
        (source(kind='"folder"'), 'source "a": a source of kind "folder" needs path = "...".'),
        (source(url='"ftp://example.org/x"'), "url must start with http:// or https://"),
        (source(url='"https://me:secret@example.org/x"'), "url must not hold a user name or password"),
        (source(url='"https://example.org:port/x"'), "url is no address"),
        (source(follow='"sometimes"'), "follow must be one of auto, always, never"),
        (source(private='"yes"'), "private must be true or false, not 'yes'."),
        (source(columns='{ txt = "body" }'), 'columns: there is no field "txt"; did you mean "text"?'),
        (source(columns="{ text = 3 }"), "columns must be a table"),
        (source(published='"soon"'), "published = 'soon' is not a date"),
        (source(links='"["'), "links is not a regular expression"),
        (source(most="0"), "most must be at least 1, not 0."),
        (source(kind='"folder"', path='"x"', pattern='"../**"'), "pattern must stay inside the folder"),
        (source() + "\n" + source(), "the name is used twice"),
    ],
)
def test_each_mistake_is_a_sentence_that_helps(text: str, words: str) -> None:
    found = problems(text)
    assert len(found) == 1, found
    assert words in found[0]


def test_all_mistakes_are_told_at_once() -> None:
    assert len(problems("[fetch]\nretries = -1\nxyz = 1\n" + source(kind='"x"') + "\n[[source]]\nname = 'b'")) == 4


def test_a_missing_file_and_an_unknown_name(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"docs/sources\.md shows one to start from"):
        read_config(tmp_path / "waqai.toml")
    (tmp_path / "waqai.toml").write_text(GOOD, encoding="utf-8")
    with pytest.raises(ConfigError, match=r'there is no source "apz"; did you mean "aps"'):
        read_config(tmp_path / "waqai.toml").named(["apz"])


def test_the_documented_file_is_valid() -> None:
    page = (Path(__file__).parents[2] / "docs" / "sources.md").read_text(encoding="utf-8")
    blocks = [block.split("```")[0] for block in page.split("```toml\n")[1:]]
    assert blocks
    for block in blocks:
        assert parse_config(block, Path()).sources
