"""What can go wrong before a large run begins."""

from __future__ import annotations

NEEDS_FSSPEC = "shards need fsspec: pip install 'onrecord[cluster]'"


class ClusterError(Exception):
    """Inputs, output or engine that cannot be used; the message names the way out."""
