"""Load: frames of coded batches into the warehouse, checks, publishing.

>>> from tasks.load.warehouse import load_and_publish
>>> result = load_and_publish("data", [{"articles": ..., "events": ...}], run_id="r1")      # doctest: +SKIP

One program writes at a time, into a private file. Readers open `waqai.duckdb`, which is replaced as a whole.
"""
