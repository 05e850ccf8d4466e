"""Files that come in: read, judged, compared with what is there, and taken."""
