"""Campaigns against the whole product: ``python -m benchmarks.attack``."""

from . import damages, disks, kills, notebooks, tables, texts

CAMPAIGNS = (
    texts.TEXTS, kills.KILLS, kills.BUILDS, disks.FULL, disks.POWER, tables.TABLES,
    damages.PROJECTS, notebooks.NOTEBOOKS, texts.LONG,
)  # fmt: skip
