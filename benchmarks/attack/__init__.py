"""Campaigns against the whole product: ``python -m benchmarks.attack``."""

from . import damages, disks, kills, notebooks, tables, texts

CAMPAIGNS = (
    texts.TEXTS, texts.LONG, kills.KILLS, kills.BUILDS, disks.FULL, disks.POWER, tables.TABLES,
    damages.PROJECTS, notebooks.NOTEBOOKS,
)  # fmt: skip
