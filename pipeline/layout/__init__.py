"""layout: pages of runs → lines in logical order → blocks in reading order."""
