"""/api/v1: everything that the browser can do, as JSON over the same services."""
