"""How fast, how big, how light: measured against a bare run of the same work, never in the test suite."""
