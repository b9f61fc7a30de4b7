"""The shapes of what programs send and are told, shared by the API, its description and the Python client."""
