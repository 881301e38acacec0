"""How far coders coincide: each measure with its matrix, its limits and its words."""
