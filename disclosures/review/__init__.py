"""The way of a budget through the bureau: moves, what they hang on, comments, explanations."""
