"""Those who signed up as staff see them: numbers, lists, an export."""
