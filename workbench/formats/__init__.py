"""Files of every kind that gold, other tools and people bring."""
