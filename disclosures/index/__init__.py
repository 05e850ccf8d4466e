"""The public index: rows made from frozen content, written with a publication, rebuilt at will."""

from disclosures.index.writing import find_differences, index, rebuild

__all__ = ["find_differences", "index", "rebuild"]
