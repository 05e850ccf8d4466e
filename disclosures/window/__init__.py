"""The window: the pages and files of the public site, made from frozen content only."""
