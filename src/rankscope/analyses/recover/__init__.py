"""What a publisher did: the weights that published components and totals allow."""
