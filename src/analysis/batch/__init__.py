"""The batch: every notebook for every region and year, only where something changed."""

from analysis.batch.build import build
from analysis.batch.verify import verify

__all__ = ["build", "verify"]
