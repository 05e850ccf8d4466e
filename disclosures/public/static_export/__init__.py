"""The whole public site as files: crawled through the portal, written so that nothing breaks."""
