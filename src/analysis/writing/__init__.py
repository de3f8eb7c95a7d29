"""What can be said of the figures: words, sentences, paragraphs, the way back to evidence.

The sentences of a notebook are not here: they stand beside it, in `notebooks/text/`.
"""
