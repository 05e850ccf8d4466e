"""What a budget is, pure: no database, no request, no page."""
