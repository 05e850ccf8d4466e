"""Where a department enters or uploads its budget: pages inside the admin."""
