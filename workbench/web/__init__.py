"""One blueprint a thread: parse, one service call, answer."""
