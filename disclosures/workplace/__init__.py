"""Where a department sees its document before anyone else does: pages inside the admin."""
