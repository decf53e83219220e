"""Property tests try the same examples on every machine, so that a build tells of a change and not of chance.

`WAQAI_SEARCH=1 pytest tests/dates/test_properties.py` tries new ones; what it finds gets mended and a test of its own.
"""

import os

from hypothesis import settings

settings.register_profile("fixed", derandomize=True)
settings.register_profile("search", print_blob=True)
settings.load_profile("search" if os.environ.get("WAQAI_SEARCH") else "fixed")
