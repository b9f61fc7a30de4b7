"""The pocket calculator: values and rules, with no clock, I/O or framework."""
