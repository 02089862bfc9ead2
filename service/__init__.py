"""The faces of zhize: REST, command line, explorer page."""
