"""The batch: every notebook for every region and year, only where something changed."""

from analysis.batch.build import build

__all__ = ["build"]
