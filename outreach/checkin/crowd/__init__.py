"""Who is in, kept up to date: what happened since the last look is folded, not the whole evening again."""
