"""Arabic date phrases, found and resolved to days. What is understood: docs/dates.md.

>>> from datetime import date
>>> [(d.text, str(d.first_day)) for d in resolve_dates("التقيا أول من أمس الجمعة", date(2022, 10, 23))]
[('أول من أمس الجمعة', '2022-10-21')]
"""

from tasks.normalize.dates.dateline import Dateline, find_dateline, writing_day
from tasks.normalize.dates.model import DatePhrase
from tasks.normalize.dates.resolve import resolve_dates

__all__ = ["DatePhrase", "Dateline", "find_dateline", "resolve_dates", "writing_day"]
