"""Reports: what was found, as one file that needs neither Python nor a network."""

from boxreel.review.report.write import write_report

__all__ = ["write_report"]
