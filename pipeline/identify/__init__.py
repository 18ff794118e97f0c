"""identify: what the bytes are, never what the name says (MediaType)."""
