"""A folder of files behind a WSGI server, for `benchmarks.site`: the folder that FILES names."""

import os

from whitenoise import WhiteNoise


def refuse(_environ, start_response):
    """Nothing but the files."""
    start_response("404 Not Found", [("Content-Type", "text/plain")])
    return [b"no such file"]


application = WhiteNoise(refuse, root=os.environ.get("FILES"), index_file=True)
