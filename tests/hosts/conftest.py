"""The browser is that of the tests in JupyterLab."""

from tests.e2e.conftest import browser

__all__ = ["browser"]
