"""The installed version, asked of the package's own metadata once."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

try:
    VERSION = version("zhize")
except PackageNotFoundError:
    # Run from a checkout that was never installed (cwd on the path).
    VERSION = "0.0.0+checkout"
