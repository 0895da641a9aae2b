"""What is known before reading: the ontology, actors and their roles, the gazetteer, units."""
