"""The board of a year: every department with its state, its clock, and what is the matter."""
