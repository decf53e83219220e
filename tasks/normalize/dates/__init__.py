"""Arabic date phrases, found and resolved to days.

>>> from datetime import date
>>> [(d.text, str(d.first_day)) for d in resolve_dates("التقيا أول من أمس الجمعة", date(2022, 10, 23))]
[('أول من أمس الجمعة', '2022-10-21')]
"""

from tasks.normalize.dates.dateline import find_dateline
from tasks.normalize.dates.model import DatePhrase
from tasks.normalize.dates.resolve import resolve_dates

__all__ = ["DatePhrase", "find_dateline", "resolve_dates"]
