"""Routes, one file a concern. Everything under ``/api/v1`` needs a reader; what changes something, a curator."""
