"""`waqai.toml`: where articles come from, checked before anything runs. docs/sources.md explains each setting.

[fetch]
contact = "https://example.org/about-our-crawler"

[[source]]
name = "aps"
kind = "feed"
url = "https://www.aps.dz/ar/algerie?format=feed&type=rss"
"""

import difflib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, get_origin
from urllib.parse import urlsplit

from schemas.errors import WaqaiError
from tasks.ingest.records import FIELDS
from tasks.ingest.stamps import parse_stamp

KINDS = {"feed": "url", "page": "url", "folder": "path"}


class ConfigError(WaqaiError):
    """`waqai.toml` is wrong. `problems` holds one sentence for each mistake: where, what, and what to do."""

    def __init__(self, path: str, problems: list[str]) -> None:
        self.path, self.problems = path, problems
        count = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
        super().__init__(f"{path}: {count}\n" + "\n".join(f"  - {problem}" for problem in problems))


@dataclass(frozen=True)
class FetchSettings:
    """How servers are asked. Times are seconds, sizes megabytes (of the unpacked answer)."""

    contact: str = ""
    timeout_seconds: float = 20.0
    total_seconds: float = 60.0
    seconds_between: float = 1.0
    retries: int = 3
    backoff_seconds: float = 2.0
    max_megabytes: float = 10.0
    max_redirects: int = 5
    workers: int = 4
    robots: bool = True

    @property
    def user_agent(self) -> str:
        """What servers see: the program, and how to reach the people who run it."""
        return f"waqai/0.1 (+{self.contact})" if self.contact else "waqai/0.1"


@dataclass(frozen=True)
class Source:
    """One source of articles.

    Args:
        name: unique; kind: feed, page or folder. url / path: where. outlet: name of the publisher, "" = as the pages say.
        follow: "auto" fetches the page of a feed entry whose own text is short, "always", "never".
        links: page sources: a regular expression; links of the page that match are the articles.
        pattern: folder sources: which files. columns: field -> column. undated: "quarantine" or "keep".
        published: date of articles that state none. private: private and loopback addresses are meant.
        most: at most so many articles in one poll. settle_seconds: a file younger than this is still being written.
    """

    name: str
    kind: str
    url: str = ""
    path: str = ""
    outlet: str = ""
    follow: str = "auto"
    links: str = ""
    pattern: str = "**/*"
    columns: dict[str, str] = field(default_factory=dict)
    undated: str = "quarantine"
    published: str = ""
    private: bool = False
    enabled: bool = True
    most: int = 500
    settle_seconds: float = 2.0


@dataclass(frozen=True)
class Config:
    """The whole file: `fetch` and the sources in their order. `folder` is where relative paths start."""

    fetch: FetchSettings
    sources: tuple[Source, ...]
    folder: Path

    def named(self, names: list[str] | None) -> tuple[Source, ...]:
        """Return the enabled sources, or those asked for by name.

        Raises:
            ConfigError: no source has such a name.
        """
        if not names:
            return tuple(source for source in self.sources if source.enabled)
        known = {source.name: source for source in self.sources}
        wrong = [_unknown("source", name, known) for name in names if name not in known]
        if wrong:
            raise ConfigError("waqai.toml", wrong)
        return tuple(known[name] for name in names)


def _unknown(what: str, name: str, known: Any) -> str:
    near = difflib.get_close_matches(name, list(known), n=1)
    hint = f'did you mean "{near[0]}"?' if near else "known are: " + ", ".join(sorted(known)) + "."
    return f'there is no {what} "{name}"; {hint}'


_KINDS_IN_WORDS = {
    str: "text in quotes",
    bool: "true or false",
    int: "a whole number",
    float: "a number",
    dict: 'a table { field = "column" }',
}


def _values(cls: type, table: Mapping[str, Any], where: str, problems: list[str]) -> dict[str, Any]:
    """Return the settings of one table that are known and of the right type; say what is wrong with the others."""
    known = {one.name: one for one in fields(cls)}
    values = {}
    for key, value in table.items():
        if key not in known:
            problems.append(f"{where}: {_unknown('setting', key, known)}")
            continue
        wanted: Any = known[key].type
        wanted = get_origin(wanted) or wanted
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if wanted is float and is_number:
            values[key] = float(value)
        elif type(value) is wanted and (wanted is not dict or all(isinstance(part, str) for part in value.values())):
            values[key] = value
        else:
            problems.append(f"{where}: {key} must be {_KINDS_IN_WORDS[wanted]}, not {value!r}.")
    return values


def _check_fetch(fetch: FetchSettings, problems: list[str]) -> None:
    limits = {"timeout_seconds": (0.1, 600), "total_seconds": (0.1, 3600), "seconds_between": (0, 3600), "retries": (0, 10),
              "backoff_seconds": (0, 600), "max_megabytes": (0.01, 1000), "max_redirects": (0, 20), "workers": (1, 32)}  # fmt: skip
    for name, (least, most) in limits.items():
        if not least <= getattr(fetch, name) <= most:
            problems.append(f"[fetch]: {name} must lie between {least} and {most}, not {getattr(fetch, name)}.")


def _check_source(source: Source, where: str, problems: list[str]) -> None:
    if source.kind not in KINDS:
        problems.append(f"{where}: {_unknown('kind', source.kind, KINDS)}")
        return
    needed = KINDS[source.kind]
    if not getattr(source, needed):
        problems.append(f'{where}: a source of kind "{source.kind}" needs {needed} = "...".')
    if source.kind in ("feed", "page") and source.url:
        problems += _url_problems(source.url, where)
    for name, allowed in (("follow", ("auto", "always", "never")), ("undated", ("quarantine", "keep"))):
        if getattr(source, name) not in allowed:
            problems.append(f"{where}: {name} must be one of {', '.join(allowed)}, not {getattr(source, name)!r}.")
    problems += [f"{where}: columns: {_unknown('field', key, FIELDS)}" for key in source.columns if key not in FIELDS]
    if source.published and parse_stamp(source.published) is None:
        problems.append(f'{where}: published = {source.published!r} is not a date; write it as "2024-03-20".')
    if source.most < 1:
        problems.append(f"{where}: most must be at least 1, not {source.most}.")
    try:
        re.compile(source.links)
    except re.error as error:
        problems.append(f"{where}: links is not a regular expression: {error}.")
    if source.kind == "folder" and (Path(source.pattern).is_absolute() or ".." in Path(source.pattern).parts):
        problems.append(f"{where}: pattern must stay inside the folder, not {source.pattern!r}.")


def _url_problems(url: str, where: str) -> list[str]:
    try:
        parts = urlsplit(url)
        scheme, host = parts.scheme, parts.hostname
        _ = parts.port
    except ValueError as error:
        return [f"{where}: url is no address: {error}."]
    if scheme not in ("http", "https") or not host:
        return [f"{where}: url must start with http:// or https:// and name a host, not {url!r}."]
    if parts.username or parts.password:
        return [f"{where}: url must not hold a user name or password; waqai reads public pages only."]
    return []


def parse_config(text: str, folder: Path, name: str = "waqai.toml") -> Config:
    """Return the checked settings of the text of a `waqai.toml`.

    Raises:
        ConfigError: with every mistake found, not the first alone.
    """
    try:
        loaded = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(name, [f"this is not TOML: {error}."]) from error
    problems = [_unknown("table", key, {"fetch", "source"}) for key in loaded if key not in ("fetch", "source")]
    table = loaded.get("fetch", {})
    if not isinstance(table, dict):
        raise ConfigError(name, ["fetch must be a table: [fetch]."])
    fetch = FetchSettings(**_values(FetchSettings, table, "[fetch]", problems))
    _check_fetch(fetch, problems)
    listed = loaded.get("source", [])
    if not isinstance(listed, list) or not all(isinstance(one, dict) for one in listed):
        raise ConfigError(name, ["write each source as [[source]] with two brackets."])
    sources: list[Source] = []
    for number, one in enumerate(listed, start=1):
        where = f'source "{one["name"]}"' if isinstance(one.get("name"), str) and one["name"] else f"source {number}"
        values = _values(Source, one, where, problems)
        missing = [key for key in ("name", "kind") if not values.get(key)]
        problems += [f'{where}: {key} = "..." is missing.' for key in missing if key not in one or one[key] == ""]
        if missing:
            continue
        source = Source(**values)
        if any(source.name == other.name for other in sources):
            problems.append(f"{where}: the name is used twice; names tell sources apart in the warehouse.")
        _check_source(source, where, problems)
        sources.append(source)
    if not listed and not problems:
        problems.append("there is no source; add one: [[source]] with name, kind and url or path.")
    if problems:
        raise ConfigError(name, problems)
    return Config(fetch, tuple(sources), folder)


def read_config(path: str | Path = "waqai.toml") -> Config:
    """Return the checked settings of a `waqai.toml`; relative paths in it start at its folder.

    Raises:
        ConfigError: the file is missing, cannot be read, or has mistakes.
    """
    path = Path(path)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise ConfigError(str(path), ["there is no such file; docs/sources.md shows one to start from."]) from error
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(str(path), [f"the file cannot be read as UTF-8: {error}."]) from error
    return parse_config(text, path.resolve().parent, str(path))
