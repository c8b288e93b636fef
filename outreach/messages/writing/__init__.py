"""Rules of the texts that staff write: placeholders, Markdown, readability, and the same facts in every language."""
