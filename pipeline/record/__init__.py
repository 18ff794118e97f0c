"""record: all stage results → one DocumentRecord, joined once and cross-checked."""
