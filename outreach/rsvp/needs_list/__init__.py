"""What guests need, listed for those who provide it: the kitchen, interpreters, drivers, the hall. Without names."""
