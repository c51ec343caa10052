"""How the nodes of a YAML file become values, every mistake with its line."""
