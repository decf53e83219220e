"""robots.txt as RFC 9309 says: groups by agent, the longest matching rule wins, `*` and `$` in paths."""

import re
from functools import cached_property
from typing import NamedTuple
from urllib.parse import unquote, urlsplit


class Rule(NamedTuple):
    """One Allow or Disallow line."""

    allowed: bool
    path: str

    def matches(self, path: str) -> bool:
        """Return whether the rule speaks of this path (decoded, with query)."""
        pattern = re.escape(self.path).replace(r"\*", ".*")
        if pattern.endswith(r"\$"):
            pattern = pattern[:-2] + r"\Z"
        return re.match(pattern, path, re.S) is not None


class Robots:
    """The rules of one site for one agent."""

    def __init__(self, text: str, agent: str) -> None:
        self._text, self._agent = text[:500_000], agent.split("/")[0].lower()

    @cached_property
    def _group(self) -> tuple[list[Rule], float]:
        ours: tuple[list[Rule], list[float]] = ([], [])
        every: tuple[list[Rule], list[float]] = ([], [])
        agents: list[str] = []
        in_rules = has_ours = False
        for line in self._text.lstrip("\ufeff").splitlines():
            name, _, value = line.split("#", 1)[0].partition(":")
            name, value = name.strip().lower(), value.strip()
            if name == "user-agent":
                agents = [value.lower()] if in_rules else [*agents, value.lower()]
                in_rules = False
                has_ours = has_ours or value.lower() == self._agent
                continue
            if name not in ("allow", "disallow", "crawl-delay"):
                continue
            in_rules = True
            for target in [ours] * (self._agent in agents) + [every] * ("*" in agents):
                if name == "crawl-delay":
                    target[1].append(float(value) if re.fullmatch(r"\d+(?:\.\d+)?", value) else 0.0)
                elif value:
                    # A run of stars matches what one star does; many would make matching slow.
                    target[0].append(Rule(name == "allow", re.sub(r"\*+", "*", unquote(value))))
        rules, delays = ours if has_ours else every
        return rules, max(delays, default=0.0)

    def allows(self, url: str) -> bool:
        """Return whether the address may be fetched."""
        parts = urlsplit(url)
        path = unquote(parts.path or "/") + (f"?{unquote(parts.query)}" if parts.query else "")
        hits = [(len(rule.path), rule.allowed) for rule in self._group[0] if rule.matches(path)]
        return max(hits)[1] if hits else True

    @property
    def delay(self) -> float:
        """Seconds that the site wants between two requests (at most 30), or 0."""
        return min(30.0, self._group[1])
