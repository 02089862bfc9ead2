"""The ``zhize`` command. One module a command; what is heavy is imported when a command runs, not before.

Messages and help are in Chinese or English (``--lang``, else ``LANG``). Exit codes: 0 done, 1 it did not work (one
sentence on stderr), 2 wrong use, 130 stopped with Ctrl-C. Results go to stdout, everything else to stderr.
"""

from __future__ import annotations

from service.cli.entry import main
from service.cli.root import root

__all__ = ["main", "root"]
