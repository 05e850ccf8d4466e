"""The bureau's desk of the portal: people, departments with their reviewers, what was published."""

from disclosures.admin import departments, people, records

__all__ = ["departments", "people", "records"]
