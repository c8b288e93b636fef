"""What a party that signed up itself sees and erases of its own."""
