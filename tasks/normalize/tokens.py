"""Words, numbers and punctuation marks of a text, with their places.

>>> [t.text for t in tokenize("قُتل 1,200 شخص؟")]
['قُتل', '1,200', 'شخص', '؟']
"""

import re
from typing import NamedTuple

from tasks.normalize.letters import MARKS, fold


class Token(NamedTuple):
    """One token: `text` = original[start:end] (characters), `key` = fold(text), `kind` = word, number, latin or mark."""

    start: int
    end: int
    text: str
    key: str
    kind: str


_TOKEN = re.compile(
    rf"(?P<word>[\u0621-\u063a\u0641-\u064a\u0671-\u06d3{MARKS}]+)"
    r"|(?P<number>[0-9\u0660-\u0669\u06f0-\u06f9]+(?:[.,\u066b\u066c][0-9\u0660-\u0669\u06f0-\u06f9]+)*)"
    r"|(?P<latin>[^\W\d_]+)"
    r"|(?P<mark>[^\s])"
)


def tokenize(text: str) -> list[Token]:
    """Split `text` into tokens; white space is dropped, nothing else is."""
    return [Token(m.start(), m.end(), m.group(), fold(m.group()), m.lastgroup or "mark") for m in _TOKEN.finditer(text)]
