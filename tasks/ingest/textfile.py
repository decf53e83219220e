"""Plain text files: a headline, a date line in Arabic, perhaps a caption and a line of page furniture, then the body.

The text of the article is the decoded file itself: furniture lines become spaces of the same length, so every offset
counts in the file as it lies on disk (after its encoding is undone).
"""

from tasks.ingest.article import Item, refuse
from tasks.ingest.encoding import NotTextError, decode
from tasks.ingest.furniture import blank_furniture
from tasks.ingest.making import Defaults, make
from tasks.ingest.markup import strip_markup
from tasks.ingest.stamps import dateline_stamp, name_stamp

LONGEST_TITLE = 250


def title_of(text: str) -> str:
    """Return the headline: a first line that is short, does not end as a sentence, and is followed by more; else ""."""
    head, _, rest = text.strip().partition("\n")
    head = head.strip()
    is_headline = len(head) <= LONGEST_TITLE and not head.endswith((".", "،", ":", "؛")) and rest.strip()
    return head if is_headline else ""


def read_text(data: bytes, ref: str, defaults: Defaults) -> Item:
    """Return the article of one text file, or the refusal."""
    try:
        text = decode(data).text
    except NotTextError as error:
        return refuse(ref, error.code, str(error))
    stamp, method = dateline_stamp(text), "dateline"
    if stamp is None:
        stamp, method = name_stamp(ref), "name"
    text = blank_furniture(strip_markup(text, keep_length=True))
    return make(ref, defaults, text=text, title=title_of(text), stamp=stamp, method=method)
