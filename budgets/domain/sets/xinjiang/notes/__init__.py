"""The text of Xinjiang's documents: the profile, the twelve notes, the glossary."""
