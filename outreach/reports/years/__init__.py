"""Events of several years beside each other, from kept figures alone."""
