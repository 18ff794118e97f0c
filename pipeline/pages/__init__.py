"""pages: bytes → pages of positioned text, pictures and ruled lines, each with a verdict on its text layer."""
