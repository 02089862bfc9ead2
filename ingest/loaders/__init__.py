"""Files to text, each format through its library, and the walk over folders and zips.

    load_file(path) / load_bytes(data, name) → LoadedFile       one document, by content first, name second
    discover(paths) → Found …                                   what is there, problems among it, nothing raised midway
    discover_as(path, name, source) → Found …                   the same for one file under another name
    Reader().read(found) → bytes                                the bytes of what was found

A file that cannot be read raises UnreadableFile or LimitExceeded, never gives half a text and never mojibake.
"""

from ingest.limits import Limits
from ingest.loaders.base import LoadedFile, unreadable
from ingest.loaders.discover import Found, Reader, discover, discover_as
from ingest.loaders.load import load_bytes, load_file
from ingest.loaders.sniff import SUPPORTED

__all__ = [
    "SUPPORTED",
    "Found",
    "Limits",
    "LoadedFile",
    "Reader",
    "discover",
    "discover_as",
    "load_bytes",
    "load_file",
    "unreadable",
]
