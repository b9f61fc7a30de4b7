"""Faults that are made on purpose, and what must have survived them."""
