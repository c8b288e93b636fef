"""Groups people into households after an extract, and sets households aside for a decision by hand."""
