"""Words of Arabic news: lemma, kind, agreement, clitics.

morphology = load_morphology()
readings = morphology.analyse([t.text for t in tokens])
analyses = disambiguate(tokens, readings)
"""

from tasks.extract.morphology.disambiguate import disambiguate
from tasks.extract.morphology.lookup import load_morphology
from tasks.extract.morphology.model import Analysis, Morphology

__all__ = ["Analysis", "Morphology", "disambiguate", "load_morphology"]
