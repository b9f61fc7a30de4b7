"""What the database remembers: rows, questions, and nothing that decides."""
