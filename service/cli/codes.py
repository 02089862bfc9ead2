"""Exit codes."""

FAILED, MISUSED, INTERRUPTED = 1, 2, 130
