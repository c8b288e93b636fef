"""A household sees what it has given us, takes it along, and has it erased."""
