"""pages: bytes → pages of positioned text, pictures and rules, each with a verdict on its text layer."""
