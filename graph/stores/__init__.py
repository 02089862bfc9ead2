"""Store adapters, one module an engine. ``graph.connect.open_store`` picks one by URL."""
