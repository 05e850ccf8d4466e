"""The board of a year: every department with its state, its clock, and what is the matter."""

from disclosures.workplace.board.view import show_board

__all__ = ["show_board"]
