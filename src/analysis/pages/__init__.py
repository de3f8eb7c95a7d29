"""Pages people share: one self-contained HTML file for each notebook, and the index of all."""

from analysis.pages.beside import companions
from analysis.pages.code import prepare
from analysis.pages.index import write_index
from analysis.pages.render import render

__all__ = ["companions", "prepare", "render", "write_index"]
