"""The adapters behind ``graph.store.Store``. Nothing outside ``graph`` imports an engine."""
