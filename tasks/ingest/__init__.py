"""Ingest: files, web pages, feeds and archives in; `raw_article` rows and quarantine rows out.

read.read_paths(paths)          -> (articles, quarantine)     files and folders
read.read_batches(paths)        -> Batch, Batch, ...          the same, in bounded memory
sources.collect(config, state)  -> Batch, Batch, ...          the sources of waqai.toml
"""
