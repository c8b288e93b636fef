"""Events of the population register as an update of the register copy: who died, who left, whom we must not trust."""
