"""The codebook: what can be stated, the words that state it, and the rules that figures obey.

Knowledge of labour statistics lives in the files of this folder; code asks here and knows none.
"""

from analysis.codebook.model import LANGUAGES, LEVELS, MEASURES, Codebook, Indicator, Rule, Words
from analysis.codebook.phrases import Pattern, Phrase
from analysis.codebook.reader import load

__all__ = ["LANGUAGES", "LEVELS", "MEASURES", "Codebook", "Indicator", "Pattern", "Phrase", "Rule", "Words", "load"]


def __dir__() -> list[str]:
    return __all__
