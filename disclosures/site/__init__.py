"""The public site as files that any web server can host, asked of the portal's own views."""
