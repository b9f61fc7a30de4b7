"""The verbs, one module a thread: load, check, decide, keep, report."""
