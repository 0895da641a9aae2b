"""A store for agents, over the Model Context Protocol: read-only, every answer with its words.

    >>> from onrecord.mcp.server import create_server
    >>> create_server("story.duckdb").run("stdio")      # doctest: +SKIP

What others wrote (words of reports, titles, names) stands under keys called ``quoted`` and nowhere
else in an answer, so that whoever reads it can tell the record from the material.
"""
