"""What we hold on one person: found, shown, exported and erased, from what each capability says of itself."""
