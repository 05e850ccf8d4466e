"""The public index: rows made from frozen content, written with a publication, rebuilt at will."""
