"""What runs outside a request: tasks, and the worker that takes them from the job table."""
