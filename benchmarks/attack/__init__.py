"""Campaigns against the whole product: ``python -m benchmarks.attack``."""

from . import damages, disks, kills, notebooks, tables, texts

CAMPAIGNS = (
    texts.TEXTS,
    tables.TABLES,
    kills.KILLS,
    disks.FULL,
    disks.POWER,
    damages.PROJECTS,
    notebooks.NOTEBOOKS,
    kills.BUILDS,
    texts.LONG,
)
