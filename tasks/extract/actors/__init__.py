"""Actors of Arabic news sentences: who is named, of which country, in which role.

lexicon = load_actors()
actors = find_actors(tokens, analyses, lexicon, day)                  # one sentence
context = DocumentContext(lexicon, day)                               # a whole article
resolved = context.read_document(sentences)
"""

from tasks.extract.actors.context import DocumentContext
from tasks.extract.actors.find import find_actors
from tasks.extract.actors.lexicon import ActorLexicon, load_actors
from tasks.extract.actors.model import Actor

__all__ = ["Actor", "ActorLexicon", "DocumentContext", "find_actors", "load_actors"]
